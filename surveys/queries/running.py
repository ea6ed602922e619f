"""The waves that ask people now, for those who look after them: how many have answered."""

from dataclasses import dataclass

from buyin.accounts.models import LOOKING_ROLES, Department, User
from surveys.models import Wave

from .field import Rate, rates_by_group

MOST = 5


@dataclass(frozen=True)
class RunningWave:
    """An open wave as somebody sees it who looks after the people asked; no rate of a small group.

    `department` is theirs, None for the whole agency.
    """

    wave: Wave
    department: Department | None
    rate: Rate | None


def running_for(person: User) -> list[RunningWave]:
    """Return the open waves in this person's reach, the first to close first.

    Who looks after single departments sees how many have answered there and nothing of the others.
    """
    if not person.has_role(*LOOKING_ROLES):
        return []
    near = None if person.sees_agency else _held(person)
    waves = Wave.objects.open().select_related("survey__initiative", "version")
    if near is not None:
        waves = waves.filter(groups__department__in=near).distinct()
    found = list(waves.defer("version__definition").order_by("closes_at", "pk")[:MOST])
    rates = rates_by_group(found) if found else {}
    if near is None:
        return [RunningWave(wave, None, rates.get(wave.pk, {}).get(None)) for wave in found]
    return [_largest(wave, near, rates.get(wave.pk, {})) for wave in found]


def _held(person: User) -> dict[int, Department]:
    return {one.pk: one for one in Department.objects.visible_to(person)}


def _largest(wave: Wave, near: dict[int, Department], rates: dict[int | None, Rate]) -> RunningWave:
    """Return a wave with the rate of the uppermost department in reach that has one to show."""
    shown = [one for one in near.values() if one.pk in rates]
    tops = [one for one in shown if one.parent_id not in {other.pk for other in shown}]
    first = min(tops, key=lambda one: one.name, default=None)
    return RunningWave(wave, first, rates[first.pk] if first else None)
