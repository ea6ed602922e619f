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
class NearRate:
    """How many have answered in a department with all under it; None is the whole agency."""

    department: Department | None
    rate: Rate


@dataclass(frozen=True)
class RunningWave:
    """A wave as somebody sees it who looks after the people asked; no rate of a small group.

    There is a rate for each separate tree of departments that is theirs.
    """

    wave: Wave
    rates: list[NearRate]

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
    return person.looks_into_departments and not person.leads_agency


def waves_near(person: User) -> QuerySet[Wave]:
    """Return the waves near this person that have opened and not closed long ago.

    Those that are not over come first, the first to close before others.
    """
    lately = Q(closed_at=None) | Q(closed_at__gt=Now() - LATELY)
    found = Wave.objects.followed_near(person).filter(lately, opens_at__lte=Now())
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
    if not person.looks_into_departments:
        return []
    waves = Wave.objects.open().select_related("survey__initiative", "version")
    if not person.sees_agency:
        waves = waves.asking_near(person)
    ordered = waves.defer("version__definition").order_by("closes_at", "pk")
    return rates_near(person, list(ordered[:MOST]))


def rates_near(person: User, waves: Sequence[Wave]) -> list[RunningWave]:
    """Return these waves, each with how many have answered in this person's departments."""
    near = None if person.sees_agency else _held(person)
    rates = rates_by_group(waves) if waves else {}
    return [RunningWave(wave, _near(near, rates.get(wave.pk, {}))) for wave in waves]


def lagging_for_all(people: Collection[User]) -> dict[int, list[RunningWave]]:
    """Return by coordinator the waves near them that few have answered though half the time is over.

    In its last week a wave is told of in any case. The number of queries does not depend on the
    people, and where none of them is a coordinator there is none. Who follows a wave as its author
    is told of it as an author.
    """
    coordinators = [one for one in people if one.has_role(Role.COORDINATOR) and may_look(one)]
    if not coordinators:
        return {}
    running = Wave.objects.open().select_related("survey__initiative").order_by("closes_at", "pk")
    waves = [wave for wave in running if _is_late(wave, timezone.now())]
    every = {one.pk: one for one in Department.objects.all()} if waves else {}
    rates = rates_by_group(waves, every.values()) if waves else {}
    above = [(one.pk, one.parent_id) for one in every.values()]
    found: dict[int, list[RunningWave]] = {}
    for person in coordinators:
        held = under(person.tops_held(*LOOKING_ROLES), above)
        near = None if person.sees_agency else {pk: every[pk] for pk in held if pk in every}
        for wave in waves:
            low = [one for one in _near(near, rates.get(wave.pk, {})) if one.rate.is_low]
            if low and wave.survey.initiative.lead_id != person.pk:
                found.setdefault(person.pk, []).append(RunningWave(wave, low))
    return found


def _is_late(wave: Wave, now: datetime) -> bool:
    """Return whether little time is left; on its first day a rate says nothing yet."""
    half = (wave.closes_at - wave.opens_at) / 2
    return wave.closes_at - now <= max(half, SOON) and not wave.is_first_day


def _held(person: User) -> dict[int, Department]:
    return {one.pk: one for one in Department.objects.visible_to(person)}


def _near(
    departments: dict[int, Department] | None, rates: dict[int | None, Rate]
) -> list[NearRate]:
    """Return the rates of the uppermost of these departments that have one, by name.

    None stands for all departments: then it is the rate of the whole agency.
    """
    if departments is None:
        return [NearRate(None, rates[None])] if None in rates else []
    shown = {pk: one for pk, one in departments.items() if pk in rates}
    tops = [one for one in shown.values() if one.parent_id not in shown]
    return [NearRate(one, rates[one.pk]) for one in sorted(tops, key=lambda one: one.name)]
