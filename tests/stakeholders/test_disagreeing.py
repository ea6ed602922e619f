"""Where level and evidence disagree over all stakeholders: a suggestion, never a change."""

import csv
import random
from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.accounts.models import SecurityEvent
from buyin.stakeholders.actions import add_entry
from buyin.stakeholders.evidence import Clash
from buyin.stakeholders.models import (
    Assessment,
    Engagement,
    Interest,
    Participation,
    Stakeholder,
)
from buyin.stakeholders.queries import disagreeing, levels
from buyin.stakeholders.queries.disagreeing import disagreeing_ids
from buyin.stakeholders.queries.disagreements import disagreements
from buyin.stakeholders.queries.ledger import ledgers_of
from tests.factories.commitments import CommitmentFactory, make_commitment
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import StakeholderFactory, make_assessed
from tests.factories.trail import without_trail

PAGE = "/stakeholders/evidence/"
STEPS = ["requested", "requested", "pledged", "committed", "received", "received", "declined"]


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def stands(ours, name, level, *, assessed=300, met=None, **said):
    who = StakeholderFactory(name=name, **said)
    interest = make_assessed(stakeholder=who, initiative=ours, on=ago(assessed), current=level)
    if met is not None:
        make_met(who, initiative=ours, day=ago(met))
    return interest


def shown_on(page):
    by_pk = Interest.objects.in_bulk(row.about.interest for row in page.context["rows"])
    return [by_pk[row.about.interest] for row in page.context["rows"]]


def listed(client, **asked):
    return shown_on(client.get(PAGE, asked))


def test_the_list_has_those_of_whom_something_else_happened_since(sign_in, cast, ours):
    quiet = stands(ours, "Quentin Quiet", 4)
    told = stands(ours, "Tara Told", 0, met=9)
    stands(ours, "Fiona Fine", 3, met=9)
    stands(ours, "Nobody Assessed", None)
    page = sign_in("lead").get(PAGE)
    text = " ".join(page.text.split())

    assert shown_on(page) == [quiet, told]
    assert "2 levels to look at again" in text
    assert "Assessed as “Leading”, but since then: no contact for 10 months" in text
    assert "Assessed as “Unaware”, but since then: met about it once" in text
    back = "%2Fstakeholders%2Fevidence%2F"
    assert f"/stakeholders/{quiet.stakeholder_id}/initiatives/{quiet.pk}/?back={back}" in text


def test_those_with_most_against_them_come_first(sign_in, cast, ours):
    quiet = stands(ours, "A", 4)
    late = stands(ours, "B", 4)
    make_commitment(
        initiative=ours, stakeholder=late.stakeholder, needed_by=ago(9), entries=[("pledged", 5)]
    )

    assert listed(sign_in("lead")) == [late, quiet]


def test_to_assess_again_takes_somebody_off_the_list_and_nothing_else_does(sign_in, cast, ours):
    quiet = stands(ours, "Quentin Quiet", 4)
    lead = sign_in("lead")

    assert listed(lead) == [quiet]
    quiet.refresh_from_db()
    assert (quiet.current, Assessment.objects.count()) == (4, 1)
    address = f"/stakeholders/{quiet.stakeholder_id}/initiatives/{quiet.pk}/?back={PAGE}"
    typed = {
        "on": str(ago(0)),
        "source": "manual",
        "current": "4",
        "rationale": "Spoke on the phone",
    }
    assert lead.post(address, typed).url == PAGE
    assert listed(lead) == []
    assert "Levels and evidence agree" in lead.get(PAGE).text


