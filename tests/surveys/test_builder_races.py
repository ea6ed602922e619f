"""Two authors who press at the same moment: one edit is made, the other one is told."""

from surveys.actions.building import edit_questions, undo_edit
from surveys.building import copy_question, remove_question
from surveys.models import DraftStep, Survey, SurveyVersion
from tests.cast import make_cast
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_draft_version, make_wave
from tests.races import AT_ONCE, ON_POSTGRESQL, endings

pytestmark = ON_POSTGRESQL


def codes(version: SurveyVersion) -> list[str]:
    return [question["code"] for question in version.definition["pages"][1]["questions"]]


def remove(version: SurveyVersion, code: str) -> None:
    """Remove a question as an author who has seen the newest state does."""
    edit_questions(
        survey=version.survey,
        revision=Survey.objects.get().revision,
        edit=lambda raw, _used: remove_question(raw, code),
        told=f"Removed {code}",
        by=PersonFactory(),
    )


def test_of_many_who_copy_a_question_one_does():
    version = make_draft_version()

    ended = endings(
        lambda _n: edit_questions(
            survey=version.survey,
            revision=1,
            edit=lambda raw, used: copy_question(raw, "wish", used)[0],
            told="Copied",
            by=PersonFactory(),
        )
    )

    version.refresh_from_db()
    assert ended == {"done": 1, "told": AT_ONCE - 1}
    assert codes(version) == ["hours", "wish", "wish_2", "more"]
    assert DraftStep.objects.count() == 1


def test_of_many_who_change_a_published_survey_one_begins_the_next_version():
    cast = make_cast()
    wave = make_wave(cast.roads)

    ended = endings(
        lambda _n: edit_questions(
            survey=wave.survey,
            revision=1,
            edit=lambda raw, _used: remove_question(raw, "wish"),
            told="Removed",
            by=PersonFactory(),
        )
    )

    assert ended == {"done": 1, "told": AT_ONCE - 1}
    assert [version.number for version in SurveyVersion.objects.order_by("number")] == [1, 2]
    assert Survey.objects.get().revision == 2


def test_of_many_who_undo_one_does():
    version = make_draft_version()
    for code in ("wish", "hours"):
        remove(version, code)

    ended = endings(lambda _n: undo_edit(survey=version.survey, revision=3, by=PersonFactory()))

    version.refresh_from_db()
    assert ended == {"done": 1, "told": AT_ONCE - 1}
    assert codes(version) == ["hours", "more"]
