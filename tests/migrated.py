"""Begins the database of the tests as a copy of a migrated one, where the suite has made one.

What the copy lacks is migrated afterwards, as it always is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


@contextmanager
def copied(source: str) -> Iterator[None]:
    """Let the test database begin as a copy of this database of PostgreSQL, or file of SQLite."""
    if source and connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = source
        yield
    elif source and Path(source).exists():
        creation: Any = connection.creation
        # It is in memory, and there as long as somebody has it open.
        with (
            closing(sqlite3.connect(creation._get_test_db_name(), uri=True)) as memory,
            closing(sqlite3.connect(source)) as original,
        ):
            original.backup(memory)
            yield
    else:
        yield
