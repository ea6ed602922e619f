"""From a template to a published wave, as a lead does it in the browser."""

import datetime as dt
import re

import pytest
from django.utils import formats, timezone

from surveys.content import letter_of
from surveys.definitions import fingerprint
from surveys.instruments import all_instruments
from surveys.models import Survey, SurveyVersion, Wave, WaveDepartment, WavePlan
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_wave

NEW = "/surveys/author/new/readiness/"
TEXTS = {"title": "How ready are we?", "purpose": "To plan training.\r\nWe publish the result."}


def today(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def survey(lead):
    initiative = InitiativeFactory(name="Permit assistant")
    answer = lead.post(NEW, {**TEXTS, "initiative": initiative.pk})
    assert answer.status_code == 302, answer.text
    return Survey.objects.get()


def plan_fields(survey, **changes):
    survey.refresh_from_db()
    fields = {
        "asks": "everybody",
        "opens_on": "",
        "closes_on": today(14).isoformat(),
        "anonymity": "anonymous",
        "revision": survey.revision,
    }
    return {**fields, **changes}


def plan(client, survey, **changes):
    address = f"/surveys/author/{survey.pk}/plan/"
    answer = client.post(address, plan_fields(survey, **changes))
    assert answer.status_code == 302, answer.text
    return answer


def heading(answer):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    assert found
    return " ".join(found.group(1).split())


def test_a_lead_reads_every_template_with_its_source_before_choosing(lead):
    InitiativeFactory()

    answer = lead.get("/surveys/author/new/")

    for one in all_instruments():
        assert one.title in answer.text
        assert one.licence in answer.text
    assert "Shea CM, Jacobs SR" in answer.text
    assert "I know why the agency is bringing in this AI system." in answer.text


def test_a_survey_starts_as_a_draft_of_its_template_with_a_plan(survey, cast):
    version = survey.versions.get()

    assert survey.title == "How ready are we?"
    assert survey.owner == cast.lead
    assert survey.kind == "readiness"
    assert not version.is_published
    assert len(version.definition["pages"]) == 6
    assert survey.plan.asks_everybody


def test_who_starts_without_a_template_reads_what_each_kind_is_for(lead, survey):
    page = " ".join(lead.get("/surveys/author/new/blank/").text.split())

    assert "a pulse is a very short one" in page
    assert "Back to the templates" in page
    assert "Other template" not in page


def test_nothing_typed_is_lost_when_a_field_is_missing(lead):
    InitiativeFactory()

    answer = lead.post(NEW, {"title": "", "purpose": "Because we <need> to."})

    assert answer.status_code == 200
    assert "Because we &lt;need&gt; to." in answer.text
    assert "Write a title." in answer.text
    assert not Survey.objects.exists()


def test_the_draft_says_what_is_missing_and_what_it_asks(lead, survey):
    answer = lead.get(f"/surveys/author/{survey.pk}/")

    assert "Choose the last day on which people can answer." in answer.text
    assert "I worry that it puts my job at risk." in answer.text
    assert "scored in reverse" in answer.text
    assert "Check and publish" not in answer.text


def test_the_texts_can_change_and_the_introduction_stays_in_the_draft(lead, survey):
    initiative = InitiativeFactory()
    fields = {
        **TEXTS,
        "title": "Ready?",
        "initiative": initiative.pk,
        "intro": "Hello.",
        "revision": 1,
    }

    lead.post(f"/surveys/author/{survey.pk}/texts/", fields)

    survey.refresh_from_db()
    assert (survey.title, survey.initiative, survey.revision) == ("Ready?", initiative, 2)
    assert survey.versions.get().definition["intro"] == "Hello."


def test_of_two_editors_the_second_is_told_and_loses_nothing(lead, survey, sign_in):
    fields = {**TEXTS, "initiative": survey.initiative_id, "intro": "First.", "revision": 1}
    address = f"/surveys/author/{survey.pk}/texts/"
    lead.post(address, fields)

    second = sign_in("administrator").post(address, {**fields, "intro": "Second text."})

    assert "changed this while you were typing" in second.text
    assert "Second text." in second.text
    assert 'name="revision" value="2"' in second.text
    assert survey.versions.get().definition["intro"] == "First."

    sign_in("administrator").post(address, {**fields, "intro": "Second text.", "revision": 2})

    assert survey.versions.get().definition["intro"] == "Second text."


def test_the_preview_shows_every_page_and_stores_nothing(lead, survey):
    first = lead.get(f"/surveys/author/{survey.pk}/preview/1/")
    last = lead.get(f"/surveys/author/{survey.pk}/preview/6/")

    assert "nothing is stored or sent" in first.text
    assert 'name="q_purpose_why"' in first.text
    assert "Next page" in first.text
    assert 'name="q_comment"' in last.text
    assert "Next page" not in last.text
    assert lead.get(f"/surveys/author/{survey.pk}/preview/7/").status_code == 404
    assert lead.post(f"/surveys/author/{survey.pk}/preview/1/", {}).status_code == 405


def test_the_audience_counts_the_people_under_the_chosen_departments(lead, survey, cast):
    plan(lead, survey, asks="some", departments=[cast.works.pk])

    answer = lead.get(f"/surveys/author/{survey.pk}/publish/")

    assert heading(answer) == "Publish to 85 people?"
    assert "at the end of" in answer.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"asks": "some"}, "Choose at least one department."),
        ({"closes_on": ""}, "Choose the last day."),
        ({"closes_on": "31.31.2026"}, "Enter a valid date."),
        (
            {"opens_on": today(3).isoformat(), "closes_on": today(2).isoformat()},
            "The last day must not be before the first.",
        ),
        ({"anonymity": "secret"}, "Select a valid choice."),
        ({"asks": "some", "departments": ["999999"]}, "Select a valid choice."),
    ],
)
def test_a_plan_that_cannot_be_is_shown_again_with_the_reason(lead, survey, changes, message):
    answer = lead.post(f"/surveys/author/{survey.pk}/plan/", plan_fields(survey, **changes))

    assert answer.status_code == 200
    assert message in answer.text
    assert survey.plan.closes_on is None


