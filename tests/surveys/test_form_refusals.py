"""What authors may type: every refusal names its field, and nothing that was typed is lost."""

import datetime as dt
import html
import re

import pytest
from django.utils import timezone

from surveys.models import Survey, SurveyVersion, Wave, WaveDepartment, WavePlan
from tests.factories.accounts import DepartmentFactory, PersonFactory
from tests.factories.initiatives import InitiativeFactory

NEW = "/surveys/author/new/readiness/"
HOSTILE = "<b>\"'&</textarea> {{ x }}"


def day(days=0):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def texts():
    initiative = InitiativeFactory(name="Permit assistant")
    return {"title": "Ready?", "purpose": "To plan training.", "initiative": initiative.pk}


@pytest.fixture
def survey(lead, texts):
    assert lead.post(NEW, texts).status_code == 302
    return Survey.objects.get()


def planned(survey, **changes):
    survey.refresh_from_db()
    fields = {"asks": "everybody", "opens_on": "", "closes_on": day(14), "anonymity": "anonymous"}
    return {**fields, "revision": survey.revision, **changes}


def address(survey, part=""):
    return f"/surveys/author/{survey.pk}/{part}"


def problem_at(answer, field):
    """Return the message that is tied to a field of a form that was shown again."""
    assert answer.status_code == 200
    text = html.unescape(answer.text)
    found = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</span>(.*?)</span>', text, re.DOTALL)
    assert found, text
    return " ".join(found.group(2).split())


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Write a title."),
        ("title", " \t ", "Write a title."),
        ("title", "t" * 201, "at most 200 characters (it has 201)"),
        ("title", "a\0b", "a character that cannot be seen (U+0000)"),
        ("purpose", "", "Say why you ask."),
        ("purpose", "p" * 2001, "at most 2000 characters (it has 2001)"),
        ("purpose", "a\0b", "Null characters are not allowed."),
        ("initiative", "", "Choose an initiative."),
        ("initiative", "999999", "Select a valid choice."),
        ("initiative", "x", "Select a valid choice."),
        ("initiative", "9" * 30, "Select a valid choice."),
    ],
)
def test_a_survey_with_a_bad_field_is_not_made_and_says_which(lead, texts, field, value, message):
    answer = lead.post(NEW, {**texts, field: value})

    assert message in problem_at(answer, field)
    assert not Survey.objects.exists()


@pytest.mark.parametrize("bad", ["title", "purpose", "initiative"])
def test_everything_else_that_was_typed_is_still_there(lead, texts, bad):
    typed = {**texts, "title": f"T {HOSTILE}", "purpose": f"P {HOSTILE}\nsecond line", bad: ""}

    answer = lead.post(NEW, typed)

    kept = html.unescape(answer.text)
    assert "<b>\"'" not in answer.text
    for field in {"title", "purpose"} - {bad}:
        assert typed[field] in kept
    assert bad == "initiative" or re.search(rf'value="{texts["initiative"]}"\s+selected', kept)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("intro", "i" * 4001, "at most 4000 characters"),
        ("intro", "a\0b", "Null characters are not allowed."),
        ("title", "", "Write a title."),
    ],
)
def test_texts_that_cannot_be_stay_on_the_page_and_change_nothing(
    lead, survey, texts, field, value, message
):
    fields = {**texts, "intro": "Hello", "revision": survey.revision, field: value}

    answer = lead.post(address(survey, "texts/"), {**fields, "purpose": "Another purpose"})

    assert message in problem_at(answer, field)
    assert "Another purpose" in answer.text
    survey.refresh_from_db()
    assert (survey.purpose, survey.revision) == ("To plan training.", 1)


@pytest.mark.parametrize("revision", ["", "x", "-1", "999", "9" * 30])
def test_a_form_with_another_revision_than_ours_changes_nothing(lead, survey, texts, revision):
    fields = {**texts, "title": "Changed", "intro": "", "revision": revision}

    answer = lead.post(address(survey, "texts/"), fields)

    assert answer.status_code == 200
    assert "Changed" in answer.text
    survey.refresh_from_db()
    assert survey.title == "Ready?"


def test_an_introduction_that_cannot_be_shown_is_named_before_publishing(lead, survey, texts):
    fields = {**texts, "intro": "a\x07b", "revision": survey.revision}
    lead.post(address(survey, "texts/"), fields)

    text = lead.get(address(survey)).text

    assert "Survey, intro: “intro” holds characters that cannot be shown." in text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("asks", "", "Choose whom you ask."),
        ("asks", "nobody", "Select a valid choice."),
        ("opens_on", "soon", "Enter a valid date."),
        ("closes_on", day(14).replace("-", "."), "Enter a valid date."),
        ("closes_on", "9999999-01-01", "Enter a valid date."),
        ("closes_on", "", "Choose the last day."),
        ("anonymity", "", "Choose what can be known of who answered."),
        ("departments", ["x"], "Select a valid choice."),
    ],
)
def test_a_plan_with_a_bad_field_says_which_and_keeps_the_others(
    lead, survey, cast, field, value, message
):
    good = {"asks": "some", "departments": [cast.parks.pk], "anonymity": "named"}

    answer = lead.post(address(survey, "plan/"), planned(survey, **{**good, field: value}))

    assert message in problem_at(answer, field)
    ticked = re.findall(r'value="([^"]*)"[^>]*\schecked', answer.text)
    assert field == "departments" or str(cast.parks.pk) in ticked
    assert field == "anonymity" or "named" in ticked
    plan = WavePlan.objects.get()
    assert (plan.closes_on, plan.anonymity) == (None, "anonymous")


