"""People who are removed are gone from what is told of lists, and no undoing brings them back."""

import json

import pytest

from buyin.stakeholders.actions import keep_list, undo_import
from buyin.stakeholders.actions.erasing import remove_person
from buyin.stakeholders.models import (
    ImportChange,
    ImportedRow,
    ImportRun,
    RemovalBasis,
    Stakeholder,
)
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.lists import HEADER, bring, named, newest

pytestmark = pytest.mark.django_db
FILE = f"{HEADER}\nAnn Lee,ann@x.example,,,,IT\nTom Ott,nothing,,,,IT\n"


@pytest.fixture(autouse=True)
def admin(cast):
    return cast.people["administrator"]


def told():
    """Return all that is kept of imports, as one text."""
    runs = ImportRun.objects.values_list("report", "doubts", "left_out")
    changes = ImportChange.objects.values_list("name", "before", "after")
    return json.dumps([list(runs), list(changes)])


def test_the_name_is_in_no_import_afterwards(admin):
    bring(FILE)
    assert "Ann Lee" in told()

    remove_person(actor=admin, stakeholder=named("Ann Lee"), basis=RemovalBasis.WISH)

    assert "Ann" not in told()
    assert "ann@x.example" not in told()
    assert "Tom Ott" in told()
    assert ImportedRow.objects.count() == 1


def test_the_name_is_in_no_list_that_waits_afterwards(admin):
    ann = StakeholderFactory(name="Ann Lee")
    keep_list(owner=admin, name="a.csv", content=f"{HEADER}\nA. Lee,,,,,IT\n".encode())
    assert "Ann Lee" in told()

    remove_person(actor=admin, stakeholder=ann, basis=RemovalBasis.WISH)

    assert "Ann" not in told()


def test_undoing_the_list_brings_nobody_back(admin):
    run, _plan = bring(FILE)
    remove_person(actor=admin, stakeholder=named("Ann Lee"), basis=RemovalBasis.WISH)

    undo_import(run=run)

    assert not Stakeholder.objects.filter(name="Ann Lee").exists()
    assert not Stakeholder.objects.filter(name="Tom Ott").exists()
    assert newest().state == "undone"
