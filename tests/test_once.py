"""What runs once, and what runs on each database."""

import pytest
from django.test import SimpleTestCase


def is_pure(request: pytest.FixtureRequest) -> bool:
    return request.node.get_closest_marker("pure") is not None


def test_what_asks_no_database_runs_once(request):
    assert is_pure(request)


def test_what_asks_it_through_a_fixture_of_ours_runs_on_each(request, cast):
    assert not is_pure(request)


@pytest.mark.django_db
def test_what_is_marked_for_it_runs_on_each(request):
    assert not is_pure(request)


@pytest.mark.servers
def test_what_says_that_it_asks_a_server_runs_on_each(request):
    assert not is_pure(request)


class TestCaseOfDjango(SimpleTestCase):
    @pytest.fixture(autouse=True)
    def ask(self, request):
        self.is_pure = is_pure(request)

    def test_runs_on_each(self):
        assert not self.is_pure
