"""How the answers of one department spread over each dimension, as a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buyin.readiness import release
from buyin.readiness.index import BY_CODE, Dimension
from buyin.readiness.standing import Score, Standing


@dataclass(frozen=True)
class Spread:
    """One dimension: how many people stand where, and where they all might if all were heard."""

    dimension: str
    unfavourable: str
    neutral: str
    favourable: str
    bounds: str


def barriers_of(standing: Standing) -> list[tuple[Dimension, int]]:
    """Return the lowest dimension with its score, several where they tie."""
    return [(BY_CODE[code], round(standing.dimensions[code].value)) for code in standing.barriers]


def spreads_of(standing: Standing) -> list[Spread]:
    """Return each dimension's spread, as far as the release rule lets it be cut."""
    return list(_spreads(standing))


def _spreads(standing: Standing) -> Iterator[Spread]:
    for code, score in standing.dimensions.items():
        shares = _shares(score)
        bounds = "–"
        if score.favourable_between:
            low, high = score.favourable_between
            bounds = _("%(low)d to %(high)d %%") % {"low": low, "high": high}
        yield Spread(
            dimension=str(BY_CODE[code].name),
            unfavourable=shares.get("unfavourable", ""),
            neutral=shares.get("neutral", ""),
            favourable=_share_words(score.favourable),
            bounds=bounds,
        )


def _shares(score: Score) -> dict[str, str]:
    """Return the shares on each side; a finer cut is added up, a coarser one says so."""
    counts = dict(score.distribution)
    total = sum(counts.values())
    if "other" in counts:
        together = _("%(share)s with neutral") % {"share": _share(counts["other"], total)}
        return {"unfavourable": together, "neutral": "–"}
    if "1" in counts:
        counts = {"unfavourable": counts["1"] + counts["2"], "neutral": counts["3"]}
    if not counts:
        hidden = _("hidden")
        return {"unfavourable": hidden, "neutral": hidden}
    return {name: _share(count, total) for name, count in counts.items()}


def _share(count: int, total: int) -> str:
    return _share_words(release.share(count, total).as_code)


def _share_words(code: str) -> str:
    """Return a stored share as people read it."""
    side, _space, percent = code.rpartition(" ")
    if side == "under":
        return _("under %(percent)s %%") % {"percent": percent}
    if side == "about":
        return _("about %(percent)s %%") % {"percent": percent}
    if side == "over":
        return _("over %(percent)s %%") % {"percent": percent}
    return _("%(percent)s %%") % {"percent": percent}
