"""The database of the tests begins as a copy of the migrated one, where there is one."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from tests.migrated import copied

MEMORY = "file:begun_as_a_copy?mode=memory&cache=shared"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.executescript("create table waves (name); insert into waves values ('Spring');")
    return str(path)


def tables_in_memory() -> list[str]:
    with closing(sqlite3.connect(MEMORY, uri=True)) as memory:
        return [name for (name,) in memory.execute("select name from sqlite_master")]


@pytest.fixture
def _in_memory(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(connection.creation, "_get_test_db_name", lambda: MEMORY)


@pytest.mark.usefixtures("_in_memory")
def test_sqlite_in_memory_begins_with_everything_of_the_file(source):
    with copied(source), closing(sqlite3.connect(MEMORY, uri=True)) as memory:
        found = memory.execute("select name from waves").fetchall()

    assert found == [("Spring",)]
    assert tables_in_memory() == []


@pytest.mark.usefixtures("_in_memory")
@pytest.mark.parametrize("name", ["", "/no/such/file.sqlite3"])
def test_without_a_file_it_begins_empty(name):
    with copied(name):
        assert tables_in_memory() == []


@pytest.mark.parametrize(("name", "template"), [("migrated", "migrated"), ("", None)])
def test_postgresql_is_asked_for_a_copy(monkeypatch, name, template):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setitem(connection.settings_dict["TEST"], "TEMPLATE", None)

    with copied(name):
        assert connection.settings_dict["TEST"]["TEMPLATE"] == template
