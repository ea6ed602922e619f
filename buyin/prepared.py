"""A query that is put into words once and asked many times with other values.

Turning a query into SQL costs the portal several times what the database needs to answer it. On the
page that thousands open, that would be most of the time.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, Q, QuerySet
from django.db.models.sql import DeleteQuery, InsertQuery, UpdateQuery

if TYPE_CHECKING:
    from buyin.postgres.base import DatabaseWrapper

type Statement = tuple[str, list[Any]]  # with `%s` in its places, and what stands there
# Numbers that stand for the values while the query is put into words; no row has such a key.
_STAND_INS = count(-1_900_000_000)


class Prepared:
    """A query with places for whole numbers and texts, named like the arguments of `build`.

    `build` returns a queryset of `values_list` and must depend on its arguments in nothing but
    these values. `lock` is how PostgreSQL holds the rows until the transaction ends; SQLite, which
    holds everything anyway, is not told.
    """

    def __init__(
        self,
        build: Callable[..., QuerySet[Any, Any]],
        *,
        lock: str = "",
        **kinds: type[int] | type[str],
    ) -> None:
        self.build, self.lock = build, lock
        self.names: dict[object, str] = {}
        for name, kind in kinds.items():
            self.names[kind(next(_STAND_INS))] = name
        self.worded: tuple[str, list[Any], list[tuple[int, Any]]] | None = None

    def rows(self, **values: object) -> Iterator[list[Any]]:
        """Yield the rows for these values, as the queryset would."""
        sql, places, converters = self.worded = self.worded or self._word()
        params: list[Any] = [values[p.name] if isinstance(p, Place) else p for p in places]
        with connection.cursor() as cursor:
            ask(cursor, sql, params)
            found = cursor.fetchall()
        for row in found:
            cells = list(row)
            for index, (functions, expression) in converters:
                for function in functions:
                    cells[index] = function(cells[index], expression, connection)
            yield cells

    def first(self, **values: object) -> list[Any] | None:
        """Return the first row for these values, None where there is none."""
        return next(self.rows(**values), None)

    def _word(self) -> tuple[str, list[Any], list[tuple[int, Any]]]:
        stand_ins = {name: value for value, name in self.names.items()}
        query = self.build(**stand_ins).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if self.lock and connection.vendor == "postgresql":
            sql += f" {self.lock}"
        columns = [column for column, _sql, _alias in compiler.select or ()]
        places = [Place(self.names[p]) if p in self.names else p for p in params]
        return sql, places, sorted(compiler.get_converters(columns).items())


class _PreparedWrite[Row: Model](ABC):
    """The write of one row, put into words once; like `bulk_create`, it tells no signal."""

    needs_row = False  # whether it is an error that there is no such row

    def __init__(self, model: type[Row]) -> None:
        self.model = model
        self.sql = ""

    def write(self, row: Row) -> None:
        """Write a row whose key is set; raise what the database says against it."""
        sql, values = self.statement(row)
        with connection.cursor() as cursor:
            ask(cursor, sql, values)
            if self.needs_row and cursor.rowcount != 1:
                raise DatabaseError("The row to be written is not there.")

    def statement(self, row: Row) -> Statement:
        """Return the write of a row whose key is set, for `write_in_turn`."""
        self.sql = self.sql or self._word(row)
        return self.sql, self._values(row)

    @abstractmethod
    def _word(self, row: Row) -> str:
        """Return the statement as the ORM words it for this row."""

    @abstractmethod
    def _values(self, row: Row) -> list[Any]:
        """Return what stands in its places for this row."""


class PreparedInsert[Row: Model](_PreparedWrite[Row]):
    """The insert of one row; what the database fills in by itself is left to it."""

    def __init__(self, model: type[Row]) -> None:
        super().__init__(model)
        own = model._meta.concrete_fields  # noqa: SLF001 - as documented
        self.fields = [field for field in own if not field.has_db_default()]

    def _word(self, row: Row) -> str:
        query = InsertQuery(self.model)
        query.insert_values(self.fields, [row])
        [(sql, _values)] = query.get_compiler(connection=connection).as_sql()
        return str(sql)

    def _values(self, row: Row) -> list[Any]:
        return [f.get_db_prep_save(f.pre_save(row, add=True), connection) for f in self.fields]


class PreparedUpdate[Row: Model](_PreparedWrite[Row]):
    """The update of some fields of one row, none of them empty; a DatabaseError where it is gone."""

    needs_row = True

    def __init__(self, model: type[Row], *names: str) -> None:
        super().__init__(model)
        own = model._meta.concrete_fields  # noqa: SLF001 - as documented
        self.fields = [field for field in own if field.name in names]

    def _word(self, row: Row) -> str:
        query = UpdateQuery(self.model)
        query.add_update_fields([(f, None, getattr(row, f.attname)) for f in self.fields])
        return _of_row(query, row)

    def _values(self, row: Row) -> list[Any]:
        fields = self.fields
        return [
            *(f.get_db_prep_save(f.pre_save(row, add=False), connection) for f in fields),
            row.pk,
        ]


class PreparedDelete[Row: Model](_PreparedWrite[Row]):
    """The deletion of one row on which no other depends; nothing happens where it is gone."""

    def _word(self, row: Row) -> str:
        return _of_row(DeleteQuery(self.model), row)

    def _values(self, row: Row) -> list[Any]:
        return [row.pk]


def _of_row(query: UpdateQuery | DeleteQuery, row: Model) -> str:
    """Return the statement for the one row with this key."""
    query.add_q(Q(pk=row.pk))
    sql, _values = query.get_compiler(connection=connection).as_sql()
    return str(sql)


def write_in_turn(*statements: Statement) -> None:
    """Write several rows in this order, on PostgreSQL by one trip to it; the first error ends it.

    How many rows each has changed is not told.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cast("DatabaseWrapper", connection).ask(cursor, *statements)
            return
        for sql, values in statements:
            cursor.execute(sql, values)


def ask(cursor: CursorWrapper, sql: str, values: list[Any]) -> None:
    """Execute a statement that will come again, planned once where the database can do that."""
    if connection.vendor == "postgresql":
        cast("DatabaseWrapper", connection).ask(cursor, (sql, values))
    else:
        cursor.execute(sql, values)


class Place:
    """Where a value belongs among the parameters of a query."""

    def __init__(self, name: str) -> None:
        self.name = name
