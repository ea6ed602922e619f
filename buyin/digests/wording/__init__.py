"""What the reports say, in plain words."""

from .figures import (
    band_lines,
    bar_rows,
    headline,
    initiative_line,
    lead_headline,
    lead_subject,
    least_ready_line,
    overview_headline,
    overview_subject,
    overview_summary,
    summary,
)
from .general import (
    as_subject,
    button_for,
    first_due,
    news,
    reason_for,
    task_detail,
    things,
    week_label,
)

__all__ = [
    "as_subject",
    "band_lines",
    "bar_rows",
    "button_for",
    "first_due",
    "headline",
    "initiative_line",
    "lead_headline",
    "lead_subject",
    "least_ready_line",
    "news",
    "overview_headline",
    "overview_subject",
    "overview_summary",
    "reason_for",
    "summary",
    "task_detail",
    "things",
    "week_label",
]
