"""Records of the UK's transparency standard (ATRS): attributes in the order of its template."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from buyin.initiatives.record.fields import FIELDS
from buyin.initiatives.record.parts import PILOT, Field
from buyin.initiatives.record.values import withheld
from buyin.tables.formulas import made_harmless

from .writing import MARK, Wishes, Written, long_text, plain_text

# The standard's names where they are not ours.
ATTRIBUTES = {
    "use_case_name": "name",
    "agency_bureau": "organisation_or_department",
    "development_stage": "phase",
    "benefits": "benefit",
    "human_review": "human_decisions_and_review",
    "contracting_usage": "external_supplier_involvement",
    "vendor_name": "external_supplier",
    "third_party_role": "external_supplier_role",
    "demographic_features": "sensitive_attributes",
    "system_outputs": "system_output",
}
PHASES = {PILOT: "Beta/Pilot", "Deployed": "Production"}
HEADER = ("record", "reference", "attribute", "value")
SECTIONS = (
    ("1", "Tier 1: what it is"),
    ("2.1", "Owner and responsibility"),
    ("2.2", "Description and rationale"),
    ("2.3", "Decision-making process"),
    ("2.4", "Tool specification"),
    ("2.5", "Risks, mitigations and impact assessments"),
)


@dataclass(frozen=True)
class Line:
    """One attribute of a record with its number in the standard."""

    reference: str
    attribute: str
    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """A part of the standard, with its lines in order."""

    title: str
    lines: list[Line]


def _place(field: Field) -> list[int]:
    return [int(part) for part in field.order.split(".")]


IN_ORDER = sorted((field for field in FIELDS if field.order), key=_place)


def lines_of(record: Written, wishes: Wishes) -> list[Line]:
    """Return the attributes of a record that hold something, in the order of the standard."""
    found = []
    for field in IN_ORDER:
        if text := _text(record, field, wishes):
            attribute = ATTRIBUTES.get(field.name, field.name)
            found.append(Line(field.order, attribute, str(field.label), text))
    return found


def sections_of(record: Written, wishes: Wishes) -> list[Section]:
    """Return the same under the headings of the standard, for people to read."""
    lines = lines_of(record, wishes)
    found = [
        Section(title, [line for line in lines if _is_under(line.reference, number)])
        for number, title in SECTIONS
    ]
    return [section for section in found if section.lines]


def attributes_csv(records: Sequence[Written], wishes: Wishes) -> str:
    """Return the public records as attributes and values, each record with a number of its own."""
    public = [record for record in records if not record.is_withheld]
    rows = [
        [str(number), line.reference, line.attribute, line.text]
        for number, record in enumerate(public, start=1)
        for line in lines_of(record, wishes)
    ]
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(made_harmless(rows, wished=wishes.harmless))
    return out.getvalue()


def _text(record: Written, field: Field, wishes: Wishes) -> str:
    if field.name in record.redacted:
        return withheld(record.redacted[field.name])
    if field.name == "contact_email" and wishes.mailbox:
        return wishes.mailbox
    value = record.values.get(field.name)
    if field.name == "development_stage":
        return PHASES.get(plain_text(value), plain_text(value))
    return long_text(field.name, value)


def _is_under(reference: str, number: str) -> bool:
    return reference == number or reference.startswith(f"{number}.")
