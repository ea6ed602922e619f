"""What would help most now: a few steps, each with its reason and one button that leads somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.translation import gettext as _

from . import wording
from .index import BY_CODE
from .models import Snapshot
from .standing import Board, Standing

_MOST = 3
_OLD = timedelta(days=120)


@dataclass(frozen=True)
class Step:
    """One thing to do: what, why, and the button."""

    title: str
    reason: str
    action: str
    url: str


def steps_for(board: Board, snapshot: Snapshot, *, today: date, is_author: bool) -> list[Step]:
    """Return the steps that matter most, at most three, the most important first."""
    found = [
        *_least_ready(board),
        *_barrier(board, snapshot),
        *_silent(board, is_author=is_author),
        *_old(snapshot, today=today, is_author=is_author),
        *_loose(snapshot),
    ]
    return found[:_MOST]


def _least_ready(board: Board) -> Iterator[Step]:
    """Yield a look at the department that needs most, where one stands out."""
    scored = board.scored
    if not board.differ or len(scored) <= 1 or not scored[0].overall:
        return
    lowest = scored[0]
    if scored[0].overall.band == "ready":
        return
    names = wording.lowered(lowest.barriers)
    if not names:
        return
    yield from _step(
        title=_("Work on %(dimension)s in %(department)s")
        % {"dimension": wording.listed(names), "department": lowest.name},
        reason=_lowest_reason(lowest, board),
        action=_("See why"),
        url_name="readiness:department",
        arguments=[lowest.code],
    )


def _barrier(board: Board, snapshot: Snapshot) -> Iterator[Step]:
    """Yield the question that people answer lowest in the dimension that holds all back."""
    lowest = [board.lens] if board.lens else board.whole.barriers if board.whole else []
    if not lowest:
        return
    code = lowest[0]
    items = [item for item in snapshot.summary.get("items", []) if item["dimension"] == code]
    if not items:
        return
    yield from _step(
        title=_("Start with “%(item)s”") % {"item": items[0]["text"]},
        reason=_("The lowest question on %(dimension)s: %(score)d of 100 in the whole agency.")
        % {"dimension": str(BY_CODE[code].name).lower(), "score": round(items[0]["value"])},
        action=_("See how it is measured"),
        url_name="readiness:method",
    )


def _silent(board: Board, *, is_author: bool) -> Iterator[Step]:
    """Yield asking again where fewer than half have answered."""
    thin = sorted((p for p in board.parts if p.is_thin), key=lambda p: (p.rate or 0, p.name))
    if not thin:
        return
    first: Standing = thin[0]
    title = _("Hear more people in %(department)s") % {"department": first.name}
    reason = _(
        "Fewer than half have answered: %(answered)s. Those who are silent may think otherwise."
    ) % {"answered": wording.answered_of(first)}
    if is_author:
        yield from _step(
            title=title,
            reason=reason,
            action=_("Plan another wave"),
            url_name="surveys:author-list",
        )
    else:
        yield from _step(
            title=title,
            reason=reason,
            action=_("See its answers"),
            url_name="readiness:department",
            arguments=[first.code],
        )


def _old(snapshot: Snapshot, *, today: date, is_author: bool) -> Iterator[Step]:
    """Yield asking again where the answers are old."""
    if is_author and snapshot.closed_on and today - snapshot.closed_on > _OLD:
        yield from _step(
            title=_("Ask again"),
            reason=_("The answers are from %(month)s.")
            % {"month": formats.date_format(snapshot.closed_on, "F Y")},
            action=_("Open the surveys"),
            url_name="surveys:author-list",
        )


def _loose(snapshot: Snapshot) -> Iterator[Step]:
    """Yield a warning where the questions of a dimension go together too loosely."""
    loose = [
        code
        for code, facts in snapshot.summary.get("by_dimension", {}).items()
        if (facts.get("reliability") or {}).get("is_low")
    ]
    if loose:
        yield from _step(
            title=_("Read %(dimensions)s question by question")
            % {"dimensions": wording.listed(wording.lowered(loose))},
            reason=_("Its questions go together too loosely to be read as one score."),
            action=_("See how sure it is"),
            url_name="readiness:method",
        )


def _lowest_reason(standing: Standing, board: Board) -> str:
    code = standing.barriers[0]
    score = round(standing.dimensions[code].value)
    compared = board.whole.dimensions.get(code) if board.whole else None
    if board.whole is None or compared is None:
        return _("%(score)d of 100, its lowest dimension.") % {"score": score}
    return _("%(score)d of 100, its lowest dimension; %(whole)s has %(other)d.") % {
        "score": score,
        "whole": board.whole.name,
        "other": round(compared.value),
    }


def _step(
    *, title: str, reason: str, action: str, url_name: str, arguments: list[str] | None = None
) -> Iterator[Step]:
    """Yield the step if its page exists."""
    try:
        yield Step(title, reason, action, reverse(url_name, args=arguments or []))
    except NoReverseMatch:
        return
