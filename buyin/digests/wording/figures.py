"""Readiness in words, made from the figures and right in every case."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.digests.reports import Bar, BarRow, Line, Overview, Standing
from buyin.readiness.models import Band

from .general import moved

COLOURS = {
    Band.READY.value: "#6fa58b",
    Band.NOT_READY.value: "#b0413e",
    Band.TOO_CLOSE.value: "#c9a45b",
}
UNKNOWN = "#9aa5ae"


def standing_subject(standing: Standing | None, waiting: int) -> str:
    """Return the subject of a lead's report, the numbers first."""
    extra = _attention(waiting)
    if standing is None:
        return extra or _("no readiness figures yet")
    if not standing.is_released:
        first = _("%(name)s: too few answers to show") % {"name": standing.department}
    else:
        first = _("%(name)s: readiness %(value)d") % {
            "name": standing.department,
            "value": standing.value,
        }
        if standing.change is not None:
            first = f"{first} ({moved(standing.change)})"
    return f"{first}, {extra}" if extra else first


def lead_headline(standing: Standing | None, waiting: int) -> str:
    """Return the finding and how much waits, as the first words of a lead's report."""
    finding, extra = standing_headline(standing), _attention(waiting)
    return f"{finding} {extra}." if extra else finding


def standing_headline(standing: Standing | None) -> str:
    """Return the finding in one sentence."""
    if standing is None:
        return _("There are no readiness figures yet.")
    name = {"name": standing.department}
    if not standing.is_released:
        return _("%(name)s: too few answers to show a score.") % name
    facts = {**name, "value": standing.value, "moved": moved(standing.change)}
    if standing.change is None:
        return _("%(name)s: readiness %(value)d.") % facts
    return _("%(name)s: readiness %(value)d, %(moved)s.") % facts


def standing_summary(standing: Standing | None) -> str:
    """Return how many answered, how sure the score is, what it means and what holds it back."""
    if standing is None:
        return _("They appear when the first readiness survey has closed.")
    if not standing.is_released:
        least = {"least": settings.SMALLEST_GROUP}
        return (
            _("A score is shown from %(least)d answers on, so that nobody shows through.") % least
        )
    parts = [response_rate(standing), _likely(standing), _verdict(standing), hindrance(standing)]
    return " ".join(part for part in parts if part)


def response_rate(standing: Standing) -> str:
    """Return "212 of 388 people answered (55 %)." or nothing where that may not be told."""
    if standing.rate is None:
        return ""
    return _("%(answered)s of %(asked)s people answered (%(rate)d %%).") % {
        "answered": intcomma(standing.answered),
        "asked": intcomma(standing.asked),
        "rate": standing.rate,
    }


def hindrance(standing: Standing) -> str:
    """Return which dimension holds people back, or those that tie for it."""
    names = [bar.label for bar in standing.barriers]
    if not names:
        return ""
    if len(names) == 1:
        return _hindering(standing.barriers[0].code)
    if len(names) == len(standing.bars):
        return _("All sides of readiness are level.")
    listed = {"first": ", ".join(names[:-1]), "last": names[-1]}
    return _("Lowest together: %(first)s and %(last)s.") % listed


def bar_row(bar: Bar) -> BarRow:
    """Return the bar in colours and words; the words say all that the colour says."""
    band = str(Band(bar.band).label)
    arrow = ("▲ " if bar.change > 0 else "▼ ") if bar.change else ""
    return BarRow(
        label=bar.label,
        meaning=_("%(band)s, the lowest") % {"band": band} if bar.is_barrier else band,
        colour=COLOURS.get(bar.band, UNKNOWN),
        value=bar.value,
        shown=_("not shown") if bar.value is None else str(bar.value),
        moved=f"{arrow}{moved(bar.change)}",
    )


def standing_line(standing: Standing, url: str) -> Line:
    """Return one line for a department or an initiative beside the main one."""
    if not standing.is_released:
        return Line(standing.initiative, url, _("too few answers to show"))
    detail = _("readiness %(value)d") % {"value": standing.value}
    return Line(
        standing.initiative, url, ", ".join(p for p in (detail, moved(standing.change)) if p)
    )


