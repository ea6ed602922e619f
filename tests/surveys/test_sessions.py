"""Interviews as an interviewer holds them: consent first, notes live, nothing lost, no name kept."""

import json
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.models import Note, Session, Survey
from tests.factories.initiatives import InitiativeFactory
from tests.factories.sessions import (
    CONSENT,
    make_finished,
    make_note,
    make_series,
    make_session,
    make_theme,
)


@pytest.fixture
def survey(cast):
    return make_series(cast.lead)


@pytest.fixture
def session(survey, cast):
    return make_session(survey, cast.roads)


def sheet_of(session):
    return f"/surveys/series/{session.survey_id}/{session.number}/"


def new_session(survey, cast, **changes):
    fields = {
        "made_by_form": str(uuid4()),
        "consent_text": CONSENT,
        "consent": "spoken",
        "may_quote": "no",
        "place": str(cast.roads.pk),
        "role_group": "case workers",
        "held_on": timezone.localdate().isoformat(),
    }
    return {**fields, **changes}


def fields(shown=None, **typed):
    """What the form of a sheet posts: typed texts, and what the page showed when it was made."""
    return {"shown": json.dumps(shown or {}), **{f"q_{code}": t for code, t in typed.items()}}


def notes_in(session):
    return [(n.question, n.is_quote, n.text) for n in session.notes.order_by("position")]


# Series


def test_a_guide_made_from_the_template_leads_to_its_sessions_and_asks_nobody_in_waves(lead):
    initiative = InitiativeFactory()
    texts = {"title": "Talk", "purpose": "To learn.", "initiative": initiative.pk}

    answer = lead.post("/surveys/author/new/interview/", texts, follow=True)

    made = Survey.objects.get()
    assert answer.redirect_chain[-1][0] == f"/surveys/series/{made.pk}/"
    assert "No session yet." in answer.text
    assert not hasattr(made, "plan")


def test_a_guide_cannot_be_asked_in_waves(lead, survey):
    page = lead.get(f"/surveys/author/{survey.pk}/")
    lead.post(f"/surveys/author/{survey.pk}/again/")

    assert "Sessions and notes" in page.text
    assert "Prepare the first wave" not in page.text
    survey.refresh_from_db()
    assert not hasattr(survey, "plan")


def test_the_list_tells_how_many_sessions_are_held_and_finished(lead, survey, cast):
    make_session(survey, cast.roads)
    make_finished(survey)

    answer = lead.get("/surveys/series/")

    assert survey.title in answer.text
    assert '<td class="number" data-label="Sessions">2</td>' in answer.text
    assert '<td class="number" data-label="Finished">1</td>' in answer.text
    assert survey.title not in lead.get("/surveys/author/").text


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive"])
def test_nobody_outside_the_survey_team_opens_a_series_or_a_session(sign_in, who, session):
    client = sign_in(who)

    for path in ("", "new/", "themes/", "notes/", f"{session.number}/"):
        assert client.get(f"/surveys/series/{session.survey_id}/{path}").status_code == 404
    assert client.get("/surveys/series/").status_code == 404


def test_who_leads_the_initiative_holds_interviews_too(sign_in, cast):
    ours = make_series(cast.lead, initiative=InitiativeFactory(lead=cast.staff))

    assert sign_in("staff").get(f"/surveys/series/{ours.pk}/").status_code == 200
    assert sign_in("neighbour").get(f"/surveys/series/{ours.pk}/").status_code == 404


def test_an_ordinary_survey_is_no_series(lead, survey):
    Survey.objects.update(kind="needs")

    assert lead.get(f"/surveys/series/{survey.pk}/").status_code == 404


# Consent


def test_a_session_begins_with_consent_and_keeps_no_name(lead, survey, cast):
    answer = lead.post(f"/surveys/series/{survey.pk}/new/", new_session(survey, cast))

    made = Session.objects.get()
    assert answer.url == sheet_of(made)
    assert (made.label, made.department, made.role_group) == ("P1", cast.roads, "case workers")
    assert (made.consent, made.may_quote, made.consent_text) == ("spoken", False, CONSENT)
    people = {f.name for f in Session._meta.get_fields() if f.related_model is type(cast.lead)}
    assert people == {"leader"}


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("consent", "Ask for consent first. Without it nothing can be written down."),
        ("may_quote", "Ask whether their words may be quoted."),
        ("place", "Choose a department, or “outside the agency”."),
        ("consent_text", "Write down what the participant agrees to."),
    ],
)
def test_without_consent_there_is_no_session_and_nothing_typed_is_lost(
    lead, survey, cast, field, message
):
    form = new_session(survey, cast, role_group="night <shift>", **{field: ""})

    answer = lead.post(f"/surveys/series/{survey.pk}/new/", form)

    assert message in answer.text
    assert "night &lt;shift&gt;" in answer.text
    assert not Session.objects.exists()


