"""How long people are kept, for programs: read by administrators of the agency, and by nobody else."""

from datetime import date

import pytest
from django.utils import timezone

from buyin.accounts.models import Role, RoleAssignment
from buyin.stakeholders.actions.erasing import place_hold, remove_person
from buyin.stakeholders.models import LegalHold, Removal, RemovalBasis, Stakeholder
from tests.factories.stakeholders import (
    GroupFactory,
    PostFactory,
    StakeholderFactory,
    make_assessed,
)

API = "/api/v1/"
JSON = "application/json"


@pytest.fixture
def ruth(cast):
    return forgotten("Ruth Roads", cast.roads)


def forgotten(name, department, on="2015-01-01"):
    """Write a person with whom there was no dealing since a day of long ago."""
    made = StakeholderFactory(name=name, department=department)
    Stakeholder.objects.filter(pk=made.pk).update(added_at=f"{on}T09:00Z")
    return made


def rows(client, address):
    return client.get(f"{API}{address}/").json()["results"]


def hold(client, stakeholder, **said):
    address = f"{API}stakeholders/{stakeholder.pk}/holds/"
    return client.post(address, {"reason": "Records request 12"} | said, JSON)


def lift(client, stakeholder, pk):
    return client.post(f"{API}stakeholders/{stakeholder.pk}/holds/{pk}/undone/", None, JSON)


# Who is due


def test_an_administrator_reads_who_is_due_the_longest_ago_first(sign_in, cast, ruth):
    older = forgotten("Otto Old", None, on="2014-05-01")
    make_assessed(stakeholder=StakeholderFactory(), on=timezone.localdate())
    place_hold(actor=cast.administrator, stakeholder=ruth, reason="A lawsuit")

    assert rows(sign_in("administrator"), "retention") == [
        {"stakeholder": older.pk, "name": "Otto Old", "department": None, "last": "2014-05-01",
         "hold": None},
        {"stakeholder": ruth.pk, "name": "Ruth Roads", "department": "roads",
         "last": "2015-01-01", "hold": "A lawsuit"},
    ]  # fmt: skip


def test_nobody_is_due_where_everybody_is_kept(sign_in, ruth, settings):
    settings.STAKEHOLDER_KEEP_DAYS = 0

    assert rows(sign_in("administrator"), "retention") == []


@pytest.mark.parametrize("who", ["lead", "executive", "coordinator", "staff"])
@pytest.mark.parametrize("what", ["retention", "removals"])
def test_others_are_refused(sign_in, ruth, who, what):
    assert sign_in(who).get(f"{API}{what}/").status_code == 403


def test_an_administrator_of_one_department_is_refused(sign_in, cast, ruth):
    RoleAssignment.objects.create(
        person=cast.coordinator, role=Role.ADMINISTRATOR, department=cast.works
    )

    assert sign_in("coordinator").get(f"{API}retention/").status_code == 403
    assert hold(sign_in("coordinator"), ruth).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("what", ["retention", "removals", "holds"])
def test_lists_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ruth, django_assert_num_queries, what, count
):
    admin = cast.administrator
    for n in range(count):
        held = forgotten(f"Person {n}", cast.roads)
        place_hold(actor=admin, stakeholder=held, reason="A lawsuit")
        LegalHold.objects.create(
            person=ruth.person, reason="Over", placed_by=admin, lifted_at=timezone.now()
        )
        Removal.objects.create(basis="wish", approved_by=admin, counts={"a.b": n})
    client = sign_in("administrator")
    address = f"stakeholders/{ruth.pk}/holds" if what == "holds" else what

    with django_assert_num_queries({"retention": 4, "removals": 3, "holds": 4}[what]):
        assert len(rows(client, address)) >= count


# Certificates


