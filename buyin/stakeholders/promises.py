"""How far a commitment has come, and how much of what is needed is covered. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)


class Stage(StrEnum):
    """How far a commitment has come: the most binding step that it has reached in full."""

    DECLINED = "declined"
    OPEN = "open"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    PARTLY = "partly"
    RECEIVED = "received"


@dataclass(frozen=True)
class Amounts:
    """What is requested, pledged (said, binds nobody), committed (signed) and received, in one unit."""

    requested: Decimal = NOTHING
    pledged: Decimal = NOTHING
    committed: Decimal = NOTHING
    received: Decimal = NOTHING

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.requested + other.requested,
            self.pledged + other.pledged,
            self.committed + other.committed,
            self.received + other.received,
        )

    @property
    def coverage(self) -> Decimal | None:
        """Committed by requested, from 0; None where nothing is requested.

        What has arrived without a signature counts as committed: it is there.
        """
        return _share(max(self.committed, self.received), self.requested)

    @property
    def arrived(self) -> Decimal | None:
        """Received by requested, from 0; None where nothing is requested."""
        return _share(self.received, self.requested)


def total(amounts: Iterable[Amounts]) -> Amounts:
    """Return the sum of amounts of one unit."""
    return sum(amounts, start=Amounts())


def stage_of(amounts: Amounts, *, is_declined: bool) -> Stage:
    """Return how far a commitment has come: each step counts once it reaches what is requested.

    A part that has arrived shows as such; a smaller promise leaves the request open.
    """
    if is_declined:
        return Stage.DECLINED
    if amounts.received and amounts.received >= amounts.requested:
        return Stage.RECEIVED
    if amounts.received:
        return Stage.PARTLY
    if amounts.committed and amounts.committed >= amounts.requested:
        return Stage.COMMITTED
    if amounts.pledged and amounts.pledged >= amounts.requested:
        return Stage.PLEDGED
    return Stage.OPEN


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole if whole else None
