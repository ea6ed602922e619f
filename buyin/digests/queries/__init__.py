"""Reads that span models: who gets a report, what it rests on, how the sending goes."""

from .audience import Audience, audience_of, kinds_for, people_to_plan, reasons_to_skip, reports_of
from .overview import (
    MailHealth,
    RunCount,
    keeps_readable_mail,
    mail_health,
    recent_runs,
    troubled_messages,
)
from .standing import Look, looks_of

__all__ = [
    "Audience",
    "Look",
    "MailHealth",
    "RunCount",
    "audience_of",
    "keeps_readable_mail",
    "kinds_for",
    "looks_of",
    "mail_health",
    "people_to_plan",
    "reasons_to_skip",
    "recent_runs",
    "reports_of",
    "troubled_messages",
]
