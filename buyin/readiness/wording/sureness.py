"""How sure a page's figures are: who was heard, what the silent could change, what is chance."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from buyin.readiness.standing import Board, Standing

from .words import grouped, listed

_SMALLEST_P = 0.01


@dataclass(frozen=True)
class Sureness:
    """Pairs of a name and its value, and sentences that go with them."""

    facts: list[tuple[str, str]]
    notes: list[str]


def sureness_of(board: Board) -> Sureness:
    """Return how sure a board is."""
    facts: list[tuple[str, str]] = []
    notes: list[str] = []
    if board.whole:
        facts += _heard(board.whole)
    seen = board.parts or ([board.whole] if board.whole else [])
    thin = [part.name for part in seen if part.is_thin]
    if any(part.answered is not None for part in seen):
        facts.append((_("Under half answered"), listed(thin) if thin else _("no department")))
    if board.whole and board.whole.overall and board.whole.if_silent_lower is not None:
        value, lower = round(board.whole.overall.value), round(board.whole.if_silent_lower)
        facts.append((_("If the silent were 10 lower"), f"{value} → {lower}"))
        if not board.lens:
            notes.append(_firmness(board.whole))
    if board.differ is not None and len(board.scored) > 1:
        notes.insert(0, difference_sentence(is_real=board.differ, p=board.chance))
    return Sureness(facts, notes)


def difference_sentence(*, is_real: bool, p: float | None) -> str:
    """Return whether departments differ by more than chance, and how rare that would be."""
    said = (
        _("Departments differ by more than chance would give.")
        if is_real
        else _("The differences between departments can be chance.")
    )
    return said if p is None else f"{said} {_how_often(p)}"


def _how_often(p: float) -> str:
    """Return in how many surveys of a hundred chance alone would make such differences."""
    if p < _SMALLEST_P:
        return _("If all thought alike, not one survey in 100 would show differences this large.")
    said = _("If all thought alike, about %(many)d in 100 surveys would show them this large.")
    return said % {"many": round(100 * p)}


def probability_words(p: float | None) -> str:
    """Return a probability of chance as papers print it."""
    if p is None:
        return _("p unknown")
    return "p < .01" if p < _SMALLEST_P else "p = " + f"{p:.2f}".removeprefix("0")


def _heard(whole: Standing) -> list[tuple[str, str]]:
    answered = _("too few to show")
    if whole.answered is not None and whole.rate is not None:
        answered = f"{grouped(whole.answered)} ({whole.rate} %)"
    return [(_("Asked"), grouped(whole.asked)), (_("Answered"), answered)]


def _firmness(whole: Standing) -> str:
    if whole.otherwise:
        return _("Built in another way, the index would give another verdict: read it with care.")
    return _("The verdict stays the same when the index is built in other ways.")
