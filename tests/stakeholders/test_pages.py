"""The pages of one stakeholder: who opens them, what they show and what is noted by them."""

from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from buyin.stakeholders.models import Interest, Organisation, Post, Relationship, Stakeholder
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    GroupFactory,
    InterestFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
    make_one_of_each,
)

LIST = "/stakeholders/"
TODAY = timezone.localdate


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def page(stakeholder, rest=""):
    return f"{LIST}{stakeholder.pk}/{rest}"


@pytest.fixture
def interest(cast, ruth):
    initiative = InitiativeFactory(name="Pothole finder", departments=[cast.roads])
    return make_assessed(
        stakeholder=ruth, initiative=initiative, current=1, desired=3, why="Fears for the crew"
    )


def test_the_page_tells_what_happened_the_newest_first(sign_in, ruth, interest, cast):
    PostFactory(person=ruth.person, department=cast.roads, title="Foreman", starts_on="2025-01-01")
    client = sign_in("coordinator")
    client.post(
        page(ruth, f"initiatives/{interest.pk}/"),
        {"on": TODAY(), "current": 2, "source": "manual", "rationale": "Saw the demo"},
    )

    text = client.get(page(ruth)).text

    order = ["from “Resistant” to “Neutral”", "Saw the demo", "Fears for the crew", "Foreman"]
    places = [text.rindex(words) for words in order]
    assert places[:3] == sorted(places[:3])


@pytest.mark.parametrize("persona", ["staff", "neighbour", "trainer", "moderator"])
def test_a_stakeholder_is_not_there_for_others(sign_in, ruth, persona):
    client = sign_in(persona)

    for rest in ("", "edit/", "posts/add/", "consent/", "initiatives/add/", "relations/add/"):
        assert client.get(page(ruth, rest)).status_code == 404


def test_a_coordinator_opens_none_of_other_departments(sign_in, cast):
    theirs = StakeholderFactory(department=cast.clinic)

    assert sign_in("coordinator").get(page(theirs)).status_code == 404


def test_an_executive_reads_and_changes_nothing(sign_in, ruth, interest):
    client = sign_in("executive")

    text = client.get(page(ruth)).text

    assert "Fears for the crew" in text
    assert "/edit/" not in text
    for rest in ("edit/", f"initiatives/{interest.pk}/", "consent/"):
        assert client.post(page(ruth, rest)).status_code == 404


def test_staff_read_what_is_kept_about_them_but_not_what_others_think(
    sign_in, cast, ruth, interest
):
    ruth.person.user = cast.staff
    ruth.person.save()

    text = sign_in("staff").get(page(ruth)).text

    assert "What is kept about you" in text
    assert "Fears for the crew" not in text
    assert "Resistant" not in text


def new(**changed):
    return {"name": "Nia New", "category": "it"} | changed


def test_a_coordinator_adds_a_person_of_their_department_with_a_post(sign_in, cast):
    said = new(title="Clerk", department=cast.roads.pk, tags="Pilot, night", email="nia@a.example")

    answer = sign_in("coordinator").post(f"{LIST}add/person/", said, follow=True)

    made: Any = Stakeholder.objects.get()
    assert answer.redirect_chain[-1][0] == page(made)
    assert (made.name, made.department, made.person.email) == (
        "Nia New",
        cast.roads,
        "nia@a.example",
    )
    assert {tag.name for tag in made.tags.all()} == {"Pilot", "night"}
    assert str(made.person.posts.get()) == "Clerk, Roads"


@pytest.mark.parametrize("place", ["nowhere", "clinic", "outside"])
def test_a_coordinator_adds_nobody_elsewhere(sign_in, cast, place):
    said = {
        "nowhere": {},
        "clinic": {"title": "Nurse", "department": cast.clinic.pk},
        "outside": {"title": "Seller", "organisation": "Vast Vision"},
    }[place]

    answer = sign_in("coordinator").post(f"{LIST}add/person/", new(**said))

    assert answer.status_code == 200
    assert "usa-error-message" in answer.text
    assert not Stakeholder.objects.exists()
    assert not Organisation.objects.exists()


