"""Imports taken back: the database is as it was, and what people changed since stays and is named."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buyin.accounts.models import Department
from buyin.stakeholders.actions import archive, relate, save_stakeholder, take_up, undo_import
from buyin.stakeholders.models import (
    ConsentEvent,
    ImportChange,
    ImportRun,
    Organisation,
    Person,
    Post,
    Stakeholder,
    StakeholderTag,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    GroupFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
)
from tests.stakeholders.lists import FILE, HEADER, bring, counts, everything, named

pytestmark = pytest.mark.django_db
State = ImportRun.State


@pytest.fixture(autouse=True)
def agency(cast):
    return cast


def undone(text=FILE, **wishes):
    run, _plan = bring(text, **wishes)
    return [(one.row, one.name, one.message) for one in undo_import(run=run)]


def registry():
    """Write one of each kind, known by their names, with something of all that can change."""
    roads = Department.objects.get(code="roads")
    ann = StakeholderFactory(name="Ann Lee", department=roads, channel="call")
    Person.objects.filter(pk=ann.person_id).update(email="ann@x.example")
    PostFactory(person=ann.person, department=roads, title="Clerk", starts_on="2020-01-01")
    ann.tags.add(StakeholderTag.objects.create(name="Board"))
    firm = OrganisationFactory(name="Example Systems")
    StakeholderFactory(person=None, organisation=firm, name=firm.name, category="vendor")
    crowd = GroupFactory(name="Night shift", department=roads)
    StakeholderFactory(person=None, group=crowd, name=crowd.name, department=roads)


def test_an_import_that_is_undone_leaves_nothing_behind():
    before = everything()

    assert undone() == []
    assert everything() == before


def test_whoever_was_changed_is_as_before():
    registry()
    before = everything()
    file = (
        "Type,Name,Mail,Phone,Department,Title,Category,Tags,Consent,Channel,Organisation type\n"
        'person,Ann Lee,ann@x.example,1,parks,Head,IT,"pilot,board",yes,mail,\n'
        "organisation,Example Systems,,,parks,,Expert,pilot,,,academia\n"
        "group,Night shift,,,roads,,IT,pilot,,,\n"
    )

    run, plan = bring(file)
    assert counts(plan) == (0, 3, 0, 0, 0)
    assert everything() != before

    assert undo_import(run=run) == []
    assert everything() == before


def test_a_title_that_the_file_changed_goes_back():
    registry()
    before = everything()

    run, _plan = bring(f"{HEADER}\nAnn Lee,ann@x.example,,Head,roads,\n")
    assert Post.objects.get(person__name="Ann Lee").title == "Head"
    undo_import(run=run)

    assert everything() == before


def test_undone_twice_is_undone_once():
    run, _plan = bring()
    undo_import(run=run)
    bring()
    before = everything()

    assert undo_import(run=run) == []
    assert everything() == before


@pytest.mark.parametrize("state", [State.CHECKING, State.CHECKED, State.REFUSED, State.UNDONE])
def test_only_what_was_imported_can_be_undone(state):
    run, _plan = bring()
    ImportRun.objects.update(state=state)
    before = everything()

    assert undo_import(run=run) == []
    assert everything() == before


def test_what_was_undone_comes_in_anew_from_the_same_file():
    undone()

    _run, plan = bring()

    assert counts(plan) == (3, 0, 0, 0, 0)


def test_whoever_was_changed_since_stays_and_is_named(agency):
    run, _plan = bring()
    ann = named("Ann Lee")
    save_stakeholder(
        actor=agency.people["lead"], stakeholder=ann, said={"phone": "1"}, category="it"
    )

    (kept,) = undo_import(run=run)

    assert (kept.row, kept.name, kept.stakeholder, kept.message) == (
        2,
        "Ann Lee",
        ann.pk,
        "It was changed since.",
    )
    assert [one.name for one in Stakeholder.objects.all()] == ["Ann Lee"]
    run.refresh_from_db()
    assert (run.state, run.report["kept"]) == (
        State.UNDONE,
        [[2, "Ann Lee", "It was changed since."]],
    )


def archived(agency, stakeholder):
    archive(actor=agency.people["lead"], stakeholder=stakeholder)


def tagged(_agency, stakeholder):
    stakeholder.tags.add(StakeholderTag.objects.create(name="Board"))


def asked(_agency, stakeholder):
    ConsentEvent.objects.create(person=stakeholder.person, kind="given", basis="By phone")


def promoted(agency, stakeholder):
    PostFactory(person=stakeholder.person, department=agency.roads)


def test_a_group_that_has_members_by_now_stays():
    run, _plan = bring("Type,Name,Category\ngroup,Night shift,End user\n")
    named("Night shift").group.members.add(StakeholderFactory().person)

    assert [one.name for one in undo_import(run=run)] == ["Night shift"]


@pytest.mark.parametrize("change", [archived, tagged, asked, promoted])
def test_each_sort_of_change_keeps_somebody(agency, change):
    run, _plan = bring()
    change(agency, named("Ida Berg"))

    assert [one.name for one in undo_import(run=run)] == ["Ida Berg"]


def interested(agency, stakeholder):
    initiative = InitiativeFactory()
    take_up(actor=agency.people["lead"], stakeholder=stakeholder, initiative=initiative)


def related(agency, stakeholder):
    other = StakeholderFactory()
    relate(actor=agency.people["lead"], first=stakeholder, second=other, kind="influences")


def grouped(_agency, stakeholder):
    GroupFactory().members.add(stakeholder.person)


@pytest.mark.parametrize(
    ("hang", "words"),
    [(interested, "interests"), (related, "relations"), (grouped, "groups")],
)
def test_what_people_built_on_somebody_new_keeps_them_and_is_said_in_words(agency, hang, words):
    run, _plan = bring()
    hang(agency, named("Ida Berg"))

    (kept,) = undo_import(run=run)

    assert kept.name == "Ida Berg"
    assert kept.message.startswith("It has by now: ")
    assert words in kept.message


def test_what_hangs_on_somebody_who_was_there_before_hinders_nobody(agency):
    registry()
    interested(agency, named("Ann Lee"))
    run, _plan = bring(f"{HEADER}\nAnn Lee,ann@x.example,,,,IT\n")

    assert undo_import(run=run) == []
    assert named("Ann Lee").category == "decision-maker"


def test_an_organisation_that_somebody_uses_by_now_stays():
    run, _plan = bring()
    union = Organisation.objects.get(name="Example Union")
    PostFactory(organisation=union, title="Member")

    assert undo_import(run=run) == []
    assert Organisation.objects.get() == union


def test_a_tag_that_somebody_uses_by_now_stays():
    run, _plan = bring('Name,Category,Tags\nAnn Lee,IT,"Board,Pilot"\n')
    StakeholderFactory().tags.add(StakeholderTag.objects.get(name="Board"))

    undo_import(run=run)

    assert [tag.name for tag in StakeholderTag.objects.all()] == ["Board"]


def test_whoever_a_later_import_changed_stays_until_that_one_is_undone():
    before = everything()
    first, _plan = bring()
    second, _plan = bring(FILE.replace("Users", "IT"))

    assert [one.name for one in undo_import(run=first)] == ["Ida Berg"]
    assert named("Ida Berg").category == "it"
    assert undo_import(run=second) == []
    assert everything() != before


def test_later_first_and_everything_is_as_it_was():
    before = everything()
    first, _plan = bring()
    second, _plan = bring(FILE.replace("Users", "IT"))

    assert undo_import(run=second) == []
    assert undo_import(run=first) == []
    assert everything() == before


def test_somebody_who_is_gone_meanwhile_hinders_nobody():
    run, _plan = bring()
    named("Ida Berg").person.delete()

    assert undo_import(run=run) == []
    assert not Stakeholder.objects.exists()


def test_an_owner_who_is_gone_cannot_come_back_and_that_is_said(agency):
    ann = StakeholderFactory(name="Ann Lee", owner=agency.people["staff"])
    run, _plan = bring(f"Name,Owner\nAnn Lee,{agency.people['lead'].email}\n")
    change: Any = ImportChange.objects.get()
    change.before["stakeholder"]["owner_id"] = 999_999
    change.save()

    (kept,) = undo_import(run=run)

    assert kept.message == "What it belonged to before is gone."
    ann.refresh_from_db()
    assert ann.owner == agency.people["lead"]


def test_undo_asks_the_database_as_often_for_nine_rows_as_for_three(django_assert_max_num_queries):
    def asked_for(number):
        rows = "".join(f"Given{n} Family{n},,,,roads,IT\n" for n in range(number))
        run, _plan = bring(f"{HEADER}\n{rows}")
        with django_assert_max_num_queries(200) as queries:
            undo_import(run=run)
        return len(queries)

    assert asked_for(9) == asked_for(3)


NAMES = st.sampled_from(
    ["Ann Lee", "Lee, Ann", "A. Lee", "Tom Ott", "Ida Berg", "Example Systems", "Night shift", ""]
)
ROWS: Any = st.lists(
    st.tuples(
        st.sampled_from(["", "person", "organisation", "group"]),
        NAMES,
        st.sampled_from(["", "ann@x.example", "tom@x.example", "nothing"]),
        st.sampled_from(["", "Example Union", "example systems"]),
        st.sampled_from(["", "Head", "Clerk"]),
        st.sampled_from(["", "roads", "Parks", "Nowhere"]),
        st.sampled_from(["", "IT", "Expert", "Pigeon"]),
        st.sampled_from(["", "board", "Pilot;Board"]),
        st.sampled_from(["", "yes", "no", "maybe"]),
    ),
    min_size=1,
    max_size=6,
)
COLUMNS = "Type,Name,Mail,Organisation,Title,Department,Category,Tags,Consent"


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS, st.sampled_from(["", "new"]), st.sampled_from(["", "expert"]), st.booleans())
def test_whatever_comes_in_and_is_undone_leaves_the_database_equal(
    rows, decided, category, has_registry
):
    with transaction.atomic():
        if has_registry:
            registry()
        text = "\n".join([COLUMNS, *(",".join(row) for row in rows)])
        decisions = {str(n): decided for n in range(2, 9)}
        before = everything()

        run, _plan = bring(text, category=category, decisions=decisions)
        after = everything()
        _again, plan = bring(text, category=category, decisions=decisions)
        assert plan.counts["created"] == plan.counts["updated"] == 0
        assert everything()[:-1] == after[:-1]

        assert undo_import(run=_again) == []
        assert everything() == after
        assert undo_import(run=run) == []
        assert everything() == before
        transaction.set_rollback(True)
