"""Who is kept for longer than there was anything to do with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import (
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    CommitmentEntry,
    ConsentEvent,
    LegalHold,
    Participation,
    Post,
    Relationship,
    Removal,
    Stakeholder,
)

NEVER = date(1900, 1, 1)


@dataclass(frozen=True)
class Due:
    """A person who is proposed for removal: the last dealing, and what holds the removal up."""

    stakeholder: Stakeholder
    last: date
    hold: LegalHold | None


def due_for_removal(today: date | None = None) -> QuerySet[Stakeholder, Any]:
    """Return the people with whom there was no dealing for longer than people are kept.

    `last` is the day of the last dealing: when they were added, met, assessed, gave or promised
    something, spoke of being contacted, took or left a post, or were related to somebody. Who has
    an open account, or owes something that was promised, is not among them; none is where
    STAKEHOLDER_KEEP_DAYS is 0. The longest ago comes first.
    """
    rows = Stakeholder.objects.standing_alone().filter(person__isnull=False)
    days = settings.STAKEHOLDER_KEEP_DAYS
    if not days:
        return rows.none()
    before = (today or timezone.localdate()) - timedelta(days=days)
    owes = Commitment.objects.filter(
        stakeholder=OuterRef("pk"), declined_on=None, received__lt=F("requested")
    )
    found = rows.exclude(person__user__is_active=True).annotate(last=_last_dealing())
    due = found.filter(~Exists(owes), last__lt=before)
    return due.select_related("person", "department").order_by("last", "pk")


def _last_dealing() -> Greatest:
    days = (
        _newest(Participation, "stakeholder", "engagement__day"),
        _newest(Assessment, "about__stakeholder", "assessed_on"),
        _newest(CommitmentEntry, "commitment__stakeholder", "day"),
        _newest(ConsentEvent, "person__stakeholder", TruncDate("at")),
        _newest(Post, "person__stakeholder", "starts_on"),
        _newest(Post, "person__stakeholder", "ends_on", until_today=True),
        _newest(Relationship, "first", "starts_on"),
        _newest(Relationship, "second", "starts_on"),
    )
    return Greatest(TruncDate("added_at"), *days, output_field=DateField())


def _newest(model: Any, whose: str, day: Any, *, until_today: bool = False) -> Coalesce:
    """Return the newest day of a table's rows about each stakeholder, or a day before all days."""
    rows = model.objects.order_by().filter(**{whose: OuterRef("pk")})
    if until_today:
        rows = rows.filter(**{f"{day}__lte": timezone.localdate()})
    newest = rows.values(whose).annotate(newest=Max(day)).values("newest")
    return Coalesce(
        Subquery(newest, output_field=DateField()), Value(NEVER), output_field=DateField()
    )


def with_holds(stakeholders: list[Any]) -> list[Due]:
    """Return these that `due_for_removal` has found with the legal hold on each; one query."""
    people = [one.person_id for one in stakeholders]
    holds = LegalHold.objects.filter(Q(lifted_at=None), person__in=people)
    held: Mapping[int, LegalHold] = {hold.person_id: hold for hold in holds}
    return [Due(one, one.last, held.get(one.person_id)) for one in stakeholders]


def hold_on(stakeholder: Stakeholder) -> LegalHold | None:
    """Return the legal hold that is on a person now."""
    return LegalHold.objects.filter(person=stakeholder.person_id, lifted_at=None).first()


def counted(removal: Removal) -> list[tuple[str, int]]:
    """Return how much was removed, each kind of record by its name."""
    return [
        (str(apps.get_model(label)._meta.verbose_name_plural), number)  # noqa: SLF001
        for label, number in sorted(removal.counts.items())
    ]