def test_a_session_of_tomorrow_is_refused(lead, survey, cast):
    form = new_session(survey, cast, held_on="2999-01-01")

    assert "This day has not come yet." in lead.post(f"/surveys/series/{survey.pk}/new/", form).text


def test_the_database_holds_no_session_without_consent(session):
    for bad in ({"consent": ""}, {"consent_text": ""}, {"is_outside": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.update(**bad)


def test_the_same_form_sent_twice_begins_one_session(lead, survey, cast):
    form = new_session(survey, cast)

    first = lead.post(f"/surveys/series/{survey.pk}/new/", form)
    second = lead.post(f"/surveys/series/{survey.pk}/new/", form)

    assert first.url == second.url
    assert Session.objects.count() == 1


def test_the_next_session_offers_the_words_that_were_agreed_to_last(lead, survey, session):
    answer = lead.get(f"/surveys/series/{survey.pk}/new/")

    assert CONSENT in answer.text


def test_a_participant_from_outside_has_no_department(lead, survey, cast):
    lead.post(f"/surveys/series/{survey.pk}/new/", new_session(survey, cast, place="outside"))

    made = Session.objects.get()
    assert made.is_outside
    assert made.department is None


def test_who_withdraws_has_deleted_all_but_what_the_page_of_the_consent_names(lead, session):
    lead.post(sheet_of(session), {**fields(slow="Old forms", slow__quotes="Ugh"), "go": "finish"})
    assert Note.objects.count() == 2
    told = lead.get(f"{sheet_of(session)}consent/").text
    assert "Its number, its day and what they agreed to stay." in told

    lead.post(f"{sheet_of(session)}withdraw/")
    again = lead.post(f"{sheet_of(session)}withdraw/")

    session.refresh_from_db()
    assert again.status_code == 302
    assert not Note.objects.exists()
    assert (session.typed, session.answers, session.department) == ({}, {}, None)
    after = lead.get(f"{sheet_of(session)}consent/").text
    assert session.consent_text in after
    assert session.label in lead.get(f"/surveys/series/{session.survey_id}/").text
    assert lead.get(sheet_of(session)).url == f"{sheet_of(session)}consent/"


def test_who_withdraws_is_not_described_in_the_history_either(lead, survey, cast, sign_in):
    told = new_session(survey, cast, role_group="the only diver", consent_text="Yes, says Ann Lee")
    lead.post(f"/surveys/series/{survey.pk}/new/", told)
    session = Session.objects.get()
    lead.post(f"{sheet_of(session)}withdraw/")

    history = sign_in("administrator").get("/people/history/?page=1").text
    kept = str(list(LogEntry.objects.get_for_object(session).values_list("changes", flat=True)))

    assert "withdrawn_on" in kept
    for words in ("diver", "Ann Lee", "department", "role_group"):
        assert words not in kept
    assert "diver" not in history


def test_nothing_is_noted_after_the_participant_has_withdrawn(lead, session):
    lead.post(f"{sheet_of(session)}withdraw/")

    answer = lead.post(sheet_of(session), {**fields(slow="One more thing"), "go": "save"})

    session.refresh_from_db()
    assert answer.status_code == 410
    assert "One more thing" in answer.text
    assert session.typed == {}


def test_a_participant_may_decide_otherwise_about_being_quoted(lead, session):
    page = lead.post(f"{sheet_of(session)}consent/", {"may_quote": "no"}, follow=True)

    session.refresh_from_db()
    assert not session.may_quote
    assert CONSENT in page.text


# Notes


def test_the_sheet_shows_every_question_of_all_pages_with_room_for_quotations(lead, session):
    answer = lead.get(sheet_of(session))

    for text in ("Your work", "What takes long?", "Every day?", "Wishes", "What would help?"):
        assert text in answer.text
    assert 'name="q_slow__quotes"' in answer.text
    assert 'name="q_wish__quotes"' in answer.text


def test_what_is_typed_is_saved_by_itself_and_is_there_again(lead, session):
    saved = lead.post(sheet_of(session), {**fields(slow="Old <forms>"), "go": "autosave"})

    assert json.loads(saved.json()["shown"]) == {"slow": "Old <forms>"}
    assert "Old &lt;forms&gt;" in lead.get(sheet_of(session)).text
    assert not Note.objects.exists()


def test_a_late_save_never_undoes_a_newer_one(lead, session):
    client = {"client": "page-1", "go": "autosave"}

    lead.post(sheet_of(session), {**fields(slow="new"), **client, "count": 2})
    lead.post(sheet_of(session), {**fields(slow="old"), **client, "count": 1})

    session.refresh_from_db()
    assert session.typed == {"slow": "new"}


def test_two_open_pages_add_to_each_other(lead, session):
    lead.post(sheet_of(session), {**fields(slow="from the laptop", wish=""), "go": "save"})
    lead.post(sheet_of(session), {**fields(slow="", wish="from the phone"), "go": "save"})

    session.refresh_from_db()
    assert session.typed == {"slow": "from the laptop", "wish": "from the phone"}


def test_finishing_makes_one_note_of_each_line_and_keeps_chosen_answers(lead, session):
    typed = fields(slow="Old forms\r\n\r\nNo search", slow__quotes="I give up by ten.", daily="yes")

    answer = lead.post(sheet_of(session), {**typed, "go": "finish"})

    session.refresh_from_db()
    assert answer.url == f"/surveys/series/{session.survey_id}/"
    assert session.counts
    assert session.answers == {"daily": "yes"}
    assert notes_in(session) == [
        ("slow", False, "Old forms"),
        ("slow", False, "No search"),
        ("slow", True, "I give up by ten."),
    ]


def test_finishing_twice_makes_no_note_twice(lead, session):
    for _n in range(2):
        lead.post(sheet_of(session), {**fields(slow="Old forms"), "go": "finish"})

    assert Note.objects.count() == 1


def test_a_line_that_is_changed_later_keeps_its_themes(lead, session):
    lead.post(sheet_of(session), {**fields(slow="Old forms\nNoise"), "go": "finish"})
    theme = make_theme(session.survey)
    theme.notes.add(Note.objects.get(text="Old forms"))

    now = fields({"slow": "Old forms\nNoise"}, slow="Noise\nVery old forms")
    lead.post(sheet_of(session), {**now, "go": "autosave"})

    assert [n.text for n in session.notes.order_by("position")] == ["Noise", "Very old forms"]
    assert [note.text for note in theme.notes.all()] == ["Very old forms"]


def test_a_text_that_cannot_be_kept_is_refused_with_everything_still_there(lead, session):
    answer = lead.post(sheet_of(session), {**fields(slow="a\x00b", wish="Keep me"), "go": "finish"})

    assert answer.status_code == 422
    assert "characters that cannot be stored" in answer.text
    assert "Keep me" in answer.text
    session.refresh_from_db()
    assert session.finished_at is None


def test_a_page_whose_session_ran_out_is_told_so_and_a_button_keeps_what_was_typed(
    sign_in, lead, session
):
    stranger = sign_in("anonymous")
    typed = fields(slow="Old forms are slow")

    by_itself = stranger.post(sheet_of(session), {**typed, "go": "autosave"})
    by_button = stranger.post(sheet_of(session), {**typed, "go": "save"})

    assert by_itself.status_code == 401
    assert by_button.url.startswith("/accounts/login/?next=")
    assert stranger.session["typed"]["sent"]
    session.refresh_from_db()
    assert session.typed == {}


def test_a_change_of_the_guide_leaves_sessions_with_the_questions_they_asked(lead, session):
    changed = {"title": "T", "purpose": "P", "initiative": session.survey.initiative_id}
    lead.post(
        f"/surveys/author/{session.survey_id}/texts/", {**changed, "intro": "New", "revision": 1}
    )

    session.refresh_from_db()
    assert session.version.is_published
    assert "intro" not in session.version.definition
    assert make_session(session.survey).version.definition["intro"] == "New"


@pytest.mark.parametrize("count", [1, 3])
def test_a_series_needs_as_many_queries_for_many_sessions_as_for_one(
    lead, survey, cast, django_assert_num_queries, count
):
    theme = make_theme(survey)
    for _n in range(count):
        make_note(make_finished(survey, cast.roads), "Old forms", theme)
    lead.get(f"/surveys/series/{survey.pk}/")

    with django_assert_num_queries(6):
        lead.get(f"/surveys/series/{survey.pk}/")
