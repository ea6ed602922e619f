"""What programs send about stakeholders: by the same rules as the pages, once, and refused by field."""

from uuid import uuid4

import pytest

from buyin.stakeholders.models import (
    Assessment,
    ConsentEvent,
    MergeRecord,
    Post,
    Relationship,
    Stakeholder,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.merging import fresh, make_twins
from tests.factories.stakeholders import OrganisationFactory, PostFactory, StakeholderFactory

API = "/api/v1/stakeholders/"
JSON = "application/json"


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


def new(**said):
    return {"form": str(uuid4()), "kind": "group", "name": "Nights", "category": "end-user", **said}


def post(client, address, said):
    return client.post(address, said, content_type=JSON)


# Records


def test_a_group_is_added_once_and_read_as_it_was_sent(sign_in, cast):
    client = sign_in("coordinator")
    said = new(department="roads", description="Who works at night", tags=["Pilot", "Night"],
               owner=cast.lead.email, cadence=30)  # fmt: skip

    first, again = (post(client, API, said) for _sent in range(2))

    assert (first.status_code, again.json()) == (201, first.json())
    found = first.json()
    assert (found["kind"], found["name"], found["department"], found["owner"], found["tags"]) == (
        "group", "Nights", "roads", "Lead Persona", ["Night", "Pilot"],
    )  # fmt: skip
    assert client.get(f"{API}{found['id']}/").json() == found
    assert Stakeholder.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"category": "pet"}, "category"),
        ({"owner": "nobody@agency.example"}, "owner"),
        ({"department": "moon"}, "department"),
        ({"kind": "organisation"}, "kind"),
        ({"email": "n@example.org"}, "email"),
        ({"pets": 3}, "pets"),
        ({"form": "once"}, "form"),
        ({"department": "clinic"}, "department"),
    ],
)
def test_what_is_wrong_is_told_by_its_field_and_nothing_is_added(sign_in, said, wrong):
    answer = post(sign_in("coordinator"), API, new(**said))

    assert (answer.status_code, list(answer.json())) == (400, [wrong])
    assert not Stakeholder.objects.exists()


def test_a_person_is_changed_in_full_and_keeps_nothing_that_was_left_out(sign_in, cast, ruth):
    Stakeholder.objects.filter(pk=ruth.pk).update(cadence=30, channel="call")
    said = {"name": "Ruth R.", "category": "it", "email": "ruth@example.org"}

    answer = sign_in("coordinator").put(f"{API}{ruth.pk}/", said, content_type=JSON)

    [found] = fresh(ruth)
    assert (answer.status_code, answer.json()["name"]) == (200, "Ruth R.")
    assert (found.person.email, found.cadence, found.channel) == ("ruth@example.org", None, "")


def test_the_list_is_narrowed_as_the_page_is(sign_in, cast, ruth):
    PostFactory(person=ruth.person, department=cast.roads)
    StakeholderFactory(name="Percy Parks", department=cast.parks, category="union")
    client = sign_in("lead")

    for asked in ({"q": "ruth"}, {"department": "roads"}, {"category": "decision-maker"}):
        found = client.get(API, asked).json()["results"]
        assert [one["id"] for one in found] == [ruth.pk]
    assert list(client.get(API, {"category": "pet"}).json()) == ["category"]
    assert list(client.get(API, {"pet": "cat"}).json()) == ["pet"]
    assert client.get(API, {"level": "resistant"}).json()["count"] == 0


# What is noted


def test_a_post_is_noted_once_and_moves_the_person(sign_in, cast, ruth):
    client = sign_in("lead")
    said = {
        "form": str(uuid4()),
        "title": "Nurse",
        "department": "clinic",
        "starts_on": "2026-01-02",
    }

    first, again = (post(client, f"{API}{ruth.pk}/posts/", said) for _sent in range(2))

    assert first.json() == again.json()
    assert first.json()["department"] == "clinic"
    assert client.get(f"{API}{ruth.pk}/posts/").json()["results"] == [first.json()]
    assert (Post.objects.count(), fresh(ruth)[0].department) == (1, cast.clinic)


def test_a_word_on_consent_counts_at_once(sign_in, ruth):
    client = sign_in("coordinator")

    answer = post(client, f"{API}{ruth.pk}/consent/", {"kind": "withdrawn", "basis": "By mail"})

    assert (answer.status_code, answer.json()["noted_by"]) == (201, "Coordinator Persona")
    assert client.get(f"{API}{ruth.pk}/").json()["contact_permitted"] is False
    assert client.get(f"{API}{ruth.pk}/consent/").json()["count"] == 1
    assert list(post(client, f"{API}{ruth.pk}/consent/", {"kind": "given"}).json()) == ["basis"]
    assert ConsentEvent.objects.count() == 1


def test_a_relation_is_noted_once_and_the_second_is_told(sign_in, cast, ruth):
    boss = StakeholderFactory(name="Bo Boss", department=cast.roads)
    client, said = sign_in("coordinator"), {"kind": "advises", "second": boss.pk}

    first, again = (post(client, f"{API}{ruth.pk}/relations/", said) for _sent in range(2))

    assert (first.status_code, first.json()["strength"]) == (201, 2)
    assert again.json() == {"detail": ["This relation is noted already."]}
    assert client.get(f"{API}{boss.pk}/relations/").json()["results"] == [first.json()]
    assert Relationship.objects.count() == 1