def test_the_invitation_is_read_before_publishing_and_goes_out_as_it_was_read(lead, survey, cast):
    plan(lead, survey, sends_mail="on", reminders="2")
    way = f"/surveys/author/{survey.pk}/publish/"

    letter = lead.get(way).context["letter"]
    shown = " ".join(lead.get(way).text.split())
    lead.post(way)

    assert letter == letter_of(Wave.objects.get(), 0)
    assert "Read the invitation" in shown
    for words in (letter.subject, letter.promise, letter.reason, *letter.facts):
        assert words in shown
    assert letter.url not in shown


def test_without_mails_there_is_no_invitation_to_read(lead, survey):
    plan(lead, survey)

    assert "Read the invitation" not in lead.get(f"/surveys/author/{survey.pk}/publish/").text


def test_publishing_freezes_the_version_and_asks_everybody_on_the_roster(lead, survey, cast):
    plan(lead, survey, opens_on=today().isoformat())

    answer = lead.post(f"/surveys/author/{survey.pk}/publish/")

    wave = Wave.objects.get()
    version = survey.versions.get()
    assert answer.headers["Location"] == f"/surveys/author/{survey.pk}/waves/1/"
    assert version.is_published
    assert version.fingerprint == fingerprint(version.definition, "anonymous")
    assert (wave.version, wave.number) == (version, 1)
    assert wave.opens_at <= timezone.now() < wave.closes_at
    groups = WaveDepartment.objects.values_list("department__code", "asked")
    assert dict(groups) == {
        "city": 20, "works": 15, "health": 25, "roads": 40, "parks": 30, "clinic": 50,
    }  # fmt: skip
    assert not WavePlan.objects.exists()
    assert Wave.objects.awaiting(cast.staff).get() == wave


def test_an_account_that_the_roster_does_not_know_is_counted_too(lead, survey, cast):
    cast.departments["roads"].headcount = 0
    cast.departments["roads"].save()
    plan(lead, survey)

    lead.post(f"/surveys/author/{survey.pk}/publish/")

    assert WaveDepartment.objects.get(department=cast.roads).asked == 1


def test_the_wave_closes_at_the_end_of_its_last_day_in_the_agencys_time_zone(lead, survey):
    plan(lead, survey, opens_on=today(2).isoformat(), closes_on=today(9).isoformat())

    lead.post(f"/surveys/author/{survey.pk}/publish/")

    zone = timezone.get_default_timezone()
    wave = Wave.objects.get()
    assert wave.opens_at == dt.datetime.combine(today(2), dt.time.min, zone)
    assert wave.closes_at == dt.datetime.combine(today(9), dt.time.max, zone)


def test_those_who_are_asked_read_the_last_day_that_was_chosen(lead, survey, sign_in):
    plan(lead, survey, closes_on=today(9).isoformat())
    lead.post(f"/surveys/author/{survey.pk}/publish/")
    wave = Wave.objects.get()
    last_day = formats.date_format(today(9))

    staff = sign_in("staff")

    for page in ("/surveys/", f"/surveys/{wave.pk}/pages/1/"):
        assert f"until {last_day}" in " ".join(staff.get(page).text.split())
    field = f"/surveys/author/{survey.pk}/waves/1/"
    assert f"open until {last_day}, 23:59" in " ".join(lead.get(field).text.split())


