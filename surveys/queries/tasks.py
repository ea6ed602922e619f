"""What waits for a person: surveys to answer, and waves of their own that need a push."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from buyin.accounts.models import Role, User
from buyin.prepared import Prepared
from surveys.answers import Typed
from surveys.models import Anonymity, Draft, Participation, Wave
from surveys.models.homes import homes_of

from .drafts import sealed_drafts, stopped_at
from .field import Rate, overall_rates
from .filling import COLUMNS, definition_of, wave_of

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """A wave that waits for this person, how long it takes, and at which question they stopped.

    It is 0 where nothing is typed, and where the wave is anonymous and their browser is not here.
    """

    wave: Wave
    minutes: int
    stopped_at: int


def waiting_for(person: User, *, secret: str = "") -> list[Waiting]:
    """Return the open waves that this person has not answered, the first to close first.

    With the secret of their browser it is known, too, where they stopped in anonymous ones.
    """
    if person.department_id is None:
        return []
    found: list[tuple[Wave, Typed | None]] = []
    for row in AWAITING.rows(person=person.pk, department=person.department_id):
        cells = iter(row)
        found.append((wave_of(cells), next(cells)))
    anonymous = [wave.pk for wave, _typed in found if _is_anonymous(wave)]
    sealed = sealed_drafts(person, anonymous, secret=secret) if secret and anonymous else {}
    return [_waiting(wave, typed or sealed.get(wave.pk, {})) for wave, typed in found]


def _awaiting(person: int, department: int) -> QuerySet[Wave, Any]:
    """Return what `waiting_for` reads of each wave, with what this person has typed by name."""
    waves = Wave.objects.awaiting(User(pk=person, department_id=department))
    typed = Draft.objects.filter(wave=OuterRef("pk"), person=person).values("typed")
    return (
        waves.annotate(typed=Subquery(typed))
        .order_by("closes_at", "pk")
        .values_list(*COLUMNS, "typed")
    )


AWAITING = Prepared(_awaiting, person=int, department=int)


def _is_anonymous(wave: Wave) -> bool:
    return wave.version.anonymity == Anonymity.ANONYMOUS


def _waiting(wave: Wave, typed: Typed) -> Waiting:
    definition = definition_of(wave.version)
    return Waiting(wave, definition.minutes, stopped_at(definition, typed))


def waiting_for_all(people: Sequence[User]) -> dict[int, list[Waiting]]:
    """Return the same as `waiting_for` for many people at once, by their ids; five queries."""
    waves = list(
        Wave.objects.open()
        .select_related("survey", "version")
        .defer("version__definition")
        .order_by("closes_at", "pk")
    )
    homes = homes_of([wave.pk for wave in waves], people)
    about = {"wave__in": waves, "person__in": people}
    answered = set(
        Participation.objects.filter(**about).order_by().values_list("wave_id", "person_id")
    )
    drafts = {
        (wave, person): typed
        for wave, person, typed in Draft.objects.filter(**about)
        .order_by()
        .values_list("wave_id", "person_id", "typed")
    }
    return {
        person.pk: [
            _waiting(wave, drafts.get((wave.pk, person.pk), {}))
            for wave in waves
            if homes.asks(wave.pk, person) and (wave.pk, person.pk) not in answered
        ]
        for person in people
    }


def closed_for_all(
    people: Sequence[User], *, since: datetime, until: datetime
) -> dict[int, list[Wave]]:
    """Return the waves that closed in a period and had asked each of these people; three queries."""
    waves = list(Wave.objects.closed_between(since, until).select_related("survey"))
    homes = homes_of([wave.pk for wave in waves], people)
    return {person.pk: [wave for wave in waves if homes.asks(wave.pk, person)] for person in people}


def closing_soon(person: User) -> Iterator[tuple[Wave, Rate]]:
    """Yield this author's waves that close within a week and that few have answered."""
    own = Q(survey__initiative__lead=person)
    if person.holds(Role.LEAD):
        own = Q()
    waves = list(
        Wave.objects.open()
        .filter(own, closes_at__lte=Now() + SOON)
        .select_related("survey")
        .order_by("closes_at", "pk")
        .distinct()
    )
    rates = overall_rates(waves) if waves else {}
    for wave in waves:
        rate = rates.get(wave.pk)
        if rate and rate.is_low:
            yield wave, rate
