"""An open wave, a lead at the browser, and the portal as real processes on PostgreSQL."""

import os
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from surveys.models import Invitation, Wave
from tests import services
from tests.cast import Cast
from tests.conftest import SignIn
from tests.factories.surveys import make_guest, make_wave

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def _slow_participations():
    """Let every insert of a participation take a moment, so that races really meet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create function linger() returns trigger language plpgsql as"
            " 'begin perform pg_sleep(0.05); return new; end';"
            "create trigger linger before insert on surveys_participation"
            " for each row execute function linger()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop trigger linger on surveys_participation; drop function linger()")


@pytest.fixture
def web():
    """Run the portal under gunicorn on the database of this test, and return (process, port)."""
    database, port = connection.settings_dict, services.free_port()
    url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    command = [sys.executable, "-m", "gunicorn", "buyin.wsgi", "-w", "2", "--threads", "8"]
    environment = {**os.environ, "DATABASE_URL": url}
    with services.process(
        [*command, "-b", f"127.0.0.1:{port}"], environment=environment, folder=ROOT
    ) as process:
        services.wait_for_port(port, seconds=30)
        yield process, port


@pytest.fixture
def lead(sign_in: SignIn) -> Client:
    """Return the browser of somebody who leads for the whole agency."""
    return sign_in("lead")


@pytest.fixture
def wave(cast: Cast) -> Wave:
    """Return an open wave that asks one department; a module may have one of its own."""
    return make_wave(cast.roads)


@pytest.fixture
def _few_are_enough(settings):
    """Let one person be enough for an anonymous wave, where it matters only who is asked."""
    settings.SMALLEST_GROUP = 1


@pytest.fixture
def mira(wave: Wave) -> Invitation:
    """Return that the wave asks somebody who has no account."""
    return make_guest(wave)