def least_ready_line(standing: Standing, url: str) -> Line:
    """Return one of the least ready departments with its score, verdict and barrier."""
    detail = " · ".join(
        part
        for part in (
            _("readiness %(value)d") % {"value": standing.value},
            str(Band(standing.band).label),
            hindrance(standing).rstrip("."),
        )
        if part
    )
    return Line(standing.department, url, detail)


def overview_subject(standing: Standing | None, overview: Overview) -> str:
    """Return the subject of an executive's report."""
    if standing is None or not standing.is_released:
        return _("AI programme: no readiness figures yet")
    facts = {
        "value": standing.value,
        "ready": overview.ready,
        "departments": overview.departments,
        "moved": f" ({moved(standing.change)})" if standing.change is not None else "",
    }
    if not overview.departments:
        return _("AI programme: readiness %(value)d%(moved)s") % facts
    return (
        _(
            "AI programme: readiness %(value)d%(moved)s, %(ready)d of %(departments)d departments ready"
        )
        % facts
    )


def overview_headline(standing: Standing | None, overview: Overview) -> str:
    """Return the finding as the first sentence of an executive's report."""
    if standing is None or not standing.is_released:
        return standing_headline(standing)
    if not overview.departments:
        return standing_headline(standing)
    if not overview.ready:
        return _("No department is ready yet.")
    if overview.ready == overview.departments:
        return _("Every department is ready.")
    return _("%(ready)d of %(departments)d departments are ready.") % {
        "ready": overview.ready,
        "departments": overview.departments,
    }


def overview_summary(standing: Standing | None) -> str:
    """Return the agency's own score, how sure it is and how many answered."""
    if standing is None or not standing.is_released:
        return standing_summary(standing)
    score = standing_headline(standing)
    parts = [score, _likely(standing), response_rate(standing), hindrance(standing)]
    return " ".join(part for part in parts if part)


def band_lines(overview: Overview) -> tuple[Line, ...]:
    """Return how many departments are in which band, leaving out bands without any."""
    rows = (
        (Band.READY, overview.ready),
        (Band.TOO_CLOSE, overview.too_close),
        (Band.NOT_READY, overview.not_ready),
        (Band.NOT_ENOUGH, overview.not_enough),
    )
    lines = []
    for band, number in rows:
        if number:
            count = ngettext("%(n)d department", "%(n)d departments", number) % {"n": number}
            lines.append(Line(f"{count}: {band.label}"))
    return tuple(lines)


def what_helps(bars: Sequence[Bar], url: str) -> tuple[Line, ...]:
    """Return what usually helps where a dimension is the lowest; the advice of the portal itself."""
    return tuple(
        Line(_advice(bar.code), url, _("lowest of the five: %(name)s") % {"name": bar.label})
        for bar in bars
        if bar.is_barrier
    )


def _hindering(code: str) -> str:
    return {
        "commitment": _("Commitment holds people back."),
        "confidence": _("Confidence holds people back."),
        "skills": _("Skills hold people back."),
        "resources": _("Resources hold people back."),
        "openness": _("Openness holds people back."),
    }[code]


def _advice(code: str) -> str:
    return {
        "commitment": _("Show what the change is for, with one example from daily work"),
        "confidence": _("Let people try it out with help at hand"),
        "skills": _("Plan time for training"),
        "resources": _("Ask which time, tools or support are missing, and decide"),
        "openness": _("Answer open questions where everybody can read the answer"),
    }[code]


def _attention(waiting: int) -> str:
    if not waiting:
        return ""
    return ngettext("%(n)d thing to do", "%(n)d things to do", waiting) % {"n": waiting}


def _likely(standing: Standing) -> str:
    if standing.low is None or standing.high is None:
        return ""
    bounds = {"low": standing.low, "high": standing.high}
    return _("Very likely between %(low)d and %(high)d.") % bounds


def _verdict(standing: Standing) -> str:
    return {
        Band.READY: _("That is ready."),
        Band.NOT_READY: _("That is not ready yet."),
        Band.TOO_CLOSE: _("Too close to call whether that is ready."),
    }.get(Band(standing.band), "")
