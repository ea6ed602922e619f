"""What a program reads of a record it can send back: nothing is lost that it did not mean to change."""

import pytest

from buyin.stakeholders.models import Stakeholder
from tests.factories.commitments import make_commitment
from tests.factories.merging import fresh
from tests.factories.plan import make_activity
from tests.factories.stakeholders import (
    ContactFactory,
    GroupFactory,
    OrganisationFactory,
    StakeholderFactory,
)
from tests.stakeholders.rows import all_rows

API = "/api/v1/stakeholders/"
JSON = "application/json"
# What is read only: it follows from something else, or is changed elsewhere.
READ = {"id", "kind", "posts", "owner", "archived", "contact_permitted", "interests"}


def person(cast):
    who = ContactFactory(name="Ruth Roads", email="ruth@example.org", phone="555 0100")
    return StakeholderFactory(person=who, name="Ruth Roads", owner=cast.lead, cadence=30)


def organisation(cast):
    union = OrganisationFactory(name="Union", kind="union", department=cast.roads)
    return StakeholderFactory(
        person=None, organisation=union, name="Union", department=cast.roads, channel="letter"
    )


def group(cast):
    nights = GroupFactory(name="Nights", description="Who works late", department=cast.roads)
    return StakeholderFactory(person=None, group=nights, name="Nights", department=cast.roads)


KINDS = [person, organisation, group]


def sendable(found):
    """Return what was read as it is sent: the owner by mail address, without what is empty."""
    sent = {name: value for name, value in found.items() if name not in READ}
    sent["owner"] = sent.pop("owner_email")
    return {name: value for name, value in sent.items() if value or value == []}


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_is_sent_back_as_it_was_read_stays_as_it_was(sign_in, cast, kind):
    made, lead = kind(cast), sign_in("lead")
    made.tags.create(name="Pilot")
    before = all_rows()
    read = lead.get(f"{API}{made.pk}/").json()

    answer = lead.put(f"{API}{made.pk}/", sendable(read), JSON)

    assert (answer.status_code, answer.json()) == (200, read)
    assert all_rows() == before


@pytest.mark.parametrize("kind", KINDS)
def test_one_field_is_changed_and_the_others_stay(sign_in, cast, kind):
    made, lead = kind(cast), sign_in("lead")
    read = lead.get(f"{API}{made.pk}/").json()

    answer = lead.put(f"{API}{made.pk}/", sendable(read) | {"category": "expert"}, JSON)

    assert answer.json() == read | {"category": "expert", "seen": answer.json()["seen"]}


def test_a_person_is_read_with_address_and_number(sign_in, cast):
    found = sign_in("lead").get(f"{API}{person(cast).pk}/").json()

    told = {name: found[name] for name in ("email", "phone", "owner", "owner_email")}
    assert told == {
        "email": "ruth@example.org", "phone": "555 0100", "owner": "Lead Persona",
        "owner_email": "lead@fairhaven.example",
    }  # fmt: skip
    assert (found["organisation_kind"], found["description"]) == (None, "")


@pytest.mark.parametrize(
    ("kind", "told"),
    [(organisation, ("union", "", "", "", None)), (group, (None, "Who works late", "", "", None))],
)
def test_others_are_read_with_what_they_have(sign_in, cast, kind, told):
    (found,) = sign_in("lead").get(f"{API}?q={kind(cast).name}").json()["results"]

    names = ("organisation_kind", "description", "email", "phone", "owner_email")
    assert tuple(found[name] for name in names) == told


@pytest.mark.parametrize("who", ["staff", "neighbour", "trainer", "coordinator"])
def test_addresses_are_for_those_who_work_with_them(sign_in, cast, who):
    """Not even one's own record tells whose business one is by mail address."""
    theirs = person(cast)
    Stakeholder.objects.filter(pk=theirs.pk).update(department=cast.clinic)
    theirs.person.user = cast.people["neighbour"]
    theirs.person.save()

    assert sign_in(who).get(f"{API}{theirs.pk}/").status_code == 404
    assert "ruth@example.org" not in sign_in(who).get(API).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_tells_all_of_it_in_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    for _ in range(count):
        for kind in KINDS:
            kind(cast)
    lead = sign_in("lead")

    with django_assert_num_queries(6):
        assert lead.get(API).json()["count"] == 3 * count


def test_who_is_archived_keeps_address_and_number(sign_in, cast):
    made, lead = person(cast), sign_in("lead")

    lead.put(f"{API}{made.pk}/archived/", {"archived": True}, JSON)

    [found] = fresh(made)
    assert (found.person.email, found.person.phone) == ("ruth@example.org", "555 0100")
    assert lead.get(f"{API}{made.pk}/").json()["email"] == "ruth@example.org"


# What is planned and promised


def test_what_is_planned_is_sent_back_as_it_was_read(sign_in, cast):
    planned = make_activity(owner=cast.staff, cadence=30)
    address, lead = f"/api/v1/planned-activities/{planned.pk}/", sign_in("lead")
    read = lead.get(address).json()
    before = all_rows()
    sent = {name: read[name] for name in ("seen", "kind", "purpose", "due_on", "cadence")}

    answer = lead.put(address, sent | {"owner": read["owner_email"]}, JSON)

    assert (answer.status_code, answer.json()) == (200, read)
    assert all_rows() == before


def test_what_is_asked_is_sent_back_as_it_was_read(sign_in, cast):
    asked = make_commitment(conditions="After the budget", entries=[("pledged", 30_000)])
    address, lead = f"/api/v1/commitments/{asked.pk}/", sign_in("lead")
    read = lead.get(address).json()
    before = all_rows()
    names = ("seen", "kind", "title", "requested", "unit", "needed_by", "begins_on", "ends_on",
             "expires_on", "conditions")  # fmt: skip

    answer = lead.put(address, {name: read[name] for name in names}, JSON)

    assert (answer.status_code, answer.json()) == (200, read)
    assert read["stakeholder"] == asked.stakeholder_id
    assert all_rows() == before
