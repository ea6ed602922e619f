"""The words that every report has: its week, what waits, why somebody gets it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.digests.models import DigestKind
from buyin.digests.reports import Span
from buyin.features import Task
from buyin.outbox.message import one_line

LONGEST_SUBJECT = 150


def week_label(span: Span) -> str:
    """Return "week 47", or the dates of a month's report."""
    if span.weeks == 1:
        return _("week %(week)d") % {"week": int(span.period[-2:])}
    return _("%(weeks)d weeks to %(day)s") % {
        "weeks": span.weeks,
        "day": formats.date_format(span.ends_on, "DATE_FORMAT"),
    }


def as_subject(text: str) -> str:
    """Return the text as a mail's subject: one line, not too long, whatever a name contains."""
    line = one_line(text)
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"


def moved(change: int | None) -> str:
    """Return "up 4", "down 1", "no change", or nothing where there is nothing to compare."""
    if change is None:
        return ""
    if change == 0:
        return _("no change")
    words = _("up %(points)d") if change > 0 else _("down %(points)d")
    return words % {"points": abs(change)}


def things(tasks: Sequence[Task]) -> str:
    """Return "2 things for you: 1 survey, 1 course"."""
    count = Counter(task.kind for task in tasks)
    kinds = ", ".join(_counted(kind, number) for kind, number in count.items())
    total = ngettext("%(n)d thing for you", "%(n)d things for you", len(tasks)) % {"n": len(tasks)}
    return f"{total}: {kinds}" if kinds else total


def news(number: int) -> str:
    """Return the subject of a report without tasks: "3 news from last week"."""
    return ngettext("%(n)d thing happened", "%(n)d things happened", number) % {"n": number}


def together(minutes: int) -> str:
    """Return how long everything takes, or nothing."""
    if not minutes:
        return ""
    words = ngettext("It takes %(n)d minute.", "It takes about %(n)d minutes.", minutes)
    return words % {"n": minutes}


def task_detail(task: Task) -> str:
    """Return how long a task takes and when it is due, as far as that is known."""
    parts = []
    if task.minutes:
        minutes = ngettext("%(n)d minute", "%(n)d minutes", task.minutes) % {"n": task.minutes}
        parts.append(minutes)
    if task.due:
        parts.append(_("until %(day)s") % {"day": day(task.due.date())})
    return ", ".join(parts) or task.detail


def button_for(department: str) -> str:
    """Return what the button of a lead's report says."""
    if department:
        return _("Open the page of %(name)s") % {"name": department}
    return _("Open the readiness page")


def day(moment: date) -> str:
    """Return a day as people say it: "Friday 27 November"."""
    return formats.date_format(moment, "l j F")


def reason_for(kind: str, department: str) -> str:
    """Return why this person gets the report."""
    if kind == DigestKind.EXECUTIVE:
        return _("You get this because you are an executive of the agency.")
    if kind == DigestKind.LEAD and department:
        return _("You get this because you look after %(name)s.") % {"name": department}
    if kind == DigestKind.LEAD:
        return _("You get this because you lead the programme.")
    return _("You get this because you have an account at the portal.")


def _counted(kind: str, number: int) -> str:
    words = {
        "survey": ngettext("%(n)d survey", "%(n)d surveys", number),
        "course": ngettext("%(n)d course", "%(n)d courses", number),
        "answer": ngettext("%(n)d question to answer", "%(n)d questions to answer", number),
    }
    other = ngettext("%(n)d other", "%(n)d others", number)
    return words.get(kind, other) % {"n": number}
