"""The words for what lies between two levels."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.stakeholders.models import Level, Stakeholder


def gap_words(current: int | None, desired: int | None) -> str:
    """Return what lies between two levels as people read it."""
    if current is None or desired is None:
        return "–"
    if current == Level.UNAWARE:
        return _("not told yet")
    steps = desired - current
    if steps == 0:
        return _("there")
    if steps < 0:
        return _("further than needed")
    return ngettext("%(steps)d step to go", "%(steps)d steps to go", steps) % {"steps": steps}


def named(stakeholder: Stakeholder) -> str:
    """Return the name, marked where somebody does not want to be contacted."""
    if stakeholder.may_be_contacted:
        return stakeholder.name
    return _("%(name)s (does not want to be contacted)") % {"name": stakeholder.name}
