"""How much of what an initiative needs is covered, drawn and in one sentence."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from buyin.figures import BRAND, PALE, Figure
from buyin.initiatives.wording import number
from buyin.stakeholders.queries.commitments import Cover

HUNDRED = 100
MOST_NAMED = 3


def coverage_figure(covers: Sequence[Cover]) -> Figure | None:
    """Return the chart of what is committed and received of what is requested, None of nothing."""
    asked = [one for one in covers if one.amounts.coverage is not None]
    if not asked:
        return None
    return Figure(
        id="coverage",
        title=_message(asked),
        summary=_(
            "Of what is requested, in percent. Wide: committed, that is signed or allotted. "
            "Narrow: received, that is ready to be used."
        ),
        plot=_plot(asked),
        columns=[
            *(_("Kind"), _("Requested"), _("Pledged"), _("Committed"), _("Received"), _("Covered")),
        ],
        rows=[_cells(one) for one in covers],
    )


def _message(covers: Sequence[Cover]) -> str:
    """Return in one sentence what is covered least."""
    least = min(covers, key=lambda one: one.amounts.coverage or 0)
    share = least.amounts.coverage or 0
    words = {"kind": _named(least), "percent": percent(least.amounts.coverage)}
    if all((one.amounts.arrived or 0) >= 1 for one in covers):
        return _("Everything that was requested is there")
    if share >= 1:
        return _("Everything that was requested is committed, but not all has arrived")
    if not share:
        return _bare([one for one in covers if not one.amounts.coverage], len(covers))
    return _("%(kind)s is covered least: %(percent)s are committed") % words


def _bare(covers: Sequence[Cover], every: int) -> str:
    """Return of what nothing is committed yet; of many how many they are."""
    names = ", ".join(_named(one) for one in covers)
    if len(covers) == 1:
        return _("%(kind)s: nothing is committed yet") % {"kind": names}
    if len(covers) <= MOST_NAMED:
        return _("Nothing is committed yet of %(kinds)s") % {"kinds": names}
    words = {"n": len(covers), "all": every}
    return _("Of %(n)d out of %(all)d nothing is committed yet") % words


def percent(share: Decimal | None) -> str:
    """Return a share as people read it, rounded down, and a dash where there is none."""
    return "–" if share is None else _("%(n)d %%") % {"n": int(HUNDRED * share)}


def _named(cover: Cover) -> str:
    return f"{cover.kind.label} ({cover.unit})"


def _plot(covers: Sequence[Cover]) -> dict[str, Any]:
    names = [_named(one) for one in covers]
    shares = [
        (PALE, [_drawn(one.amounts.coverage) for one in covers], 0.62),
        (BRAND, [_drawn(one.amounts.arrived) for one in covers], 0.3),
    ]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "x": values,
            "y": names,
            "marker": {"color": colour, "line": {"color": BRAND, "width": 1}},
            "width": [width] * len(names),
            "hovertemplate": "%{x:.0f} %<extra></extra>",
        }
        for colour, values, width in shares
    ]
    layout = {
        "barmode": "overlay",
        "xaxis": {"range": [0, HUNDRED], "ticksuffix": " %", "dtick": 25},
        "yaxis": {"categoryorder": "array", "categoryarray": names[::-1]},
    }
    return {"data": bars, "layout": layout}


def _drawn(share: Decimal | None) -> float:
    """Return a share in percent; more than was requested fills the bar."""
    return float(min(HUNDRED * (share or 0), Decimal(HUNDRED)))


def _cells(cover: Cover) -> list[str]:
    amounts = cover.amounts
    steps = (amounts.requested, amounts.pledged, amounts.committed, amounts.received)
    return [_named(cover), *map(number, steps), percent(amounts.coverage)]
