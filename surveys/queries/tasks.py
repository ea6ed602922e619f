"""What waits for a person: surveys to answer, and waves of their own that need a push."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from buyin.accounts.models import Role, User
from surveys.models import Anonymity, Draft, Wave

from .field import Rate, overall_rates
from .filling import definition_of

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """A wave that waits for this person's answer, and how many questions they have answered."""

    wave: Wave
    minutes: int
    answered: int


def waiting_for(person: User) -> list[Waiting]:
    """Return the open waves that this person has not answered, the first to close first."""
    if person.department_id is None:
        return []
    waves = list(
        Wave.objects.awaiting(person)
        .select_related("survey", "version")
        .defer("version__definition")
        .order_by("closes_at", "pk")
    )
    named = [wave.pk for wave in waves if wave.version.anonymity != Anonymity.ANONYMOUS]
    drafts: dict[int, dict] = {}
    if named:
        rows = Draft.objects.filter(wave__in=named, person=person).order_by()
        drafts = dict(rows.values_list("wave_id", "typed"))
    return [
        Waiting(wave, definition_of(wave.version).minutes, len(drafts.get(wave.pk, {})))
        for wave in waves
    ]


def closing_soon(person: User) -> Iterator[tuple[Wave, Rate]]:
    """Yield this author's waves that close within a week and that few have answered."""
    if not person.held_roles and not person.led_initiatives.exists():
        return
    own = Q(survey__owner=person) | Q(survey__initiative__lead=person)
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
