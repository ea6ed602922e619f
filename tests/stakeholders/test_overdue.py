"""Overdue contact: with whom, by what was set for them and by what the plan repeats."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.stakeholders.models import Cadence, PlannedActivity, Stakeholder
from buyin.stakeholders.queries.overdue import number_overdue, overdue, told
from tests.factories.accounts import PersonFactory
from tests.factories.people_on_board import make_met
from tests.factories.plan import make_activity
from tests.factories.stakeholders import StakeholderFactory

PAGE = "/stakeholders/log/overdue/"
ROWS = 25


@pytest.fixture
def union(cast):
    return StakeholderFactory(name="Union of clerks", department=cast.roads)


def test_contact_is_overdue_by_the_cadence_of_each(sign_in, cast):
    today = timezone.localdate()
    for name, cadence, days in (
        ("Late", 7, 8), ("Just in time", 7, 7), ("Yearly", 365, 300), ("Never", 30, None),
        ("Not planned", None, 900), ("Later", 7, 20),
    ):  # fmt: skip
        one = StakeholderFactory(name=name, cadence=cadence, department=cast.roads)
        if days is not None:
            make_met(one, day=today - timedelta(days=days))
            make_met(one, day=today - timedelta(days=days + 50))
    StakeholderFactory(name="Archived", cadence=7, archived_at=timezone.now())

    found = told(cast.lead, overdue(cast.lead))
    page = sign_in("coordinator").get(PAGE).text

    assert [(one.name, one.days_late) for one in found] == [
        ("Never", None), ("Later", 13), ("Late", 1),
    ]  # fmt: skip
    assert "Contact is overdue with 3 stakeholders" in " ".join(page.split())
    assert f"?stakeholder={found[0].stakeholder}" in page


def test_the_cadence_of_the_plan_counts_and_the_shorter_of_both(cast):
    plans = (("Plan alone", None, 30, 31), ("Both", 365, 7, 9), ("Own is shorter", 7, 365, 8),
             ("In time", None, 30, 30))  # fmt: skip
    for name, cadence, repeated, days in plans:
        one = StakeholderFactory(name=name, cadence=cadence)
        make_activity(one, owner=cast.lead, cadence=repeated)
        make_met(one, day=timezone.localdate() - timedelta(days=days))
    once = StakeholderFactory(name="Planned once")
    make_activity(once, owner=cast.lead)
    over = StakeholderFactory(name="A series that is over")
    make_activity(over, owner=cast.lead, cadence=7, state="done")
    for one in (once, over):
        make_met(one, day=timezone.localdate() - timedelta(days=200))

    found = told(cast.lead, overdue(cast.lead))

    assert [(one.name, one.days_late, one.cadence) for one in found] == [
        ("Plan alone", 1, "Every month"), ("Both", 2, "Every week"),
        ("Own is shorter", 1, "Every week"),
    ]  # fmt: skip


def test_who_is_in_a_series_and_was_never_spoken_with_is_overdue_once_its_day_is_over(cast):
    for name, due in (("Late", -1), ("Soon", 3)):
        make_activity(StakeholderFactory(name=name), owner=cast.lead, cadence=30, due=due)

    (found,) = told(cast.lead, overdue(cast.lead))

    assert (found.name, found.last, found.days_late) == ("Late", None, None)


def test_overdue_contact_says_what_is_planned_or_leads_to_planning(sign_in, cast, union):
    union.cadence = 7
    union.save()
    page, client = PAGE, sign_in("coordinator")
    plan = f'href="/stakeholders/plan/new/?stakeholder={union.pk}&amp;back='

    assert plan in client.get(page).text
    assert plan not in sign_in("executive").get(page).text
    made = make_activity(union, owner=cast.staff)
    assert plan not in client.get(page).text
    assert f'href="/stakeholders/plan/{made.pk}/"' in client.get(page).text


def test_a_coordinator_is_told_of_their_own_only(sign_in, cast):
    StakeholderFactory(name="Clinic's vendor", cadence=7, department=cast.clinic)

    assert "Clinic" not in sign_in("coordinator").get(PAGE).text
    assert sign_in("staff").get(PAGE).status_code == 404


# As the plain rule has it, for any number


def by_the_plain_rule(today):
    """Return what `overdue` promises, from one stakeholder to the next."""
    found = []
    for one in Stakeholder.objects.filter(archived_at=None):
        last = max((met.day for met in one.engagements.all()), default=None)
        plans = one.planned_activities.filter(state="planned", cadence__isnull=False)
        cadences = [one.cadence, *plans.values_list("cadence", flat=True)]
        often = min((n for n in cadences if n), default=None)
        if last is None:
            is_late = bool(one.cadence) or any(plan.due_on < today for plan in plans)
        else:
            is_late = often is not None and last < today - timedelta(days=often)
        if is_late and not (one.person and one.person.contact_permitted is False):
            found.append((last is not None, last, one.name, one.pk))
    return [pk for *_order, pk in sorted(found)]


def fill(cast, draw, count):
    """Write stakeholders who are to be spoken with, planned with and were met, by chance."""
    today = timezone.localdate()
    plans = [*([None] * len(Cadence)), *Cadence.values]
    made = [
        StakeholderFactory(name=f"S{draw.randrange(9)}", cadence=draw.choice(plans))
        for _n in range(count)
    ]
    for one in made:
        if draw.random() < 0.1:
            one.person.contact_permitted = False
            one.person.save()
        for _n in range(draw.randrange(3)):
            make_met(one, day=today - timedelta(days=draw.choice([0, 7, 8, 30, 31, 400])))
        if draw.random() < 0.5:
            due, state = draw.choice([-1, 0, 9]), draw.choice(["planned", "planned", "done"])
            others = draw.sample(made, 2)
            make_activity(
                one, *others, owner=cast.lead, cadence=draw.choice(plans), due=due, state=state
            )
    Stakeholder.objects.filter(pk=made[0].pk).update(archived_at=timezone.now())


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_whom_the_plain_rule_finds_in_its_order(cast, seed):
    fill(cast, random.Random(seed), 60)

    found = overdue(cast.lead)

    expected = by_the_plain_rule(timezone.localdate())
    assert [one.pk for one in found] == expected
    assert len(found) == number_overdue(cast.lead) == len(expected) > 5
    assert {one.last_contact_on is None for one in found} == {True, False}
    assert PlannedActivity.objects.count() > 9


@pytest.mark.parametrize(("start", "stop"), [(0, 3), (0, 5), (3, 8), (5, 9), (8, 12), (9, 12)])
def test_a_page_has_its_part_of_the_list_also_across_those_never_spoken_with(cast, start, stop):
    for n in range(10):
        one = StakeholderFactory(name=f"S{n}", cadence=7)
        if n > 4:
            make_met(one, day=timezone.localdate() - timedelta(days=10 + n))
    found = overdue(cast.lead)

    names = [one.name for one in found[start:stop]]

    assert names == ["S0", "S1", "S2", "S3", "S4", "S9", "S8", "S7", "S6", "S5"][start:stop]
    assert found[5].name == "S9"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    for _n in range(count):
        StakeholderFactory(cadence=7, department=cast.roads)
        met = StakeholderFactory(cadence=7, department=cast.roads, owner=cast.lead)
        make_met(met, day=timezone.localdate() - timedelta(days=10))
        make_activity(met, owner=cast.lead, cadence=30)
    lead = sign_in("lead")
    lead.get(PAGE)

    with django_assert_num_queries(4):
        page = lead.get(PAGE).context["page"]

    assert page.paginator.count == 2 * count


def test_the_second_page_goes_on_where_the_first_ended(sign_in, cast):
    for n in range(ROWS + 2):
        StakeholderFactory(name=f"S{n:02}", cadence=7)
    lead = sign_in("lead")

    first, second = (lead.get(PAGE, {"page": n}).context["overdue"] for n in (1, 2))

    assert [one.name for one in second] == ["S25", "S26"]
    assert len(first) == ROWS


def test_whoever_looks_after_somebody_finds_those_alone_on_each_page_of_the_list(sign_in, cast):
    for number in range(ROWS + 1):
        StakeholderFactory(name=f"Mine {number:02}", cadence=7, owner=cast.lead)
    StakeholderFactory(name="Another one's", cadence=7, owner=cast.coordinator)
    StakeholderFactory(name="Nobody's", cadence=7)
    lead = sign_in("lead")

    everybody, first = lead.get(PAGE).text, lead.get(f"{PAGE}?owner=me").text
    second = lead.get(f"{PAGE}?owner=me&page=2").text

    assert "overdue with 28 stakeholders" in " ".join(everybody.split())
    assert "overdue with 26 stakeholders" in " ".join(first.split())
    assert "Mine 25" in second
    assert "Another one" not in first + second
    assert "owner=me" in everybody
    assert 'owner=me&amp;page=2"' in first or "page=2&amp;owner=me" in first


def test_whoever_looks_after_nobody_late_is_told_so(sign_in, cast):
    StakeholderFactory(name="Nobody's", cadence=7)

    page = sign_in("lead").get(f"{PAGE}?owner=me").text

    assert "Everybody whom you look after was spoken with as planned." in page
    assert "Nobody" not in page.split("<main")[1]


def test_the_number_counts_those_alone_whom_one_works_with(cast):
    for home in (cast.roads, cast.clinic, cast.clinic):
        StakeholderFactory(cadence=7, department=home)

    numbers = [number_overdue(one) for one in (cast.lead, cast.executive, cast.coordinator)]

    assert numbers == [3, 3, 1]
    assert len(overdue(cast.coordinator)) == 1


def test_the_number_is_that_of_the_day_on_which_it_is_asked(cast, monkeypatch):
    today = timezone.localdate()
    make_met(StakeholderFactory(cadence=7), day=today - timedelta(days=7))
    days = []
    for day in (today, today + timedelta(days=1)):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        days.append((number_overdue(cast.lead), len(overdue(cast.lead))))

    assert days == [(0, 0), (1, 1)]


def test_an_owner_is_named_or_called_by_their_address(cast):
    unnamed = PersonFactory(name="")
    for number, owner in enumerate([PersonFactory(name="Olga"), unnamed, None]):
        StakeholderFactory(name=f"S{number}", cadence=7, owner=owner)

    found = told(cast.lead, overdue(cast.lead))

    assert [one.owner for one in found] == ["Olga", unnamed.email, ""]
