"""What statements that are written by hand have in common: what the ORM knows of who may read what.

And lists of what they find, of which only what is asked for is fetched.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def worded(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    """Return these as a subquery and its values, also where they are none at all."""
    compiler = rows.order_by().query.get_compiler(connection=connection, elide_empty=False)
    sql, values = compiler.as_sql()
    return str(sql), list(values)


def quoted(day: date) -> str:
    """Return a day as it stands in a statement, so that it is planned for this day."""
    return f"'{day.isoformat()}'"


def rows_of(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Return the rows that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


class InParts(Sequence[Any]):
    """What a statement finds, in its order; only the part that is asked for is fetched."""

    @abstractmethod
    def between(self, start: int, stop: int) -> list[Any]:
        """Return what stands in these places, both of which the list has; none where stop is first."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])

    def __getitem__(self, wanted: Any) -> Any:
        """Return one or some of them; IndexError where there is none."""
        places = range(len(self))[wanted]
        if isinstance(places, int):
            return self.between(places, places + 1)[0]
        found = self.between(min(places, default=0), max(places, default=-1) + 1)
        return found[:: places.step]
