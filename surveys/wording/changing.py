"""Changes between waves in words."""

import math
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.results.changes import UPPER, Changed, Headline, by_chance
from surveys.results.reading import ItemResult

from .labels import codes_label, number_words, texts_of


def figure_name(headline: Headline) -> str:
    """Return what a figure counts: the answer that it is the share of, or the mean."""
    item = headline.item
    if not headline.is_share:
        return _("%(question)s (on average)") % {"question": item.text}
    result = ItemResult(item)
    if headline.part == UPPER:
        answer = codes_label(result, result.upper)
    else:
        answer = texts_of(result).get(headline.part, headline.part)
    return _("%(question)s “%(answer)s”") % {"question": item.text, "answer": answer}


def short_name(headline: Headline) -> str:
    """Return the same where the question stands above: a statement, a choice, or the mean."""
    if headline.part == UPPER:
        return headline.item.text
    if not headline.is_share:
        return _("on average")
    return texts_of(ItemResult(headline.item)).get(headline.part, headline.part)


def value_words(headline: Headline) -> str:
    """Return a figure with its unit."""
    if headline.is_share:
        return _("%(percent)s %%") % {"percent": round(headline.value)}
    return f"{number_words(headline.value)} {headline.item.question.unit}".strip()


def change_words(changed: Changed) -> str:
    """Return whether a figure has changed by more than chance, and how much that would take."""
    change = changed.change
    if changed.now.is_share:
        points, least = round(abs(change.by)), max(1, math.ceil(change.smallest_noticeable))
        words = {"by": points, "least": least}
        if not change.is_real:
            return _("no clear change; up to %(least)d points can be chance") % words
        if change.by > 0:
            return _("%(by)d points more, which chance alone would hardly give") % words
        return _("%(by)d points less, which chance alone would hardly give") % words
    by = number_words(abs(change.by))
    words_of_mean = {"by": by, "least": number_words(change.smallest_noticeable)}
    if not change.is_real:
        return _("no clear change; up to %(least)s can be chance") % words_of_mean
    if change.by > 0:
        return _("%(by)s more, which chance alone would hardly give") % words_of_mean
    return _("%(by)s less, which chance alone would hardly give") % words_of_mean


def changes_title(changes: Sequence[Changed]) -> str:
    """Return what has changed, as the title of the page."""
    real = [one for one in changes if one.change.is_real]
    if not changes:
        return _("The two waves share no question that can be compared")
    if not real:
        return _("Nothing has changed by more than chance would")
    return ngettext(
        "%(n)d answer of %(all)d has changed by more than chance would",
        "%(n)d answers of %(all)d have changed by more than chance would",
        len(real),
    ) % {"n": len(real), "all": len(changes)}


def changes_sentence(changes: Sequence[Changed]) -> str:
    """Return how many of the changes could be chance all the same."""
    chance = by_chance(changes)
    if not chance:
        return ""
    return ngettext(
        "Of so many answers about %(n)d would seem to change although nothing did.",
        "Of so many answers about %(n)d would seem to change although nothing did.",
        chance,
    ) % {"n": chance}
