"""Sentences: how sure a finding is, what changed and how everybody else stands."""

from collections import Counter
from collections.abc import Iterable

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from buyin.readiness.scoring import Verdict
from buyin.readiness.standing import Board, Score, Standing

from .titles import subject_of
from .words import grouped, listed, lowered, number


def sentence_of(board: Board) -> str:
    """Return the sentences under the title: how sure, what changed, how the others stand."""
    scored = board.scored
    if not scored and (board.whole is None or board.whole.overall is None):
        return _(
            "Results are shown for groups of %(smallest)d answers and more, so that nobody can be "
            "recognised."
        ) % {"smallest": board.smallest}
    titled = subject_of(board)
    subject = titled or (board.whole if board.whole and board.whole.overall else scored[0])
    said = [lens_sentence(board), _score_sentence(subject, is_named=titled is None)]
    said.append(change_sentence(subject, board))
    if len(scored) > 1:
        said.append(bands_sentence(scored))
        if not board.differ:
            said.append(_("The differences between departments can be chance."))
    said.append(beside_sentence(board))
    return " ".join(sentence for sentence in said if sentence)


def lens_sentence(board: Board) -> str:
    """Return why there is no overall score, where a survey asked about too little."""
    if not board.lens:
        return ""
    asked = listed(lowered(board.dimensions))
    return _("The survey asked about %(asked)s only, too little for an overall score.") % {
        "asked": asked
    }


def beside_sentence(board: Board) -> str:
    """Return where the whole agency stands, for a page about a part of it."""
    if board.beside is None or board.beside.overall is None:
        return ""
    return _("The whole agency stands at %(score)d.") % {"score": round(board.beside.overall.value)}


def standing_sentence(standing: Standing, board: Board) -> str:
    """Return the sentences under the title of one department's page."""
    if not standing.is_shown:
        hidden = _(
            "Results are shown for groups of %(smallest)d answers and more, so that nobody can be "
            "recognised. Smaller groups count in the department above."
        ) % {"smallest": board.smallest}
        return f"{hidden} {beside_sentence(board)}".strip()
    said = [lens_sentence(board), _score_sentence(standing, is_named=False)]
    if standing.overall:
        said.append(change_sentence(standing, board))
    elif not board.lens:
        said.append(_("Too few dimensions can be shown for an overall score."))
    if standing.is_thin:
        said.append(_("Fewer than half of the people asked have answered."))
    said.append(beside_sentence(board))
    return " ".join(sentence for sentence in said if sentence)


def change_sentence(standing: Standing, board: Board) -> str:
    """Return how a score has moved since the wave before, and whether that can be chance."""
    if board.is_first:
        return _("These are the first answers, so there is no change to show yet.")
    if standing.change is None or board.since is None:
        return _("There is no earlier score to compare with.")
    month = formats.date_format(board.since, "F Y")
    by = round(standing.change.by)
    if by == 0:
        return _("Unchanged since %(month)s.") % {"month": month}
    said = (
        (
            _("Up %(points)d since %(month)s, more than chance would give.")
            if by > 0
            else _("Down %(points)d since %(month)s, more than chance would give.")
        )
        if standing.change.is_real
        else (
            _("Up %(points)d since %(month)s, which can be chance.")
            if by > 0
            else _("Down %(points)d since %(month)s, which can be chance.")
        )
    )
    return said % {"points": abs(by), "month": month}


def bands_sentence(standings: Iterable[Standing]) -> str:
    """Return how many are ready, are not, or are too close to call, as one sentence."""
    count = Counter(s.overall.band for s in standings if s.overall)
    first: dict[Verdict, tuple[str, str]] = {
        "ready": (_("one department is ready"), _("%(count)s departments are ready")),
        "not-ready": (_("one department is not ready"), _("%(count)s departments are not ready")),
        "too-close": (
            _("one department is too close to call"),
            _("%(count)s departments are too close to call"),
        ),
        "not-enough": (
            _("one department has not enough data"),
            _("%(count)s departments have not enough data"),
        ),
    }
    later: dict[Verdict, tuple[str, str]] = {
        "not-ready": (_("one is not"), _("%(count)s are not")),
        "too-close": (_("one is too close to call"), _("%(count)s are too close to call")),
        "not-enough": (_("one has not enough data"), _("%(count)s have not enough data")),
    }
    parts: list[str] = []
    for band, forms in first.items():
        one, many = later[band] if parts else forms
        if count[band]:
            parts.append(one if count[band] == 1 else many % {"count": number(count[band])})
    return _("%(sentence)s.") % {"sentence": capfirst(", ".join(parts))} if parts else ""


def chart_summary(board: Board) -> str:
    """Return what the chart shows and how many people stand behind it."""
    said = [_("Estimate and 95 % range, 0 to 100.")]
    if board.whole and board.whole.answered is not None:
        said.append(
            _("Based on %(answered)s answers from %(asked)s people asked.")
            % {"answered": grouped(board.whole.answered), "asked": grouped(board.whole.asked)}
        )
    return " ".join(said)


def _score_sentence(standing: Standing, *, is_named: bool) -> str:
    score = standing.overall
    if score is None:
        return ""
    values = {"name": standing.name, "score": round(score.value), **_range(score)}
    if score.low is None:
        return _("%(name)s stands at %(score)d of 100.") % values
    if is_named:
        return (
            _("%(name)s stands at %(score)d of 100, very likely between %(low)d and %(high)d.")
            % values
        )
    return _("%(score)d of 100, very likely between %(low)d and %(high)d.") % values


def _range(score: Score) -> dict[str, int]:
    if score.low is None or score.high is None:
        return {}
    return {"low": round(score.low), "high": round(score.high)}
