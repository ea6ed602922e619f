"""What a file would change, told: counts, differences, words that nobody knew, what stays out."""

from typing import Any

from django.utils.translation import gettext as _

from buyin.initiatives.inventory.reading import Inventory
from buyin.initiatives.inventory.rows import Entry
from buyin.initiatives.inventory.values import key_of
from buyin.initiatives.record import BY_NAME, Value, shown
from buyin.spreadsheets import csv_text
from buyin.tables.columns import Remark

from .inventories import BESIDE, Plan, Update

MOST_SHOWN = 100
MOST_WORDS = 60
LONGEST = 400


def account_of(plan: Plan) -> dict[str, Any]:
    """Return the account of a plan as it is kept with its import."""
    found = plan.inventory
    return {
        **plan.counts,
        **_reading(found),
        "strange": [
            {"field": name, "text": text, "count": count, "key": key_of(text)}
            for (name, text), count in found.strange.most_common(MOST_WORDS)
        ],
        "read_as": [
            {"label": _label(name), "text": text, "code": code, "count": count}
            for name, text, code, count in found.read_as[:MOST_WORDS]
        ],
        "changes": [_told(update) for update in plan.updated[:MOST_SHOWN]],
        "new": [
            {"row": row.entry.row, "name": row.entry.name, "source": row.source}
            for row in plan.created[:MOST_SHOWN]
        ],
        "same": [
            {"row": row.entry.row, "name": row.entry.name, "first": first}
            for row, first in plan.duplicates[:MOST_SHOWN]
        ],
        "sharing": [[_beside(one) for one in group] for group in plan.sharing[:MOST_SHOWN]],
        "problems": [_line(one) for one in found.problems[:MOST_SHOWN]],
        "remarks": [_line(one) for one in found.remarks[:MOST_SHOWN]],
    }


def _reading(found: Inventory) -> dict[str, Any]:
    """Return how a file was read."""
    return {
        "problem_count": len(found.problems),
        "remark_count": len(found.remarks),
        "rows": len(found.entries),
        "blank_rows": found.blank_rows,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "header_row": found.header_row,
        "columns": [
            {
                "key": one.key,
                "label": one.label,
                "field": one.field,
                "is_decided": one.is_decided,
                "samples": found.samples.get(one.place, []),
            }
            for one in found.columns
            if one.header
        ],
        "unmatched": len(found.unmatched),
        "chosen": found.chosen,
        "understood": found.understood,
    }


def left_out_of(plan: Plan) -> str:
    """Return every problem and remark with its place as a table; empty where there is none."""
    found = plan.inventory
    same = [
        Remark(row.entry.row, "", _("The same as row %(row)d.") % {"row": first})
        for row, first in plan.duplicates
    ]
    rows = [
        [one.row or "", one.column, one.message, one.value]
        for one in (*found.problems, *same, *found.remarks)
    ]
    header = [_("Row"), _("Column"), _("What"), _("Value")]
    return csv_text(header, rows) if rows else ""


def _told(update: Update) -> dict[str, Any]:
    """Return the differences of one row, in words."""
    lines = [
        {
            "label": _label(name),
            "was": _shown(name, update.before[name]),
            "becomes": _shown(name, new),
        }
        for name, new in update.after.items()
    ]
    name = update.known.record.initiative.name
    return {
        "row": update.row.entry.row,
        "name": name,
        "initiative": update.known.record.initiative_id,
        "lines": lines,
    }


def _beside(entry: Entry) -> dict[str, Any]:
    return {"row": entry.row, "name": entry.name, "id": str(entry.values.get("id", ""))}


def _line(one: Remark) -> dict[str, Any]:
    return {"row": one.row, "label": one.column, "message": one.message, "value": one.value}


def _label(name: str) -> str:
    return str(BY_NAME[name].label) if name in BY_NAME else name.removeprefix(BESIDE)


def _shown(name: str, value: Value | None) -> str:
    text = shown(BY_NAME[name], value) if name in BY_NAME else str(value or "")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
