"""Where somebody is missing, kept: looked for each minute, twice, at once, and shown as it is now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buyin.celery import app
from buyin.initiatives.models import Initiative
from buyin.stakeholders.actions import lacks as action
from buyin.stakeholders.actions import look_for_lacks
from buyin.stakeholders.models import Interest, LackingInitiative, LacksSearch
from buyin.stakeholders.queries import missing_page
from buyin.stakeholders.queries.lacking import lacking_everywhere
from buyin.stakeholders.queries.representation import represented
from buyin.stakeholders.representation import SPONSORING
from buyin.stakeholders.tasks import look_for_lacks_anew
from tests.cast import make_cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_on_board
from tests.races import ON_POSTGRESQL, at_once

MISSING = "/stakeholders/missing/?show=missing"


def kept():
    return list(LackingInitiative.objects.values_list("initiative", flat=True))


def names(page):
    return [one.initiative.name for one in page.context["rows"]]


def union_tells(initiative, level):
    rows = Interest.objects.filter(initiative=initiative, stakeholder__category="union")
    assert rows.update(current=level) == 1


@pytest.fixture
def lacking(cast):
    """A pilot that lacks a union, beside one in which everybody is on board."""
    make_on_board(cast.roads, name="Full")
    return make_on_board(cast.roads, without=["union"], name="Letter reader")


def test_the_task_does_the_same_twice_as_once_and_writes_only_what_differs(cast, lacking):
    full = Initiative.objects.get(name="Full")
    look_for_lacks_anew()
    before = LackingInitiative.objects.get().pk
    with CaptureQueriesContext(connection) as captured:
        look_for_lacks_anew()
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "DELETE"))]
    assert kept() == [lacking.pk]
    assert LackingInitiative.objects.get().pk == before

    union_tells(full, None)
    lacking.delete()
    look_for_lacks_anew()

    assert kept() == [full.pk]
    assert LacksSearch.objects.get().many == 1


def test_an_agency_of_many_is_looked_through_in_parts(cast, monkeypatch, lacking):
    monkeypatch.setattr("buyin.stakeholders.queries.lacking.AT_ONCE", 2)
    more = [InitiativeFactory(name=f"Idea {n}", stage="idea") for n in range(4)]

    look_for_lacks()

    assert kept() == [lacking.pk, *(one.pk for one in more)]


@pytest.mark.parametrize("who", ["lead", "executive"])
def test_the_page_is_read_from_what_is_kept_and_says_since_when(sign_in, cast, lacking, who):
    look_for_lacks()
    later = make_on_board(cast.roads, without=["it"], name="Letter writer")
    page = sign_in(who).get(MISSING)

    assert names(page) == ["Letter reader"]
    assert page.context["page"].paginator.count == 1
    assert "Looked for on" in page.text

    look_for_lacks()

    assert names(sign_in(who).get(MISSING)) == ["Letter reader", later.name]


def test_whoever_has_involved_somebody_finds_it_gone_at_once(sign_in, cast, lacking):
    make_on_board(cast.roads, without=["it"], name="Letter writer")
    look_for_lacks()
    union = make_on_board(cast.roads, name="Other").interests.get(stakeholder__category="union")
    Interest.objects.create(initiative=lacking, stakeholder=union.stakeholder, current=3)
    page = sign_in("lead").get(MISSING)

    assert names(page) == ["Letter writer"]
    assert page.context["page"].paginator.count == 1
    assert "Looked for on" not in page.text


@pytest.mark.parametrize("place", [0, -1])
def test_an_initiative_that_is_gone_leaves_no_hole(sign_in, cast, monkeypatch, place):
    monkeypatch.setattr(missing_page, "PAGE", 2)
    made = [InitiativeFactory(name=f"Idea {n}", stage="idea") for n in range(3)]
    look_for_lacks()
    made.pop(place).delete()
    lead = sign_in("lead")

    assert names(lead.get(MISSING)) == [one.name for one in made]
    assert names(lead.get(f"{MISSING}&page=2")) == [one.name for one in made]


def test_pages_and_stages_are_those_of_what_is_kept(sign_in, cast, monkeypatch, lacking):
    monkeypatch.setattr(missing_page, "PAGE", 2)
    for n in range(3):
        InitiativeFactory(name=f"Idea {n}", stage="idea")
    look_for_lacks()
    lead = sign_in("lead")

    assert names(lead.get(MISSING)) == ["Idea 0", "Idea 1"]
    assert names(lead.get(f"{MISSING}&page=2")) == ["Idea 2", "Letter reader"]
    assert names(lead.get(f"{MISSING}&page=9")) == ["Idea 2", "Letter reader"]
    of_stage = lead.get(f"{MISSING}&stage=pilot")
    assert names(of_stage) == ["Letter reader"]
    assert of_stage.context["page"].paginator.count == 1
    assert "Looked for on" in of_stage.text


@pytest.mark.parametrize("minutes", [None, 6])
def test_where_nothing_was_kept_lately_it_is_looked_for_now(sign_in, cast, lacking, minutes):
    if minutes:
        look_for_lacks()
        LacksSearch.objects.update(made_at=timezone.now() - timedelta(minutes=minutes))
    make_on_board(cast.roads, without=["it"], name="Letter writer")
    page = sign_in("lead").get(MISSING)

    assert names(page) == ["Letter reader", "Letter writer"]
    assert "Looked for on" not in page.text


def test_whoever_sees_a_department_is_told_what_is_missing_now(sign_in, cast, lacking):
    look_for_lacks()
    make_on_board(cast.roads, without=["it"], name="Letter writer")
    page = sign_in("coordinator").get(MISSING)

    assert names(page) == ["Letter reader", "Letter writer"]
    assert "Looked for on" not in page.text


def test_all_of_them_are_read_as_they_are_now(sign_in, lacking):
    look_for_lacks()
    page = sign_in("lead").get("/stakeholders/missing/")

    assert names(page) == ["Full", "Letter reader"]
    assert "Looked for on" not in page.text


def test_of_one_name_the_older_comes_first_also_over_pages(sign_in, cast, monkeypatch):
    monkeypatch.setattr(missing_page, "PAGE", 2)
    made = [InitiativeFactory(name="Idea", stage="idea").pk for _ in range(3)]
    look_for_lacks()
    pages = [sign_in("lead").get(f"{MISSING}&page={n}").context["rows"] for n in (1, 2)]

    assert [[one.initiative.pk for one in rows] for rows in pages] == [made[:2], made[2:]]


def test_one_that_lacks_a_sponsor_alone_is_kept(cast):
    ours = make_on_board(cast.roads)
    rows = Interest.objects.filter(initiative=ours)
    assert rows.filter(stakeholder__category__in=SPONSORING).update(current=2) == 2
    assert rows.filter(stakeholder__category="it").update(current=4) == 1
    (found,) = represented(cast.lead, [ours])
    assert [one.text for one in found.warnings] == ["Nobody sponsors it"]

    look_for_lacks()

    assert kept() == [ours.pk]


def test_many_that_lack_nobody_any_more_are_forgotten_in_parts(cast, monkeypatch):
    monkeypatch.setattr(action, "BATCH", 2)
    LackingInitiative.objects.bulk_create(LackingInitiative(initiative=n) for n in range(1, 6))

    look_for_lacks()

    assert kept() == []


@pytest.mark.parametrize("count", [1, 4])
def test_to_look_needs_as_many_queries_for_four_as_for_one(cast, count, django_assert_num_queries):
    for _ in range(count):
        make_on_board(cast.roads, cast.parks, without=["union"])
    look_for_lacks()

    with django_assert_num_queries(7):
        found = lacking_everywhere()

    assert len(found) == count


def test_whoever_sees_a_department_learns_nothing_of_what_others_lack(sign_in, cast, lacking):
    ours = make_on_board(cast.roads, cast.clinic, name="Shared")
    clinics = ours.interests.filter(
        stakeholder__category="representative", stakeholder__department=cast.clinic
    )
    assert clinics.update(current=None)
    look_for_lacks()

    assert names(sign_in("lead").get(MISSING)) == ["Letter reader", "Shared"]
    page = sign_in("coordinator").get(MISSING)
    assert names(page) == ["Letter reader"]
    assert page.context["page"].paginator.count == 1


@pytest.mark.parametrize("count", [1, 4])
def test_one_and_four_need_as_many_queries(sign_in, cast, django_assert_num_queries, count):
    for _ in range(count):
        make_on_board(cast.roads, cast.parks, without=["union"])
    look_for_lacks()
    lead = sign_in("lead")

    with django_assert_num_queries(9):
        page = lead.get(MISSING)
    assert page.context["looked_at"]


def test_where_nobody_is_missing_the_page_says_so(sign_in, cast):
    make_on_board(cast.roads)
    assert [look_for_lacks(), look_for_lacks()] == [True, True]
    page = sign_in("lead").get(MISSING)

    assert names(page) == []
    assert "Nobody is missing" in page.text
    assert "Looked for on" in page.text


def test_somebody_who_was_first_meanwhile_has_written_it(monkeypatch, cast, lacking):
    look_for_lacks()
    found = lacking_everywhere

    def slow():
        seen = found()
        monkeypatch.setattr(action, "lacking_everywhere", found)
        make_on_board(cast.roads, without=["it"])
        assert look_for_lacks()
        return seen

    monkeypatch.setattr(action, "lacking_everywhere", slow)

    assert not look_for_lacks()
    assert len(kept()) == 2


def test_the_timetable_has_the_task():
    name = look_for_lacks_anew.name

    assert name in {entry["task"] for entry in app.conf.beat_schedule.values()}


class TestRaces:
    """Several workers who look at the same time."""

    pytestmark = ON_POSTGRESQL

    @pytest.mark.parametrize("is_first", [True, False])
    def test_of_eight_workers_at_once_all_leave_it_right(self, is_first):
        make_cast()
        one = InitiativeFactory(stage="idea")
        if not is_first:
            look_for_lacks()
            LackingInitiative.objects.all().delete()

        done = at_once(lambda _n: look_for_lacks())

        assert any(done)
        assert kept() == [one.pk]
        assert LacksSearch.objects.count() == 1
        connection.close()
