"""Several ids as one value, so that a query for many of them is worded as often as for one: once.

Django writes a place for each id, and another statement for each number of them.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, TextField, Value
from django.db.models.sql.compiler import SQLCompiler


class Among(Func):
    """Whether an id is one of those that `as_one` has put into a text.

    Nobody knows it of an id that is empty: to leave some out by a field that may be, `exclude` would
    leave those out too.
    """

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY("

    def __init__(self, name: str, ids: str) -> None:
        super().__init__(F(name), Value(ids, TextField()), output_field=BooleanField())

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        """Say it for SQLite, which has no arrays but reads JSON."""
        joiner = " IN (SELECT value FROM json_each("
        words = {"template": "(%(expressions)s)))", "arg_joiner": joiner}
        return self.as_sql(compiler, connection, **words, **more)


def as_one(ids: Iterable[int]) -> str:
    """Return these ids as one text, as the database reads it; a ValueError where one is no number."""
    listed = ",".join(str(int(one)) for one in ids)
    return f"{{{listed}}}" if connection.vendor == "postgresql" else f"[{listed}]"
