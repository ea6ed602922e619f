"""Two people who edit one need, remedy, theme or task: the second is told, and nothing is lost."""

import pytest

from surveys.actions.needs import change_remedy, merge_needs, remove_remedy
from surveys.actions.themes import merge_themes
from surveys.models import Need
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_need, make_remedy
from tests.factories.sessions import make_series, make_task, make_theme
from tests.factories.surveys import make_draft_version


@pytest.fixture
def need(cast):
    return make_need(InitiativeFactory(name="Permit assistant"), cast.roads, owner=cast.lead)


@pytest.fixture
def other(sign_in):
    return sign_in("administrator")


def edit_page(need):
    return f"/surveys/needs/{need.pk}/edit/"


def fields(need, **changes):
    form = {
        "made_by_form": str(need.made_by_form),
        "statement": need.statement,
        "initiative": need.initiative_id,
        "frequency": need.frequency,
        "severity": need.severity,
        "owner": "lead@fairhaven.example",
        "departments": [one.pk for one in need.departments.all()],
        "revision": need.revision,
    }
    return {**form, **changes}


def rows(page):
    """Return the lines of the table of differences as (field, saved, typed)."""
    lines = page.context["form"].differences
    return [(one.field, one.saved, one.typed) for one in lines]


# A need


def test_the_second_is_told_who_saved_and_when_and_keeps_what_they_typed(lead, other, need):
    other.post(edit_page(need), fields(need, statement="I need reasons."))

    second = lead.post(edit_page(need), fields(need, statement="I need a hotline.", severity="5"))

    need.refresh_from_db()
    assert (need.statement, need.severity, need.revision) == ("I need reasons.", 3, 2)
    assert f"{need.edited_by} changed this while you were typing" in second.text
    assert str(need.edited_at.year) in second.text
    assert 'value="I need a hotline."' in second.text
    assert 'name="revision" value="2"' in second.text
    assert rows(second) == [
        ("What do people need?", "I need reasons.", "I need a hotline."),
        ("How bad is it when nothing is done?", "slows work down", "stops people from taking part"),
    ]


def test_the_second_can_save_on_top_of_the_first(lead, other, need, cast):
    other.post(edit_page(need), fields(need, statement="I need reasons."))

    lead.post(edit_page(need), fields(need, statement="I need a hotline.", revision=2))

    need.refresh_from_db()
    assert (need.statement, need.revision, need.edited_by) == ("I need a hotline.", 3, cast.lead)


def test_ticked_departments_and_who_takes_care_are_told_in_words(lead, other, need, cast):
    mine = fields(need, statement="I need a hotline.")
    both = [cast.roads.pk, cast.parks.pk]
    other.post(edit_page(need), fields(need, departments=both, owner=""))

    second = lead.post(edit_page(need), mine)

    assert list(need.departments.order_by("code")) == [cast.parks, cast.roads]
    found = {name: (saved, typed) for name, saved, typed in rows(second)}
    assert found["Who takes care of it?"] == ("", "lead@fairhaven.example")
    saved, typed = found["Departments"]
    assert {one.strip("\u2007\xa0– ") for one in saved.split(",")} == {"Roads", "Parks"}
    assert "Parks" not in typed


def test_who_has_it_open_twice_is_told_that_it_was_themselves(lead, need):
    lead.post(edit_page(need), fields(need, severity="4"))

    second = lead.post(edit_page(need), fields(need, severity="1"))

    assert "You changed this yourself on another page" in second.text


def test_the_same_form_sent_twice_is_saved_once_and_not_refused(lead, need):
    form = fields(need, statement="I need reasons.")

    answers = [lead.post(edit_page(need), form) for _n in range(2)]

    need.refresh_from_db()
    assert [answer.url for answer in answers] == [f"/surveys/needs/{need.pk}/"] * 2
    assert need.revision == 2