def test_the_list_agrees_with_the_page_of_each(cast, ours):
    for number, level in enumerate([0, 1, 2, 3, 4, 4, None]):
        one = stands(ours, f"S{number}", level, assessed=100 + 90 * number, met=30 * number)
        make_met(one.stakeholder, day=ago(40 + number), sentiment=-2)
        make_met(one.stakeholder, day=ago(20 + number), sentiment=-1)
    found = {
        one.interest: one.suggestion
        for one in disagreements(cast.lead, Interest.objects.visible_to(cast.lead))
    }

    assert len(found) > 2
    for interest in Interest.objects.select_related("stakeholder__person"):
        (ledger,) = ledgers_of(cast.lead, interest.stakeholder)
        assert ledger.suggestion == found.get(interest.pk, "")


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("lead", ["Clara Clinic", "Rob Roads"]), ("executive", ["Clara Clinic", "Rob Roads"]),
        ("coordinator", ["Rob Roads"]),
    ],
)  # fmt: skip
def test_everybody_reads_of_whom_they_work_with(sign_in, cast, who, names):
    ours = InitiativeFactory(departments=[cast.roads, cast.clinic])
    stands(ours, "Clara Clinic", 4, department=cast.clinic)
    stands(ours, "Rob Roads", 4, department=cast.roads)
    client = sign_in(who)

    assert [one.stakeholder.name for one in listed(client)] == names
    assert ("Assess</a>" in client.get(PAGE).text) is (who != "executive")


@pytest.mark.parametrize("who", ["staff", "neighbour", "moderator"])
def test_the_list_is_not_for_everybody(sign_in, who):
    for path in (PAGE, f"{PAGE}all.csv"):
        assert sign_in(who).get(path).status_code == 404


def test_how_confidential_engagements_went_gives_no_hint_to_others(sign_in, cast):
    ours = InitiativeFactory(departments=[cast.roads])
    one = stands(ours, "Rob Roads", 4, department=cast.roads)
    for days in (9, 5):
        make_met(one.stakeholder, initiative=ours, day=ago(days), sentiment=-2, by=cast.lead,
                 is_confidential=True)  # fmt: skip

    assert listed(sign_in("lead")) == [one]
    assert listed(sign_in("executive")) == []
    assert listed(sign_in("coordinator")) == []


def test_who_is_archived_is_left_alone(sign_in, ours):
    stands(ours, "Gone", 4)
    Stakeholder.objects.update(archived_at=timezone.now())

    assert listed(sign_in("lead")) == []


def test_the_list_is_cut_by_initiative_and_offers_those_that_one_may_read(sign_in, cast, ours):
    mine = stands(ours, "A", 4)
    theirs = InitiativeFactory(name="Letter reader", departments=[cast.clinic])
    other = stands(theirs, "B", 4)
    lead = sign_in("lead")

    assert listed(lead, initiative=ours.pk) == [mine]
    assert listed(lead, initiative=theirs.pk) == [other]
    assert listed(lead, initiative="luck") == [mine, other]
    assert "Letter reader" not in sign_in("coordinator").get(PAGE).text


def test_the_file_says_the_same(sign_in, cast, ours):
    stands(ours, "=Quentin", 4, department=cast.roads)
    answer = sign_in("lead").get(f"{PAGE}all.csv")
    heads, row = csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines())

    assert heads[0] == "Stakeholder"
    assert row[1:] == [
        "Roads", "Pothole finder", "Leading", str(ago(300)), "",
        "Assessed as “Leading”, but since then: no contact for 10 months",
    ]  # fmt: skip
    assert not row[0].startswith("=")
    assert SecurityEvent.objects.filter(detail="Level and evidence").count() == 1


@pytest.mark.parametrize(("level", "mood"), [(4, -1), (3, -1), (1, 1)])
def test_the_mildest_turn_is_listed_too(cast, ours, level, mood):
    one = stands(ours, "Tom Turned", level)
    for days in (5, 9):
        make_met(one.stakeholder, day=ago(days), sentiment=mood)

    assert list(disagreeing_ids(cast.lead, Interest.objects.all())) == [one.pk]


@pytest.mark.parametrize(("needed_by", "is_late"), [(ago(101), False), (ago(100), True)])
def test_a_promise_counts_as_late_from_the_day_of_the_assessment_on(cast, ours, needed_by, is_late):
    one = stands(ours, "Pia Promised", 4, assessed=100)
    make_commitment(
        initiative=ours,
        stakeholder=one.stakeholder,
        needed_by=needed_by,
        entries=[("pledged", 5)],
    )

    assert list(disagreeing_ids(cast.lead, Interest.objects.all())) == [one.pk] * is_late


