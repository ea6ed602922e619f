"""What one person may fill in, and what they have typed so far."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, UUIDField
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

    `is_taking` says whether an answer is still taken, by the database's clock; `receipt` is that of
    the answer they gave; `department` is the group of the wave that they belong to now.
    """

    wave: Wave
    department: int | None
    is_open: bool
    is_taking: bool
    ends_at: datetime
    receipt: UUID | None

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody can see who answered what."""
        return self.wave.version.anonymity == Anonymity.ANONYMOUS

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


def asked_of(person: User, **lookups: Any) -> list[Asked]:
    """Return the waves that ask this person or that they have answered, the newest first.

    One query; the questions are left out, because `definition_of` keeps them in memory.
    """
    given = Participation.objects.filter(wave=OuterRef("pk"), person=person).values("receipt")
    group = WaveDepartment.objects.filter(wave=OuterRef("pk"), department=person.department_id)
    rows: list[Any] = list(
        Wave.objects.filter(**lookups)
        .with_end()
        .annotate(
            is_open=Exists(Wave.objects.open().filter(pk=OuterRef("pk"))),
            is_taking=Exists(Wave.objects.taking_answers().filter(pk=OuterRef("pk"))),
            receipt=Subquery(given, output_field=UUIDField()),
            group=Subquery(group.values("department")[:1]),
        )
        .filter(
            Q(group__isnull=False) | Q(receipt__isnull=False),
            opens_at__lte=Now(),
            takes_imports=False,
        )
        .select_related("survey", "version")
        .defer("version__definition")
    )
    return [
        Asked(row, row.group, row.is_open, row.is_taking, row.ends_at, row.receipt) for row in rows
    ]


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
