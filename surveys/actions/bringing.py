"""Bringing in surveys from other programs: the file, its reading, and the draft."""

import time
from dataclasses import asdict

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.formats.any_survey import read_survey
from surveys.formats.progress import Tell
from surveys.formats.reports import RefusedFileError
from surveys.models import Survey, SurveyFile

from .authoring import Texts, create_survey
from .importing import KEPT, LONGEST_NAME
from .refusals import RefusedError

MOST_TRIES = 3
NOTED_EVERY = 1.0  # seconds
State = SurveyFile.State


@transaction.atomic
def keep_survey_file(
    *, owner: User, name: str, content: bytes, texts: dict[str, str]
) -> SurveyFile:
    """Keep an uploaded survey until it is read, and forget those that nobody came back to."""
    SurveyFile.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    return SurveyFile.objects.create(
        owner=owner, name=name[:LONGEST_NAME], content=content, texts=texts
    )


def read_file(*, file: int) -> None:
    """Read a file that waits and keep what it gave; one that broke the reader is given up."""
    waiting = SurveyFile.objects.filter(pk=file, state=State.WAITING)
    if not waiting.update(tries=F("tries") + 1):
        return
    found = waiting.first()
    if found is None:
        return
    if found.tries > MOST_TRIES:
        _settle(found, State.REFUSED, {"why": _("Reading the file failed again and again.")})
        return
    # The account is kept in words, so it is written in the language of whoever brought the file.
    with translation.override(found.texts.get("language") or None):
        state, report = _read(bytes(found.content), _Noted(found.pk))
    _settle(found, state, report)


class _Noted:
    """Notes how far the reading of a file is, so seldom that it costs nothing."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._next = time.monotonic() + NOTED_EVERY

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + NOTED_EVERY
            waiting = SurveyFile.objects.filter(pk=self._file, state=State.WAITING)
            waiting.update(percent=min(int(100 * share), 99))


def _read(content: bytes, tell: Tell) -> tuple[str, dict]:
    try:
        converted = read_survey(content, tell)
    except RefusedFileError as error:
        return State.REFUSED, {"why": str(error)}
    return State.READ, {
        "title": converted.title,
        "definition": converted.definition,
        "rows": converted.rows,
        "taken": converted.taken,
        "remarks": [{**asdict(one), "place": one.place} for one in converted.remarks],
    }


def _settle(file: SurveyFile, state: str, report: dict) -> None:
    SurveyFile.objects.filter(pk=file.pk, state=State.WAITING).update(state=state, report=report)


@transaction.atomic
def make_draft(*, file: SurveyFile, kind: str, texts: Texts) -> Survey:
    """Make the draft survey that a file gave, and forget the file."""
    locked = SurveyFile.objects.select_for_update().filter(pk=file.pk).first()
    if locked is None or locked.state != State.READ:
        raise RefusedError(_("This file has been used already, or it cannot be read."))
    definition = locked.report["definition"]
    survey = create_survey(owner=locked.owner, kind=kind, definition=definition, texts=texts)
    locked.delete()
    return survey


def forget_survey_file(*, file: SurveyFile) -> None:
    """Delete an uploaded survey without making a draft of it."""
    file.delete()
