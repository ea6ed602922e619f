"""What is typed about a stakeholder: nothing typed is lost, nothing is half written, twice is once."""

from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from buyin.stakeholders.models import (
    Assessment,
    ConsentEvent,
    Group,
    Interest,
    Organisation,
    Person,
    Post,
    Raci,
    Relationship,
    Stakeholder,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import (
    GroupFactory,
    InterestFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

LIST = "/stakeholders/"
TODAY = timezone.localdate


@pytest.fixture
def ruth(cast):
    return StakeholderFactory(name="Ruth Roads", department=cast.roads)


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def page(stakeholder, rest=""):
    return f"{LIST}{stakeholder.pk}/{rest}"


def typed(answer):
    """Return what the form of a page shows, and beside which fields something is wrong."""
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields}, set(form.errors)


# Who it is


@pytest.mark.parametrize(
    ("kind", "said", "wrong"),
    [
        ("person", {"email": "not an address"}, {"email"}),
        ("person", {"phone": "1" * 41}, {"phone"}),
        ("person", {"category": ""}, {"category"}),
        ("person", {"channel": "pigeon"}, {"channel"}),
        ("person", {"cadence": "8"}, {"cadence"}),
        ("person", {"title": "Clerk", "starts_on": "31 June"}, {"starts_on", "department"}),
        ("organisation", {"kind": "band"}, {"kind"}),
        ("organisation", {"kind": "union", "department": "999999"}, {"department"}),
        ("group", {"description": "n" * 1001}, {"description"}),
        ("group", {"name": "n" * 201}, {"name"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_all_stays_typed(sign_in, kind, said, wrong):
    sent = {"name": "Nia New", "category": "it", "tags": "Pilot", **said}

    answer = sign_in("lead").post(f"{LIST}add/{kind}/", sent)

    shown, errors = typed(answer)
    assert errors == wrong
    assert {name: shown[name] for name in sent} == sent
    for model in (Stakeholder, Person, Organisation, Group):
        assert not model.objects.exists()


def test_a_post_that_begins_tomorrow_makes_no_person(sign_in, cast):
    tomorrow = str(TODAY() + timedelta(days=1))
    sent = {"name": "Nia", "category": "it", "title": "Clerk", "starts_on": tomorrow}

    answer = sign_in("lead").post(f"{LIST}add/person/", {**sent, "department": cast.roads.pk})

    shown, errors = typed(answer)
    assert (errors, shown["name"], shown["starts_on"]) == ({"starts_on"}, "Nia", tomorrow)
    assert not Person.objects.exists()
    assert not Post.objects.exists()


def test_a_coordinator_hands_over_no_organisation_and_reads_the_old_name_above_it(sign_in, cast):
    made = OrganisationFactory(name="Works council", department=cast.works)
    council = StakeholderFactory(
        person=None, organisation=made, name=made.name, department=cast.works
    )
    sent = {"name": "Council", "kind": "union", "category": "union", "department": ""}

    answer = sign_in("coordinator").post(page(council, "edit/"), sent)

    shown, errors = typed(answer)
    assert (errors, shown["name"]) == ({"department"}, "Council")
    council.refresh_from_db()
    assert (council.name, council.department, council.party.name) == (
        "Works council",
        cast.works,
        "Works council",
    )


@pytest.mark.parametrize("kind", ["person", "organisation", "group"])
def test_the_form_begins_with_what_is_kept(sign_in, cast, kind):
    party: dict[str, Any] = {
        "organisation": lambda: {"organisation": OrganisationFactory(kind="union")},
        "group": lambda: {"group": GroupFactory(description="Nights", department=cast.roads)},
        "person": dict,
    }[kind]()
    fields = {} if kind == "person" else {"person": None}
    found = StakeholderFactory(
        **fields, **party, owner=cast.lead, channel="call", cadence=30, category="union"
    )
    client = sign_in("lead")

    before, _errors = typed(client.get(page(found, "edit/")))
    client.post(page(found, "edit/"), {k: v for k, v in before.items() if v is not None})

    after, _errors = typed(client.get(page(found, "edit/")))
    assert before == after
    assert (before["owner"], before["cadence"]) == (cast.lead.email, 30)
    assert set(party) or "email" in before


def test_an_owner_whose_account_is_closed_is_refused(sign_in, cast, ruth):
    cast.staff.is_active = False
    cast.staff.save()
    sent = {"name": "Rudy", "category": "it", "owner": cast.staff.email}

    shown, errors = typed(sign_in("lead").post(page(ruth, "edit/"), sent))

    assert (errors, shown["owner"]) == ({"owner"}, cast.staff.email)
    assert Stakeholder.objects.get().name == "Ruth Roads"


def test_a_record_keeps_its_history_by_who_wrote_it(sign_in, cast, ruth):
    client = sign_in("coordinator")

    client.post(page(ruth, "edit/"), {"name": "Ruth R.", "category": "decision-maker"})
    client.post(page(ruth, "archive/"), {"archived": "yes"})

    entries = LogEntry.objects.get_for_object(ruth).filter(actor=cast.coordinator)
    changed = [set(entry.changes_dict) for entry in entries.order_by("pk")]
    assert changed == [{"name"}, {"archived_at"}]


def test_archiving_twice_keeps_the_day_of_the_first(sign_in, ruth):
    client, found = sign_in("lead"), []

    for _sent in range(2):
        client.post(page(ruth, "archive/"), {"archived": "yes"})
        ruth.refresh_from_db()
        found.append(ruth.archived_at)

    assert found[0] == found[1]
    assert found[0] is not None


def test_nothing_that_is_noted_is_lost_in_the_archive(sign_in, cast, ruth, initiative):
    make_assessed(stakeholder=ruth, initiative=initiative, current=1, why="Fears for the crew")
    client = sign_in("lead")

    client.post(page(ruth, "archive/"), {"archived": "yes"})

    assert "Fears for the crew" in client.get(page(ruth)).text


# How they stand


def test_the_form_of_an_assessment_begins_with_what_is_noted_now(sign_in, ruth, initiative):
    about = make_assessed(stakeholder=ruth, initiative=initiative, power=5, current=0, desired=3)

    shown, _errors = typed(sign_in("coordinator").get(page(ruth, f"initiatives/{about.pk}/")))

    assert (shown["on"], shown["power"], shown["current"], shown["desired"]) == (TODAY(), 5, 0, 3)
    assert (shown["urgency"], shown["rationale"], shown["source"]) == (None, None, "manual")


def test_an_assessment_is_kept_in_full_with_how_sure_one_is(sign_in, cast, ruth, initiative):
    about = InterestFactory(stakeholder=ruth, initiative=initiative)
    sent = {
        "on": TODAY(),
        "source": "survey",
        "current": 0,
        "desired": 4,
        "power": 1,
        "interest": 2,
        "legitimacy": 3,
        "urgency": 4,
        "impact": 5,
        "confidence": 3,
        "desired_by": "2030-01-31",
        "evidence": "Minutes",
        "rationale": "Said so",
    }

    sign_in("coordinator").post(page(ruth, f"initiatives/{about.pk}/"), sent)

    made = Assessment.objects.get()
    kept = {name: getattr(made, name) for name in sent if name not in {"on", "desired_by"}}
    assert kept == {name: sent[name] for name in kept}
    assert (str(made.desired_by), made.assessed_by) == ("2030-01-31", cast.coordinator)
    about.refresh_from_db()
    assert (about.current, about.impact, about.assessed_on) == (0, 5, TODAY())


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"current": "5"}, "current"),
        ({"desired": "0"}, "desired"),
        ({"urgency": "0"}, "urgency"),
        ({"confidence": "4"}, "confidence"),
        ({"source": "rumour"}, "source"),
        ({"evidence": "n" * 501}, "evidence"),
        ({"rationale": "n" * 2001}, "rationale"),
        ({"desired_by": "soon"}, "desired_by"),
    ],
)
def test_an_assessment_that_is_refused_stays_typed(sign_in, ruth, initiative, said, wrong):
    about = InterestFactory(stakeholder=ruth, initiative=initiative)
    sent = {"on": str(TODAY()), "source": "manual", "power": "4", **said}

    answer = sign_in("lead").post(page(ruth, f"initiatives/{about.pk}/"), sent)

    shown, errors = typed(answer)
    assert errors == {wrong}
    assert {name: shown[name] for name in sent} == sent
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "x"]
)
def test_nobody_is_sent_out_of_the_portal(sign_in, ruth, initiative, back):
    about = InterestFactory(stakeholder=ruth, initiative=initiative)
    sent = {"on": TODAY(), "current": "2", "source": "manual"}

    answer = sign_in("lead").post(
        page(ruth, f"initiatives/{about.pk}/"), sent, query_params={"back": back}
    )

    assert answer.url == page(ruth)


