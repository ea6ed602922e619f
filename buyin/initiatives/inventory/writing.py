"""Inventories written as registers ask: the federal form, the consolidated table, JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from buyin.initiatives.record.fields import BY_NAME, FIELDS
from buyin.initiatives.record.parts import Kind, Value
from buyin.initiatives.record.values import withheld
from buyin.tables.formulas import made_harmless

from .documents import BESIDE, RECORDS
from .headers import AGENCY, AGENCY_NAME, CONSOLIDATED_2025, FORM_2025
from .rows import BESIDE as NAMES_BESIDE
from .several import written

MARK = "\ufeff"
WITHHELD = frozenset({"Yes - Disclosure Risk", "Yes - Prohibited by Law", "Other"})
# The consolidated table has short codes, but these two as the form writes them.
WRITTEN_LONG = frozenset({"demographic_features"})
JSON_FORMAT = "ai-inventory/1"


@dataclass(frozen=True)
class Written:
    """One record to be written: all its values, what stands beside it, what is withheld and why."""

    values: Mapping[str, Value]
    extra: Mapping[str, str] = field(default_factory=dict)
    redacted: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_withheld(self) -> bool:
        """Say whether the whole record is kept from the public."""
        return self.values.get("is_withheld") in WITHHELD


@dataclass(frozen=True)
class Wishes:
    """How a table is to be written; the mailbox stands for every contact where one is given."""

    agency: str = ""
    agency_name: str = ""
    mailbox: str = ""
    with_numbers: bool = True
    harmless: bool = False


def form_csv(records: Sequence[Written], wishes: Wishes) -> str:
    """Return the agency's public inventory in the federal form of 2025; withheld records are out."""
    names = [name for name in FORM_2025 if name != "id" or wishes.with_numbers]
    public = [record for record in records if not record.is_withheld]
    rows = [[_public(record, name, wishes) for name in names] for record in public]
    return _csv([FORM_2025[name] for name in names], rows, wishes)


def consolidated_csv(records: Sequence[Written], wishes: Wishes) -> str:
    """Return the consolidated inventory of 2025: short names, short codes, lists as it has them."""
    rows = [[_short(record, name, wishes) for name in CONSOLIDATED_2025] for record in records]
    return _csv(CONSOLIDATED_2025, rows, wishes)


def document(records: Sequence[Written], wishes: Wishes) -> str:
    """Return all that is known of the records as JSON, to be read by programs and by us."""
    found = [_object(record) for record in records]
    whole = {"format": JSON_FORMAT, "agency": wishes.agency_name, RECORDS: found}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def long_text(name: str, value: Value | None) -> str:
    """Return a value as the federal form writes it."""
    if isinstance(value, list):
        texts = [_long(name, one) for one in value]
        is_plain = not any(sign in text for text in texts for sign in ";\n[")
        return "; ".join(texts) if is_plain else written(texts)
    return _long(name, plain_text(value))


def plain_text(value: Value | str | None) -> str:
    """Return a single value as text: of a day what was written, else the day itself."""
    if isinstance(value, dict):
        return value["text"] or value["date"]
    return value if isinstance(value, str) else ""


def _long(name: str, value: str) -> str:
    choice = BY_NAME[name].choice(value)
    return choice.long if choice else value


def _public(record: Written, name: str, wishes: Wishes) -> str:
    if name in record.redacted:
        return withheld(record.redacted[name])
    if name == "contact_email" and wishes.mailbox:
        return wishes.mailbox
    return long_text(name, record.values.get(name))


def _short(record: Written, name: str, wishes: Wishes) -> str:
    if name in NAMES_BESIDE:
        ours = {AGENCY: wishes.agency, AGENCY_NAME: wishes.agency_name}[name]
        is_foreign = not NAMES_BESIDE.isdisjoint(record.extra)
        return record.extra.get(name, "") if is_foreign else ours
    if name in record.redacted:
        return withheld(record.redacted[name])
    value = record.values.get(name)
    if BY_NAME[name].kind == Kind.MULTI:
        parts = value if isinstance(value, list) else []
        return written([_long(name, part) for part in parts] if name in WRITTEN_LONG else parts)
    return plain_text(value)


def _object(record: Written) -> dict[str, Any]:
    found: dict[str, Any] = {
        one.name: record.values[one.name] for one in FIELDS if record.values.get(one.name)
    }
    if record.extra:
        found[BESIDE] = dict(record.extra)
    if record.redacted:
        found["redacted"] = dict(record.redacted)
    return found


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]], wishes: Wishes) -> str:
    """Return a table with the mark by which spreadsheets know UTF-8, and CRLF after each row."""
    out = io.StringIO()
    out.write(MARK)
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(made_harmless(rows, wished=wishes.harmless))
    return out.getvalue()
