"""What every test can use, and the nets that make hidden faults loud."""

import os
import random
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client, SimpleTestCase, TransactionTestCase, override_settings
from factory.django import DjangoModelFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from buyin.accounts.identity import SessionStore
from buyin.accounts.middleware import BEGAN, SEEN
from buyin.accounts.models import User
from buyin.schema import everything
from surveys.rendering import frames, published_page
from tests.cast import Cast, make_cast
from tests.emptying import empty
from tests.factories.trail import without_trail
from tests.migrated import copied

SignIn = Callable[..., Client]

DOORS = {"sign_in", "client"}  # with which a test comes in as people and programs do
# How long an example takes says something about the machine, nothing about the portal.
hypothesis.settings.register_profile(
    "searching", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# The whole suite tries the same examples each time: a change is not held up by what it did not do.
# `pytest` by itself goes on searching.
hypothesis.settings.register_profile(
    "suite", hypothesis.settings.get_profile("searching"), derandomize=True, database=None
)
hypothesis.settings.load_profile("suite" if os.environ.get("MIGRATED") else "searching")


class UndefinedVariableError(Exception):
    """A template of ours used a name that its view does not give."""


class LoudInvalid(str):
    """Stands where Django would silently print nothing for an undefined variable."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, name: Any) -> str:
        frame: FrameType | None = sys._getframe(1)
        while frame and frame.f_code.co_name != "render_annotated":
            frame = frame.f_back
        origin = getattr(frame.f_locals["self"].origin, "name", "") if frame else ""
        if Path(origin).is_relative_to(Path(settings.BASE_DIR) / "templates"):
            raise UndefinedVariableError(f"{name} in {origin}")
        return ""


def asks_a_server(item: pytest.Item) -> bool:
    """Return whether a test could end otherwise on another database or cache."""
    marks = {mark.name for mark in item.iter_markers()}
    fixtures = set(getattr(item, "fixturenames", ()))
    case = getattr(item, "cls", None)
    return bool(
        marks & {"django_db", "servers", "services", "e2e"}
        or fixtures & {"db", "transactional_db", "django_db_setup"}
        or (case is not None and issubclass(case, SimpleTestCase))
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what the suite runs once: what asks no server, and most of what knocks at an address.

    Of each file the first test that does runs on both databases, and so does all that asks actions,
    queries and models themselves.
    """
    first: dict[Path, str] = {}
    # As they stand in the file: in which order they come here is shuffled.
    for item in sorted(items, key=lambda one: (str(one.path), one.location[1] or 0)):
        if not asks_a_server(item):
            item.add_marker("pure")
        elif DOORS & set(getattr(item, "fixturenames", ())):
            name = item.name.partition("[")[0]  # its cases count as one
            is_first = first.setdefault(item.path, name) == name
            if not (is_first or item.get_closest_marker("evaluation")):
                item.add_marker("production")


@pytest.fixture(autouse=True, scope="session")
def _suite_settings() -> Iterator[None]:
    engines: list[dict[str, Any]] = settings.TEMPLATES
    templates = [
        {**engine, "OPTIONS": {**engine["OPTIONS"], "string_if_invalid": LoudInvalid("%s")}}
        for engine in engines
    ]
    # Slow hashing protects people, not tests.
    fast = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(TEMPLATES=templates, PASSWORD_HASHERS=fast):
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_looked_for_once() -> Iterator[None]:
    """Let the first browser of a process look for the static files, and the others know them.

    The portal looks for them when it starts; here each browser starts a portal of its own.
    """
    original = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def add_files(self: WhiteNoiseMiddleware) -> None:
        if not found:
            original(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        yield


@pytest.fixture(autouse=True, scope="session")
def _what_a_factory_writes_leaves_no_trail() -> Iterator[None]:
    """Keep what only sets the scene out of the audit trail: nobody did it, and it costs a fifth."""
    create = without_trail(DjangoModelFactory._create.__func__)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DjangoModelFactory, "_create", classmethod(create))
        yield


@pytest.fixture(autouse=True, scope="session")
def _emptied_by_what_is_there() -> Iterator[None]:
    """Empty PostgreSQL in a cheaper way than Django after tests that really write."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty())
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_other_hosts() -> Iterator[None]:
    """Refuse connections to anything but this machine."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = str(address[0]) if isinstance(address, tuple) else ""
        if host and not host.startswith("127.") and host not in {"localhost", "::1"}:
            raise AssertionError(f"a test tried to reach {host}")
        original(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = original  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Begin with a copy of the migrated database, where the suite has made one."""
    with copied(os.environ.get("MIGRATED", "")):
        yield


@pytest.fixture(autouse=True)
def _unordered_rows_come_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show at once where code relies on an order that the database never promised."""
    original = QuerySet._fetch_all

    def fetch_all(self: Any) -> None:
        is_fresh = self._result_cache is None
        original(self)
        if is_fresh and not self.ordered and not self.query.combinator:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_all)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Let no limiter or cached page of one test reach the next."""
    cache.clear()
    published_page.cache_clear()
    everything.cache_clear()
    frames.clear()


@pytest.fixture(scope="module")
def written_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what a fixture of the module writes for all of its tests, and take it back after them.

    Each test still runs in a transaction of its own inside.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the small agency with one person for each persona, see tests/cast.py."""
    # A process asks for them once: no test's count of queries depends on which came before it.
    ContentType.objects.get_for_models(*apps.get_models())
    return make_cast()


def begin_session(person: User) -> str:
    """Write the session of somebody who has just signed in, and return its key.

    It takes one row, where `force_login` goes the whole way with the trail of a sign-in. As where
    the password was confirmed a moment ago, no page asks for it once more.
    """
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    confirmed = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [confirmed]
    session["account_authentication_methods_user"] = str(person.pk)
    session[BEGAN] = session[SEEN] = int(time.time())
    session.create()
    return str(session.session_key)


@pytest.fixture
def sign_in(cast: Cast) -> SignIn:
    """Return a function that gives the browser of a persona (by name) or of any person.

    `sign_in("anonymous")` has no session; `sign_in("deactivated")` had one when the account closed.
    """

    def client_of(who: str | User, **options: Any) -> Client:
        client = Client(**options)
        if who == "anonymous":
            return client
        person = cast.people[who] if isinstance(who, str) else who
        key = begin_session(person)
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        if who == "deactivated":
            User.objects.filter(pk=person.pk).update(is_active=False)
        return client

    return client_of
