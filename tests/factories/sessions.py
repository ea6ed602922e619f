"""Interviews and usability tests for tests: a guide with two questions, sessions, notes, tasks."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from surveys.actions.authoring import Texts, create_survey
from surveys.actions.sessions import Agreed, Participant, start_session
from surveys.instruments import instrument
from surveys.models import Note, Session, Survey, TaskResult, Theme, UsabilityTask
from tests.factories.initiatives import InitiativeFactory
from tests.factories.trail import without_trail

GUIDE: dict[str, Any] = {
    "schema": 1,
    "language": "en",
    "pages": [
        {
            "code": "work",
            "title": "Your work",
            "questions": [
                {"code": "slow", "type": "long_text", "text": "What takes long?"},
                {
                    "code": "daily",
                    "type": "single",
                    "text": "Every day?",
                    "choices": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
                },
            ],
        },
        {
            "code": "wish",
            "title": "Wishes",
            "questions": [{"code": "wish", "type": "long_text", "text": "What would help?"}],
        },
    ],
}
TITLE = "What slows you down?"
CONSENT = "I take part freely."


def make_series(owner: Any, *, kind: str = "interview", initiative: Any = None) -> Survey:
    """Return a series of interviews with two questions, or a usability test with the SUS."""
    sus = instrument("sus")
    assert sus
    initiative = initiative or InitiativeFactory(name="Permit assistant")
    return create_survey(
        owner=owner,
        kind=kind,
        definition=GUIDE if kind == "interview" else sus.definition,
        texts=Texts(title=TITLE, purpose="To plan training.", initiative=initiative),
    )


def make_session(survey: Survey, department: Any = None, **fields: Any) -> Session:
    """Return a session whose participant has agreed; without a department from outside."""
    session = start_session(
        survey=survey,
        leader=survey.owner,
        made_by_form=uuid4(),
        participant=Participant(department, department is None, "case workers"),
        agreed=Agreed(CONSENT, "spoken", fields.pop("may_quote", True)),
        held_on=fields.pop("held_on", timezone.localdate()),
    )
    Session.objects.filter(pk=session.pk).update(**fields)
    session.refresh_from_db()
    return session


def make_finished(survey: Survey, department: Any = None, **fields: Any) -> Session:
    """Return a session that counts."""
    return make_session(survey, department, finished_at=timezone.now(), **fields)


@without_trail
def make_note(session: Session, text: str, *themes: Theme, **fields: Any) -> Note:
    """Return a note at the first question, or a quotation."""
    position = session.notes.count()
    note = Note.objects.create(
        **{"session": session, "question": "slow", "position": position, "text": text, **fields}
    )
    note.themes.add(*themes)
    return note


@without_trail
def make_theme(survey: Survey, name: str = "Old forms") -> Theme:
    """Return a theme of the series."""
    return Theme.objects.create(survey=survey, name=name)


@without_trail
def make_task(survey: Survey, name: str = "Find the form") -> UsabilityTask:
    """Return a task of a usability test."""
    return UsabilityTask.objects.create(
        survey=survey,
        position=survey.tasks.count() + 1,
        name=name,
        instruction="You need a permit for a fence. Find the form.",
        criterion="The form is open.",
    )


@without_trail
def make_result(session: Session, task: UsabilityTask, success: str, **fields: Any) -> TaskResult:
    """Return how a participant got on with a task."""
    return TaskResult.objects.create(session=session, task=task, success=success, **fields)
