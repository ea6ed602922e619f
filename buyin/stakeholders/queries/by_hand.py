"""What statements that are written by hand take from the ORM, which knows who may read what."""

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