def test_a_certificate_says_how_much_went_and_no_name(sign_in, cast, ruth):
    PostFactory(person=ruth.person, department=cast.roads)
    remove_person(actor=cast.administrator, stakeholder=ruth, basis=RemovalBasis.PERIOD)
    client = sign_in("administrator")

    (found,) = rows(client, "removals")

    made = Removal.objects.get()
    assert found == {
        "id": made.pk, "basis": "period", "keep_days": 1826,
        "approved_by": "Administrator Persona", "removed_at": found["removed_at"],
        "counts": made.counts,
    }  # fmt: skip
    assert found["counts"]["stakeholders.post"] == 1
    assert "Ruth" not in client.get(f"{API}removals/").text


def test_certificates_come_the_newest_first_and_are_not_written_here(sign_in, cast):
    made = [Removal.objects.create(basis=basis, counts={}).pk for basis in ("period", "wish")]
    client = sign_in("administrator")

    assert [one["id"] for one in rows(client, "removals")] == made[::-1]
    for address in ("removals", "retention"):
        assert client.post(f"{API}{address}/", {}, JSON).status_code == 403
    assert Removal.objects.count() == 2


# Holds


def test_a_hold_is_placed_and_lifted_and_stays_readable(sign_in, ruth):
    client = sign_in("administrator")

    placed = hold(client, ruth)
    refused = hold(client, ruth, reason="Another")
    lifted = [lift(client, ruth, placed.json()["id"]).json() for _sent in range(2)]

    assert (placed.status_code, placed.json()["lifted_at"]) == (201, None)
    assert placed.json()["placed_by"] == "Administrator Persona"
    assert refused.json() == {"detail": ["There is a legal hold on this person already."]}
    assert lifted[0] == lifted[1]
    assert lifted[0]["lifted_by"] == "Administrator Persona"
    assert rows(client, f"stakeholders/{ruth.pk}/holds") == [lifted[0]]
    assert hold(client, ruth).status_code == 201


def test_who_is_held_is_not_removed(sign_in, ruth):
    client = sign_in("administrator")
    hold(client, ruth)

    assert rows(client, "retention")[0]["hold"] == "Records request 12"
    page = client.post(f"/stakeholders/{ruth.pk}/erase/", {"is_asked_for": "on"})
    assert "There is a legal hold on Ruth Roads" in page.text


@pytest.mark.parametrize(
    ("said", "field"),
    [({"reason": ""}, "reason"), ({"reason": "x" * 301}, "reason"), ({"reason": None}, "reason"),
     ({"reason": "a\u202eb"}, "reason"), ({"until": "2030-01-01"}, "until")],
)  # fmt: skip
def test_a_hold_that_does_not_hold_is_refused_by_field(sign_in, ruth, said, field):
    answer = hold(sign_in("administrator"), ruth, **said)

    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not LegalHold.objects.exists()


@pytest.mark.parametrize("who", ["lead", "coordinator", "executive", "staff"])
def test_others_neither_read_nor_place_nor_lift_a_hold(sign_in, cast, ruth, who):
    made = place_hold(actor=cast.administrator, stakeholder=ruth, reason="A lawsuit")
    client = sign_in(who)

    assert client.get(f"{API}stakeholders/{ruth.pk}/holds/").status_code == 403
    assert hold(client, ruth).status_code == 403
    assert lift(client, ruth, made.pk).status_code == 403
    assert LegalHold.objects.get().lifted_at is None


def test_a_group_is_not_held_and_a_hold_of_somebody_else_is_not_there(sign_in, cast, ruth):
    nights = StakeholderFactory(person=None, group=GroupFactory())
    made = place_hold(actor=cast.administrator, stakeholder=ruth, reason="A lawsuit")
    client = sign_in("administrator")

    assert hold(client, nights).status_code == 404
    assert lift(client, StakeholderFactory(), made.pk).status_code == 404
    assert LegalHold.objects.get().lifted_at is None


def test_the_day_of_the_last_dealing_counts(sign_in, cast, ruth):
    make_assessed(stakeholder=ruth, on=date(2018, 7, 1))

    assert rows(sign_in("administrator"), "retention")[0]["last"] == "2018-07-01"
