"""What the map and the matrix say, in one sentence each."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.stakeholders.models import Level
from buyin.stakeholders.queries import Stance
from buyin.stakeholders.standing import Quadrant


def map_title(stances: Sequence[Stance]) -> str:
    """Return what the map of power and interest says."""
    if not any(stance.said.quadrant for stance in stances):
        return _("Nobody's power and interest are assessed yet")
    closely = _to_manage_closely(stances)
    if not closely:
        return _("Nobody has both much power and much interest")
    resisting = against(stances)
    words = {"all": len(closely), "against": len(resisting)}
    if resisting:
        return (
            ngettext(
                "%(against)d of %(all)d to manage closely resists",
                "%(against)d of %(all)d to manage closely resist",
                len(resisting),
            )
            % words
        )
    return (
        ngettext(
            "%(all)d is to be managed closely and does not resist",
            "%(all)d are to be managed closely and none of them resists",
            len(closely),
        )
        % words
    )


def against(stances: Sequence[Stance]) -> list[Stance]:
    """Return who is to be managed closely and resists."""
    return [one for one in _to_manage_closely(stances) if one.said.current == Level.RESISTANT]


def _to_manage_closely(stances: Sequence[Stance]) -> list[Stance]:
    return [one for one in stances if one.said.quadrant == Quadrant.MANAGE_CLOSELY]


def matrix_title(stances: Sequence[Stance]) -> str:
    """Return what the matrix of levels says."""
    gaps = [(one.said.gap, one.name) for one in stances if one.said.gap is not None]
    if not gaps:
        return _("Nobody has both a level now and a level wanted yet")
    behind = [(gap, name) for gap, name in gaps if gap > 0]
    if not behind:
        return _("All who are assessed are where we want them")
    widest, name = max(behind, key=lambda one: one[0])
    words = {"behind": len(behind), "all": len(gaps), "name": name, "steps": widest}
    return (
        ngettext(
            "%(behind)d of %(all)d is not yet where we want them: %(name)s is the farthest away",
            "%(behind)d of %(all)d are not yet where we want them: %(name)s is the farthest away",
            len(behind),
        )
        % words
    )