@pytest.mark.parametrize("closes_on", ["9999-12-31", day(-1)])
def test_a_last_day_that_no_calendar_can_follow_is_no_server_error(lead, survey, closes_on):
    lead.post(address(survey, "plan/"), planned(survey, closes_on=closes_on))

    shown = lead.get(address(survey, "publish/"))
    pressed = lead.post(address(survey, "publish/"))

    assert (shown.status_code, pressed.status_code) == (200, 302)
    assert not Wave.objects.exists()


def test_a_last_day_today_is_enough_and_said_to_be_short(lead, survey):
    lead.post(address(survey, "plan/"), planned(survey, opens_on=day(), closes_on=day()))

    assert "People have only a few days." in lead.get(address(survey, "publish/")).text
    assert lead.post(address(survey, "publish/")).status_code == 302
    assert Wave.objects.get().opens_at <= timezone.now()


def test_nobody_is_asked_twice_where_a_department_and_its_parts_are_chosen(lead, survey, cast):
    chosen = [cast.works.pk, cast.roads.pk, cast.works.pk]
    lead.post(address(survey, "plan/"), planned(survey, asks="some", departments=chosen))

    lead.post(address(survey, "publish/"))

    asked = dict(WaveDepartment.objects.values_list("department__code", "asked"))
    assert asked == {"works": 15, "roads": 40, "parks": 30}


def test_a_part_that_is_chosen_alone_does_not_ask_its_neighbours_or_what_is_above(
    lead, survey, cast
):
    below = DepartmentFactory(name="Night shift", parent=cast.roads, headcount=12)
    PersonFactory(department=below)
    fields = planned(survey, asks="some", departments=[cast.roads.pk])
    lead.post(address(survey, "plan/"), fields)

    lead.post(address(survey, "publish/"))

    asked = dict(WaveDepartment.objects.values_list("department", "asked"))
    assert asked == {cast.roads.pk: 40, below.pk: 12}


def test_departments_without_people_are_not_asked_and_cannot_be_a_whole_audience(lead, survey):
    empty = DepartmentFactory(name="Planned office", headcount=0)
    PersonFactory(department=empty, is_active=False)
    fields = planned(survey, asks="some", departments=[empty.pk])
    lead.post(address(survey, "plan/"), fields)

    assert "Nobody would be asked." in lead.get(address(survey, "publish/")).text
    lead.post(address(survey, "publish/"))
    assert not Wave.objects.exists()


def test_a_refused_publication_leaves_the_draft_a_draft(lead, survey):
    lead.post(address(survey, "publish/"))

    version = SurveyVersion.objects.get()
    assert not version.is_published
    assert version.fingerprint == ""
    assert WavePlan.objects.exists()


def test_a_published_version_keeps_its_questions_whatever_is_typed_later(lead, survey, texts):
    lead.post(address(survey, "plan/"), planned(survey))
    lead.post(address(survey, "publish/"))
    before = SurveyVersion.objects.get()
    survey.refresh_from_db()

    fields = {**texts, "intro": "Changed later", "revision": survey.revision}
    lead.post(address(survey, "texts/"), fields)

    out, draft = SurveyVersion.objects.order_by("number")
    assert (out.definition, out.fingerprint) == (before.definition, before.fingerprint)
    assert draft.definition["intro"] == "Changed later"
    assert not draft.is_published


@pytest.mark.parametrize("part", ["", "texts/", "plan/", "publish/", "preview/1/", "waves/1/"])
@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_a_survey_with_an_absurd_number_is_not_found(lead, number, part):
    assert lead.get(f"/surveys/author/{number}/{part}").status_code == 404


@pytest.mark.parametrize("closes_on", ["", "x", "9999-12-31", day(-5), day(1)])
def test_more_time_that_cannot_be_given_is_refused_at_its_field(lead, survey, closes_on):
    lead.post(address(survey, "plan/"), planned(survey))
    lead.post(address(survey, "publish/"))
    before = Wave.objects.get().closes_at

    answer = lead.post(address(survey, "waves/1/extend/"), {"closes_on": closes_on})

    assert closes_on in html.unescape(answer.text)
    assert problem_at(answer, "closes_on")
    assert Wave.objects.get().closes_at == before
