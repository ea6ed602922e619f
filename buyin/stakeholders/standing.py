"""What follows from how somebody stands: quadrant, salience and gap. Numbers in, words out.

Scores go from 1 to 5; None means that nobody has assessed it, which is never the same as a middle 3.
"""

from enum import StrEnum

HIGH = 4  # from here on a score counts as high; the middle, 3, does not
UNAWARE = 0  # off the scale: who knows nothing of it can neither resist nor support it


class Quadrant(StrEnum):
    """How much care somebody needs by power and interest (Mendelow)."""

    MANAGE_CLOSELY = "manage-closely"
    KEEP_SATISFIED = "keep-satisfied"
    KEEP_INFORMED = "keep-informed"
    MONITOR = "monitor"


class Salience(StrEnum):
    """Which of power, legitimacy and urgency somebody has (Mitchell, Agle and Wood)."""

    DORMANT = "dormant"
    DISCRETIONARY = "discretionary"
    DEMANDING = "demanding"
    DOMINANT = "dominant"
    DANGEROUS = "dangerous"
    DEPENDENT = "dependent"
    DEFINITIVE = "definitive"
    NONE = "none"


_QUADRANTS = {
    (True, True): Quadrant.MANAGE_CLOSELY,
    (True, False): Quadrant.KEEP_SATISFIED,
    (False, True): Quadrant.KEEP_INFORMED,
    (False, False): Quadrant.MONITOR,
}
_CLASSES = {
    (True, False, False): Salience.DORMANT,
    (False, True, False): Salience.DISCRETIONARY,
    (False, False, True): Salience.DEMANDING,
    (True, True, False): Salience.DOMINANT,
    (True, False, True): Salience.DANGEROUS,
    (False, True, True): Salience.DEPENDENT,
    (True, True, True): Salience.DEFINITIVE,
    (False, False, False): Salience.NONE,
}


def quadrant(power: int | None, interest: int | None) -> Quadrant | None:
    """Return the quadrant for these scores, None where one of them was not assessed."""
    if power is None or interest is None:
        return None
    return _QUADRANTS[power >= HIGH, interest >= HIGH]


def salience(power: int | None, legitimacy: int | None, urgency: int | None) -> Salience | None:
    """Return the class for these scores, None where one of them was not assessed."""
    if power is None or legitimacy is None or urgency is None:
        return None
    return _CLASSES[power >= HIGH, legitimacy >= HIGH, urgency >= HIGH]


def gap(current: int | None, desired: int | None) -> int | None:
    """Return how many steps there are from the current to the desired level.

    None where one of them was not assessed, and for who is unaware: that is no step of the scale.
    """
    if current is None or desired is None or UNAWARE in (current, desired):
        return None
    return desired - current


def is_behind(current: int | None, desired: int | None) -> bool:
    """Return whether somebody is not yet where they are wanted; who is unaware has all the way to go."""
    return current is not None and desired is not None and current < desired