def test_who_keeps_some_departments_is_offered_one_of_these_and_told_at_once_what_is_needed(
    sign_in, cast
):
    coordinator = sign_in("coordinator")

    offered = coordinator.get(f"{LIST}add/person/").context["form"]
    assert offered["department"].initial == str(cast.works.pk)
    assert "" not in dict(offered.fields["department"].choices)
    assert offered.fields["title"].required

    sent = coordinator.post(f"{LIST}add/person/", new()).context["form"]
    assert {*sent.errors} == {"department", "title"}
    assert not sign_in("lead").get(f"{LIST}add/person/").context["form"].fields["title"].required


def test_a_lead_adds_somebody_outside_the_agency(sign_in, cast):
    said = new(title="Seller", organisation="Vast Vision")

    sign_in("lead").post(f"{LIST}add/person/", said)

    assert str(Post.objects.get()) == "Seller, Vast Vision"
    assert Organisation.objects.get().kind == "agency"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("organisation", {"kind": "union"}),
        ("group", {"description": "Who works at night"}),
    ],
)
def test_a_lead_adds_organisations_and_groups(sign_in, cast, kind, said):
    sign_in("lead").post(f"{LIST}add/{kind}/", new(department=cast.parks.pk, **said))

    made = Stakeholder.objects.get()
    assert (str(made.party), made.department) == ("Nia New", cast.parks)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "required"),
        ({"name": "A\u202eB"}, "cannot be seen"),
        ({"category": "king"}, "Select a valid choice"),
        ({"title": "Clerk"}, "Choose where the post is"),
        ({"organisation": "Vast"}, "Write what they are there"),
        ({"owner": "nobody@example.org"}, "Nobody with an open account"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(sign_in, cast, said, words):
    answer = sign_in("lead").post(f"{LIST}add/person/", new(**said))

    assert words in answer.text
    assert not Stakeholder.objects.exists()


def test_there_is_no_other_kind(sign_in):
    assert sign_in("lead").get(f"{LIST}add/robot/").status_code == 404


def test_who_leads_an_initiative_adds_somebody_to_its_list(sign_in, cast):
    own = InitiativeFactory(lead=cast.staff)
    other = InitiativeFactory(departments=[cast.roads])
    client = sign_in("staff")

    client.post(f"{LIST}add/person/?initiative={own.pk}", new())

    assert Interest.objects.get().initiative == own
    assert client.get(f"{LIST}add/person/?initiative={other.pk}").status_code == 404
    assert client.get(f"{LIST}add/").status_code == 404


@pytest.mark.parametrize("make", [StakeholderFactory, "organisation", "group"])
def test_any_kind_is_changed_and_the_change_is_on_record(sign_in, cast, make):
    made = {"organisation": OrganisationFactory, "group": GroupFactory}
    fields = {"person": None, make: made[make]()} if isinstance(make, str) else {}
    found = StakeholderFactory(**fields)
    client = sign_in("lead")
    assert client.get(page(found, "edit/")).status_code == 200

    client.post(page(found, "edit/"), new(kind="union", cadence="30", channel="call"))

    found.refresh_from_db()
    assert (found.name, str(found.party), found.cadence) == ("Nia New", "Nia New", 30)
    assert LogEntry.objects.get_for_object(found).filter(actor=cast.lead).exists()


def test_a_record_is_archived_and_brought_back(sign_in, ruth):
    client = sign_in("coordinator")

    for said, expected in (("yes", True), ("yes", True), ("no", False), ("no", False)):
        client.post(page(ruth, "archive/"), {"archived": said})
        ruth.refresh_from_db()
        assert (ruth.archived_at is not None) == expected


def test_the_newest_post_says_where_somebody_belongs(sign_in, cast, ruth):
    client = sign_in("lead")
    older = {"title": "Clerk", "department": cast.parks.pk, "starts_on": "2020-01-01"}
    newer = {"title": "Head", "department": cast.clinic.pk, "starts_on": "2025-01-01"}

    for post in (newer, older):
        client.post(page(ruth, "posts/add/"), post)

    ruth.refresh_from_db()
    assert ruth.department == cast.clinic


def test_a_post_to_come_is_refused_and_one_that_is_held_ends_today(sign_in, cast, ruth):
    client = sign_in("lead")
    soon = TODAY() + timedelta(days=9)
    post = {"title": "Head", "department": cast.roads.pk}

    refused = client.post(page(ruth, "posts/add/"), {**post, "starts_on": soon})
    client.post(page(ruth, "posts/add/"), post)
    held = Post.objects.get()
    client.post(page(ruth, f"posts/{held.pk}/end/"))

    assert "on the day it starts" in refused.text
    held.refresh_from_db()
    assert held.ends_on == TODAY()


def test_consent_is_noted_and_the_newest_counts(sign_in, ruth):
    client = sign_in("coordinator")

    for kind, permitted in (("given", True), ("withdrawn", False)):
        client.post(page(ruth, "consent/"), {"kind": kind, "basis": "On the phone"})
        ruth.person.refresh_from_db()
        assert ruth.person.contact_permitted is permitted

    assert ruth.person.consent_events.count() == 2
    assert "On the phone" in client.get(page(ruth)).text


def test_organisations_hold_no_posts_and_give_no_consent(sign_in, cast):
    vendor = StakeholderFactory(person=None, organisation=OrganisationFactory())

    for rest in ("posts/add/", "consent/"):
        assert sign_in("lead").get(page(vendor, rest)).status_code == 404


def test_a_stakeholder_is_put_on_the_list_of_an_initiative_that_one_may_open(sign_in, cast, ruth):
    near, far = InitiativeFactory(departments=[cast.roads]), InitiativeFactory()
    client = sign_in("coordinator")

    client.post(page(ruth, "initiatives/add/"), {"initiative": far.pk})
    client.post(page(ruth, "initiatives/add/"), {"initiative": near.pk})

    assert [one.initiative for one in ruth.interests.all()] == [near]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"power": 6}, "valid choice"),
        ({"on": "2999-01-01"}, "still to come"),
        ({"on": ""}, "required"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused(sign_in, ruth, interest, said, words):
    sent = {"on": TODAY(), "source": "manual", **said}

    answer = sign_in("lead").post(page(ruth, f"initiatives/{interest.pk}/"), sent)

    assert words in answer.text
    assert interest.assessments.count() == 1


def test_after_an_assessment_one_is_back_where_one_came_from(sign_in, ruth, interest):
    client, sent = sign_in("lead"), {"on": TODAY(), "source": "manual", "current": 3}
    address = page(ruth, f"initiatives/{interest.pk}/")

    near = client.post(f"{address}?back=/initiatives/", sent)
    far = client.post(f"{address}?back=//evil.example/", sent)

    assert near.url == "/initiatives/"
    assert far.url == page(ruth)


def test_an_interest_is_opened_below_its_own_stakeholder_only(sign_in, ruth, interest):
    other = InterestFactory()

    assert sign_in("lead").get(page(ruth, f"initiatives/{other.pk}/")).status_code == 404


def test_a_relation_is_noted_by_name_and_ended(sign_in, cast, ruth):
    StakeholderFactory(name="Bo Boss", department=cast.works)
    client = sign_in("coordinator")

    client.post(
        page(ruth, "relations/add/"), {"kind": "reports-to", "second": "bo boss", "strength": 3}
    )
    made = Relationship.objects.get()
    client.post(page(ruth, f"relations/{made.pk}/end/"))

    made.refresh_from_db()
    assert (made.second.name, made.ends_on) == ("Bo Boss", TODAY())


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("Carl Clinic", "No stakeholder has exactly this name"),
        ("Twin", "Several stakeholders have this name"),
        ("Ruth Roads", "two different"),
    ],
)
def test_a_relation_is_to_one_known_other(sign_in, cast, ruth, second, words):
    StakeholderFactory(name="Carl Clinic", department=cast.clinic)
    StakeholderFactory(name="Twin", department=cast.roads)
    StakeholderFactory(name="Twin", department=cast.roads)

    answer = sign_in("coordinator").post(
        page(ruth, "relations/add/"), {"kind": "advises", "second": second, "strength": 1}
    )

    assert words in answer.text
    assert not Relationship.objects.exists()


def test_relations_to_strangers_stay_unseen(sign_in, cast, ruth):
    stranger = StakeholderFactory(name="Carl Clinic", department=cast.clinic)
    Relationship.objects.create(first=ruth, second=stranger, kind="advises")

    assert "Carl Clinic" not in sign_in("coordinator").get(page(ruth)).text
    assert "Carl Clinic" in sign_in("lead").get(page(ruth)).text


def test_the_page_of_one_with_everything_is_drawn(sign_in, cast):
    found = make_one_of_each(cast.roads).stakeholder

    text = sign_in("lead").get(page(found)).text

    assert "Agreed to be contacted" in text
    assert "influences" in text
