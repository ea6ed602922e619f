"""What load balancers are told, in good times and bad."""

import socket

import pytest
from django.db import OperationalError, connection
from django.test import override_settings

from buyin.views import health

READY, LIVE = "/health/ready", "/health/live"
REDIS = "buyin.cache.RedisCache"


@pytest.fixture(autouse=True)
def _process_that_has_just_started():
    health.demand_migrations.cache_clear()
    yield
    health.demand_migrations.cache_clear()


@pytest.fixture
def nobody_listens():
    """A port of this machine on which nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def database_is_gone(monkeypatch):
    def refuse(*_arguments, **_options):
        raise OperationalError("could not connect to server at 10.0.0.7 as buyin")

    monkeypatch.setattr(connection, "cursor", refuse)


def test_a_portal_with_everything_in_place_is_ready(client, db):
    answer = client.get(READY)

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_migrations_are_looked_up_until_they_are_applied_and_never_again(
    client, db, django_assert_num_queries
):
    client.get(READY)

    with django_assert_num_queries(1):
        assert client.get(READY).status_code == 200


def test_pending_migrations_keep_visitors_away_until_they_are_applied(client, db, monkeypatch):
    plan = [("a migration", False)]
    look = "buyin.views.health.MigrationExecutor.migration_plan"
    monkeypatch.setattr(look, lambda *_: plan)
    answer = client.get(READY)
    assert (answer.status_code, answer.json()) == (503, {"status": "migrations pending"})

    plan.clear()

    assert client.get(READY).status_code == 200


def test_without_its_database_the_portal_says_so_and_nothing_else(client, database_is_gone):
    answer = client.get(READY)

    assert (answer.status_code, answer.json()) == (503, {"status": "database unreachable"})


def test_a_database_that_goes_away_later_is_noticed(client, db, monkeypatch):
    client.get(READY)

    def refuse():
        raise OperationalError("gone")

    with monkeypatch.context() as later:
        later.setattr(connection, "cursor", refuse)
        answer = client.get(READY)

    assert answer.status_code == 503


def test_without_its_cache_the_portal_says_so_and_goes_on(sign_in, nobody_listens):
    there = {"BACKEND": REDIS, "LOCATION": f"redis://127.0.0.1:{nobody_listens}/0"}
    with override_settings(CACHES={"default": there}):
        client = sign_in("staff")
        answer = client.get(READY)
        home = client.get("/")

    assert (answer.status_code, answer.json()) == (200, {"status": "degraded: cache unreachable"})
    assert home.status_code == 200
    assert "Sign out" in home.text


def test_limits_on_attempts_hold_without_the_cache(client, db, nobody_listens):
    there = {"BACKEND": REDIS, "LOCATION": f"redis://127.0.0.1:{nobody_listens}/0"}
    wrong = {"login": "somebody@example.gov", "password": "not the right one"}
    with override_settings(CACHES={"default": there}):
        answers = [client.post("/accounts/login/", wrong).text for _attempt in range(8)]

    assert "Too many attempts" not in answers[0]
    assert "Too many attempts" in answers[-1]


def test_a_process_whose_servers_are_gone_is_alive_all_the_same(client, database_is_gone):
    assert client.get(LIVE).json() == {"status": "ok"}
