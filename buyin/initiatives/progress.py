"""How far a benefit has come from its baseline to its target, and which state that suggests.

    share = (value - baseline) / (target - baseline)

0 is where it began and 1 is the target, whether higher or lower is better: the signs cancel. Below
0 it has moved the wrong way. What a change costs people (a dis-benefit) has a limit in place of a
target: there the share says how much of what was agreed to bear is used up, and above 1 it is more.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ON_TRACK_FROM = Decimal("0.8")  # of the way that a straight line would have come by that day
NEAR_THE_LIMIT = Decimal("0.8")  # of what was agreed to bear


class Suggestion(StrEnum):
    """The states that figures can suggest; the codes are those of the register."""

    PLANNED = "planned"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    REALISED = "realised"
    NOT_REALISED = "not-realised"


@dataclass(frozen=True)
class Aim:
    """Where a benefit began, where it should go and by when."""

    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    higher_is_better: bool
    is_disbenefit: bool = False


@dataclass(frozen=True)
class Progress:
    """Where one value stands between baseline and target; `share` is None where they are the same."""

    share: Decimal | None
    is_met: bool

    @property
    def percent(self) -> int | None:
        """Return the share as whole percent, never rounded up to the whole way."""
        if self.share is None:
            return None
        whole = int((self.share * 100).to_integral_value(rounding="ROUND_HALF_EVEN"))
        return min(whole, 99) if self.share < 1 else whole


def progress(aim: Aim, value: Decimal) -> Progress:
    """Return how far a value has come, and whether target or limit are kept."""
    way = aim.target - aim.baseline
    share = (value - aim.baseline) / way if way else None
    is_met = value >= aim.target if aim.higher_is_better else value <= aim.target
    return Progress(share, is_met)


def expected_share(aim: Aim, day: date) -> Decimal:
    """Return how far a straight line from baseline to target has come by a day, from 0 to 1."""
    whole = (aim.target_on - aim.baseline_on).days
    gone = (day - aim.baseline_on).days
    if whole <= 0:
        return Decimal(1)
    return min(max(Decimal(gone) / whole, Decimal(0)), Decimal(1))


def suggested(aim: Aim, newest: tuple[Decimal, date] | None, today: date) -> Suggestion:
    """Return the state that the newest measurement, a value and its day, suggests.

    A target that was missed on its day is said to be missed; one whose day has passed since the
    newest measurement is at risk until somebody measures again.
    """
    if newest is None:
        return Suggestion.AT_RISK if today > aim.target_on else Suggestion.PLANNED
    value, day = newest
    stands = progress(aim, value)
    if aim.is_disbenefit:
        return _of_disbenefit(aim, stands, day)
    if stands.is_met:
        return Suggestion.REALISED
    if day >= aim.target_on:
        return Suggestion.NOT_REALISED
    # A value that is not met has not come as far as the target, so the way is not zero.
    share = stands.share or Decimal(0)
    is_on_track = share >= ON_TRACK_FROM * expected_share(aim, day)
    return Suggestion.ON_TRACK if is_on_track and today <= aim.target_on else Suggestion.AT_RISK


def _of_disbenefit(aim: Aim, stands: Progress, day: date) -> Suggestion:
    is_over = day >= aim.target_on
    if not stands.is_met:
        return Suggestion.NOT_REALISED if is_over else Suggestion.AT_RISK
    if is_over:
        return Suggestion.REALISED
    is_near = stands.share is not None and stands.share > NEAR_THE_LIMIT
    return Suggestion.AT_RISK if is_near else Suggestion.ON_TRACK
