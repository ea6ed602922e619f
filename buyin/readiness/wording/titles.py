"""Titles: the finding of a page, a chart or a table in a few words."""

from collections import Counter
from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.readiness.index import BY_CODE
from buyin.readiness.standing import Board, Standing

from .words import listed, lowered, number

_MOST_NAMED = 2


def title_of(board: Board) -> str:
    """Return the finding as a title: who is least ready and why, or that this cannot be said."""
    return through(board.lens, _title(board))


def through(lens: str, text: str) -> str:
    """Return a title with the dimension before it that stands for the overall score, if one does."""
    if not lens:
        return text
    return _("%(dimension)s: %(finding)s") % {"dimension": BY_CODE[lens].name, "finding": text}


def _title(board: Board) -> str:
    scored = board.scored
    if not scored:
        return _title_of_whole(board.whole)
    if len(scored) == 1:
        return _standing_title(scored[0])
    if all(part.overall and part.overall.band == "ready" for part in scored):
        return _all_ready(len(scored))
    return _title_of_lowest(scored) if board.differ else _title_without_order(board)


def subject_of(board: Board) -> Standing | None:
    """Return the one department that the title is about, or None where it is about several."""
    scored = board.scored
    if not scored:
        return board.whole
    if len(scored) == 1:
        return scored[0]
    all_ready = all(part.overall and part.overall.band == "ready" for part in scored)
    stands_out = board.differ and not all_ready and len(least_ready(scored)) == 1
    return scored[0] if stands_out else None


def least_ready(scored: Sequence[Standing]) -> list[Standing]:
    """Return the first of those sorted from the lowest, and whoever ties with it."""
    return [part for part in scored if rounded(part) == rounded(scored[0])]


def rounded(standing: Standing) -> int:
    """Return the overall score as a page shows it."""
    return round(standing.overall.value) if standing.overall else 0


def standing_title(standing: Standing) -> str:
    """Return where one department stands, as a title."""
    return through(standing.lens, _standing_title(standing))


def _standing_title(standing: Standing) -> str:
    if standing.overall is None:
        return _("%(name)s: too few answers to show a score") % {"name": standing.name}
    if standing.overall.band == "ready":
        return _("%(name)s is ready") % {"name": standing.name}
    said = {
        "not-ready": _("%(name)s is not ready yet"),
        "too-close": _("%(name)s is too close to call"),
        "not-enough": _("%(name)s has answers, but not enough to judge"),
    }[standing.overall.band] % {"name": standing.name}
    return _with_barrier(said, standing)


def chart_title(board: Board) -> str:
    """Return the message of the chart of departments."""
    return through(board.lens, _chart_title(board))


def _chart_title(board: Board) -> str:
    scored = board.scored
    ready = sum(part.overall.band == "ready" for part in scored if part.overall)
    total = len(scored)
    if total == 1:
        return _("Where %(name)s stands") % {"name": scored[0].name}
    if ready == total:
        return _all_ready(total)
    if ready == 0:
        return ngettext(
            "Neither of two departments is ready yet",
            "None of %(total)s departments is ready yet",
            total - 1,
        ) % {"total": number(total)}
    return ngettext(
        "%(ready)s of %(total)s departments is ready",
        "%(ready)s of %(total)s departments are ready",
        ready,
    ) % {"ready": capfirst(number(ready)), "total": number(total)}


def heat_title(board: Board) -> str:
    """Return which dimension holds back the most departments."""
    parts = [part for part in board.parts if part.barriers]
    count = Counter(code for part in parts for code in part.barriers)
    if not count:
        return _("Departments by dimension")
    ((code, most), *others) = count.most_common()
    ties = [code, *(other for other, times in others if times == most)]
    if len(parts) == 1:
        return _("The barrier is %(dimension)s") % {"dimension": listed(lowered(parts[0].barriers))}
    if len(ties) > 1:
        return _("No single dimension is the barrier everywhere")
    if most == len(parts):
        return _("%(dimension)s is the barrier everywhere") % {"dimension": BY_CODE[code].name}
    return ngettext(
        "%(dimension)s is the barrier in %(count)s department",
        "%(dimension)s is the barrier in %(count)s departments",
        most,
    ) % {"dimension": BY_CODE[code].name, "count": number(most)}


def _all_ready(count: int) -> str:
    if count <= _MOST_NAMED:
        return _("Both departments are ready")
    return _("All %(count)s departments are ready") % {"count": number(count)}


def _title_of_lowest(scored: Sequence[Standing]) -> str:
    lowest = least_ready(scored)
    if len(lowest) > _MOST_NAMED:
        return _("%(count)s departments are least ready, at %(score)d of 100") % {
            "count": capfirst(number(len(lowest))),
            "score": rounded(lowest[0]),
        }
    if len(lowest) > 1:
        return _("%(names)s are least ready") % {"names": listed([part.name for part in lowest])}
    return _with_barrier(_("%(name)s is least ready") % {"name": lowest[0].name}, lowest[0])


def _title_of_whole(whole: Standing | None) -> str:
    if whole is None or whole.overall is None:
        return _("Too few answers to say how ready people are")
    return _standing_title(whole)


def _title_without_order(board: Board) -> str:
    """Return a title that puts no department before another."""
    if board.whole and board.whole.barriers and len(board.whole.barriers) == 1:
        return _("No department stands out; %(dimension)s is lowest everywhere taken together") % {
            "dimension": lowered(board.whole.barriers)[0]
        }
    return _("No department stands out from the others")


def _with_barrier(said: str, standing: Standing) -> str:
    """Return a title with what holds the department back, where one or two dimensions do."""
    reason = barrier_words(standing)
    return _("%(finding)s; %(reason)s") % {"finding": said, "reason": reason} if reason else said


def barrier_words(standing: Standing) -> str:
    """Return what holds a department back, nothing where it is all or none of the dimensions."""
    names = lowered(standing.barriers)
    if not 0 < len(names) <= _MOST_NAMED:
        return ""
    if len(names) > 1:
        return _("%(dimensions)s hold it back") % {"dimensions": listed(names)}
    return {
        "commitment": _("commitment holds it back"),
        "confidence": _("confidence holds it back"),
        "skills": _("skills hold it back"),
        "resources": _("resources hold it back"),
        "openness": _("openness holds it back"),
    }[standing.barriers[0]]