@pytest.mark.parametrize("whom", ["clinic", "oneself", "nobody"])
def test_nobody_is_related_to_whom_one_may_not_see(sign_in, cast, ruth, whom):
    other = {"clinic": StakeholderFactory(department=cast.clinic).pk, "oneself": ruth.pk}
    said = {"kind": "advises", "second": other.get(whom, 10**9)}

    answer = post(sign_in("coordinator"), f"{API}{ruth.pk}/relations/", said)

    assert answer.status_code == 400
    assert not Relationship.objects.exists()


def test_an_assessment_is_added_in_words_and_puts_on_the_list(sign_in, cast, ruth):
    initiative = InitiativeFactory(departments=[cast.roads])
    client = sign_in("coordinator")
    said = {"initiative": initiative.pk, "on": "2026-10-01", "current": "unaware",
            "desired": "leading", "power": 5, "rationale": "Never heard of it"}  # fmt: skip

    answer = post(client, f"{API}{ruth.pk}/assessments/", said)

    assert answer.status_code == 201
    told = {name: answer.json()[name] for name in said if name != "on"}
    assert told == {name: value for name, value in said.items() if name != "on"}
    assert client.get(f"{API}{ruth.pk}/assessments/").json()["results"] == [answer.json()]
    [interest] = client.get(f"{API}{ruth.pk}/").json()["interests"]
    assert (interest["current"], interest["power"]) == ("unaware", 5)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"initiative": 10**9}, "initiative"),
        ({"on": "2999-01-01"}, "on"),
        ({"desired": "unaware"}, "desired"),
        ({"power": 6}, "power"),
        ({"source": "rumour"}, "source"),
    ],
)
def test_an_assessment_that_does_not_hold_is_refused_by_field(sign_in, cast, ruth, said, wrong):
    initiative = InitiativeFactory(departments=[cast.roads])
    body = {"initiative": initiative.pk, "on": "2026-10-01", **said}

    answer = post(sign_in("lead"), f"{API}{ruth.pk}/assessments/", body)

    assert (answer.status_code, list(answer.json())) == (400, [wrong])
    assert not Assessment.objects.exists()


# Merges


def test_two_are_merged_once_and_made_two_again(sign_in, cast):
    one, other = make_twins(cast.roads)
    client = sign_in("lead")
    said = {"form": str(uuid4()), "kept": one.pk, "absorbed": other.pk,
            "choices": {"name": "absorbed"}}  # fmt: skip

    first, again = (post(client, "/api/v1/merges/", said) for _sent in range(2))

    assert first.status_code == 201
    assert first.json() == again.json()
    assert fresh(one)[0].name == "Ruth Raods"
    assert client.get(f"{API}{other.pk}/").status_code == 404
    undone = post(client, f"/api/v1/merges/{first.json()['id']}/undone/", None).json()
    assert (undone["undone_by"], undone["did_not_go_back"]) == ("Lead Persona", [])
    assert client.get("/api/v1/merges/").json()["results"] == [undone]
    assert MergeRecord.objects.count() == 1
    assert fresh(one)[0].name == "Ruth Roads"


def test_what_did_not_go_back_is_named_in_words(sign_in, cast):
    one, other = make_twins(cast.roads)
    client = sign_in("lead")
    said = {"form": str(uuid4()), "kept": one.pk, "absorbed": other.pk,
            "choices": {"name": "absorbed"}}  # fmt: skip
    made = post(client, "/api/v1/merges/", said).json()
    client.put(f"{API}{one.pk}/", {"name": "Ruth R.", "category": "it"}, content_type=JSON)

    undone = post(client, f"/api/v1/merges/{made['id']}/undone/", None).json()

    assert "person “Ruth R.” was changed since, and stays as it is" in undone["did_not_go_back"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"absorbed": 10**9}, "absorbed"),
        ({"choices": {"pet": "kept"}}, "choices"),
        ({"choices": {"name": "both"}}, "choices"),
        ({"form": None}, "form"),
    ],
)
def test_a_merge_that_does_not_hold_is_refused_by_field(sign_in, cast, said, wrong):
    one, other = make_twins(cast.roads)
    body = {"form": str(uuid4()), "kept": one.pk, "absorbed": other.pk, **said}

    answer = post(sign_in("lead"), "/api/v1/merges/", body)

    assert (answer.status_code, list(answer.json())) == (400, [wrong])
    assert not MergeRecord.objects.exists()


def test_a_person_and_an_organisation_are_not_merged(sign_in, cast, ruth):
    union = StakeholderFactory(person=None, organisation=OrganisationFactory(), name="Union")
    body = {"form": str(uuid4()), "kept": ruth.pk, "absorbed": union.pk}

    answer = post(sign_in("lead"), "/api/v1/merges/", body)

    assert list(answer.json()) == ["detail"]
    assert post(sign_in("coordinator"), "/api/v1/merges/", body).status_code == 403
