"""What a test has really written is gone before the next one begins."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from buyin.accounts.models import Department, User
from tests.access.world import make_world
from tests.cast import make_cast
from tests.emptying import empty, tables
from tests.races import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL


def rows(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
        return int(cursor.fetchone()[0])


def somebody_waits() -> bool:
    """Return, at the latest after some seconds, whether a connection waits for another one."""
    until = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return True
            time.sleep(0.02)
    return False


def test_nothing_is_left_of_a_whole_world():
    make_world(make_cast())
    assert sum(rows(name) > 0 for name in tables()) > 20

    empty()

    assert [name for name in tables() if rows(name)] == []


def test_no_table_of_the_portal_is_forgotten():
    every = set(connection.introspection.table_names())

    kept = {"django_migrations", "django_content_type", "auth_permission"}
    assert every - set(tables()) <= kept


def test_what_the_migrations_wrote_stays():
    before = set(ContentType.objects.values_list("pk", "model"))
    User.objects.create(email="ana@fairhaven.example", name="Ana", password="!")

    empty()

    assert before
    assert set(ContentType.objects.values_list("pk", "model")) == before


def test_who_is_in_the_middle_of_writing_is_waited_for():
    written, go_on = Event(), Event()

    def write() -> None:
        with transaction.atomic():
            Department.objects.create(code="late", name="Late")
            written.set()
            go_on.wait(20)
        connection.close()

    def empty_here() -> None:
        empty()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write)
        assert written.wait(20)
        emptying = pool.submit(empty_here)
        waits = somebody_waits()
        go_on.set()
        writing.result()
        emptying.result()

    assert waits
    assert not Department.objects.exists()


def test_keys_are_watched_again_afterwards():
    empty()

    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
