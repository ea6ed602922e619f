"""Beside each level stands the evidence that the portal has, as far as its reader may know it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.stakeholders.models import (
    Assessment,
    CommitmentEntry,
    DiscussionPoint,
    Interest,
    Raci,
    Relationship,
)
from buyin.stakeholders.queries.ledger import ledgers_of
from tests.factories.commitments import CommitmentFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import ContactFactory, StakeholderFactory, make_assessed
from tests.factories.surveys import make_invitation, make_participation, make_wave


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def ruth(cast):
    """The staff persona as a stakeholder of Roads."""
    person = ContactFactory(user=cast.staff, name="Ruth Roads")
    return StakeholderFactory(name="Ruth Roads", person=person, department=cast.roads)


@pytest.fixture
def interest(ours, ruth):
    """Ruth, assessed as leading 300 days ago."""
    return make_assessed(stakeholder=ruth, initiative=ours, on=ago(300), current=4, desired=4)


def ledger(viewer, stakeholder, day=None):
    (found,) = ledgers_of(viewer, stakeholder, day)
    return found


def promise(ours, ruth, *steps, due=None):
    """Write a commitment of 10 whose steps are (days ago, step, amount)."""
    made = CommitmentFactory(
        initiative=ours, stakeholder=ruth, requested=10, needed_by=due and ago(due)
    )
    for days, step, amount in ((200, "requested", 10), *steps):
        CommitmentEntry.objects.create(
            commitment=made, step=step, amount=amount, day=ago(days), note="Said so"
        )
    return made


def page(client, stakeholder, **asked):
    return " ".join(client.get(f"/stakeholders/{stakeholder.pk}/", asked).text.split())


# Engagements


def test_engagements_are_counted_with_the_last_day_and_where_they_go(
    sign_in, cast, ours, ruth, interest
):
    for days, mood in ((90, -1), (60, None), (30, 1)):
        make_met(ruth, StakeholderFactory(), initiative=ours, day=ago(days), sentiment=mood)
    make_met(ruth, initiative=InitiativeFactory(), day=ago(1))
    make_met(ruth, day=ago(20))
    make_met(StakeholderFactory(), initiative=ours, day=ago(1))

    found = ledger(cast.lead, ruth)

    assert (len(found.facts.met), found.facts.last_met, found.trend) == (4, ago(20), 1)
    said = page(sign_in("lead"), ruth)
    assert "4, the last on" in said
    assert "lately better than before" in said


def test_of_what_is_confidential_others_learn_that_it_was_and_nothing_else(
    sign_in, cast, ours, ruth, interest
):
    secret = make_met(
        ruth, initiative=ours, day=ago(9), sentiment=-2, is_confidential=True,
        summary="Between us.", by=cast.lead,
    )  # fmt: skip
    DiscussionPoint.objects.create(engagement=secret, text="A secret", owner=cast.lead)
    make_met(ruth, initiative=ours, day=ago(90), sentiment=1)

    mine, theirs = ledger(cast.lead, ruth), ledger(cast.coordinator, ruth)

    assert (len(mine.facts.met), mine.hidden, mine.trend, mine.open_points) == (2, 0, -1, 1)
    assert (len(theirs.facts.met), theirs.hidden, theirs.trend, theirs.open_points) == (2, 1, 0, 0)
    said = page(sign_in("coordinator"), ruth)
    assert "1 of them confidential" in said
    assert "Between us" not in said
    assert "A secret" not in said
    assert "lately worse" not in said
    assert "lately worse" in page(sign_in("lead"), ruth)


def test_points_are_open_or_done_by_the_day(cast, ours, ruth, interest):
    met = make_met(ruth, StakeholderFactory(), initiative=ours, day=ago(30))
    points = [
        DiscussionPoint(engagement=met, text="To do", owner=cast.lead),
        DiscussionPoint(engagement=met, text="Done", owner=cast.lead, done_on=ago(10)),
        DiscussionPoint(engagement=met, text="A note only"),
    ]
    DiscussionPoint.objects.bulk_create(points)

    def counted(day=None):
        found = ledger(cast.lead, ruth, day)
        return found.open_points, found.done_points

    assert counted() == (1, 1)
    assert counted(ago(20)) == (2, 0)
    assert counted(ago(40)) == (0, 0)


# Commitments


@pytest.mark.parametrize(
    ("steps", "due", "expected"),
    [
        ([], None, (1, 0, 0, 0)),
        ([], 30, (1, 0, 0, 0)),
        ([(100, "pledged", 10)], None, (1, 1, 0, 0)),
        ([(100, "pledged", 10)], 30, (1, 1, 0, 1)),
        ([(100, "committed", 5)], 30, (1, 1, 0, 1)),
        ([(100, "pledged", 10), (50, "received", 9)], 30, (1, 1, 0, 1)),
        ([(100, "pledged", 10), (50, "received", 10)], 30, (1, 1, 1, 0)),
        ([(100, "pledged", 10), (20, "received", 10)], 30, (1, 1, 1, 0)),
        ([(100, "pledged", 10), (50, "declined", 0)], 30, (1, 1, 0, 0)),
        ([(100, "declined", 0)], 30, (1, 0, 0, 0)),
        ([(100, "declined", 0), (90, "pledged", 10)], 30, (1, 1, 0, 1)),
        ([(100, "received", 10), (50, "requested", 20)], 30, (1, 1, 0, 1)),
    ],
)
def test_commitments_are_promised_kept_or_late(cast, ours, ruth, interest, steps, due, expected):
    promise(ours, ruth, *steps, due=due)
    found = ledger(cast.lead, ruth)

    assert (len(found.promises), found.made, found.kept, found.late) == expected


def test_commitments_stand_as_they_stood_on_the_day(cast, ours, ruth, interest):
    promise(ours, ruth, (100, "pledged", 10), (20, "received", 10), due=30)

    def stood(days):
        found = ledger(cast.lead, ruth, ago(days))
        return len(found.promises), found.made, found.kept, found.late

    assert stood(201) == (0, 0, 0, 0)
    assert stood(150) == (1, 0, 0, 0)
    assert stood(50) == (1, 1, 0, 0)
    assert stood(30) == (1, 1, 0, 0)
    assert stood(25) == (1, 1, 0, 1)
    assert stood(20) == (1, 1, 1, 0)


def test_commitments_to_other_initiatives_stand_there(cast, ours, ruth, interest):
    promise(InitiativeFactory(), ruth, (100, "pledged", 10))

    assert ledger(cast.lead, ruth).promises == ()


# Relations


@pytest.mark.parametrize(("day", "said"), [(0, "2 relations hold"), (60, "1 relation holds")])
def test_relations_that_hold_on_the_day_are_counted(sign_in, ruth, interest, day, said):
    other, past = StakeholderFactory(), StakeholderFactory()
    for kind, starts, ends in (("advises", None, None), ("influences", ago(30), ago(0))):
        Relationship.objects.create(
            first=ruth, kind=kind, second=other, starts_on=starts, ends_on=ends
        )
    Relationship.objects.create(first=ruth, kind="advises", second=past, ends_on=ago(61))

    assert f"On this day {said}." in page(sign_in("lead"), ruth, day=str(ago(day)))


# Parts and surveys


def test_parts_in_deliverables_stand_in_words(sign_in, cast, ours, ruth, interest):
    Raci.objects.create(initiative=ours, deliverable="Go-live", stakeholder=ruth, part="A")

    assert ledger(cast.lead, ruth).parts == ["Go-live: Accountable"]
    assert "Go-live: Accountable" in page(sign_in("lead"), ruth)


def asked(cast, ours, mode, *, answers):
    wave = make_wave(cast.roads, anonymity=mode)
    wave.survey.initiative = ours
    wave.survey.save()
    make_invitation(wave, cast.staff)
    if answers:
        make_participation(wave, cast.staff)
    return wave


@pytest.mark.parametrize("mode", ["anonymous", "confidential"])
@pytest.mark.parametrize("answers", [True, False])
def test_of_a_survey_without_names_nothing_tells_who_answered(
    sign_in, cast, ours, ruth, interest, mode, answers
):
    asked(cast, ours, mode, answers=answers)
    (told,) = ledger(cast.lead, ruth).told

    assert (told.label, told.asked, told.done) == ("Surveys without names", 1, None)
    assert "Surveys without names</dt> <dd> asked once </dd>" in page(sign_in("lead"), ruth)


# The page


def test_only_what_there_is_stands_on_the_page(sign_in, ruth, interest):
    said = page(sign_in("lead"), ruth)

    assert "Pothole finder: Leading" in said
    assert "No evidence about this initiative by then." in said
    for word in ("Engagements</dt>", "Commitments</dt>", "Surveys by name", "Training"):
        assert word not in said


def test_a_suggestion_says_why_and_leads_to_a_new_assessment_and_back(
    sign_in, ours, ruth, interest
):
    make_met(ruth, initiative=ours, day=ago(215))
    promise(ours, ruth, (100, "pledged", 10), due=20)
    lead = sign_in("lead")
    before = Interest.objects.values_list("current", "assessed_on").get()

    said = page(lead, ruth)

    assert (
        "Assessed as “Leading”, but since then: no contact for 7 months, a promise is late." in said
    )
    address = (
        f"/stakeholders/{ruth.pk}/initiatives/{interest.pk}/?back=%2Fstakeholders%2F{ruth.pk}%2F"
    )
    assert f'href="{address}"' in said
    assert Interest.objects.values_list("current", "assessed_on").get() == before
    assert Assessment.objects.count() == 1
    assert (
        lead.post(address, {"on": str(ago(0)), "source": "manual", "current": "4"}).url
        == f"/stakeholders/{ruth.pk}/"
    )
    assert "but since then" not in page(lead, ruth)


def test_who_may_not_assess_reads_why_and_is_offered_nothing(sign_in, ruth, interest):
    said = page(sign_in("executive"), ruth)

    assert "no contact for 10 months" in said
    assert "Assess again" not in said


def test_the_day_shows_level_and_evidence_as_they_were(sign_in, cast, ours, ruth, interest):
    Assessment.objects.create(about=interest, assessed_on=ago(400), current=1)
    make_met(ruth, initiative=ours, day=ago(350), sentiment=1)
    make_met(ruth, initiative=ours, day=ago(340), sentiment=2)
    lead = sign_in("lead")

    then = page(lead, ruth, day=str(ago(320)))

    assert "Pothole finder: Resistant" in then
    assert "the last two engagements went well" in then
    assert "Assess again" not in then
    assert "Pothole finder: Not assessed" in page(lead, ruth, day=str(ago(500)))
    for odd in (str(ago(-5)), "yesterday", ""):
        assert "Pothole finder: Leading" in page(lead, ruth, day=odd)


@pytest.mark.parametrize(("who", "sees"), [("staff", False), ("coordinator", True)])
def test_nobody_reads_what_is_noted_beside_their_own_level(
    sign_in, cast, ruth, interest, who, sees
):
    said = page(sign_in(who), ruth)

    assert ("Evidence beside each level" in said) is sees
    assert ("Contact in the last 30 days" in said) is sees


def test_interests_in_initiatives_that_one_may_not_open_have_no_ledger(cast, ruth, interest):
    theirs = InitiativeFactory(departments=[cast.clinic])
    make_assessed(stakeholder=ruth, initiative=theirs, current=1)

    assert len(ledgers_of(cast.lead, ruth)) == 2
    assert [one.interest for one in ledgers_of(cast.coordinator, ruth)] == [interest]


@pytest.mark.parametrize("count", [1, 4])
def test_a_page_needs_as_many_queries_for_much_evidence_as_for_little(
    cast, ours, ruth, interest, django_assert_num_queries, count
):
    for _ in range(count):
        make_met(ruth, initiative=ours, day=ago(30))
        promise(ours, ruth, (100, "pledged", 10))
        asked(cast, ours, "named", answers=False)
        make_assessed(stakeholder=ruth, initiative=InitiativeFactory(), current=2)

    with django_assert_num_queries(8):
        ledgers_of(cast.lead, ruth)
