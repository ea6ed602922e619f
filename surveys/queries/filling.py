"""What one person may fill in, and what they have typed so far."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Now

from buyin.accounts.models import User
from surveys import definitions
from surveys.answers import Typed
from surveys.definitions import Definition
from surveys.models import (
    Anonymity,
    AnonymousDraft,
    Draft,
    Participation,
    SurveyVersion,
    Wave,
    WaveDepartment,
)
from surveys.sealing import Seal, seal_for


@dataclass(frozen=True)
class Asked:
    """A wave that asks or has asked one person, and where it stands for them.

    `moment` is what the database's clock showed; `receipt` is that of the answer they gave;
    `department` is the group of the wave that they belong to now.
    """

    wave: Wave
    department: int | None
    receipt: UUID | None
    moment: datetime

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody can see who answered what."""
        return self.wave.version.anonymity == Anonymity.ANONYMOUS

    @property
    def ends_at(self) -> datetime:
        """Return when the grace after closing is over."""
        return self.wave.closes_at + self.wave.grace

    @property
    def is_open(self) -> bool:
        """Whether the closing time has not come yet."""
        return self.wave.closed_at is None and self.moment < self.wave.closes_at

    @property
    def is_taking(self) -> bool:
        """Whether an answer is still taken; the action that takes it asks the database again."""
        return self.wave.closed_at is None and self.moment < self.ends_at

    @property
    def results_at(self) -> datetime:
        """Return when results may appear: the day after the last answer is taken."""
        return self.ends_at + timedelta(days=1)


@dataclass(frozen=True)
class Filling:
    """One person at one wave; the seal opens their draft where the wave is anonymous."""

    wave: Wave
    person: User
    department: int
    seal: Seal | None


def filling_of(asked: Asked, *, person: User, secret: str) -> Filling:
    """Return the filling of this person in this browser, which holds the secret."""
    seal = seal_for(secret, asked.wave.pk, person.pk) if asked.is_anonymous else None
    return Filling(asked.wave, person, asked.department or 0, seal)


def asked_of(person: User) -> list[Asked]:
    """Return the waves that ask this person or that they have answered, the newest first."""
    concern = Q(group__isnull=False) | Q(receipt__isnull=False)
    return [_asked(row) for row in _begun(person).filter(concern, opens_at__lte=Now())]


def asked_in(wave: int, person: User) -> Asked | None:
    """Return one wave as it asks this person, None where it does not."""
    for row in _begun(person).filter(pk=wave):
        asked = _asked(row)
        is_theirs = asked.department is not None or asked.receipt is not None
        if is_theirs and asked.wave.opens_at <= asked.moment:
            return asked
    return None


def _begun(person: User) -> QuerySet[Wave]:
    """Return waves with what `Asked` tells of this person.

    Every page of a survey starts here, so the query names the few columns that are needed; the
    questions are left out, because `definition_of` keeps them in memory.
    """
    given = Participation.objects.filter(wave=OuterRef("pk"), person=person).values("receipt")
    group = WaveDepartment.objects.filter(wave=OuterRef("pk"), department=person.department_id)
    return (
        Wave.objects.filter(takes_imports=False)
        .annotate(
            moment=Now(),
            receipt=Subquery(given, output_field=UUIDField()),
            group=Subquery(group.values("department")[:1]),
        )
        .select_related("survey", "version")
        .only(
            *("number", "opens_at", "closes_at", "grace", "closed_at"),
            *("survey__title", "survey__kind", "survey__purpose"),
            *("version__anonymity", "version__fingerprint"),
        )
    )


def _asked(row: Any) -> Asked:
    return Asked(wave=row, department=row.group, receipt=row.receipt, moment=row.moment)


def definition_of(version: SurveyVersion) -> Definition:
    """Return the questions of a published version, from memory where they are there."""
    return questions_of(version.pk, version.fingerprint)


@lru_cache(maxsize=64)
def questions_of(pk: int, fingerprint: str) -> Definition:
    """Return the questions of the version with this fingerprint, which never change."""
    versions = SurveyVersion.objects.values_list("definition", flat=True)
    return definitions.read(versions.get(pk=pk, fingerprint=fingerprint))


def typed_so_far(filling: Filling) -> Typed:
    """Return what this person has typed in this wave, as far as this browser can open it."""
    if filling.seal is None:
        rows = Draft.objects.filter(wave=filling.wave, person=filling.person)
        return rows.values_list("typed", flat=True).first() or {}
    row = AnonymousDraft.objects.filter(pk=filling.seal.token_hash).first()
    opened = filling.seal.open(bytes(row.ciphertext)) if row else None
    return opened["typed"] if opened else {}
