"""Bringing in surveys from other programs: the file, its reading, and the draft."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.uploads import LONGEST_NAME, MOST_TRIES, Noted, claimed
from buyin.uploads.progress import Tell
from buyin.workbooks import RefusedFileError
from surveys.formats.any_survey import read_survey
from surveys.formats.own_texts import still_said
from surveys.formats.survey_accounts import account_of_refusal, account_of_survey, remarks_csv
from surveys.models import Kind, Survey, SurveyFile

from .authoring import Texts, create_survey
from .forgetting import forget_uploads
from .refusals import RefusedError

State = SurveyFile.State


@transaction.atomic
def keep_survey_file(
    *, owner: User, name: str, content: bytes, texts: dict[str, str]
) -> SurveyFile:
    """Keep an uploaded survey until it is read, and forget those that nobody came back to."""
    forget_uploads()
    return SurveyFile.objects.create(
        owner=owner, name=name[:LONGEST_NAME], content=content, texts=texts
    )


def read_file(*, file: int) -> None:
    """Read a file that waits and keep what it gave; one that broke the reader is given up."""
    found = claimed(SurveyFile.objects.waiting(), file)
    if found is None:
        return
    if found.tries > MOST_TRIES:
        _settle(found, State.REFUSED, {"why": _("Reading the file failed again and again.")})
        return
    # The account is kept in words, so it is written in the language of whoever brought the file.
    noted = Noted(SurveyFile.objects.filter(pk=file, state=State.WAITING))
    with translation.override(found.texts.get("language") or None):
        _settle(found, *_read(bytes(found.content), noted))


def _read(content: bytes, tell: Tell) -> tuple[str, dict[str, Any], str]:
    """Return how the reading ended, what a page says of it, and all remarks as a table."""
    try:
        found = read_survey(content, tell)
    except RefusedFileError as error:
        return State.REFUSED, account_of_refusal(error), remarks_csv(error)
    return State.READ, account_of_survey(found), remarks_csv(found)


def _settle(file: SurveyFile, state: str, report: dict[str, Any], left_out: str = "") -> None:
    waiting = SurveyFile.objects.filter(pk=file.pk, state=State.WAITING)
    waiting.update(state=state, report=report, left_out=left_out)


@transaction.atomic
def make_draft(*, file: SurveyFile, kind: str, texts: Texts) -> Survey:
    """Make the draft survey that a file gave, and forget the file."""
    locked = SurveyFile.objects.select_for_update().filter(pk=file.pk).first()
    if locked is None or locked.state != State.READ:
        raise RefusedError(_("This file has been used already, or it cannot be read."))
    survey = draft_of(owner=locked.owner, kind=kind, texts=texts, report=locked.report)
    locked.delete()
    return survey


@transaction.atomic
def draft_of(*, owner: User, kind: str, texts: Texts, report: dict[str, Any]) -> Survey:
    """Make a draft of what reading a file gave, with the translations of the texts that it keeps.

    It is of the kind that was chosen, else of that in the file, else a needs survey.
    """
    kept = report.get("kind", "")
    kind = kind or (kept if kept in Kind.values else Kind.NEEDS)
    survey = create_survey(owner=owner, kind=kind, definition=report["definition"], texts=texts)
    said = {"title": texts.title, "purpose": texts.purpose}
    survey.translations, _others = still_said(report, said)
    survey.save(update_fields=["translations"])
    return survey


def forget_survey_file(*, file: SurveyFile) -> None:
    """Delete an uploaded survey without making a draft of it."""
    file.delete()
