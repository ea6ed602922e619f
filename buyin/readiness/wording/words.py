"""Numbers, lists and names as they stand inside a sentence."""

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from buyin.readiness.index import DIMENSIONS
from buyin.readiness.standing import Standing


def band_words(band: str) -> str:
    """Return the words for a band."""
    return {
        "ready": pgettext("band", "ready"),
        "not-ready": pgettext("band", "not ready"),
        "too-close": pgettext("band", "too close to call"),
        "not-enough": pgettext("band", "not enough data"),
    }[band]


def number(count: int) -> str:
    """Return a small number as a word and a large one in digits."""
    return str(apnumber(count)) if count < 10 else grouped(count)  # noqa: PLR2004


def grouped(count: int) -> str:
    """Return a number with its thousands apart."""
    return formats.number_format(count, force_grouping=True)


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence."""
    if len(names) == 1:
        return names[0]
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def lowered(codes: Sequence[str]) -> list[str]:
    """Return the names of dimensions as they stand inside a sentence, in their usual order."""
    return [str(d.name).lower() for d in DIMENSIONS if d.code in codes]


def answered_of(standing: Standing) -> str:
    """Return how many of those asked have answered, with the rate."""
    if standing.answered is None or standing.rate is None:
        return _("too few answers to show")
    return _("%(answered)s of %(asked)s · %(rate)d\u00a0%%") % {
        "answered": grouped(standing.answered),
        "asked": grouped(standing.asked),
        "rate": standing.rate,
    }
