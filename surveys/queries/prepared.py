"""A query that is put into words once and asked many times with other values.

Turning a query into SQL costs the portal several times what the database needs to answer it. On the
page that thousands open, that would be most of the time.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Numbers that stand for the values while the query is put into words; no row has such a key.
_STAND_INS = count(-1_900_000_000)


class Prepared:
    """A query with places for whole numbers and texts, named like the arguments of `build`.

    `build` returns a queryset of `values_list` and must depend on its arguments in nothing but
    these values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **kinds: type[int] | type[str]):
        self.build = build
        self.names: dict[object, str] = {}
        for name, kind in kinds.items():
            self.names[kind(next(_STAND_INS))] = name
        self.worded: tuple[str, list[Any], list[tuple[int, Any]]] | None = None

    def rows(self, **values: object) -> Iterator[list[Any]]:
        """Yield the rows for these values, as the queryset would."""
        sql, places, converters = self.worded = self.worded or self._word()
        params: list[Any] = [values[p.name] if isinstance(p, Place) else p for p in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchall()
        for row in found:
            cells = list(row)
            for index, (functions, expression) in converters:
                for function in functions:
                    cells[index] = function(cells[index], expression, connection)
            yield cells

    def _word(self) -> tuple[str, list[Any], list[tuple[int, Any]]]:
        stand_ins = {name: value for value, name in self.names.items()}
        query = self.build(**stand_ins).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select or ()]
        places = [Place(self.names[p]) if p in self.names else p for p in params]
        return sql, places, sorted(compiler.get_converters(columns).items())


class Place:
    """Where a value belongs among the parameters of a query."""

    def __init__(self, name: str) -> None:
        self.name = name
