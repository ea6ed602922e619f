"""Tables of surveys that leave the portal as files."""

from django.utils.translation import gettext as _

from buyin.spreadsheets import csv_text

from .queries.field import Field


def field_csv(field: Field) -> str:
    """Return the response rates that the page shows, and nothing that it hides."""
    header = [_("department"), _("name"), _("people asked"), _("answered"), _("response rate")]
    rows = (
        [row.department.code, row.department.name, row.asked, row.answered, row.rate.text]
        for row in field.rows
        if row.rate
    )
    return csv_text(header, rows)