def test_a_form_without_a_revision_is_not_taken(lead, need):
    form = fields(need, statement="I need reasons.")
    del form["revision"]

    lead.post(edit_page(need), form)

    need.refresh_from_db()
    assert (need.statement, need.revision) == (STATEMENT, 1)


def test_what_was_typed_is_shown_as_text_and_never_run(lead, other, need):
    other.post(edit_page(need), fields(need, statement="<script>alert(1)</script>"))

    second = lead.post(edit_page(need), fields(need, statement="<b>bold</b>"))

    assert "<script>alert" not in second.text
    assert "<b>bold" not in second.text
    assert rows(second) == [("What do people need?", "<script>alert(1)</script>", "<b>bold</b>")]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in second.text


def test_ratings_that_rose_with_another_need_are_not_put_back_unseen(lead, need):
    gone = make_need(need.initiative, statement="Reasons", severity=5)
    merge_needs(need=gone, into=need, by=PersonFactory(name="Mia Merges"))

    second = lead.post(edit_page(need), fields(need, statement="I need a hotline."))

    need.refresh_from_db()
    assert (need.statement, need.severity) == (STATEMENT, 5)
    assert "Mia Merges changed this while you were typing" in second.text


def test_words_for_a_need_that_was_put_together_come_back_for_the_one_that_stays(
    lead, need, client
):
    stays = make_need(need.initiative, statement="Reasons")
    last = make_need(need.initiative, statement="Answers")
    typed = fields(need, statement="I need a hotline.")
    merge_needs(need=need, into=stays, by=PersonFactory())
    merge_needs(need=stays, into=last, by=PersonFactory())

    page = lead.post(edit_page(need), typed)

    assert "put this need together with another one" in page.text
    assert 'value="I need a hotline."' in page.text
    assert f'action="{edit_page(last)}"' in page.text
    lead.post(edit_page(last), {**typed, "revision": 2})
    assert Need.objects.get(pk=last.pk).statement == "I need a hotline."


def test_who_may_not_keep_a_need_learns_nothing_of_who_saved_it(sign_in, lead, need):
    lead.post(edit_page(need), fields(need, severity="4"))

    assert sign_in("staff").post(edit_page(need), fields(need)).status_code == 404


# What is done


def test_the_second_to_change_what_is_done_is_told_and_can_save_on_top(lead, other, need):
    remedy = make_remedy(need)
    page = f"/surveys/needs/{need.pk}/remedies/{remedy.pk}/"
    other.post(page, {"kind": "course", "text": "Each week.", "due": "2030-05-01", "revision": 1})

    mine = {"kind": "change", "text": "Each day.", "due": "", "revision": 1}
    second = lead.post(page, mine)

    remedy.refresh_from_db()
    assert (remedy.text, remedy.revision) == ("Each week.", 2)
    assert rows(second) == [
        ("What is done?", "a course", "a change to the system"),
        ("In plain words", "Each week.", "Each day."),
        ("By", "2030-05-01", ""),
    ]
    lead.post(page, {**mine, "revision": 2})
    remedy.refresh_from_db()
    assert (remedy.text, remedy.due) == ("Each day.", None)


def test_what_somebody_has_taken_away_cannot_be_changed(lead, need):
    remedy = make_remedy(need)
    page = f"/surveys/needs/{need.pk}/remedies/{remedy.pk}/"
    remove_remedy(remedy=remedy)

    assert lead.post(page, {"kind": "course", "text": "x", "revision": 1}).status_code == 404
    assert not need.remedies.exists()


def test_who_changes_what_is_taken_away_at_that_moment_is_told_in_words(lead, need, monkeypatch):
    remedy = make_remedy(need)
    page = f"/surveys/needs/{need.pk}/remedies/{remedy.pk}/"

    def take_away_first(**words):
        need.remedies.all().delete()
        return change_remedy(**words)

    monkeypatch.setattr("surveys.views.remedies.actions.change_remedy", take_away_first)

    told = lead.post(page, {"kind": "course", "text": "Each day.", "revision": 1})

    assert "Somebody else has taken this away. Add it again if you like." in told.text
    assert 'value="Each day."' in told.text
    assert not need.remedies.exists()


