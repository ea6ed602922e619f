"""Readiness in words, made from the figures and right in every case."""

from collections import Counter

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.digests.reports import BarRow, Finding, Line, Overview
from buyin.readiness.index import BY_CODE
from buyin.readiness.standing import Standing
from buyin.readiness.wording import band_words, change_sentence, listed, lowered

from .general import moved

COLOURS = {"ready": "#6fa58b", "not-ready": "#b0413e", "too-close": "#c9a45b"}
UNKNOWN = "#9aa5ae"


def lead_subject(finding: Finding | None, waiting: int) -> str:
    """Return the subject of a lead's report, the numbers first."""
    extra = _attention(waiting)
    if finding is None:
        return extra or _("no readiness figures yet")
    if finding.value is None:
        first = _("%(name)s: too few answers to show") % {"name": finding.now.name}
    else:
        facts = {"name": finding.now.name, "value": finding.value}
        first = _("%(name)s: readiness %(value)d") % facts + _in_brackets(finding.change)
    return f"{first}, {extra}" if extra else first


def lead_headline(finding: Finding | None, waiting: int) -> str:
    """Return the finding and how much waits, as the first words of a lead's report."""
    first, extra = headline(finding), _attention(waiting)
    return f"{first} {extra}." if extra else first


def headline(finding: Finding | None) -> str:
    """Return the finding in one sentence."""
    if finding is None:
        return _("There are no readiness figures yet.")
    name = {"name": finding.now.name}
    if finding.value is None:
        return _("%(name)s: too few answers to show a score.") % name
    facts = {**name, "value": finding.value, "moved": moved(finding.change)}
    if finding.change is None:
        return _("%(name)s: readiness %(value)d.") % facts
    return _("%(name)s: readiness %(value)d, %(moved)s.") % facts


def summary(finding: Finding | None) -> str:
    """Return how many answered, how sure the score is, what changed and what holds people back."""
    if finding is None:
        return _("They appear when the first readiness survey has closed.")
    if finding.value is None:
        least = {"least": settings.SMALLEST_GROUP}
        return (
            _("A score is shown from %(least)d answers on, so that nobody shows through.") % least
        )
    parts = (
        response_rate(finding.now),
        _likely(finding.now),
        _verdict(finding.now),
        change_sentence(finding.now, finding.board),
        hindrance(finding.now),
    )
    return " ".join(part for part in parts if part)


def response_rate(standing: Standing) -> str:
    """Return "212 of 388 people answered (55 %)." or nothing where that may not be told."""
    if standing.rate is None:
        return ""
    return _("%(answered)s of %(asked)s people answered (%(rate)d\u00a0%%).") % {
        "answered": intcomma(standing.answered),
        "asked": intcomma(standing.asked),
        "rate": standing.rate,
    }


def hindrance(standing: Standing) -> str:
    """Return which dimension holds people back, or is merely the lowest, or those that tie for it."""
    codes = standing.barriers
    if not codes:
        return ""
    if len(codes) == len(standing.dimensions) > 1:
        return _("All sides of readiness are level.")
    if len(codes) == 1:
        is_ready = standing.overall is not None and standing.overall.band == "ready"
        lowest = _("Lowest: %(name)s.") % {"name": lowered(codes)[0]}
        return lowest if is_ready else _hindering(codes[0])
    return _("Lowest together: %(names)s.") % {"names": listed(lowered(codes))}


def bar_rows(finding: Finding | None) -> tuple[BarRow, ...]:
    """Return the dimensions that may be shown, in colours and in words that say the same."""
    if finding is None or finding.value is None:
        return ()
    return tuple(
        _bar_row(finding, code, is_lowest=finding.now.barriers == [code])
        for code in BY_CODE
        if code in finding.now.dimensions
    )


def initiative_line(finding: Finding, url: str) -> Line:
    """Return one line for an initiative beside the main one."""
    if finding.value is None:
        return Line(finding.initiative, url, _("too few answers to show"))
    parts = (_("readiness %(value)d") % {"value": finding.value}, moved(finding.change))
    return Line(finding.initiative, url, ", ".join(part for part in parts if part))


