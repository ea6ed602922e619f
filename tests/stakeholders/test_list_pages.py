"""Pages of the list of stakeholders: each in the order asked for, and all that a row says."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone, translation

from buyin.stakeholders.models import Category, Group, Stakeholder, StakeholderTag
from buyin.stakeholders.queries import Search, find, shown
from buyin.stakeholders.queries.finding import SORTS
from buyin.stakeholders.queries.listing import listed
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    ContactFactory,
    GroupFactory,
    InterestFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
)

LIST = "/stakeholders/"
PAGE = 50
MANY = 2 * PAGE + 7


@pytest.fixture
def many(cast):
    """Groups of several departments, owners and categories, some of them in none."""
    groups = Group.objects.bulk_create(Group(name=f"G{n * 37 % MANY:03}") for n in range(MANY))
    places, owners = [cast.roads, cast.clinic, None], [cast.lead, None, cast.staff]
    categories = list(Category)
    return Stakeholder.objects.bulk_create(
        Stakeholder(
            group=one, name=one.name, department=places[n % 3], owner=owners[n % 4 % 3],
            category=categories[n % len(categories)],
        )
        for n, one in enumerate(groups)
    )  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
def test_the_pages_together_are_the_list_in_its_order(sign_in, cast, many, sort):
    lead, expected = sign_in("lead"), find(viewer=cast.lead, search=Search(sort=sort))

    pages = [lead.get(LIST, {"sort": sort, "page": n}).context["page"] for n in (1, 2, 3)]

    assert [len(page) for page in pages] == [PAGE, PAGE, 7]
    assert [one.pk for page in pages for one in page] == [one.pk for one in expected]
    assert pages[0].paginator.count == MANY


def test_a_page_that_there_is_not_is_the_last_one(sign_in, many):
    page = sign_in("lead").get(LIST, {"page": 99}).context["page"]

    assert (page.number, len(page)) == (3, 7)
    assert page.has_previous()
    assert not page.has_next()


def test_what_was_found_is_shown_whole_where_it_is_no_part(cast, many):
    found = find(viewer=cast.lead, search=Search(sort="-name"))

    assert [one.pk for one in shown(found, viewer=cast.lead)] == [one.pk for one in found]


def test_a_line_says_what_the_record_says(cast):
    ours, early = (InitiativeFactory(name=name) for name in ("Pothole finder", "Archive search"))
    made = [
        StakeholderFactory(
            name="Guild", person=None, organisation=OrganisationFactory(kind="union")
        ),
        StakeholderFactory(name="Night shift", person=None, group=GroupFactory()),
        StakeholderFactory(
            name="Una", department=None, owner=cast.staff, archived_at=timezone.now()
        ),
        StakeholderFactory(
            name="Vic", person__contact_permitted=False, owner=PersonFactory(name="")
        ),
    ]
    for number, one in enumerate(made):
        one.tags.set(StakeholderTag.objects.get_or_create(name=name)[0] for name in "ba"[:number])
        InterestFactory(stakeholder=one, initiative=ours, current=number % 5, desired=3)
        InterestFactory(stakeholder=one, initiative=early)
        if one.person:
            PostFactory(
                person=one.person,
                department=cast.parks,
                organisation=OrganisationFactory(name="Union"),
                title="Delegate",
            )
            PostFactory(person=one.person, department=cast.roads, title="Clerk")
            PostFactory(
                person=one.person, organisation=OrganisationFactory(name="Guild"), title="Chair"
            )
            PostFactory(
                person=one.person, department=cast.roads, title="Gone", ends_on=date(2020, 1, 1)
            )
    found = find(viewer=cast.lead, search=Search(state="all", sort="-name"))

    lines, records = listed(found, viewer=cast.lead), shown(found, viewer=cast.lead)

    assert [said_by_line(one) for one in lines] == [said_by_record(one) for one in records]
    assert len(lines) == len(made)


def test_a_line_tells_how_they_stand_as_far_as_the_viewer_reads_it(cast):
    one = StakeholderFactory(department=cast.roads)
    for name, home in (("Pothole finder", cast.roads), ("Letter reader", cast.clinic)):
        InterestFactory(
            stakeholder=one, initiative=InitiativeFactory(name=name, departments=[home])
        )

    told = {
        who: [stands.initiative for line in listed(rows, viewer=who) for stands in line.seen]
        for who in (cast.lead, cast.coordinator)
        for rows in [Stakeholder.objects.all()]
    }

    assert told[cast.lead] == ["Letter reader", "Pothole finder"]
    assert told[cast.coordinator] == ["Pothole finder"]


def said_by_line(one):
    stands = [(s.initiative, s.current_words, s.is_behind, s.stakeholder_id) for s in one.seen]
    return (
        *(one.pk, str(one), one.category_words, one.archived_at, one.department or "None"),
        *(one.owner or "None", one.is_person, one.may_be_contacted, one.kind_words),
        *(list(one.posts), list(one.tags), stands),
    )


def said_by_record(one):
    stands = [(str(s.initiative), s.current_words, s.is_behind, s.stakeholder_id) for s in one.seen]
    return (
        *(one.pk, str(one), one.category_words, one.archived_at, str(one.department)),
        *(str(one.owner), one.person is not None, one.may_be_contacted),
        one.organisation.get_kind_display() if one.organisation else "",
        [str(post) for post in one.person.held] if one.person else [],
        *([str(tag) for tag in one.tags.all()], stands),
    )


def test_each_row_has_what_is_known_of_its_own_stakeholder(sign_in, cast):
    ours = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    told: dict[str, Any] = {}
    for name in ("Ada", "Ben", "Cho"):
        one = StakeholderFactory(name=name, category="union", department=cast.roads)
        PostFactory(person=one.person, department=cast.roads, title=f"Head of {name}")
        PostFactory(person=one.person, department=cast.parks, title=f"Friend of {name}")
        InterestFactory(stakeholder=one, initiative=ours, current=len(told) + 1)
        told[name] = one
    text = " ".join(sign_in("lead").get(LIST).text.split())

    for name in told:
        row = text[text.index(f"/{told[name].pk}/") :].split("</tr>")[0]
        assert f"Head of {name}, Roads" in row
        assert f"Friend of {name}, Parks; " in row or f"; Friend of {name}, Parks" in row
        assert 'data-label="Category">Union<' in row
        assert 'data-label="Department">Roads<' in row
    assert text.index("Pothole finder: Resistant") < text.index("Pothole finder: Neutral")


def test_a_row_says_what_somebody_is_who_is_no_person_or_holds_no_post(sign_in, cast):
    vendor = OrganisationFactory(name="Vast Vision", kind="vendor")
    StakeholderFactory(person=None, organisation=vendor, name="Vast Vision", category="vendor")
    group = Group.objects.create(name="Night shift")
    StakeholderFactory(person=None, group=group, name=group.name)
    StakeholderFactory(name="Free", person=ContactFactory(name="Free", contact_permitted=False))
    text = " ".join(sign_in("lead").get(LIST).text.split())

    assert '<div class="sub"> No post noted </div>' in text
    assert '<div class="sub"> Group </div>' in text
    assert '<div class="sub"> Vendor </div>' in text
    assert text.count("does not want to be contacted") == 1


def test_names_in_rows_are_text_and_nothing_else(sign_in, cast):
    StakeholderFactory(name="<b>Ada</b>", department=cast.roads)

    text = sign_in("lead").get(LIST).text

    assert "<b>Ada" not in text
    assert text.count("&lt;b&gt;Ada") == 2


@pytest.mark.parametrize("category", Category)
def test_a_category_is_said_as_the_database_s_choices_say_it(category):
    one = Stakeholder(category=category)

    for language in ("en", "de"):
        with translation.override(language):
            assert one.category_words == one.get_category_display()