def test_who_is_on_a_list_is_not_offered_it_again(sign_in, ruth, initiative):
    client = sign_in("lead")

    for _sent in range(2):
        answer = client.post(page(ruth, "initiatives/add/"), {"initiative": initiative.pk})

    assert typed(answer)[1] == {"initiative"}
    assert Interest.objects.count() == 1


# Posts, consent and relations


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"department": ""}, {"department"}),
        ({"title": ""}, {"title"}),
        ({"department": "", "organisation": "Vast\u202eVision"}, {"department", "organisation"}),
        ({"starts_on": "2999-01-01"}, {"starts_on"}),
    ],
)
def test_a_post_that_is_refused_stays_typed_and_moves_nobody(sign_in, cast, ruth, said, wrong):
    sent = {"title": "Nurse", "department": str(cast.clinic.pk), **said}

    shown, errors = typed(sign_in("lead").post(page(ruth, "posts/add/"), sent))

    assert errors == wrong
    assert {name: shown[name] for name in sent} == sent
    ruth.refresh_from_db()
    assert ruth.department == cast.roads
    assert not Post.objects.exists()
    assert not Organisation.objects.exists()


def test_who_leaves_for_another_agency_belongs_to_no_department(sign_in, cast, ruth):
    PostFactory(person=ruth.person, department=cast.roads, starts_on=TODAY() - timedelta(days=90))
    sent = {"title": "Adviser", "organisation": "Other city", "starts_on": TODAY()}

    sign_in("lead").post(page(ruth, "posts/add/"), sent)

    ruth.refresh_from_db()
    assert ruth.department is None
    assert Organisation.objects.get().kind == "agency"
    assert sign_in("coordinator").get(page(ruth)).status_code == 404


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "", "basis": "By mail"}, {"kind"}),
        ({"kind": "given", "basis": ""}, {"basis"}),
        ({"kind": "perhaps", "basis": "n" * 301}, {"kind", "basis"}),
    ],
)
def test_consent_that_is_not_said_or_not_known_from_anywhere_is_refused(sign_in, ruth, said, wrong):
    shown, errors = typed(sign_in("lead").post(page(ruth, "consent/"), said))

    assert (shown, errors) == (said, wrong)
    assert not ConsentEvent.objects.exists()
    assert Person.objects.get().contact_permitted is None


