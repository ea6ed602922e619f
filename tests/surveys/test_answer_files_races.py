"""Workers that import one file at once, and a worker that is killed while it writes."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone

from surveys.actions import answer_files
from surveys.models import AnswerFile, ImportedRow, Response, Wave
from tests.pages_of_answers import upload
from tests.races import ON_POSTGRESQL, at_once
from tests.surveys.conftest import ROOT

pytestmark = ON_POSTGRESQL


@pytest.fixture
def confirmed(cast, monkeypatch):
    """Return a file of one answer that waits to be imported."""
    upload(cast)
    file = AnswerFile.objects.get(state="checked")
    monkeypatch.setattr(answer_files, "SMALL", 0)
    answer_files.confirm_file(file=file)
    return file


@pytest.fixture
def _slow_rows():
    """Let the last thing that an import writes take a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create function linger() returns trigger language plpgsql as"
            " 'begin perform pg_sleep(2); return new; end';"
            "create trigger linger before insert on surveys_importedrow"
            " for each row execute function linger()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop trigger linger on surveys_importedrow; drop function linger()")


def stored() -> tuple[int, int]:
    """Return how many answers and rows of the file there are, beside those of the file before."""
    return Response.objects.count(), ImportedRow.objects.count()


def test_many_workers_at_once_import_a_file_once(confirmed):
    Response.objects.all().delete()
    ImportedRow.objects.all().delete()

    at_once(lambda _n: answer_files.bring_on(file=confirmed.pk))

    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.tries) == ("done", 1)
    assert stored() == (1, 1)
    assert Wave.objects.count() == 1


@pytest.mark.usefixtures("_slow_rows")
def test_a_worker_killed_while_it_writes_leaves_nothing_and_the_next_tick_does_it_all(confirmed):
    Response.objects.all().delete()
    ImportedRow.objects.all().delete()
    database = connection.settings_dict
    url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    call = f"from surveys.actions.answer_files import bring_on; bring_on(file={confirmed.pk})"
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", call],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
    )
    with connection.cursor() as cursor:
        for _look in range(300):
            cursor.execute("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
            if cursor.fetchone()[0]:
                break
            time.sleep(0.1)
        else:
            pytest.fail("the worker never wrote")

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    assert stored() == (0, 0)
    for _look in range(50):  # the server notices within its sleep that the worker is gone
        AnswerFile.objects.filter(pk=confirmed.pk).update(leased_until=timezone.now())
        answer_files.bring_on(file=confirmed.pk)
        confirmed.refresh_from_db()
        if confirmed.state == "done":
            break
        time.sleep(0.1)
    assert confirmed.state == "done"
    assert stored() == (1, 1)
