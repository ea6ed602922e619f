"""The record for programs: the same action as the page, with the same refusals."""

import pytest

from buyin.initiatives.models import SystemRecord
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record, publish

DAY = {"text": "2026-03", "date": "2026-03-01", "precision": "month"}


@pytest.fixture
def record(cast):
    """Return the record of an initiative of Roads, kept by the lead persona."""
    initiative = InitiativeFactory(name="Pothole sorter", stage="pilot", departments=[cast.roads])
    return make_record(initiative, by=cast.lead)


def at(record):
    return f"/api/v1/initiatives/{record.initiative_id}/record/"


def patch(client, record, **body):
    return client.patch(at(record), body, content_type="application/json")


def test_a_record_is_read_with_what_is_missing(record, cast, sign_in):
    change(record, by=cast.lead, benefits="", topic_area="Other – ours", why={"team": "Secret"})

    found = sign_in("staff").get(at(record)).json()

    assert found["revision"] == 2
    assert found["values"]["use_case_name"] == "Pothole sorter"
    assert found["values"]["development_stage"] == "Pilot"
    assert found["values"]["operational_date"] == DAY
    assert found["redactions"] == {"team": "Secret"}
    assert found["missing"] == ["benefits"]
    assert list(found["warnings"]) == ["topic_area"]
    assert found["published_revision"] is None


def test_an_initiative_without_a_record_reads_as_an_empty_one(cast, sign_in):
    initiative = InitiativeFactory(name="New", departments=[cast.roads])

    found = sign_in("staff").get(f"/api/v1/initiatives/{initiative.pk}/record/").json()

    assert (found["revision"], found["values"]) == (0, {"use_case_name": "New"})


def test_it_says_which_version_everybody_reads(record, cast, sign_in):
    publish(record, by=cast.lead)
    change(record, by=cast.lead, team="Sorting")

    found = sign_in("lead").get(at(record)).json()

    assert (found["revision"], found["published_revision"]) == (2, 1)


def test_a_program_changes_only_the_fields_that_it_names(record, sign_in):
    answer = patch(
        sign_in("lead"),
        record,
        revision=1,
        values={"team": "Sorting", "benefits": "", "demographic_features": ["Age"]},
        redactions={"team": "Names are secret"},
        note="From the inventory",
    )

    record.refresh_from_db()
    assert answer.status_code == 200
    assert answer.json()["revision"] == 2
    assert record.values["team"] == "Sorting"
    assert "benefits" not in record.values
    assert record.values["topic_area"] == "Service Delivery"
    assert record.redactions == {"team": "Names are secret"}
    assert record.versions.first().note == "From the inventory"


def test_the_first_write_makes_the_record(cast, sign_in):
    initiative = InitiativeFactory(name="New", departments=[cast.roads])
    path = f"/api/v1/initiatives/{initiative.pk}/record/"

    answer = sign_in("lead").patch(
        path, {"revision": 0, "values": {"operational_date": DAY}}, content_type="application/json"
    )

    assert answer.json()["values"]["operational_date"] == DAY
    assert SystemRecord.objects.get().initiative == initiative


def test_the_same_sent_twice_is_saved_once(record, sign_in):
    client = sign_in("lead")
    patch(client, record, revision=1, values={"team": "Sorting"})

    again = patch(client, record, revision=1, values={"team": "Sorting"})

    assert (again.status_code, again.json()["revision"]) == (200, 2)


def test_who_is_second_in_a_field_is_told_and_in_another_is_not(record, cast, sign_in):
    change(record, by=cast.administrator, team="Theirs")
    client = sign_in("lead")

    same = patch(client, record, revision=1, values={"team": "Mine"})
    other = patch(client, record, revision=1, values={"benefits": "Mine"})

    assert (same.status_code, other.status_code) == (409, 200)
    assert same.json()["detail"].endswith("team")
    record.refresh_from_db()
    assert (record.values["team"], record.values["benefits"]) == ("Theirs", "Mine")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "revision"),
        ({"revision": -1}, "revision"),
        ({"revision": 1, "value": {}}, "value"),
        ({"revision": 1, "values": []}, "values"),
        ({"revision": 1, "values": {"no_such": "x"}}, "values"),
        ({"revision": 1, "values": {"team": 5}}, "values"),
        ({"revision": 1, "values": {"team": None, "id": ["x"]}}, "values"),
        ({"revision": 1, "values": {"topic_area": {"text": "x"}}}, "values"),
        ({"revision": 1, "values": {"operational_date": "2026"}}, "values"),
        ({"revision": 1, "values": {"operational_date": {"text": "x"}}}, "values"),
        ({"revision": 1, "values": {"demographic_features": [1]}}, "values"),
        ({"revision": 1, "values": {"team": "a\0b"}}, "values"),
        ({"revision": 1, "values": {"team": "x" * 301}}, "values"),
        ({"revision": 1, "values": {"use_case_name": "Other"}}, "values"),
        ({"revision": 1, "redactions": {"is_withheld": "x"}}, "values"),
        ({"revision": 1, "redactions": {"team": "x" * 301}}, "redactions"),
        ({"revision": 1, "note": "x" * 301}, "note"),
    ],
)
def test_what_cannot_be_saved_is_refused_by_name(record, sign_in, body, where):
    answer = patch(sign_in("lead"), record, **body)

    assert (answer.status_code, list(answer.json())) == (400, [where])
    assert record.versions.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 403), ("coordinator", 403), ("executive", 403), ("neighbour", 404)],
)
def test_nobody_else_writes(record, sign_in, who, status):
    answer = patch(sign_in(who), record, revision=1, values={"team": "x"})

    assert answer.status_code == status
    assert record.versions.count() == 1


def test_who_leads_the_initiative_writes(record, cast, sign_in):
    record.initiative.lead = cast.staff
    record.initiative.save()

    answer = patch(sign_in("staff"), record, revision=1, values={"team": "Sorting"})

    assert answer.status_code == 200
