"""Several people at one session at the same moment: each number once, each line once."""

from uuid import UUID, uuid4

from django.utils import timezone

from surveys.actions.sessions import Agreed, Participant, finish_session, save_sheet, start_session
from surveys.actions.themes import Tagging, save_theme, tag_notes
from surveys.answers import Edit
from surveys.models import Note, Session, Survey, Theme
from tests.cast import Cast, make_cast
from tests.factories.accounts import PersonFactory
from tests.factories.sessions import make_finished, make_note, make_series, make_session, make_theme
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL


def begin(survey: Survey, cast: Cast, made_by_form: UUID) -> int:
    return start_session(
        survey=survey,
        leader=cast.people["lead"],
        made_by_form=made_by_form,
        participant=Participant(cast.departments["roads"], False, ""),
        agreed=Agreed("I agree.", "spoken", may_quote=True),
        held_on=timezone.localdate(),
    ).number


def test_sessions_that_begin_at_once_get_a_number_each():
    cast = make_cast()
    survey = make_series(cast.people["lead"])

    numbers = at_once(lambda _n: begin(survey, cast, uuid4()))

    assert sorted(numbers) == list(range(1, AT_ONCE + 1))
    assert survey.versions.count() == 1


def test_one_form_that_is_sent_many_times_begins_one_session():
    cast = make_cast()
    survey = make_series(cast.people["lead"])
    form = uuid4()

    numbers = at_once(lambda _n: begin(survey, cast, form))

    assert numbers == [1] * AT_ONCE
    assert Session.objects.count() == 1


def test_many_open_pages_of_one_session_lose_nothing():
    cast = make_cast()
    session = make_session(make_series(cast.people["lead"]), cast.roads)
    codes = ["slow", "wish", "slow__quotes", "wish__quotes"]

    def save(number: int) -> None:
        code = codes[number % len(codes)]
        typed: dict[str, str | list[str]] = {code: f"from {code}"}
        save_sheet(session=session, edit=Edit({}, typed, f"page-{number}", 1))

    at_once(save)

    session.refresh_from_db()
    assert session.typed == {code: f"from {code}" for code in codes}
    assert len(session.saves) == AT_ONCE


def test_a_session_that_is_finished_many_times_has_each_note_once():
    cast = make_cast()
    session = make_session(make_series(cast.people["lead"]), cast.roads)

    at_once(lambda _n: finish_session(session=session, edit=Edit({}, {"slow": "One\nTwo"})))

    assert sorted(note.text for note in Note.objects.all()) == ["One", "Two"]


def test_of_many_who_add_one_theme_one_succeeds():
    cast = make_cast()
    survey = make_series(cast.people["lead"])

    def add(number: int) -> bool:
        try:
            save_theme(
                theme=Theme(survey=survey, name="Old forms" if number % 2 else "OLD FORMS"),
                by=PersonFactory(),
            )
        except Exception as refusal:  # noqa: BLE001 - counted below
            return type(refusal).__name__ != "RefusedError"
        return True

    assert sum(at_once(add)) == 1
    assert Theme.objects.count() == 1


def test_what_several_people_tick_at_once_is_all_there():
    cast = make_cast()
    survey = make_series(cast.people["lead"])
    themes = [make_theme(survey, f"Theme {number}") for number in range(AT_ONCE)]
    note = make_note(make_finished(survey, cast.roads), "Old forms")

    def tick(number: int) -> int:
        now = frozenset({themes[number].pk})
        return tag_notes(survey=survey, tagging={note.pk: Tagging(frozenset(), now)})

    assert at_once(tick) == [1] * AT_ONCE
    assert note.themes.count() == AT_ONCE
