"""Benefits in words: amounts with their units, states, and what a chart says in one sentence."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .models import Benefit, Measurement

# A dis-benefit has a limit: these states read otherwise there.
_OF_LIMITS = {
    Benefit.State.REALISED: gettext_noop("kept within its limit"),
    Benefit.State.NOT_REALISED: gettext_noop("beyond its limit"),
}


def number(value: Decimal) -> str:
    """Return a number without needless zeros, its thousands apart."""
    text = f"{value:f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return str(number_format(Decimal(plain or "0"), force_grouping=True))


def number_in(stored: str) -> str:
    """Return a number that was stored as text as people read it."""
    return number(Decimal(stored))


def amount(benefit: Benefit, value: Decimal | None) -> str:
    """Return a value with its unit, and a dash where there is none."""
    if value is None:
        return "–"
    return f"{number(value)} {benefit.unit}".strip()


def state_words(benefit: Benefit, state: str | None = None) -> str:
    """Return a state as people read it; of a dis-benefit it speaks of the limit."""
    found = Benefit.State(state or benefit.state)
    if benefit.is_disbenefit and found in _OF_LIMITS:
        return _(_OF_LIMITS[found])
    return str(found.label)


def message(benefit: Benefit, measured: Sequence[Measurement]) -> str:
    """Return what a chart says: "Median days to decide fell from 41 to 29; target 25".

    `measured` are the measurements that count, the oldest first.
    """
    begins = benefit.baseline_value
    if begins is None and len(measured) > 1:
        begins = measured[0].value
    sentence = _moved(benefit, begins, measured[-1].value)
    if benefit.target_value is None:
        return sentence
    words = (
        _("%(sentence)s; limit %(target)s")
        if benefit.is_disbenefit
        else _("%(sentence)s; target %(target)s")
    )
    return words % {"sentence": sentence, "target": number(benefit.target_value)}


def _moved(benefit: Benefit, begins: Decimal | None, now: Decimal) -> str:
    said = {"what": benefit.indicator or benefit.title, "now": amount(benefit, now)}
    if begins is None:
        return _("%(what)s: %(now)s") % said
    said["begins"] = number(begins)
    if now == begins:
        return _("%(what)s is where it was, at %(now)s") % said
    if now < begins:
        return _("%(what)s fell from %(begins)s to %(now)s") % said
    return _("%(what)s rose from %(begins)s to %(now)s") % said


def told_value(measurement: Measurement) -> str:
    """Return what was measured with its name: "Median days to decide: 29 days"."""
    benefit = measurement.benefit
    name = benefit.indicator or benefit.title
    return _("%(what)s: %(now)s") % {"what": name, "now": amount(benefit, measurement.value)}