def least_ready_line(standing: Standing, url: str) -> Line:
    """Return one of the least ready departments with its score, verdict and barrier."""
    parts = [hindrance(standing).rstrip(".")]
    if standing.overall:
        score = _("readiness %(value)d") % {"value": round(standing.overall.value)}
        parts = [score, band_words(standing.overall.band), *parts]
    return Line(standing.name, url, " · ".join(part for part in parts if part))


def overview_subject(finding: Finding | None, overview: Overview) -> str:
    """Return the subject of an executive's report."""
    if finding is None or finding.value is None:
        return _("AI programme: no readiness figures yet")
    score = _("AI programme: readiness %(value)d") % {"value": finding.value}
    score += _in_brackets(finding.change)
    if not overview.bands:
        return score
    ready = _("%(ready)d of %(departments)d departments ready") % _ready_of(overview)
    return f"{score}, {ready}"


def overview_headline(finding: Finding | None, overview: Overview) -> str:
    """Return the finding as the first sentence of an executive's report."""
    if finding is None or finding.value is None or not overview.bands:
        return headline(finding)
    ready = _ready_of(overview)
    if not ready["ready"]:
        return _("None of %(departments)d departments is ready yet.") % ready
    if ready["ready"] == ready["departments"]:
        return _("All %(departments)d departments are ready.") % ready
    return _("%(ready)d of %(departments)d departments are ready.") % ready


def overview_summary(finding: Finding | None) -> str:
    """Return the agency's own score, how sure it is and how many answered."""
    if finding is None or finding.value is None:
        return summary(finding)
    return f"{headline(finding)} {summary(finding)}"


def band_lines(overview: Overview) -> tuple[Line, ...]:
    """Return how many departments are in which band, leaving out bands without any."""
    count = Counter(overview.bands)
    lines = []
    for band in ("ready", "too-close", "not-ready", "not-enough"):
        if count[band]:
            words = ngettext("%(n)d department", "%(n)d departments", count[band])
            lines.append(Line(f"{words % {'n': count[band]}}: {band_words(band)}"))
    return tuple(lines)


def _bar_row(finding: Finding, code: str, *, is_lowest: bool) -> BarRow:
    score, change = finding.now.dimensions[code], finding.change_in(code)
    band = band_words(score.band)
    arrow = ("▲ " if change > 0 else "▼ ") if change else ""
    return BarRow(
        label=str(BY_CODE[code].name),
        meaning=_("%(band)s, the lowest") % {"band": band} if is_lowest else band,
        colour=COLOURS.get(score.band, UNKNOWN),
        value=round(score.value),
        moved=f"{arrow}{moved(change)}",
    )


def _hindering(code: str) -> str:
    return {
        "commitment": _("Commitment holds people back."),
        "confidence": _("Confidence holds people back."),
        "skills": _("Skills hold people back."),
        "resources": _("Resources hold people back."),
        "openness": _("Openness holds people back."),
    }[code]


def _in_brackets(change: int | None) -> str:
    return "" if change is None else f" ({moved(change)})"


def _ready_of(overview: Overview) -> dict[str, int]:
    return {"ready": overview.bands.count("ready"), "departments": len(overview.bands)}


def _attention(waiting: int) -> str:
    if not waiting:
        return ""
    return ngettext("%(n)d thing to do", "%(n)d things to do", waiting) % {"n": waiting}


def _likely(standing: Standing) -> str:
    score = standing.overall
    if score is None or score.low is None or score.high is None:
        return ""
    bounds = {"low": round(score.low), "high": round(score.high)}
    return _("Very likely between %(low)d and %(high)d.") % bounds


def _verdict(standing: Standing) -> str:
    return {
        "ready": _("That is ready."),
        "not-ready": _("That is not ready yet."),
        "too-close": _("Too close to call whether that is ready."),
    }.get(standing.overall.band if standing.overall else "", "")