# Themes and tasks


def test_the_second_to_change_a_theme_is_told_and_can_save_on_top(lead, other, cast):
    survey = make_series(cast.lead)
    theme = make_theme(survey)
    page = f"/surveys/series/{survey.pk}/themes/{theme.pk}/"
    other.post(page, {"name": "Forms", "meaning": "Paper", "revision": 1})

    second = lead.post(page, {"name": "Papers", "meaning": "", "revision": 1})

    theme.refresh_from_db()
    assert (theme.name, theme.revision) == ("Forms", 2)
    assert f"{theme.edited_by} changed this while you were typing" in second.text
    assert rows(second) == [("Theme", "Forms", "Papers"), ("What belongs to it", "Paper", "")]
    lead.post(page, {"name": "Papers", "meaning": "", "revision": 2})
    theme.refresh_from_db()
    assert (theme.name, theme.edited_by) == ("Papers", cast.lead)


def test_a_theme_that_was_put_together_is_not_made_again_by_who_edits_it(lead, cast):
    survey = make_series(cast.lead)
    theme, stays = make_theme(survey), make_theme(survey, "Forms")
    page = f"/surveys/series/{survey.pk}/themes/{theme.pk}/"
    merge_themes(theme=theme, into=stays)

    answer = lead.post(page, {"name": "Papers", "meaning": "Old", "revision": 1})

    assert [one.name for one in survey.themes.all()] == ["Forms"]
    assert "Somebody else has put this theme together with another one." in answer.text
    assert 'value="Papers"' in answer.text
    assert f'action="/surveys/series/{survey.pk}/themes/"' in answer.text
    assert lead.get(page).status_code == 404


def test_the_second_to_change_a_task_is_told(lead, other, cast):
    survey = make_series(cast.lead, kind="usability")
    task = make_task(survey)
    page = f"/surveys/series/{survey.pk}/tasks/{task.pk}/"
    form = {"name": "Find it", "instruction": "Find it.", "criterion": "Found.", "revision": 1}
    other.post(page, form)

    second = lead.post(page, {**form, "criterion": "It is open."})

    task.refresh_from_db()
    assert (task.criterion, task.revision) == ("Found.", 2)
    assert rows(second) == [("It is done when", "Found.", "It is open.")]


# Surveys, by the same pieces


def test_who_builds_a_survey_is_told_who_was_first_and_what_is_different(lead, other, cast):
    survey = make_draft_version().survey
    page = f"/surveys/author/{survey.pk}/texts/"
    form = {"title": survey.title, "purpose": survey.purpose, "initiative": survey.initiative_id}
    other.post(page, {**form, "intro": "First.", "revision": survey.revision})

    second = lead.post(page, {**form, "intro": "Second.", "revision": survey.revision})

    survey.refresh_from_db()
    assert f"{survey.edited_by} changed this while you were typing" in second.text
    assert rows(second) == [("Introduction", "First.", "Second.")]


def test_who_plans_a_wave_sees_in_which_fields_the_plans_differ(lead, other, cast):
    survey = make_draft_version().survey
    page = f"/surveys/author/{survey.pk}/plan/"
    form = {
        "asks": "everybody",
        "anonymity": "anonymous",
        "closes_on": "2030-05-01",
        "revision": survey.revision,
    }
    other.post(page, form)

    second = lead.post(
        page, {**form, "closes_on": "2030-05-08", "asks": "some", "departments": [cast.roads.pk]}
    )

    found = rows(second)
    assert ("Last day", "2030-05-01", "2030-05-08") in found
    assert ("Whom do you ask?", "The whole agency", "Only some departments") in found
