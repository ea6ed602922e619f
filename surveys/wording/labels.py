"""Answers and shares in words."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from buyin.readiness import release
from surveys.definitions import HIGHEST_RATING, LOWEST_RATING
from surveys.results.bins import Bin
from surveys.results.reading import Cell, Edge, ItemResult
from surveys.results.tally import CHOSEN, LEFT

MONTH = 7  # characters of "2026-01"
SMALL, LARGE = 10, 100


def cell_label(result: ItemResult, cell: Cell) -> str:
    """Return what the people of this cell answered."""
    return codes_label(result, cell.codes)


def codes_label(result: ItemResult, codes: Sequence[str]) -> str:
    """Return these answers in words: one, a stretch of a scale, or several choices."""
    if result.bins:
        return _range(result.bins, [int(code) for code in codes])
    texts = texts_of(result)
    named = [texts[code] for code in codes if code in texts]
    if len(named) == 1:
        return named[0]
    if result.upper:
        if len(named) == 2:  # noqa: PLR2004 - two are named both
            return _("%(one)s or %(other)s") % {"one": named[0], "other": named[1]}
        return _("%(low)s to %(high)s") % {"low": named[0], "high": named[-1]}
    in_order = [text for code, text in texts.items() if code in codes]
    return _("Other answers together: %(answers)s") % {"answers": "; ".join(in_order)}


def texts_of(result: ItemResult) -> dict[str, str]:
    """Return the text of each answer by its code."""
    question = result.item.question
    if result.item.type == "rating":
        return {str(n): str(n) for n in range(LOWEST_RATING, HIGHEST_RATING + 1)}
    points = question.points if result.item.type == "likert" else question.choices
    return {CHOSEN: _("chosen"), LEFT: _("not chosen")} | {one.code: one.text for one in points}


def share_words(count: int, n: int) -> str:
    """Return a share in percent, never all and never nobody."""
    return stored_share(release.share(count, n).as_code)


def stored_share(code: str) -> str:
    """Return a stored share ("54", "under 10", "over 90") as people read it."""
    side, _space, percent = code.rpartition(" ")
    if side == "under":
        return _("under %(percent)s %%") % {"percent": percent}
    if side == "over":
        return _("over %(percent)s %%") % {"percent": percent}
    return _("%(percent)s %%") % {"percent": percent}


def edge_of_choice(edge: Edge) -> str:
    """Return the share that chose something, where nearly all or hardly anybody did."""
    if edge.codes == (CHOSEN,):
        return stored_share(edge.share)
    return stored_share(f"under {100 - int(edge.share.split()[-1])}")


def number_words(value: float) -> str:
    """Return a number with as many digits as mean something."""
    if abs(value) >= LARGE or float(value).is_integer():
        return str(localize(round(value)))
    return str(localize(round(value, 1 if abs(value) >= SMALL else 2)))


def _range(bins: Sequence[Bin], places: Sequence[int]) -> str:
    low, high = bins[min(places)][0], bins[max(places)][1]
    if isinstance(low, str) or isinstance(high, str):
        first, last = _period(str(low)), _period(str(high))
        return first if first == last else _("%(low)s to %(high)s") % {"low": first, "high": last}
    if low == high:
        return number_words(low)
    if min(places) == 0:
        return _("up to %(high)s") % {"high": number_words(high)}
    if max(places) == len(bins) - 1:
        return _("%(low)s or more") % {"low": number_words(low)}
    return _("%(low)s to %(high)s") % {"low": number_words(low), "high": number_words(high)}


def _period(written: str) -> str:
    """Return a month or a year as people read it."""
    if len(written) < MONTH:
        return written
    return date_format(date.fromisoformat(f"{written}-01"), "YEAR_MONTH_FORMAT")
