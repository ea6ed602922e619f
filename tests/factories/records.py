"""AI system records for tests."""

from typing import Any

from buyin.initiatives.actions import Edit, publish_record, save_record
from buyin.initiatives.models import Initiative, Publication, SystemRecord
from buyin.initiatives.record import Value, day_of
from tests.factories.accounts import PersonFactory

from .initiatives import InitiativeFactory

COMPLETE: dict[str, Value] = {
    "id": "EX-1",
    "agency_bureau": "Permit office",
    "description": "Sorts forms by what is missing. People decide about each form.",
    "contact_email": "team@agency.example",
    "is_withheld": "No",
    "problem_solved": "Staff sort 400 forms a day by hand.",
    "is_high_impact": "Not High-impact",
    "topic_area": "Service Delivery",
    "classification": "Classical ML",
    "benefits": "Sorting takes one hour, not nine.",
    "system_outputs": "An order of forms.",
    "operational_date": day_of("2026-03"),
    "contracting_usage": "In-house Development",
    "have_ato": "No",
    "data_description": "20,000 forms of earlier years.",
    "has_pii": "No",
    "demographic_features": ["None of the above"],
    "has_custom_code": "Yes",
}


def make_lead() -> Any:
    """Return somebody who leads an initiative of their own."""
    return PersonFactory()


def make_record(
    initiative: Initiative | None = None, *, by: Any = None, why: Any = None, **values: Value
) -> SystemRecord:
    """Write a record that is complete for a pilot; `why` withholds fields."""
    who = by or (initiative and initiative.lead) or make_lead()
    found = initiative or InitiativeFactory(name="Form triage", stage="pilot", lead=who)
    edit = Edit(values=COMPLETE | values, redactions=why or {}, seen=0)
    return save_record(actor=who, initiative=found, edit=edit)


def publish(record: SystemRecord, *, by: Any = None, note: str = "") -> Publication:
    """Publish a record as it is now."""
    who: Any = by or record.initiative.lead
    record.refresh_from_db()
    return publish_record(actor=who, initiative=record.initiative, seen=record.revision, note=note)


def change(
    record: SystemRecord, *, by: Any = None, why: Any = None, **values: Value
) -> SystemRecord:
    """Save some fields of a record as whoever leads it."""
    record.refresh_from_db()
    edit = Edit(values=values, redactions=why or {}, seen=record.revision)
    who: Any = by or record.initiative.lead
    return save_record(actor=who, initiative=record.initiative, edit=edit)
