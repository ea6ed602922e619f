"""Writes to the registry: who may make them, that they are whole or nothing, and what they note."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buyin.stakeholders.actions import (
    add_post,
    archive,
    change_many,
    drop_search,
    end_post,
    end_relation,
    give_part,
    keep_search,
    note_consent,
    relate,
    save_stakeholder,
    tags_called,
    take_part_away,
)
from buyin.stakeholders.models import (
    ConsentEvent,
    ConsentKind,
    Organisation,
    Person,
    Post,
    Raci,
    Relationship,
    SavedSearch,
    Stakeholder,
    StakeholderTag,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    InterestFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
)
from tests.races import ON_POSTGRESQL, endings

STRANGERS = ["staff", "neighbour", "trainer", "moderator", "executive"]


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


@pytest.mark.parametrize("persona", STRANGERS)
def test_strangers_and_executives_write_nothing(cast, ruth, persona):
    by = cast.people[persona]
    post = PostFactory(person=ruth.person, department=cast.roads)
    other = StakeholderFactory()
    relation = Relationship.objects.create(first=ruth, second=other, kind="advises")
    today = timezone.localdate()
    writes = [
        lambda: save_stakeholder(actor=by, stakeholder=ruth, said={"name": "Rudy"}),
        lambda: archive(actor=by, stakeholder=ruth),
        lambda: change_many(actor=by, stakeholders=[ruth], archived=True),
        lambda: add_post(actor=by, stakeholder=ruth, title="Head", department=cast.roads),
        lambda: end_post(actor=by, stakeholder=ruth, post=post, on=today),
        lambda: note_consent(actor=by, stakeholder=ruth, kind=ConsentKind.GIVEN, basis="By mail"),
        lambda: relate(actor=by, first=ruth, second=other, kind="influences"),
        lambda: end_relation(actor=by, relation=relation, on=today),
    ]

    for write in writes:
        with pytest.raises(PermissionDenied):
            write()

    ruth.refresh_from_db()
    assert (ruth.name, ruth.archived_at) == ("Ruth Roads", None)
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"archived_at": None}, {"name": "A"}, {"said": {"merged_into": None}}]
)
def test_only_what_is_writable_is_written(cast, ruth, wrong):
    with pytest.raises(TypeError, match="not writable"):
        save_stakeholder(actor=cast.lead, stakeholder=ruth, **{"said": {}, **wrong})


def test_who_is_refused_leaves_nothing_behind(cast):
    new = Stakeholder(person=Person(), category="it")
    post = {"title": "Seller", "organisation": "Vast Vision"}

    with pytest.raises(ValidationError, match="department that is yours"):
        save_stakeholder(actor=cast.coordinator, stakeholder=new, said={"name": "Nia"}, post=post)

    assert not Person.objects.exists()
    assert not Stakeholder.objects.exists()
    assert not Post.objects.exists()
    assert not Organisation.objects.exists()


def test_a_coordinator_hands_nobody_over_to_other_departments(cast, ruth):
    with pytest.raises(ValidationError, match="department that is yours"):
        add_post(
            actor=cast.coordinator,
            stakeholder=ruth,
            title="Nurse",
            department=cast.clinic,
            starts_on=timezone.localdate(),
        )

    ruth.refresh_from_db()
    assert ruth.department == cast.roads
    assert not Post.objects.exists()


def test_an_organisation_moves_to_its_department(cast):
    vendor = StakeholderFactory(person=None, organisation=OrganisationFactory())

    save_stakeholder(
        actor=cast.lead, stakeholder=vendor, said={"name": "Vast", "department": cast.parks}
    )

    vendor.refresh_from_db()
    assert (vendor.name, vendor.department, str(vendor.party)) == ("Vast", cast.parks, "Vast")


def test_a_post_at_an_organisation_of_a_department_leads_there(cast, ruth):
    OrganisationFactory(name="Works council", department=cast.works)

    add_post(
        actor=cast.lead,
        stakeholder=ruth,
        title="Speaker",
        organisation="works COUNCIL",
        starts_on=date(2026, 1, 1),
    )

    ruth.refresh_from_db()
    assert ruth.department == cast.works
    assert Organisation.objects.count() == 1


def test_a_post_cannot_end_before_it_started(cast, ruth):
    start = date(2026, 3, 1)
    post = PostFactory(person=ruth.person, department=cast.roads, starts_on=start)

    with pytest.raises(ValidationError, match="before it starts"):
        end_post(actor=cast.lead, stakeholder=ruth, post=post, on=start - timedelta(days=1))


@pytest.mark.parametrize("act", [add_post, note_consent])
def test_only_people_hold_posts_and_agree_to_be_contacted(cast, act):
    vendor = StakeholderFactory(person=None, organisation=OrganisationFactory())
    said = {"title": "A", "department": cast.roads} if act is add_post else {}
    said |= {"kind": "given", "basis": "A"} if act is note_consent else {}

    with pytest.raises(TypeError, match="only people"):
        act(actor=cast.lead, stakeholder=vendor, **said)


def test_tags_are_one_however_they_are_capitalised(db):
    first = tags_called(["Pilot", "Night"])

    again = tags_called(["PILOT", "night", "Steering"])

    assert again[:2] == first
    assert StakeholderTag.objects.count() == 3


def test_several_are_changed_all_or_none(cast, ruth):
    theirs = StakeholderFactory(department=cast.clinic)

    with pytest.raises(PermissionDenied):
        change_many(actor=cast.coordinator, stakeholders=[ruth, theirs], archived=True, tag="A")

    ruth.refresh_from_db()
    assert ruth.archived_at is None
    assert not StakeholderTag.objects.exists()


def test_each_of_several_changes_is_on_record(cast, ruth):
    other = StakeholderFactory(department=cast.parks)

    number = change_many(actor=cast.lead, stakeholders=[ruth, other], owner=cast.coordinator)

    assert number == 2
    for one in (ruth, other):
        assert "owner" in LogEntry.objects.get_for_object(one).first().changes_dict


def test_who_was_archived_stays_archived_since_then(cast):
    since = timezone.now() - timedelta(days=30)
    gone = StakeholderFactory(archived_at=since)

    change_many(actor=cast.lead, stakeholders=[gone], archived=True)

    gone.refresh_from_db()
    assert gone.archived_at == since


def test_nobody_is_related_to_whom_one_may_not_see(cast, ruth):
    theirs = StakeholderFactory(department=cast.clinic)

    with pytest.raises(PermissionDenied):
        relate(actor=cast.coordinator, first=ruth, second=theirs, kind="advises")


def test_parts_are_given_and_taken_by_who_changes_the_initiative(cast, ruth):
    initiative = InitiativeFactory(departments=[cast.roads], lead=cast.staff)
    InterestFactory(stakeholder=ruth, initiative=initiative)
    said = {"initiative": initiative, "stakeholder": ruth, "deliverable": "Go-live", "part": "A"}

    made = give_part(actor=cast.staff, **said)
    for persona in ("coordinator", "executive", "neighbour"):
        with pytest.raises(PermissionDenied):
            take_part_away(actor=cast.people[persona], part=made)
        with pytest.raises(PermissionDenied):
            give_part(actor=cast.people[persona], **said)
    take_part_away(actor=cast.lead, part=made)

    assert not Raci.objects.exists()


def test_a_part_is_only_for_who_is_on_the_list(cast, ruth):
    with pytest.raises(ValidationError, match="not on the initiative's list"):
        give_part(
            actor=cast.lead,
            initiative=InitiativeFactory(),
            stakeholder=ruth,
            deliverable="Go-live",
            part="R",
        )


def test_a_search_of_somebody_else_is_not_dropped(cast):
    kept = keep_search(actor=cast.lead, name="Mine", words={"q": "a"})

    drop_search(actor=cast.executive, search=kept)

    assert SavedSearch.objects.get() == kept


class TestAtTheSameMoment:
    """Several people make somebody accountable at once: one of them does."""

    pytestmark = ON_POSTGRESQL

    def test_one_is_accountable(self, cast):
        initiative = InitiativeFactory()
        ids = [InterestFactory(initiative=initiative).stakeholder.pk for _one in range(8)]

        def make(number):
            try:
                give_part(
                    actor=cast.lead,
                    initiative=initiative,
                    stakeholder=Stakeholder.objects.get(pk=ids[number]),
                    deliverable="Go-live",
                    part="A",
                )
            except ValidationError:
                return

        endings(make)

        assert Raci.objects.count() == 1
