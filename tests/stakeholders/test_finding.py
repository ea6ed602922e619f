"""The list of stakeholders page by page, filter upon filter, and the searches kept for it."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.stakeholders.actions import keep_search
from buyin.stakeholders.forms import FindForm
from buyin.stakeholders.models import Level, SavedSearch, Stakeholder, StakeholderTag
from buyin.stakeholders.queries import Search, find
from buyin.stakeholders.standing import Quadrant
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    GroupFactory,
    InterestFactory,
    OrganisationFactory,
    StakeholderFactory,
    make_assessed,
)

LIST = "/stakeholders/"


def found(viewer, **words):
    return [one.name for one in find(viewer=viewer, search=Search(**words))]


def words(answer):
    return " ".join(answer.text.split())


@pytest.fixture
def scored(cast):
    """Write one stakeholder for each power, interest and level, named after them."""
    initiative = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    for power in (3, 4):
        for interest in (3, 4):
            make_assessed(
                stakeholder=StakeholderFactory(name=f"P{power} I{interest}"),
                initiative=initiative,
                power=power,
                interest=interest,
                current=power - interest + 2,
                desired=2,
            )
    make_assessed(
        stakeholder=StakeholderFactory(name="Unaware"), initiative=initiative, current=0, desired=2
    )
    InterestFactory(stakeholder=StakeholderFactory(name="New"), initiative=initiative)
    return initiative


# Filters


@pytest.mark.parametrize(
    ("quadrant", "name"),
    [
        (Quadrant.MANAGE_CLOSELY, "P4 I4"),
        (Quadrant.KEEP_SATISFIED, "P4 I3"),
        (Quadrant.KEEP_INFORMED, "P3 I4"),
        (Quadrant.MONITOR, "P3 I3"),
    ],
)
def test_the_middle_score_is_not_high_and_who_is_not_assessed_is_in_no_quadrant(
    cast, scored, quadrant, name
):
    assert found(cast.lead, quadrant=quadrant) == [name]


def test_the_filter_of_quadrants_says_what_each_stakeholder_says(cast, scored):
    for one in Stakeholder.objects.order_by("pk"):
        own = one.interests.get().quadrant
        asked = [q for q in Quadrant if one.name in found(cast.lead, quadrant=q)]
        assert asked == ([own] if own else [])


@pytest.mark.parametrize(
    ("gap", "names"),
    [
        ("behind", ["P3 I4"]),
        ("there", ["P3 I3", "P4 I4"]),
        ("beyond", ["P4 I3"]),
        ("not-assessed", ["New"]),
    ],
)
def test_who_is_unaware_has_no_gap_and_is_not_called_not_assessed(cast, scored, gap, names):
    assert found(cast.lead, gap=gap) == names


@pytest.mark.parametrize("level", Level)
def test_each_level_finds_those_who_stand_there(cast, scored, level):
    expected = {
        Level.UNAWARE: ["Unaware"],
        Level.RESISTANT: ["P3 I4"],
        Level.NEUTRAL: ["P3 I3", "P4 I4"],
        Level.SUPPORTIVE: ["P4 I3"],
        Level.LEADING: [],
    }

    assert found(cast.lead, level=str(int(level))) == expected[level]


def test_filters_of_standing_must_hold_in_one_and_the_same_initiative(cast, scored):
    other = InitiativeFactory(name="Letter reader")
    ann = StakeholderFactory(name="Ann")
    make_assessed(stakeholder=ann, initiative=scored, power=5, interest=5, current=3)
    make_assessed(stakeholder=ann, initiative=other, power=1, interest=1, current=1)

    assert found(cast.lead, quadrant="manage-closely", level="1") == []
    assert found(cast.lead, initiative=str(other.pk), level="1") == ["Ann"]
    assert found(cast.lead, initiative=str(other.pk), level="3") == []
    assert found(cast.lead, level="1") == ["Ann", "P3 I4"]


def test_a_coordinator_finds_by_no_level_that_they_may_not_read(cast):
    ruth = StakeholderFactory(name="Ruth", department=cast.roads)
    far = InitiativeFactory(departments=[cast.clinic])
    make_assessed(stakeholder=ruth, initiative=far, current=1, power=5, interest=5, desired=3)

    asked = [{"level": "1"}, {"quadrant": "manage-closely"}, {"gap": "behind"}]

    assert [found(cast.coordinator, **one) for one in asked] == [[], [], []]
    assert [found(cast.lead, **one) for one in asked] == [["Ruth"]] * 3


def test_the_filters_offer_a_coordinator_what_is_theirs_alone(cast):
    StakeholderFactory(department=cast.roads, owner=cast.staff)
    StakeholderFactory(department=cast.clinic, owner=cast.neighbour)
    near = InitiativeFactory(name="Near", departments=[cast.roads])
    InitiativeFactory(name="Far", departments=[cast.clinic])

    fields: Any = FindForm(viewer=cast.coordinator).fields

    asked = ("owner", "initiative", "department")
    offered = {name: [value for value, _label in fields[name].choices] for name in asked}
    assert offered["owner"] == ["", "me", "nobody", cast.staff.pk]
    assert offered["initiative"] == ["", near.pk]
    assert offered["department"] == ["", "works", "parks", "roads"]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("ruth", ["Ruth Roads"]),
        ("  ROADS   ruth ", ["Ruth Roads"]),
        ("100%", ["100% Open"]),
        ("_", ["Under_score"]),
        ("\\", []),
        ("' or 1=1 --", []),
        ("a b c d e nobody", []),
    ],
)
def test_words_are_looked_for_as_they_are_written(cast, asked, names):
    for name in ("Ruth Roads", "100% Open", "Under_score"):
        StakeholderFactory(name=name)

    assert found(cast.lead, q=asked) == names


def test_each_of_several_words_may_be_in_the_name_or_in_the_address(cast):
    StakeholderFactory(name="Ruth Roads", person__email="rr@unit.example")

    assert found(cast.lead, q="ruth unit.example") == ["Ruth Roads"]
    assert found(cast.lead, q="ruth elsewhere.example") == []


def test_more_words_than_can_be_looked_for_are_refused_and_stay_typed(sign_in, cast):
    q = "n" * 101

    answer = sign_in("lead").get(LIST, {"q": q, "category": "it"})

    form = answer.context["form"]
    assert list(form.errors) == ["q"]
    assert (form["q"].value(), form["category"].value()) == (q, "it")


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("owner", ["Bo", "Al", "Cy"]),
        ("department", ["Cy", "Bo", "Al"]),
        ("name", ["Al", "Bo", "Cy"]),
        ("-name", ["Cy", "Bo", "Al"]),
    ],
)
def test_who_has_no_owner_or_department_comes_last_on_every_database(cast, sort, names):
    StakeholderFactory(name="Al", owner=cast.lead)
    StakeholderFactory(name="Bo", owner=cast.coordinator, department=cast.roads)
    StakeholderFactory(name="Cy", department=cast.clinic)

    assert found(cast.lead, sort=sort) == names


def test_who_is_archived_is_found_where_asked_for_and_marked(sign_in, cast):
    StakeholderFactory(name="Gil Gone", archived_at=timezone.now())
    client = sign_in("lead")

    assert "Gil Gone" not in client.get(LIST).text
    assert '<span class="tag">archived</span>' in client.get(LIST, {"state": "all"}).text


# Rows and pages


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 stakeholders"),
        (1, "1 stakeholder "),
        (2, "2 stakeholders"),
        (51, "51 stakeholders"),
    ],
)
def test_the_page_counts_those_who_fit(sign_in, cast, number, said):
    StakeholderFactory.create_batch(number)

    text = words(sign_in("lead").get(LIST))

    assert said in text
    assert ("Nobody fits" in text) == (number == 0)
    assert ("Look at the change" in text) == (number > 0)


def test_the_second_page_goes_on_where_the_first_ended_and_keeps_the_filters(sign_in, cast):
    for number in range(53):
        StakeholderFactory(name=f"Same {number % 3}", category="union")
    StakeholderFactory(name="Zed", category="it")
    client = sign_in("lead")

    pages = [client.get(LIST, {"category": "union", "page": page}) for page in (1, 2)]

    rows = [[one.pk for one in page.context["page"]] for page in pages]
    assert [len(page) for page in rows] == [50, 3]
    assert len({*rows[0], *rows[1]}) == 53
    assert re.search(r'href="\?category=union&amp;page=2"', pages[0].text)


@pytest.mark.parametrize(("page", "first"), [("99", "Q"), ("0", "Q"), ("x", "A"), ("-1", "Q")])
def test_a_page_that_there_is_not_is_the_nearest(sign_in, cast, page, first):
    StakeholderFactory.create_batch(50, name="A")
    StakeholderFactory(name="Q")

    rows = sign_in("lead").get(LIST, {"page": page}).context["page"]

    assert rows[0].name == first


def test_a_row_says_what_an_organisation_and_a_group_are(sign_in, cast):
    StakeholderFactory(person=None, organisation=OrganisationFactory(kind="oversight"), name="O")
    StakeholderFactory(person=None, group=GroupFactory(), name="G")
    StakeholderFactory(name="P")

    text = words(sign_in("lead").get(LIST))

    assert "Oversight body" in text
    assert '<div class="sub"> Group </div>' in text
    assert "No post noted" in text


# Searches that somebody keeps


def test_two_people_keep_searches_of_one_name_and_the_database_knows_one_each(cast):
    for person in (cast.lead, cast.executive):
        keep_search(actor=person, name="Mine", words={"q": person.name})

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(person=cast.lead, name="Mine")

    assert SavedSearch.objects.count() == 2


@pytest.mark.parametrize("name", ["", "n" * 61, "a\u202eb"])
def test_a_search_without_a_proper_name_is_not_kept(sign_in, cast, name):
    with pytest.raises(ValidationError):
        keep_search(actor=cast.lead, name=name, words={"q": "a"})
    sign_in("lead").post(f"{LIST}searches/keep/", {"name": name, "words": "q=a"})

    assert not SavedSearch.objects.exists()


def test_after_keeping_one_is_back_at_what_was_looked_for(sign_in, cast):
    sent = {"name": "Mine", "words": "q=a+b%26c&category=it&page=3&evil=1"}

    answer = sign_in("lead").post(f"{LIST}searches/keep/", sent)

    assert answer.url == f"{LIST}?q=a+b%26c&category=it"
    assert SavedSearch.objects.get().words == {"q": "a b&c", "category": "it"}


def test_words_that_the_list_does_not_know_are_not_kept(sign_in, cast):
    sent = {"name": "Mine", "words": "category=king"}

    answer = sign_in("lead").post(f"{LIST}searches/keep/", sent, follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert "Look for something" in answer.text
    assert not SavedSearch.objects.exists()


def test_a_kept_search_for_a_tag_that_is_gone_says_so_and_shows_the_list(sign_in, cast):
    tag = StakeholderTag.objects.create(name="Pilot")
    StakeholderFactory(name="Ruth Roads")
    keep_search(actor=cast.lead, name="Pilots", words={"tag": str(tag.pk)})
    client, address = sign_in("lead"), f"{LIST}?tag={tag.pk}"

    assert f'href="{address}"' in client.get(f"{LIST}?q=x&page=2").text
    tag.delete()
    answer = client.get(address)

    assert list(answer.context["form"].errors) == ["tag"]
    assert "Ruth Roads" in answer.text


@pytest.mark.parametrize("persona", ["staff", "neighbour", "trainer", "moderator"])
def test_who_has_no_list_keeps_no_search_and_changes_nobody(sign_in, cast, persona):
    client = sign_in(persona)
    ruth = StakeholderFactory(department=cast.roads)
    sent = {"chosen": ruth.pk, "bulk-archived": "on", "confirmed": "yes"}

    kept = client.post(f"{LIST}searches/keep/", {"name": "A", "words": "q=a"})
    changed = client.post(f"{LIST}bulk/", sent)

    assert (kept.status_code, changed.status_code) == (404, 404)
    assert not SavedSearch.objects.exists()
    assert not Stakeholder.objects.exclude(archived_at=None).exists()
