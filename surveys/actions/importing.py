"""Taking in answers that were collected elsewhere, each row once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from buyin.accounts.models import Department, User
from buyin.initiatives.models import Initiative
from buyin.lines import seen
from buyin.periods import week_of
from surveys.definitions import fingerprint
from surveys.formats.new_surveys import NewSurvey
from surveys.formats.responses import AnswerRow
from surveys.models import (
    Anonymity,
    ImportedRow,
    Kind,
    Response,
    Survey,
    SurveyVersion,
    Wave,
    WaveDepartment,
)
from surveys.queries.importing import departments_for, initiative_for, made_before
from surveys.sealing import shuffled

from .naming import claim_name
from .refusals import RefusedError

BATCH = 500
OPEN_FOR = timedelta(days=60)
ANSWERED_HERE = _lazy("People answer this wave in the portal. It takes no file.")


@dataclass(frozen=True)
class Imported:
    """What became of the rows: taken now, or taken by an earlier import already."""

    wave: Wave
    created: int
    skipped: int


@transaction.atomic
def import_new(*, owner: User, survey: NewSurvey, rows: Sequence[AnswerRow]) -> Imported:
    """Make the survey and the wave that a mapping describes, unless they are there, and fill it."""
    # Two imports of one mapping at once wait for each other here, so that they share one wave.
    Initiative.objects.select_for_update().get(pk=initiative_for(survey).pk)
    wave = made_before(survey) or _make_wave(owner, survey)
    return import_rows(wave=wave, rows=rows)


@transaction.atomic
def import_rows(*, wave: Wave, rows: Sequence[AnswerRow]) -> Imported:
    """Write these rows as answers of the wave; rows that it has already are left alone.

    Only a wave that was made for imports takes them: nobody can tell whether somebody answered
    on a page and on paper.
    """
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    if not locked.takes_imports:
        raise RefusedError(ANSWERED_HERE)
    known = set(ImportedRow.objects.filter(wave=locked).values_list("digest", flat=True))
    new = [row for row in rows if row.digest not in known]
    if new and locked.closed_at is not None:
        raise RefusedError(_("This wave is closed and its results are frozen. Make a new one."))
    _write(locked, new)
    return Imported(locked, created=len(new), skipped=len(rows) - len(new))


def _make_wave(owner: User, new: NewSurvey) -> Wave:
    """Make survey, published version, wave and audience; nobody is asked anything."""
    survey = Survey.objects.create(
        title=seen(new.title),
        purpose=new.purpose,
        initiative=initiative_for(new),
        kind=Kind.READINESS,
        owner=owner,
    )
    now = timezone.now()
    version = SurveyVersion.objects.create(
        survey=survey,
        number=1,
        definition=new.definition,
        anonymity=Anonymity.ANONYMOUS,
        fingerprint=fingerprint(new.definition, Anonymity.ANONYMOUS),
        published_at=now,
    )
    wave = Wave.objects.create(
        survey=survey,
        version=version,
        number=1,
        called=claim_name(survey),
        opens_at=now,
        closes_at=now + OPEN_FOR,
        grace=timedelta(0),
        takes_imports=True,
    )
    WaveDepartment.objects.bulk_create(
        WaveDepartment(wave=wave, department=one, asked=new.asked[one.code])
        for one in departments_for(new)
    )
    return wave


def _write(wave: Wave, rows: Sequence[AnswerRow]) -> None:
    """Write answers and digests, each in its own random order, so that neither tells the other."""
    week = week_of(timezone.now())
    departments = dict(Department.objects.order_by().values_list("code", "pk"))
    Response.objects.bulk_create(
        [
            Response(
                wave=wave,
                department_id=departments.get(row.department),
                answers=row.answers,
                week=week,
            )
            for row in shuffled(rows)
        ],
        batch_size=BATCH,
    )
    ImportedRow.objects.bulk_create(
        [ImportedRow(wave=wave, digest=row.digest) for row in shuffled(rows)],
        batch_size=BATCH,
    )
