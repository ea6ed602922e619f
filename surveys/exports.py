"""Tables that leave the portal as files."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from .queries.field import Field

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a CSV file for spreadsheets: with a byte order mark, and no cell that is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_plain(name) for name in header])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def field_csv(field: Field) -> str:
    """Return the response rates that the page shows, and nothing that it hides."""
    header = [_("department"), _("name"), _("people asked"), _("answered"), _("response rate")]
    rows = (
        [row.department.code, row.department.name, row.asked, row.answered, row.rate.text]
        for row in field.rows
        if row.rate
    )
    return csv_text(header, rows)


def _plain(cell: object) -> object:
    """Return the cell so that no spreadsheet runs it; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell
