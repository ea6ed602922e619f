"""Stages that come in with an inventory: each is a dated step, and goes back with the import."""

import pytest

from buyin.initiatives.actions import (
    ChangedSinceError,
    Move,
    import_inventory,
    move,
    undo_import,
)
from buyin.initiatives.models import Initiative, InventoryImport, StageChange
from buyin.initiatives.queries.inventories import Wishes

pytestmark = pytest.mark.django_db
HEADER = "Use Case ID,Use Case Name,Stage of Development,Benefits"
PILOT = f"{HEADER}\nX-1,Sorter,Pilot,Faster\nX-2,Chatbot,Pilot,Calm\n"
DEPLOYED = PILOT.replace("Sorter,Pilot", "Sorter,Deployed")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-20 10:00Z", tick=False)


def bring(text, owner=None):
    import_inventory(owner=owner, name="a.csv", content=text.encode(), wishes=Wishes())
    return InventoryImport.objects.latest("pk")


def steps(name):
    """Return the steps of an initiative, the first one first."""
    rows = StageChange.objects.filter(initiative__name=name).order_by("pk")
    return [(one.from_stage, one.to_stage, str(one.day), one.note) for one in rows]


TOLD = ("2026-11-20", "Inventory “a.csv”")


def test_what_comes_in_begins_its_history_on_that_day(cast):
    bring(PILOT, owner=cast.lead)

    assert steps("Sorter") == [("", "pilot", *TOLD)]
    assert {one.by for one in StageChange.objects.all()} == {cast.lead}


def test_a_file_that_says_another_stage_adds_a_step_and_the_same_adds_none():
    bring(PILOT)
    bring(DEPLOYED)
    bring(DEPLOYED)

    assert steps("Sorter") == [("", "pilot", *TOLD), ("pilot", "deployed", *TOLD)]
    assert steps("Chatbot") == [("", "pilot", *TOLD)]


def test_a_step_of_an_import_goes_back_with_it_and_no_other():
    bring(PILOT)
    before = list(StageChange.objects.order_by("pk").values())
    run = bring(DEPLOYED)

    undo_import(run=run)

    assert list(StageChange.objects.order_by("pk").values()) == before
    assert Initiative.objects.get(name="Sorter").stage == "pilot"


def test_an_undone_import_leaves_no_step_behind():
    undo_import(run=bring(PILOT))

    assert not StageChange.objects.exists()


def test_what_people_moved_on_since_is_theirs_also_where_it_went_back(cast):
    run = bring(PILOT)
    sorter = Initiative.objects.get(name="Sorter")
    for start, to in (("pilot", "deployed"), ("deployed", "pilot")):
        wanted = Move(start=start, to=to, day=StageChange.objects.latest("pk").day, note="Tried")
        move(actor=cast.lead, initiative=sorter, wanted=wanted)

    with pytest.raises(ChangedSinceError) as refused:
        undo_import(run=run)

    (reason,) = refused.value.reasons
    assert reason.message == "It has by now: changes of stage."
    assert len(steps("Sorter")) == 3


def test_the_page_of_the_stage_shows_where_it_came_from(sign_in, cast):
    bring(PILOT, owner=cast.lead)
    sorter = Initiative.objects.get(name="Sorter")

    page = " ".join(sign_in("lead").get(f"/initiatives/{sorter.pk}/stage/").text.split())

    assert "Inventory “a.csv”" in page
