"""Tables about stakeholders that leave as files: the list, commitments, and the engagement plan."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from buyin.spreadsheets import csv_stream

from .models import Commitment, Level, PlannedActivity, Stakeholder
from .models.interests import level_words
from .queries.disagreements import Disagreement, Named
from .queries.dossier import Section
from .queries.fatigue import Place, Tired
from .queries.representation import Represented

type Table = tuple[Sequence[str], Iterator[Sequence[object]]]


def commitment_columns() -> Sequence[str]:
    """Return the heads of the columns of `commitment_rows`."""
    return [
        *(_("Initiative"), _("Kind"), _("What"), _("Who gives"), _("Unit")),
        *(_("Requested"), _("Pledged"), _("Committed"), _("Received"), _("Declined on")),
        *(_("Needed by"), _("The promise ends on"), _("Conditions")),
    ]


def commitment_rows(commitments: Iterable[Commitment]) -> Iterator[Sequence[object]]:
    """Yield a row for each commitment; amounts as plain numbers, days as ISO 8601."""
    for one in commitments:
        yield [
            *(one.initiative.name, one.kind, one.title, one.stakeholder.name, one.unit),
            *(f"{one.requested:f}", f"{one.pledged:f}", f"{one.committed:f}", f"{one.received:f}"),
            *(one.declined_on or "", one.needed_by or "", one.expires_on or "", one.conditions),
        ]


def plan_columns() -> Sequence[str]:
    """Return the heads of the columns of `plan_rows`."""
    return [
        *(_("By when"), _("What it is"), _("What it is for"), _("With whom"), _("Initiative")),
        *(_("Who does it"), _("How often (days)"), _("State"), _("Overdue"), _("Closed on")),
        _("Why it was dropped"),
    ]


def plan_rows(activities: Iterable[PlannedActivity]) -> Iterator[Sequence[object]]:
    """Yield a row for each planned activity; states and kinds as programs read them, days ISO 8601."""
    for one in activities:
        yield [
            *(one.due_on, one.kind, one.purpose, "; ".join(map(str, one.stakeholders.all()))),
            *(one.initiative or "", one.owner or "", one.cadence or "", one.state),
            *(_("yes") if one.is_overdue else _("no"), one.closed_on or "", one.dropped_why),
        ]


def stakeholder_columns() -> dict[str, str]:
    """Return the columns of the list of stakeholders: what programs call each, and its head."""
    return {
        "id": _("Number"),
        "kind": _("Kind"),
        "name": _("Name"),
        "category": _("Category"),
        "department": _("Department"),
        "posts": _("Posts"),
        "email": _("Mail address"),
        "phone": _("Phone"),
        "contact_permitted": _("May be contacted"),
        "owner": _("Relationship owner"),
        "channel": _("Preferred channel"),
        "cadence": _("Days between contacts"),
        "tags": _("Tags"),
        "archived": _("Archived"),
        "stands": _("How they stand"),
    }


def stakeholder_entries(stakeholders: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield each stakeholder, as `queries.shown` gives them, under the names of the columns."""
    for one in stakeholders:
        person = one.person
        yield {
            "id": one.pk,
            "kind": type(one.party).__name__.lower(),
            "name": one.name,
            "category": one.category,
            "department": one.department.code if one.department else None,
            "posts": [str(post) for post in person.held] if person else [],
            "email": person.email if person else "",
            "phone": person.phone if person else "",
            "contact_permitted": person.contact_permitted if person else None,
            "owner": one.owner.email if one.owner else None,
            "channel": one.channel,
            "cadence": one.cadence,
            "tags": [tag.name for tag in one.tags.all()],
            "archived": one.archived_at is not None,
            "stands": [_stands(interest) for interest in one.seen],
        }


def _stands(interest: Any) -> dict[str, Any]:
    levels = {
        name: None if level is None else Level(level).code
        for name, level in (("current", interest.current), ("desired", interest.desired))
    }
    return {"initiative": interest.initiative.name, **levels, "assessed_on": interest.assessed_on}


def stakeholder_rows(stakeholders: Iterable[Stakeholder]) -> Iterator[list[Any]]:
    """Yield a row for each; what is several stands in one cell with semicolons between."""
    for entry in stakeholder_entries(stakeholders):
        yield [_cell(value) for value in entry.values()]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_cell(one) for one in value)
    if isinstance(value, dict):
        levels = (value["current"] or _("not assessed"), value["desired"] or _("not assessed"))
        return f"{value['initiative']}: {levels[0]} → {levels[1]}"
    return "" if value is None else value


def json_stream(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a list of these as JSON, one line each, so that it is never in memory as a whole."""
    before = "[\n"
    for entry in entries:
        yield before + json.dumps(entry, ensure_ascii=False, cls=DjangoJSONEncoder)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def dossier_parts(sections: Iterable[Section], form: str) -> Iterator[str]:
    """Yield everything about one person as JSON by kind, or as CSV with a line for each field."""
    if form == "json":
        yield json.dumps(
            {section.name: section.entries() for section in sections}, ensure_ascii=False, indent=1
        )
        return
    heads = [_("What"), _("Record"), _("Field"), _("Value")]
    yield from csv_stream(
        heads,
        (
            [section.title, number, name, value]
            for section in sections
            for number, entry in enumerate(section.entries(), 1)
            for name, value in entry.items()
        ),
    )


def missing_columns() -> Sequence[str]:
    """Return the heads of the columns of `missing_rows`."""
    return [_("Initiative"), _("Stage"), _("What is missing"), _("Why"), _("Department")]


def missing_rows(found: Iterable[Represented]) -> Iterator[Sequence[object]]:
    """Yield a row for each thing that is missing, and one for an initiative in which nothing is."""
    for one in found:
        initiative = one.initiative
        for warned in one.warnings:
            where = warned.department.name if warned.department else ""
            yield [initiative.name, initiative.stage, warned.text, warned.why, where]
        if not one.warnings:
            yield [initiative.name, initiative.stage, "", "", ""]


def csv_of_disagreements(found: Iterable[tuple[Named, Disagreement]]) -> Table:
    """Return heads and a row for each level that should be looked at again."""
    heads = [
        *(_("Stakeholder"), _("Department"), _("Initiative"), _("Level"), _("Assessed on")),
        *(_("Last contact"), _("What speaks against it")),
    ]
    rows = (
        [
            *(one.who, one.department or "", one.what, level_words(one.level)),
            *(one.assessed_on, what.facts.last_met or "", what.suggestion),
        ]
        for one, what in found
    )
    return heads, rows


def csv_of_contacts(tired: Iterable[Tired], places: Iterable[Place]) -> Table:
    """Return heads and a row for each stakeholder and each department with contact lately."""
    heads = [
        *(_("Stakeholder"), _("Department"), _("Surveys"), _("Mails"), _("Meetings")),
        *(_("People"), _("Asked in much")),
    ]

    def rows() -> Iterator[Sequence[object]]:
        for one in tired:
            had, who = one.contact, one.stakeholder
            where = who.department or ""
            yield [who.name, where, had.surveys, had.mails, had.meetings, "", ""]
        for place in places:
            asked, met = place.asked, place.met
            often = "" if asked.often is None else asked.often
            row = ["", place.department.name, asked.surveys, place.mails, met.meetings]
            yield [*row, asked.people, often]

    return heads, rows()
