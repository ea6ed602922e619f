"""What a list would change, told: counts, differences, who may be known, what stays out and why."""

from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.spreadsheets import csv_text
from buyin.stakeholders.contacts import BY_NAME, Contact
from buyin.stakeholders.models import Cadence, Category, Channel, OrganisationKind, Stakeholder
from buyin.tables.columns import Remark
from buyin.tables.folding import folded

from .import_plan import Doubt, Plan, Update
from .import_states import AT_ONCE, stakeholder_in

MOST_SHOWN = 100
MOST_WORDS = 60
MOST_DOUBTS = 2000
CHOSEN: dict[str, Any] = {
    "category": Category,
    "channel": Channel,
    "cadence": Cadence,
    "organisation_kind": OrganisationKind,
}


def account_of(plan: Plan) -> dict[str, Any]:
    """Return the account of a plan as it is kept with its import."""
    found = plan.found
    owners = _owners(one.changes.get("owner") for one in plan.updated[:MOST_SHOWN])
    return {
        **plan.counts,
        **_reading(plan),
        "strange": [
            {"field": name, "text": text, "count": count, "key": folded(text)}
            for (name, text), count in found.strange.most_common(MOST_WORDS)
        ],
        "changes": [_told(update, plan, owners) for update in plan.updated[:MOST_SHOWN]],
        "new": [
            {"row": row.row, "name": row.name, "kind": row.kind}
            for row in plan.created[:MOST_SHOWN]
        ],
        "same": [
            {"row": row.row, "name": row.name, "first": first}
            for row, first in plan.duplicates[:MOST_SHOWN]
        ],
        "problems": [_line(one) for one in plan.problems[:MOST_SHOWN]],
        "remarks": [_line(one) for one in found.remarks[:MOST_SHOWN]],
    }


def _reading(plan: Plan) -> dict[str, Any]:
    """Return how a file was read."""
    found = plan.found
    return {
        "problem_count": len(plan.problems),
        "remark_count": len(found.remarks),
        "doubt_count": len(plan.doubts),
        "rows": len(found.head.rows),
        "blank_rows": found.table.blank_rows,
        "sheet": found.table.name,
        "sheets": found.sheets,
        "encoding": found.table.encoding,
        "delimiter": found.table.delimiter,
        "header_row": found.head.number,
        "columns": [
            {
                "key": one.key,
                "label": one.label,
                "field": one.field,
                "is_decided": one.is_decided,
                "samples": found.samples(one),
            }
            for one in found.columns
        ],
        "unmatched": [one.label for one in found.unmatched if one.header or found.samples(one)],
    }


def left_out_of(plan: Plan) -> str:
    """Return all that does not come in, with its place, as a table; empty where there is nothing."""
    same = [
        Remark(row.row, "", _("The same as row %(row)d.") % {"row": first}, row.name)
        for row, first in plan.duplicates
    ]
    doubts = [
        Remark(
            one.contact.row,
            "",
            _("This may be %(name)s. It stays out until somebody decides.")
            % {"name": one.matches[0].party.name},
            one.contact.name,
        )
        for one in plan.doubts
    ]
    told = (*plan.problems, *doubts, *same, *plan.found.remarks)
    sheet = plan.found.table.name
    rows = [[sheet, one.row or "", one.column, one.message, one.value] for one in told]
    header = [_("Sheet"), _("Row"), _("Column"), _("What"), _("Value")]
    return csv_text(header, rows) if rows else ""


def doubts_of(plan: Plan) -> list[dict[str, Any]]:
    """Return the rows that may be somebody, each with who that is and what speaks for it."""
    doubts = plan.doubts[:MOST_DOUBTS]
    pks = {pk for one in doubts for match in one.matches if (pk := stakeholder_in(match.party.key))}
    known = _facts_known(pks)
    rows = {contact.row: contact for contact in plan.found.contacts}
    return [_doubt(one, plan, known, rows) for one in doubts]