def test_a_relation_sent_twice_is_noted_once_and_said_so(sign_in, ruth, cast):
    StakeholderFactory(name="Bo Boss", department=cast.roads)
    sent = {"kind": "advises", "second": "Bo Boss", "strength": "3", "starts_on": "2026-01-02"}
    client = sign_in("coordinator")

    first, again = (client.post(page(ruth, "relations/add/"), sent) for _sent in range(2))

    assert first.url == page(ruth)
    assert "This relation is noted already." in again.text
    assert typed(again)[0] == sent
    assert Relationship.objects.count() == 1


def test_nobody_is_related_to_somebody_in_the_archive(sign_in, ruth, cast):
    StakeholderFactory(name="Gil Gone", archived_at=timezone.now())
    sent = {"kind": "advises", "second": "Gil Gone", "strength": "2"}

    answer = sign_in("lead").post(page(ruth, "relations/add/"), sent)

    assert typed(answer)[1] == {"second"}
    assert not Relationship.objects.exists()


# Parts


def test_a_part_sent_twice_is_given_once_and_stays_typed(sign_in, ruth, initiative):
    InterestFactory(stakeholder=ruth, initiative=initiative)
    sent = {"deliverable": "Go-live", "stakeholder": str(ruth.pk), "part": "R"}
    address = f"/initiatives/{initiative.pk}/people/parts/"
    client = sign_in("lead")

    first, again = (client.post(address, sent) for _sent in range(2))

    form = again.context["part_form"]
    assert first.url == address
    assert form.non_field_errors() == ["They have this part in the deliverable already."]
    assert {name: form[name].value() for name in form.fields} == sent
    assert Raci.objects.count() == 1


def test_taking_a_part_away_twice_takes_one_away(sign_in, ruth, initiative):
    fields = {"initiative": initiative, "stakeholder": ruth, "deliverable": "Go-live"}
    made, other = (Raci.objects.create(**fields, part=part) for part in "RC")
    address = f"/initiatives/{initiative.pk}/people/parts/{made.pk}/"
    client = sign_in("lead")

    assert [client.post(address).status_code for _sent in range(2)] == [302, 404]
    assert Raci.objects.get() == other


def test_an_assessment_that_says_nothing_is_refused_and_one_that_says_why_is_kept(
    sign_in, ruth, initiative
):
    about = InterestFactory(stakeholder=ruth, initiative=initiative)
    sent = {"on": TODAY(), "source": "manual"}
    lead = sign_in("lead")

    refused = lead.post(page(ruth, f"initiatives/{about.pk}/"), sent)
    assert "Say how they stand, or below why nothing is assessed." in refused.text
    assert not about.assessments.exists()

    lead.post(page(ruth, f"initiatives/{about.pk}/"), sent | {"rationale": "She left the board."})
    assert about.assessments.get().rationale == "She left the board."
