"""Where a level and what happened since it was assessed do not agree. Pure functions, no opinions.

Only what came after the assessment speaks against it: whoever assessed knew what was before. So to
assess again settles it, whichever level it is then. Nothing here changes a level.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

UNAWARE, RESISTANT, SUPPORTIVE = 0, 1, 3
QUIET_DAYS = 182  # half a year without contact
MONTH = 30
LATEST = 2  # moods that count: one bad day is no turn
WARM, COLD = 1, -1


class Clash(StrEnum):
    """What speaks against a level."""

    QUIET = "quiet"
    LATE = "late"
    DECLINED = "declined"
    COOLED = "cooled"
    WARMED = "warmed"
    GIVES = "gives"
    TOLD = "told"


@dataclass(frozen=True)
class Facts:
    """What happened with somebody about an initiative, up to the day that is looked at.

    Days are sorted. `moods` are how engagements went, from -2 to 2; `late` are the days by which
    something promised or asked should have come and did not, `given` those on which all of it had.
    """

    level: int | None = None
    assessed_on: date | None = None
    met: Sequence[date] = ()
    moods: Sequence[tuple[date, int]] = ()
    late: Sequence[date] = ()
    declined: Sequence[date] = ()
    given: Sequence[date] = ()

    @property
    def last_met(self) -> date | None:
        """The day of the last contact."""
        return self.met[-1] if self.met else None


@dataclass(frozen=True)
class Against:
    """One thing that speaks against a level: which, and how many (months, promises, meetings)."""

    clash: Clash
    number: int


def against(facts: Facts, day: date) -> list[Against]:
    """Return what speaks against the level as of a day; nothing where nobody assessed it."""
    if facts.level is None or facts.assessed_on is None:
        return []
    since = facts.assessed_on
    if facts.level == UNAWARE:
        return list(_some(Clash.TOLD, _after(facts.met, since)))
    if facts.level >= SUPPORTIVE:
        return list(_against_support(facts, since, day))
    return list(_for_more(facts, since)) if facts.level == RESISTANT else []


def trend(moods: Sequence[tuple[date, int]]) -> int:
    """Return whether the later half of the moods is better (1), worse (-1) or like the earlier."""
    if len(moods) < LATEST:
        return 0
    half = len(moods) // 2
    earlier, later = moods[:-half], moods[-half:]
    difference = _mean(later) - _mean(earlier)
    return (difference > 0) - (difference < 0)


def _against_support(facts: Facts, since: date, day: date) -> Iterator[Against]:
    quiet = (day - max(since, facts.last_met or since)).days
    if quiet >= QUIET_DAYS:
        yield Against(Clash.QUIET, quiet // MONTH)
    yield from _some(Clash.LATE, _after(facts.late, since))
    yield from _some(Clash.DECLINED, _after(facts.declined, since))
    lately = [one for one in facts.moods if one[0] > since][-LATEST:]
    if len(lately) == LATEST and _mean(lately) <= COLD:
        yield Against(Clash.COOLED, LATEST)


def _for_more(facts: Facts, since: date) -> Iterator[Against]:
    yield from _some(Clash.GIVES, _after(facts.given, since))
    lately = [one for one in facts.moods if one[0] > since][-LATEST:]
    if len(lately) == LATEST and _mean(lately) >= WARM:
        yield Against(Clash.WARMED, LATEST)


def _some(clash: Clash, days: Sequence[date]) -> Iterator[Against]:
    if days:
        yield Against(clash, len(days))


def _after(days: Sequence[date], since: date) -> list[date]:
    return [day for day in days if day > since]


def _mean(moods: Sequence[tuple[date, int]]) -> float:
    return sum(mood for _day, mood in moods) / len(moods)