def _doubt(
    doubt: Doubt, plan: Plan, known: dict[int, list[str]], rows: dict[int, Contact]
) -> dict[str, Any]:
    options: dict[str, dict[str, Any]] = {}
    for match in doubt.matches:
        pk = stakeholder_in(match.party.key)
        row = None if pk else int(match.party.key.removeprefix("r:"))
        key = f"s:{pk}" if pk else f"r:{row}"
        facts = known.get(pk, []) if pk else _facts(rows[row or 0], plan)
        reasons = [one.value for one in match.likeness.reasons]
        name = facts[0] if facts else match.party.name
        options.setdefault(
            key,
            {
                "key": key,
                "stakeholder": pk,
                "row": row,
                "name": name,
                "facts": facts[1:],
                "reasons": reasons,
            },
        )
    name, *facts = _facts(doubt.contact, plan)
    return {
        "row": doubt.contact.row,
        "name": name,
        "facts": facts,
        "options": list(options.values()),
    }


def _facts(contact: Contact, plan: Plan) -> list[str]:
    """Return the name and what else tells somebody apart, as far as the row says it."""
    values = contact.values
    department = plan.names.departments.get(values.get("department", 0), "")
    found = [contact.name, values.get("email", ""), values.get("organisation", ""), department]
    return [text for text in found if text]


def _facts_known(stakeholders: Iterable[int]) -> dict[int, list[str]]:
    found = {}
    for some in batched(stakeholders, AT_ONCE):
        rows = Stakeholder.objects.filter(pk__in=some).order_by()
        for pk, *facts in rows.values_list("pk", "name", "person__email", "department__name"):
            found[pk] = [text for text in facts if text]
    return found


def _told(update: Update, plan: Plan, owners: dict[int, str]) -> dict[str, Any]:
    """Return the differences of one row, in words."""
    lines = [
        {"label": label, "was": was, "becomes": becomes}
        for name, new in update.changes.items()
        for label, was, becomes in _lines(name, new, update, plan, owners)
    ]
    return {
        "row": update.contact.row,
        "name": update.state["stakeholder"]["name"],
        "stakeholder": update.stakeholder,
        "lines": lines,
    }


def _lines(
    name: str, new: Any, update: Update, plan: Plan, owners: dict[int, str]
) -> Iterable[tuple[str, str, str]]:
    state = update.state
    if name == "post":
        department = plan.names.departments.get(new["department"] or 0, "")
        place = department or new["organisation"] or ""
        yield _("New post"), "", ", ".join(text for text in (new["title"], place) if text)
    elif name == "post_held":
        old = next(one for one in state["posts"] if one["id"] == new["id"])
        for part in new.keys() - {"id"}:
            field = {"title": "title", "starts_on": "since"}[part]
            yield _label(field), old[part] or "", new[part]
    elif name == "tags":
        yield _("Tags that are added"), "", ", ".join(new)
    else:
        was = _was(name, state)
        yield _label(name), _shown(name, was, plan, owners), _shown(name, new, plan, owners)


def _was(name: str, state: dict[str, Any]) -> Any:
    own, party = state["stakeholder"], state["party"]
    places = {
        "owner": own["owner_id"],
        "department": own["department_id"],
        "organisation_kind": party.get("kind"),
        "contact": party.get("contact_permitted"),
    }
    return places[name] if name in places else own.get(name, party.get(name))


def _shown(name: str, value: Any, plan: Plan, owners: dict[int, str]) -> str:
    if value in {None, ""}:
        return ""
    if name in CHOSEN:
        return str(CHOSEN[name](value).label)
    if name == "department":
        return plan.names.departments.get(value, "")
    if name == "owner":
        return owners.get(value, "")
    if name == "contact":
        return _("yes") if value else _("no")
    return str(value)


def _owners(pks: Iterable[int | None]) -> dict[int, str]:
    wanted = [pk for pk in pks if pk]
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _label(name: str) -> str:
    return str(BY_NAME[name].label)


def _line(one: Remark) -> dict[str, Any]:
    return {"row": one.row, "label": one.column, "message": one.message, "value": one.value}
