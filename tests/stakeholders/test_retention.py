"""How long people are kept: who is proposed, what holds a removal up, and an administrator's yes."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from buyin.stakeholders.actions.erasing import place_hold, remove_due, remove_person
from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    ConsentEvent,
    Interest,
    LegalHold,
    Person,
    Relationship,
    Removal,
    RemovalBasis,
    Stakeholder,
)
from buyin.stakeholders.queries.retention import due_for_removal
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import merged, note
from tests.factories.stakeholders import OrganisationFactory, PostFactory, StakeholderFactory

PAGE = "/stakeholders/retention/"
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
LONG_AGO = NOW - timedelta(days=2000)


@pytest.fixture(autouse=True)
def _days(settings):
    settings.STAKEHOLDER_KEEP_DAYS = 365


def someone(name="Olga Old", **fields):
    found = StakeholderFactory(name=name, **fields)
    Stakeholder.objects.filter(pk=found.pk).update(added_at=LONG_AGO)
    return found


def due():
    return [one.name for one in due_for_removal()]


def test_who_had_no_dealing_for_longer_than_people_are_kept_is_proposed(cast):
    someone()
    StakeholderFactory(name="Nia New")
    union = someone("Union", person=None, organisation=OrganisationFactory())

    assert due() == ["Olga Old"]
    assert union.name == "Union"


@pytest.mark.parametrize("days", [364, 366])
@pytest.mark.parametrize(
    "dealing",
    [
        lambda one, day: PostFactory(
            person=one.person, organisation=OrganisationFactory(), starts_on=day
        ),
        lambda one, day: PostFactory(
            person=one.person, organisation=OrganisationFactory(), ends_on=day
        ),
        lambda one, day: ConsentEvent.objects.create(
            person=one.person, kind="given", at=NOW - (TODAY - day)
        ),
        lambda one, day: Relationship.objects.create(
            first=one, second=StakeholderFactory(), kind="advises", starts_on=day
        ),
        lambda one, day: Relationship.objects.create(
            first=StakeholderFactory(), second=one, kind="advises", starts_on=day
        ),
        lambda one, day: Assessment.objects.create(
            about=Interest.objects.create(stakeholder=one, initiative=InitiativeFactory()),
            assessed_on=day,
        ),
        lambda one, day: one.engagements.create(kind="call", day=day, summary="Spoke"),
    ],
)
def test_each_dealing_keeps_a_person_for_its_time(cast, dealing, days):
    one = someone()

    dealing(one, TODAY - timedelta(days=days))

    assert due() == ([] if days < 365 else ["Olga Old"])


def test_who_owes_what_was_promised_or_has_an_account_is_kept(cast):
    one, other = someone(), someone("Otto Old")
    Person.objects.filter(pk=other.person_id).update(user=cast.staff)
    owed = Commitment.objects.create(
        initiative=InitiativeFactory(), stakeholder=one, kind="data", title="Cases", unit="sets",
        requested=2,
    )  # fmt: skip
    assert due() == []

    owed.received = 2
    owed.save()
    cast.staff.is_active = False
    cast.staff.save()

    assert due() == ["Olga Old", "Otto Old"]


def test_without_a_limit_nobody_is_proposed(cast, settings, sign_in):
    someone()
    settings.STAKEHOLDER_KEEP_DAYS = 0

    assert due() == []
    assert "keeps people without a limit" in sign_in("administrator").get(PAGE).text


def test_who_was_merged_is_not_proposed(cast):
    kept, absorbed = someone(), someone("Olga Olt")

    merged(cast.lead, kept, absorbed)

    assert due() == ["Olga Old"]


def test_an_administrator_looks_first_and_then_removes(sign_in, cast):
    one, other = someone(), someone("Otto Old")
    client = sign_in("administrator")
    assert "2 people are proposed" in " ".join(client.get(PAGE).text.split())
    sent = {"chosen": [one.pk, other.pk]}

    looked = client.post(f"{PAGE}remove/", sent)

    assert "Remove 2 people?" in " ".join(looked.text.split())
    assert due() == ["Olga Old", "Otto Old"]
    answer = client.post(f"{PAGE}remove/", {**sent, "confirmed": "yes"}, follow=True)
    assert "2 people were removed." in answer.text
    assert due() == []
    certificates = Removal.objects.all()
    assert {(c.basis, c.keep_days, c.approved_by) for c in certificates} == {
        ("period", 365, cast.administrator)
    }
    again = client.post(f"{PAGE}remove/", {**sent, "confirmed": "yes"}, follow=True)
    assert "Tick people who are proposed for removal." in again.text
    assert Removal.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"chosen": ["x"]}, {"chosen": [10**17]}])
def test_who_is_not_proposed_is_not_removed(sign_in, cast, sent):
    StakeholderFactory()

    sign_in("administrator").post(f"{PAGE}remove/", {**sent, "confirmed": "yes"})

    assert not Removal.objects.exists()


def test_a_hold_keeps_a_person_until_it_is_lifted(sign_in, cast):
    one = someone()
    client = sign_in("administrator")
    client.post(f"/stakeholders/{one.pk}/hold/", {"reason": "Lawsuit 7"})
    assert "Lawsuit 7" in client.get(PAGE).text
    assert f'value="{one.pk}"' not in client.get(PAGE).text

    with pytest.raises(ValidationError, match="There is a legal hold on Olga Old: Lawsuit 7"):
        remove_due(actor=cast.administrator, stakeholders=[one])

    again = client.post(f"/stakeholders/{one.pk}/hold/", {"reason": "Lawsuit 8"})
    assert "There is a legal hold on this person already." in again.text
    for _sent in range(2):
        client.post(f"/stakeholders/{one.pk}/hold/lift/")
    hold = LegalHold.objects.get()
    assert (hold.placed_by, hold.lifted_by) == (cast.administrator, cast.administrator)
    remove_due(actor=cast.administrator, stakeholders=[one])
    assert Removal.objects.count() == 1


def test_a_hold_without_a_reason_is_refused(sign_in):
    one = someone()

    answer = sign_in("administrator").post(f"/stakeholders/{one.pk}/hold/", {"reason": " "})

    assert set(answer.context["form"].errors) == {"reason"}
    assert not LegalHold.objects.exists()


def test_a_dealing_meanwhile_keeps_all_who_were_ticked(cast):
    one, other = someone(), someone("Otto Old")
    note(("consent", 1), other, one, one, initiatives=[None], cast=cast)

    with pytest.raises(ValidationError, match="There was a dealing with Otto Old meanwhile"):
        remove_due(actor=cast.administrator, stakeholders=[one, other])

    assert not Removal.objects.exists()
    assert Stakeholder.objects.get(pk=one.pk).name == "Olga Old"


def test_only_administrators_hold_and_remove(cast):
    one = someone()

    for act in (
        lambda: remove_person(actor=cast.lead, stakeholder=one, basis=RemovalBasis.WISH),
        lambda: place_hold(actor=cast.lead, stakeholder=one, reason="Why"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_command_says_who_is_proposed_and_removes_nobody(cast):
    one, other = someone(), someone("Otto Old")
    place_hold(actor=cast.administrator, stakeholder=other, reason="Lawsuit 7")
    said, read = StringIO(), StringIO()

    call_command("stakeholder_retention", stdout=said)
    call_command("stakeholder_retention", json=True, stdout=read)

    assert "Olga Old" in said.getvalue()
    assert "2 people are proposed for removal. Nobody was removed." in said.getvalue()
    last = timezone.localdate(LONG_AGO).isoformat()
    assert json.loads(read.getvalue()) == {
        "keep_days": 365,
        "proposed": [
            {"stakeholder": one.pk, "last_dealing": last, "hold": None},
            {"stakeholder": other.pk, "last_dealing": last, "hold": "Lawsuit 7"},
        ],
    }
    assert due() == ["Olga Old", "Otto Old"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    client = sign_in("administrator")
    for number in range(count):
        someone(f"Old {number}")

    with django_assert_num_queries(4):
        client.get(PAGE)
