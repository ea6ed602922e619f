"""Django's own PostgreSQL back end, made cheaper where thousands open the same short page."""

import secrets
import select
from itertools import count
from typing import Any

from django.db import IntegrityError
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is looked at before it is used again, and that remembers statements."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._named: dict[str, str] = {}
        self._numbers = count(1)
        self._own = ""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a new connection, to which no statement is known yet."""
        self._named = {}
        # Behind a pooler this session may be given to somebody else in the middle: then a name must
        # be unknown there, and must never stand for another statement.
        self._own = secrets.token_hex(4)
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Return whether the server still holds this connection, as a rule without a trip to it.

        Django would ask with every request. But a server that ends a connection leaves its word or
        the end of the stream behind: one that is quiet lives. Where something waits to be read, the
        server is asked after all.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if poll.poll(0) else True

    def ask(self, cursor: CursorWrapper, *statements: tuple[str, list[Any]]) -> None:
        """Execute statements with `%s` for each value; the server reads and plans each once only.

        Several go there by one trip, in their order, and the cursor holds what the last one found.
        Behind a pooler that hands out another session with each transaction they are planned each
        time: say so by `DISABLE_SERVER_SIDE_CURSORS`, as for Django's own cursors.
        """
        values = [value for _sql, given in statements for value in given]
        if self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            cursor.execute("; ".join(sql for sql, _values in statements), values)
            return
        new = [one for one in statements if one[0] not in self._named]
        named, first = self._named, ""
        if new:
            ways = {sql: self._way(sql, len(given)) for sql, given in new}
            named = named | {sql: execute for sql, (_prepare, execute) in ways.items()}
            first = "".join(f"{prepare}; " for prepare, _execute in ways.values())
        try:
            cursor.execute(first + "; ".join([named[sql] for sql, _values in statements]), values)
        except IntegrityError:
            self._named = named  # all have names, which no rollback takes away; a row was refused
            raise
        self._named = named

    def _way(self, sql: str, number: int) -> tuple[str, str]:
        """Return how a statement is given a name, and how it is executed with so many values then."""
        head, *others = sql.split("%s")
        numbered = head + "".join(f"${n}{part}" for n, part in enumerate(others, 1))
        # A name is used once: a statement that failed may have been kept or not.
        name = f"portal_{self._own}_{next(self._numbers)}"
        places = ", ".join(["%s"] * number)
        return f"PREPARE {name} AS {numbered}", f"EXECUTE {name} ({places})"
