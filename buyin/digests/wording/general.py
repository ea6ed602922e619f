"""The words that every report has: its week, what waits, why somebody gets it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.digests.models import DigestKind
from buyin.digests.reports import Span
from buyin.features import DigestItem, Task
from buyin.outbox.message import in_header

LONGEST_SUBJECT = 150


def week_label(span: Span) -> str:
    """Return "week 47", or the dates of a month's report."""
    if span.weeks == 1:
        return _("week %(week)d") % {"week": int(span.period[-2:])}
    last = span.ends_on - timedelta(days=1)
    of_first = "MONTH_DAY_FORMAT" if span.starts_on.year == last.year else "DATE_FORMAT"
    return _("%(first)s to %(last)s") % {
        "first": formats.date_format(span.starts_on, of_first),
        "last": formats.date_format(last, "DATE_FORMAT"),
    }


def as_subject(text: str) -> str:
    """Return the text as a mail's subject: one line, not too long, whatever a name contains."""
    line = in_header(text)
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
    """Return "2 things for you, about 34 minutes", or the one thing by its name."""
    total = ngettext("%(n)d thing for you", "%(n)d things for you", len(tasks)) % {"n": len(tasks)}
    if len(tasks) == 1:
        return f"{total}: {tasks[0].title}"
    minutes = sum(task.minutes or 0 for task in tasks)
    if not minutes:
        return total
    length = ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}
    return f"{total}, {length}"


def first_due(tasks: Sequence[Task]) -> str:
    """Return until when the most urgent thing can be done, or nothing where none ends."""
    ends = [task.due for task in tasks if task.due]
    if not ends:
        return ""
    first = {"day": day(min(ends))}
    if min(ends) < timezone.now():
        return _("The first one was due on %(day)s.") % first
    return _("The first one ends on %(day)s.") % first


def news(items: Sequence[DigestItem]) -> str:
    """Return how many things happened and the first of them, or the one by its title."""
    if not items:
        return _("Nothing new")
    if len(items) == 1:
        return items[0].title
    return _("%(n)d things happened, among them: %(first)s") % {
        "n": len(items),
        "first": items[0].title,
    }


def task_detail(task: Task) -> str:
    """Return how long a task takes, until when, and what else is to be said of it."""
    parts = []
    if task.minutes:
        minutes = ngettext("%(n)d minute", "%(n)d minutes", task.minutes) % {"n": task.minutes}
        parts.append(minutes)
    if task.due:
        is_over = task.due < timezone.now()
        until = _("was due on %(day)s") if is_over else _("until %(day)s")
        parts.append(until % {"day": day(task.due)})
    facts = ", ".join(parts)
    return f"{facts}. {task.detail}" if facts and task.detail else facts or task.detail


def button_for(department: str) -> str:
    """Return what the button of a lead's report says."""
    if department:
        return _("Open the page of %(name)s") % {"name": department}
    return _("Open the readiness page")


def day(moment: datetime) -> str:
    """Return a day as people say it, by the agency's clock: "Friday 27 November"."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return formats.date_format(local, "l j F")


def reason_for(kind: str, department: str) -> str:
    """Return why this person gets the report."""
    if kind == DigestKind.EXECUTIVE:
        return _("You get this because you are an executive of the agency.")
    if kind == DigestKind.LEAD and department:
        return _("You get this because you look after %(name)s.") % {"name": department}
    if kind == DigestKind.LEAD:
        return _("You get this because you lead the programme.")
    return _("You get this because you have an account at the portal.")