@without_trail
def happen(cast, draw, initiatives, made):
    """Write engagements, commitments and what came of them, by chance."""
    for one in made:
        moods = draw.choice([[-1], [1], [-2, 0], [2, 0], [None, -1, 1]])
        for _n in range(draw.choice([0, 1, 8])):
            make_met(one, initiative=draw.choice([*initiatives, None]), sentiment=draw.choice(moods),
                     day=ago(draw.choice([-3, 0, 90, 181, 182, 183, 250])), by=cast.lead,
                     is_confidential=draw.random() < 0.1)  # fmt: skip
        for where in initiatives:
            due = draw.choice([None, ago(1), ago(0), ago(100), ago(101), ago(-5)])
            promised = CommitmentFactory(
                initiative=where, stakeholder=one, needed_by=due, requested=0
            )
            for step in draw.sample(STEPS, draw.choice([0, 1, 4, 6])):
                add_entry(actor=cast.lead, commitment=promised, step=step, note="Why",
                          day=ago(draw.choice([98, 99, 100])), amount=draw.choice([0, 5, 5, 9]))  # fmt: skip


def assess_by_chance(draw, stakeholders, places):
    """Assess each of these in each of these initiatives, or do not, at some time."""
    Interest.objects.bulk_create(
        Interest(stakeholder=one, initiative=where, current=draw.choice([None, 0, 1, 1, 2, 3, 4]),
                 assessed_on=ago(draw.choice([0, 99, 100, 181, 182, 300])))
        for one in stakeholders for where in places
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_list_has_those_of_whom_the_facts_of_each_say_so_in_their_order(cast, ours, seed):
    draw = random.Random(seed)
    places = [ours, *(InitiativeFactory(lead=cast.neighbour) for _n in range(3))]
    made = [StakeholderFactory(department=cast.roads) for _n in range(50)]
    assess_by_chance(draw, made, places)
    happen(cast, draw, places, made)

    clashes = set()
    for viewer in (cast.executive, cast.coordinator, cast.neighbour, cast.lead):
        mine = Interest.objects.visible_to(viewer)
        expected = disagreements(viewer, mine)
        assert list(disagreeing_ids(viewer, mine)) == [one.interest for one in expected]
        clashes |= {reason.clash for one in expected for reason in one.against}
    assert len(clashes) >= len(Clash) - 1
    assert len({len(one.against) for one in expected}) > 1


@pytest.mark.parametrize("count", [400, 4000])
def test_four_hundred_and_four_thousand_need_as_many_queries(
    sign_in, cast, ours, django_assert_num_queries, count
):
    from tests.factories.stakeholders import GroupFactory  # noqa: PLC0415 - one use

    group = type(GroupFactory.build())
    groups = group.objects.bulk_create(group(name=f"G{n}") for n in range(count))
    made = Stakeholder.objects.bulk_create(
        Stakeholder(group=one, name=one.name, category="end-user") for one in groups
    )
    Interest.objects.bulk_create(
        Interest(stakeholder=one, initiative=ours, current=4, assessed_on=ago(300)) for one in made
    )
    met = Engagement.objects.create(kind="call", day=ago(9), summary="A call", initiative=ours)
    Participation.objects.bulk_create(
        Participation(engagement=met, stakeholder=one) for one in made[::2]
    )
    lead = sign_in("lead")

    with django_assert_num_queries(7):
        page = lead.get(PAGE)
    assert page.context["page"].paginator.count == count // 2


@pytest.mark.parametrize(("start", "stop"), [(0, 2), (1, 3), (2, 4), (3, 5), (4, 6), (5, 6)])
def test_a_page_has_its_part_of_the_list_also_beyond_what_is_fetched_with_it(
    monkeypatch, cast, ours, start, stop
):
    monkeypatch.setattr(disagreeing, "AT_ONCE", 3)
    made = [stands(ours, f"S{number}", 4).pk for number in range(5)]

    found = disagreeing_ids(cast.lead, Interest.objects.all())

    assert (len(found), found[start:stop]) == (5, made[start:stop])
    assert (found[0], found[4]) == (made[0], made[4])


def test_the_second_page_goes_on_where_the_first_ended(sign_in, monkeypatch, ours):
    monkeypatch.setattr(levels, "PAGE", 2)
    monkeypatch.setattr(disagreeing, "AT_ONCE", 3)
    made = [stands(ours, f"S{number}", 4) for number in range(5)]
    lead = sign_in("lead")

    assert [listed(lead, page=page) for page in (1, 2, 3)] == [made[:2], made[2:4], made[4:]]
