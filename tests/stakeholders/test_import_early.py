"""A list is read before anything is held for it, and anew where the registry changed meanwhile."""

from collections.abc import Callable

import pytest
from django.db import connection

from buyin.stakeholders.actions import confirm_list, discard_list, imports, keep_list
from buyin.stakeholders.models import ImportRun, Stakeholder
from buyin.stakeholders.queries.import_plan import plan_import
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.lists import bring

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "Name,Mail,Category\nAnn Lee,ann@x.example,IT\nTom Ott,tom@x.example,IT\n"


@pytest.fixture
def run():
    return keep_list(owner=None, name="a.csv", content=FILE.encode())


@pytest.fixture
def held(monkeypatch):
    """Return whether something was held, for each time that a list was read, and what to do then."""
    found: list[bool] = []
    meanwhile: list[Callable[[], object]] = []

    def reading(*args):
        plan = plan_import(*args)
        found.append(connection.in_atomic_block)
        if meanwhile:
            meanwhile.pop()()
        return plan

    monkeypatch.setattr(imports, "plan_import", reading)
    return found, meanwhile


def test_it_is_read_once_and_nothing_is_held_meanwhile(run, held):
    confirm_list(run=run)

    assert held[0] == [False]
    assert Stakeholder.objects.count() == 2


def test_whoever_came_meanwhile_does_not_come_twice(run, held):
    held[1].append(lambda: bring(FILE))

    confirm_list(run=run)

    assert held[0] == [False, True, True]  # this one, the other one, and this one anew
    assert Stakeholder.objects.count() == 2
    run.refresh_from_db()
    assert (run.report["created"], run.report["unchanged"]) == (0, 2)


def test_who_was_added_by_hand_meanwhile_is_found(run, held):
    held[1].append(lambda: StakeholderFactory(name="Ann Lee", person__email="ann@x.example"))

    confirm_list(run=run)

    assert held[0] == [False, True]
    assert Stakeholder.objects.count() == 2


def test_a_file_that_is_deleted_meanwhile_is_not_written(run, held):
    held[1].append(lambda: ImportRun.objects.filter(pk=run.pk).update(state="checked"))
    held_run = ImportRun.objects.get(pk=run.pk)

    confirm_list(run=run)

    assert discard_list(run=held_run)
    assert not Stakeholder.objects.exists()
