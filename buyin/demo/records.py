"""The demo agency's AI system records: five written out, and many short ones as inventories have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from buyin.accounts.models import Department
from buyin.features import DemoAgency
from buyin.initiatives.actions import readable, reasons_against
from buyin.initiatives.models import Initiative, Publication, RecordVersion, SystemRecord
from buyin.initiatives.record import Value, day_of

from .inventory import SMALL, Small
from .showcase import RECORDS, REDACTIONS

HALF_A_YEAR = timedelta(days=183)
FIRST_NUMBER = 6
# Every so many small records one is a draft that nobody has finished.
UNFINISHED = 9


@dataclass(frozen=True)
class Written:
    """What the demo says about one initiative, and how many days ago."""

    initiative: Initiative
    values: Mapping[str, Value]
    redactions: Mapping[str, str]
    days_ago: int


def fill(agency: DemoAgency) -> None:
    """Write records of all initiatives, and publish what is complete."""
    large = [
        Written(initiative, RECORDS[initiative.name], REDACTIONS.get(initiative.name, {}), 20 + n)
        for n, initiative in enumerate(agency.initiatives)
        if initiative.name in RECORDS
    ]
    _keep(agency, [*large, *_small(agency)])


def _small(agency: DemoAgency) -> list[Written]:
    made = Initiative.objects.bulk_create(
        Initiative(name=one.name, summary=f"{one.problem} {one.benefit}", stage=one.stage)
        for one in SMALL
    )
    departments = agency.departments
    through = Initiative.departments.through
    through.objects.bulk_create(
        through(initiative=initiative, department=departments[one.unit])
        for initiative, one in zip(made, SMALL, strict=True)
    )
    return [
        Written(initiative, _values(one, n, departments), {}, 30 + 9 * n)
        for n, (initiative, one) in enumerate(zip(made, SMALL, strict=True))
    ]


def _values(one: Small, n: int, departments: Mapping[str, Department]) -> dict[str, Value]:
    """Return the values of a short record, as complete as its stage asks; some are drafts."""
    values: dict[str, Value] = {
        "id": f"FH-{n + FIRST_NUMBER:03}",
        "agency_bureau": departments[one.unit].name,
        "description": f"{one.problem} {one.benefit}",
        "contact_email": f"{one.unit}@fairhaven.example",
        "is_withheld": "No",
        "topic_area": one.topic,
        "classification": one.kind,
        "problem_solved": one.problem,
        "benefits": one.benefit,
        "system_outputs": one.output,
        "is_high_impact": "Not High-impact",
    }
    if one.stage in {"pilot", "deployed"}:
        values |= {
            "operational_date": day_of(f"{2023 + n % 4}-{1 + n % 12:02}"),
            "contracting_usage": "Vendor Purchased" if one.vendor else "In-house Development",
            "vendor_name": one.vendor,
            "have_ato": "Yes" if one.vendor else "No",
            "system_name_ato": "City network" if one.vendor else "",
            "data_description": "Records of the department from earlier years.",
            "has_pii": "Yes" if n % 3 == 0 else "No",
            "demographic_features": ["Age"] if n % 11 == 0 else ["None of the above"],
            "has_custom_code": "No" if one.vendor else "Yes",
        }
    if one.stage == "retired":
        values["retired_date"] = day_of(f"{2024 + n % 3}")
    if n % UNFINISHED == UNFINISHED - 1:
        values |= {"benefits": "", "data_description": "", "classification": ""}
    return {name: value for name, value in values.items() if value}


def _keep(agency: DemoAgency, written: Sequence[Written]) -> None:
    """Store records with a first version each, and publish those that are complete."""
    today = agency.now.date()
    records = SystemRecord.objects.bulk_create(
        SystemRecord(
            initiative=one.initiative,
            values=dict(one.values),
            redactions=dict(one.redactions),
            revision=1,
            last_reviewed=today - timedelta(days=one.days_ago),
            review_due=today - timedelta(days=one.days_ago) + HALF_A_YEAR,
        )
        for one in written
    )
    versions = RecordVersion.objects.bulk_create(
        RecordVersion(
            record=record,
            number=1,
            values=record.values,
            redactions=record.redactions,
            by=agency.lead,
            at=agency.now - timedelta(days=one.days_ago),
        )
        for record, one in zip(records, written, strict=True)
    )
    Publication.objects.bulk_create(
        Publication(
            record=record,
            version=version,
            by=agency.lead,
            at=version.at,
            changed_at=version.at,
            shows_benefits=True,
            **readable(record),
        )
        for record, version in zip(records, versions, strict=True)
        if not reasons_against(record)
    )
