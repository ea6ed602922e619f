"""What became of a file of answers: the part that a page shows, and all of it as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from buyin.spreadsheets import csv_text

from .responses import Conversion, DroppedGroup, Problem

MOST_SHOWN = 200  # problems on a page, as its table says
MOST_GROUPS = 500
MOST_ROWS = 20  # numbers of rows that a page lists for one value
MOST_LINES = 100_000


def account_of(found: Conversion) -> dict[str, Any]:
    """Return what a page says of a file, as plain JSON values."""
    groups = found.dropped_groups()
    return {
        "total": found.total,
        "taken": len(found.rows),
        "problem_count": len(found.problems),
        # One more than a page shows: by it the table knows to say that there are more.
        "problems": [asdict(one) for one in found.problems[: MOST_SHOWN + 1]],
        "group_count": len(groups),
        "groups": [_short(group) for group in groups[:MOST_GROUPS]],
    }


def problems_in(report: dict[str, Any]) -> list[Problem]:
    """Return the problems of an account as a page draws them."""
    return [Problem(**one) for one in report.get("problems", [])]


def left_out_csv(found: Conversion) -> str:
    """Return every row and every value that stays out as a table; nothing where all comes in."""
    if not found.problems and not found.dropped:
        return ""
    header = [_("Row"), _("Column"), _("Value"), _("What became of it"), _("Why")]
    return table_of(header, _lines(found), len(found.problems) + len(found.dropped))


def table_of(header: Sequence[str], lines: Iterable[list[object]], count: int) -> str:
    """Return `count` lines as a table, which says in its last line how many it does not list."""
    listed = [*islice(lines, MOST_LINES)]
    if count > MOST_LINES:
        more = _("%(n)d more are not listed here.") % {"n": count - MOST_LINES}
        listed.append([*[""] * (len(header) - 1), more])
    return csv_text(header, listed)


def _short(group: DroppedGroup) -> dict[str, Any]:
    return {**asdict(group), "rows": group.rows[:MOST_ROWS], "row_count": len(group.rows)}


def _lines(found: Conversion) -> Iterator[list[object]]:
    rows: Iterator[list[object]] = (
        [one.row or "", one.column, "", _("row left out"), one.message] for one in found.problems
    )
    values: Iterator[list[object]] = (
        [
            one.row or "",
            one.column,
            one.value,
            _("value left out") if one.row else _("column left out"),
            one.why,
        ]
        for one in found.dropped
    )
    return chain(rows, values)