def test_small_departments_are_named_before_publishing(lead, survey, cast):
    cast.departments["parks"].headcount = 4
    cast.departments["parks"].save()
    plan(lead, survey, asks="some", departments=[cast.works.pk])

    answer = lead.get(f"/surveys/author/{survey.pk}/publish/")

    assert "Parks has fewer than 10 people. It will never be shown alone." in answer.text


def test_a_plan_that_grew_old_is_not_published(lead, survey):
    plan(lead, survey, opens_on=today().isoformat())
    WavePlan.objects.update(opens_on=today(-1))

    answer = lead.post(f"/surveys/author/{survey.pk}/publish/", follow=True)

    assert "The opening day has passed." in answer.text
    assert not Wave.objects.exists()


def test_of_two_publishers_one_makes_the_wave_and_the_other_is_told(lead, survey, sign_in):
    plan(lead, survey)
    lead.post(f"/surveys/author/{survey.pk}/publish/")

    second = sign_in("administrator").post(f"/surveys/author/{survey.pk}/publish/", follow=True)

    assert "This wave has been published already." in second.text
    assert Wave.objects.count() == 1


def test_asking_again_uses_the_same_version_and_the_same_audience(lead, cast):
    wave = make_wave(cast.roads, cast.parks, closed_at=timezone.now())
    survey = wave.survey

    lead.post(f"/surveys/author/{survey.pk}/again/")
    plan(lead, survey, asks="some", departments=[cast.roads.pk, cast.parks.pk])
    lead.post(f"/surveys/author/{survey.pk}/publish/")

    second = Wave.objects.get(number=2)
    assert second.version == wave.version
    assert set(second.groups.values_list("department__code", flat=True)) == {"roads", "parks"}


def test_another_anonymity_or_introduction_makes_the_next_version(lead, cast):
    wave = make_wave(cast.roads, closed_at=timezone.now())
    survey = wave.survey
    before = wave.version.definition

    lead.post(f"/surveys/author/{survey.pk}/again/")
    plan(lead, survey, anonymity="confidential")
    lead.post(f"/surveys/author/{survey.pk}/publish/")

    second = Wave.objects.get(number=2)
    assert (second.version.number, second.version.anonymity) == (2, "confidential")
    first = SurveyVersion.objects.get(pk=wave.version_id)
    assert (first.definition, first.anonymity) == (before, "anonymous")


def test_nobody_asks_again_while_a_wave_runs(lead, cast):
    wave = make_wave(cast.roads)

    answer = lead.post(f"/surveys/author/{wave.survey_id}/again/", follow=True)

    assert "has not been closed yet" in answer.text
    assert not WavePlan.objects.exists()


@pytest.mark.parametrize("persona", ["staff", "coordinator", "trainer", "moderator", "executive"])
def test_who_does_not_write_surveys_finds_no_such_pages(sign_in, survey, persona):
    client = sign_in(persona)

    for part in ("", "new/", "new/readiness/", f"{survey.pk}/", f"{survey.pk}/plan/"):
        assert client.get(f"/surveys/author/{part}").status_code == 404, part
    assert client.post(f"/surveys/author/{survey.pk}/publish/").status_code == 404


def test_the_lead_of_an_initiative_writes_surveys_for_it_and_no_other(sign_in, cast, survey):
    own = InitiativeFactory(name="Own initiative", lead=cast.staff)
    client = sign_in("staff")

    refused = client.post(NEW, {**TEXTS, "initiative": survey.initiative_id})
    client.post(NEW, {**TEXTS, "title": "Mine", "initiative": own.pk})

    assert "Select a valid choice" in refused.text
    assert list(Survey.objects.visible_to(cast.staff).values_list("title", flat=True)) == ["Mine"]
    assert client.get(f"/surveys/author/{survey.pk}/").status_code == 404
    assert "How ready are we?" not in client.get("/surveys/author/").text


@pytest.mark.parametrize("surveys", [1, 3])
def test_the_list_needs_the_same_number_of_queries_for_any_number_of_surveys(
    lead, cast, surveys, django_assert_num_queries
):
    for _n in range(surveys):
        make_wave(cast.roads, cast.parks)
    lead.get("/surveys/author/")

    with django_assert_num_queries(8):
        answer = lead.get("/surveys/author/")

    assert answer.text.count("Watch the response rate") == surveys


def test_the_departments_are_not_called_optional_where_only_some_are_asked(lead, survey):
    page = lead.get(f"/surveys/author/{survey.pk}/plan/").text

    legend = re.search(r"<legend[^>]*>\s*Departments\b.*?</legend>", page, re.DOTALL)
    assert legend
    assert "optional" not in legend.group()
