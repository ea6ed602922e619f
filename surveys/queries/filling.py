"""What one respondent may fill in, and what they have typed so far."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Now

from buyin.accounts.models import User
from buyin.prepared import Prepared
from surveys import definitions
from surveys.answers import Typed
from surveys.definitions import Definition
from surveys.models import (
    Anonymity,
    AnonymousDraft,
    Draft,
    Invitation,
    Participation,
    Survey,
    SurveyVersion,
    Wave,
)
from surveys.models.homes import home_in
from surveys.sealing import Seal, seal_for


@dataclass(frozen=True)
class Asked:
    """A wave that asks or has asked one person, and where it stands for them.

    `moment` is what the database's clock showed; `receipt` is that of the answer they gave;
    `department` is the group of the wave that they are counted in; `draft` is what came along of
    their draft, sealed where the wave is anonymous.
    """

    wave: Wave
    department: int | None
    receipt: UUID | None
    moment: datetime
    draft: Any = None

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
        return self._is_on and self.moment < self.wave.closes_at

    @property
    def is_taking(self) -> bool:
        """Whether an answer is still taken; the action that takes it asks the database again."""
        return self._is_on and self.moment < self.ends_at

    @property
    def is_paused(self) -> bool:
        """Whether nothing is handed in for a while; what is typed is kept."""
        return self.wave.closed_at is None and self.wave.paused_at is not None

    @property
    def _is_on(self) -> bool:
        return self.wave.closed_at is None and self.wave.paused_at is None

    @property
    def results_at(self) -> datetime:
        """Return when results may appear: the day after the last answer is taken."""
        return self.ends_at + timedelta(days=1)


@dataclass(frozen=True)
class Respondent:
    """Whoever fills in a survey, as far as the portal may know them.

    `key` tells those who share a browser apart: drafts are sealed and forms are marked with it.
    `known` is the person who is noted to have answered, `invitation` that of a guest; there is
    neither where anybody may answer.
    """

    key: int | str
    known: User | None = None
    invitation: Invitation | None = None

    @classmethod
    def of(cls, person: User) -> Self:
        """Return this person as a respondent, the same one whichever way they come in."""
        return cls(person.pk, person)

    @classmethod
    def guest(cls, invitation: Invitation) -> Self:
        """Return whoever was invited without an account."""
        return cls(f"guest:{invitation.pk}", invitation=invitation)

    @property
    def is_counted_once(self) -> bool:
        """Whether it is noted of them that they have answered."""
        return self.known is not None or self.invitation is not None

    @property
    def person(self) -> User:
        """Return the person; ask only where one is known."""
        if self.known is None:
            raise TypeError("whoever answers here is not known")
        return self.known


@dataclass(frozen=True)
class Filling:
    """One respondent at one wave; the seal opens their draft where the wave is anonymous."""

    wave: Wave
    respondent: Respondent
    department: int | None
    seal: Seal | None

    @property
    def person(self) -> User:
        """Return the person who fills in; ask only where one is known."""
        return self.respondent.person


def filling_of(asked: Asked, *, respondent: Respondent, secret: str) -> Filling:
    """Return the filling of this respondent in this browser, which holds the secret."""
    seal = seal_for(secret, asked.wave.pk, respondent.key) if asked.is_anonymous else None
    return Filling(asked.wave, respondent, asked.department, seal)


def asked_of(person: User) -> list[Asked]:
    """Return the waves that ask this person or that they have answered, the newest first."""
    given = Participation.objects.filter(wave=OuterRef("pk"), person=person).values("receipt")
    rows: Iterable[Any] = (
        Wave.objects.filter(takes_imports=False, opens_at__lte=Now())
        .annotate(
            moment=Now(),
            receipt=Subquery(given, output_field=UUIDField()),
            group=home_in("pk", person=person.pk, department=person.department_id),
        )
        .filter(Q(group__isnull=False) | Q(receipt__isnull=False))
        .select_related("survey", "version")
        .defer("version__definition")
    )
    return [Asked(row, row.group, row.receipt, row.moment) for row in rows]


LARGEST = 2**63 - 1  # what every database takes as the number of a row
WAVE = ["id", "survey_id", "version_id", "number", "opens_at", "closes_at", "grace"]
WAVE += ["closed_at", "paused_at"]
SURVEY = ["id", "title", "kind", "purpose", "translations"]
VERSION = ["id", "survey_id", "anonymity", "fingerprint"]
COLUMNS = [
    *WAVE,
    *(f"survey__{name}" for name in SURVEY),
    *(f"version__{name}" for name in VERSION),
]


def wave_of(cells: Iterator[Any]) -> Wave:
    """Return the wave of these `COLUMNS`, with its survey and its version without the questions."""
    wave: Wave = Wave.from_db("default", WAVE, [next(cells) for _name in WAVE])
    wave.survey = Survey.from_db("default", SURVEY, [next(cells) for _name in SURVEY])
    wave.version = SurveyVersion.from_db("default", VERSION, [next(cells) for _name in VERSION])
    return wave


def _one_wave(wave: int, person: int, department: int, token: str) -> QuerySet[Wave, Any]:
    """Return the columns from which `asked_in` builds one wave, its survey, version and draft."""
    mine = {"wave": OuterRef("pk"), "person": person}
    sealed = AnonymousDraft.objects.filter(pk=token)
    return (
        Wave.objects.filter(pk=wave, takes_imports=False)
        .order_by()
        .annotate(
            moment=Now(),
            receipt=Subquery(Participation.objects.filter(**mine).values("receipt")),
            group=home_in("pk", person=person, department=department),
            typed=Subquery(Draft.objects.filter(**mine).values("typed")),
            sealed=Subquery(sealed.values("ciphertext")),
        )
        .values_list(*COLUMNS, "moment", "receipt", "group", "typed", "sealed")
    )


ONE_WAVE = Prepared(_one_wave, wave=int, person=int, department=int, token=str)


def asked_in(wave: int, person: User, *, secret: str = "") -> Asked | None:
    """Return one wave as it asks this person, with their draft; None where it does not ask them."""
    if wave > LARGEST:
        return None
    token = seal_for(secret, wave, person.pk).token_hash
    values = {"wave": wave, "person": person.pk, "department": person.department_id}
    for row in ONE_WAVE.rows(**values, token=token):
        cells = iter(row)
        found = wave_of(cells)
        moment, receipt, group, typed, sealed = cells
        is_theirs = group is not None or receipt is not None
        if is_theirs and found.opens_at <= moment:
            return Asked(found, group, receipt, moment, typed if sealed is None else sealed)
    return None


def definition_of(version: SurveyVersion, language: str = "") -> Definition:
    """Return the questions of a published version, from memory where they are there.

    They come in the language in which they are written, or in another one of the survey.
    """
    return questions_of(version.pk, version.fingerprint, language)


@lru_cache(maxsize=128)
def questions_of(pk: int, fingerprint: str, language: str = "") -> Definition:
    """Return the questions of the version with this fingerprint, which never change."""
    versions = SurveyVersion.objects.values_list("definition", flat=True)
    raw = versions.get(pk=pk, fingerprint=fingerprint)
    return definitions.read(definitions.in_language(raw, language) if language else raw)


def typed_in_draft(asked: Asked, filling: Filling) -> Typed:
    """Return what this person had typed when the wave was read."""
    if filling.seal is None or asked.draft is None:
        return asked.draft or {}
    opened = filling.seal.open(bytes(asked.draft))
    return opened["typed"] if opened else {}


def typed_so_far(filling: Filling) -> Typed:
    """Return what this person has typed in this wave, as far as this browser can open it."""
    if filling.seal is None:
        rows = Draft.objects.filter(wave=filling.wave, person=filling.person)
        return rows.values_list("typed", flat=True).first() or {}
    row = AnonymousDraft.objects.filter(pk=filling.seal.token_hash).first()
    opened = filling.seal.open(bytes(row.ciphertext)) if row else None
    return opened["typed"] if opened else {}
