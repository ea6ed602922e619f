"""The waves that ask people, for those who look after them: how many have answered, and where."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.accounts.models import LOOKING_ROLES, Department, Role, User, under
from surveys.models import Wave

from .field import Field, Rate, WaveState, field_of, rates_by_group, state_of
from .tasks import SOON

MOST = 5
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class RunningWave:
    """A wave as somebody sees it who looks after the people asked; no rate of a small group.

    `department` is theirs, None for the whole agency.
    """

    wave: Wave
    department: Department | None
    rate: Rate | None

    @property
    def state(self) -> WaveState:
        """Return where the wave is now."""
        return state_of(self.wave, timezone.now())


@dataclass(frozen=True)
class NearField(Field):
    """The field of a wave as far as it tells of departments that somebody looks after.

    Every figure is one of the whole field. `asked`, `overall` and `answered` are those of the one
    department under which all others stand that are shown, `top`, or of none.
    """

    top: Department | None = None

    @property
    def finding(self) -> str:
        """Return the sentence that says how the wave stands in these departments."""
        if self.overall or not any(row.rate for row in self.rows):
            return super().finding
        low = len(self.low)
        if not low:
            return _("Every department shown is on target")
        words = ngettext(
            "%(n)d department is under the target", "%(n)d departments are under the target", low
        )
        return words % {"n": low}


def may_look(person: User) -> bool:
    """Return whether there may be waves for this person that others follow."""
    return person.has_role(*LOOKING_ROLES) and not person.leads_agency


def waves_near(person: User) -> QuerySet[Wave]:
    """Return the waves near this person that have opened and not closed long ago.

    Those that are not over come first, the first to close before others.
    """
    lately = Q(closed_at=None) | Q(closed_at__gt=Now() - LATELY)
    found = Wave.objects.near(person).filter(lately, opens_at__lte=Now())
    ordered = found.order_by(F("closed_at").desc(nulls_first=True), "closes_at", "pk")
    return ordered.select_related("survey__initiative", "version").defer("version__definition")


def field_near(wave: Wave, person: User) -> NearField:
    """Return the field of a wave as far as it tells of departments into which this person may look."""
    field = field_of(wave)
    if person.sees_agency:
        return NearField(**vars(field))
    near = _held(person)
    rows = [row for row in field.rows if row.department.pk in near]
    least = min((row.depth for row in rows), default=0)
    shown = {row.department.pk for row in rows if row.rate}
    tops = [row for row in rows if row.rate and row.parent not in shown]
    top = tops[0] if len(tops) == 1 else None
    return NearField(
        wave=wave,
        state=field.state,
        asked=sum(row.asked for row in tops),
        overall=top.rate if top else None,
        answered=top.answered if top else "",
        rows=[replace(row, depth=row.depth - least) for row in rows],
        top=top.department if top else None,
    )


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
    return _rated(found, near, rates_by_group(found) if found else {})


def rates_near(person: User, waves: Sequence[Wave]) -> list[RunningWave]:
    """Return these waves, each with how many have answered in this person's departments."""
    near = None if person.sees_agency else _held(person)
    return _rated(waves, near, rates_by_group(waves) if waves else {})


def lagging_for_all(people: Collection[User]) -> dict[int, list[RunningWave]]:
    """Return by coordinator the waves near them that few have answered though half the time is over.

    In its last week a wave is told of in any case. The number of queries does not depend on the people. Who follows a wave as its author is told
    of it as an author.
    """
    coordinators = [one for one in people if one.has_role(Role.COORDINATOR) and may_look(one)]
    if not coordinators:
        return {}
    running = Wave.objects.open().select_related("survey__initiative").order_by("closes_at", "pk")
    waves = [wave for wave in running if _is_late(wave, timezone.now())]
    rates = rates_by_group(waves)
    every = {one.pk: one for one in Department.objects.all()} if rates else {}
    above = [(one.pk, one.parent_id) for one in every.values()]
    found: dict[int, list[RunningWave]] = {}
    for person in coordinators:
        others = [wave for wave in waves if wave.survey.initiative.lead_id != person.pk]
        held = under(person.tops_held(*LOOKING_ROLES), above)
        near = None if person.sees_agency else {pk: every[pk] for pk in held if pk in every}
        lines = _rated(others, near, rates)
        found[person.pk] = [one for one in lines if one.rate and one.rate.is_low]
    return found


def _is_late(wave: Wave, now: datetime) -> bool:
    """Return whether little time is left; on its first day a rate says nothing yet."""
    half = (wave.closes_at - wave.opens_at) / 2
    return wave.closes_at - now <= max(half, SOON) and not wave.is_first_day


def _held(person: User) -> dict[int, Department]:
    return {one.pk: one for one in Department.objects.visible_to(person)}


def _rated(
    waves: Sequence[Wave],
    near: dict[int, Department] | None,
    rates: dict[int, dict[int | None, Rate]],
) -> list[RunningWave]:
    """Return waves with the rate of the departments in reach, of the whole agency where all are."""
    if near is None:
        return [RunningWave(wave, None, rates.get(wave.pk, {}).get(None)) for wave in waves]
    return [_largest(wave, near, rates.get(wave.pk, {})) for wave in waves]


def _largest(wave: Wave, near: dict[int, Department], rates: dict[int | None, Rate]) -> RunningWave:
    """Return a wave with the rate of the uppermost department in reach that has one to show."""
    shown = [one for one in near.values() if one.pk in rates]
    tops = [one for one in shown if one.parent_id not in {other.pk for other in shown}]
    first = min(tops, key=lambda one: one.name, default=None)
    return RunningWave(wave, first, rates[first.pk] if first else None)
