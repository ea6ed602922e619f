"""A person's own surveys: what waits, where they stopped, and the thanks."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from buyin.initiatives.models import Initiative
from surveys import actions
from surveys.answers import Edit
from surveys.models import Draft, Participation, Response, Wave
from surveys.sealing import COOKIE
from tests.factories.accounts import PersonFactory
from tests.factories.readiness import make_snapshot
from tests.factories.surveys import make_filling, make_wave

pytestmark = pytest.mark.django_db


def answer(wave, person):
    edit = Edit(shown={}, typed={"useful": "4", "told": "2", "more": "canary"})
    return actions.submit(filling=make_filling(wave, person), edit=edit, receipt=uuid.uuid4())


def words(response):
    return re.sub(r"\s+", " ", response.text)


def test_open_surveys_say_how_long_they_take(sign_in, cast):
    make_wave(cast.roads)

    page = words(sign_in("staff").get("/surveys/"))

    assert "One survey waits for your answer." in page
    assert "8 questions, about 3 minutes." in page
    assert "Anonymous: nobody can see who answered what" in page


def test_whoever_is_asked_nothing_is_told_so(sign_in, cast):
    make_wave(cast.roads)

    page = words(sign_in("neighbour").get("/surveys/"))

    assert "No survey waits for you right now." in page
    assert "Permit assistant" not in page


def test_a_begun_survey_goes_on_where_it_stopped(sign_in, cast):
    wave = make_wave(cast.roads, anonymity="named")
    typed = {"useful": "4", "reasons": ["speed"], "helped": "no", "told": "1", "heard": "2"}
    Draft.objects.create(wave=wave, person=cast.staff, typed=typed)
    staff = sign_in("staff")

    assert "Continue at question 6" in words(staff.get("/surveys/"))
    assert staff.get(f"/surveys/{wave.pk}/").headers["Location"] == f"/surveys/{wave.pk}/pages/2/"


def begin(browser, wave):
    """Answer the first question in this browser, as its page saves it."""
    address = f"/surveys/{wave.pk}/pages/1/"
    [owner] = re.findall(r'name="owner" value="(\w+)"', browser.get(address).text)
    form = {"owner": owner, "go": "autosave", "count": "1", "client": "tab", "q_useful": "4"}
    assert browser.post(address, form).status_code == 200


def test_the_start_page_knows_in_the_browser_where_an_anonymous_survey_stopped(sign_in, cast):
    wave = make_wave(cast.roads)
    browser = sign_in("staff")
    begin(browser, wave)

    assert "Continue at question 2" in words(browser.get("/"))
    assert "Continue at question 2" in words(browser.get("/surveys/"))


def test_no_other_browser_and_nobody_else_learns_where_an_anonymous_survey_stopped(sign_in, cast):
    wave = make_wave(cast.roads)
    browser = sign_in("staff")
    begin(browser, wave)
    colleague = PersonFactory(department=cast.roads)

    elsewhere = words(sign_in("staff").get("/"))
    browser.force_login(colleague)

    for page in (elsewhere, words(browser.get("/"))):
        assert "Continue" not in page
        assert "Answer: Permit assistant" in page


def test_a_browser_without_drafts_needs_no_query_for_them(sign_in, cast):
    for _n in range(3):
        wave = make_wave(cast.roads)
    browser, another = sign_in("staff"), sign_in("staff")
    begin(browser, wave)
    another.get("/")  # the questions of all three have been read once
    counts = []
    for client in (another, browser):
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append([q["sql"] for q in queries])

    assert len(counts[1]) == len(counts[0]) + 1
    assert not [sql for sql in counts[0] if "anonymousdraft" in sql]


@pytest.mark.parametrize("brought", ["", "short", "x" * 60])
def test_a_cookie_that_opens_nothing_does_no_harm_on_the_start_page(sign_in, cast, brought):
    wave = make_wave(cast.roads)
    begin(sign_in("staff"), wave)
    stranger = sign_in("staff")
    stranger.cookies[COOKIE] = brought

    assert "Answer: Permit assistant" in words(stranger.get("/"))


def test_an_answered_survey_tells_when_results_appear(sign_in, cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.staff)
    staff = sign_in("staff")

    page = words(staff.get("/surveys/"))

    assert "No survey waits for you right now." in page
    assert "Results appear here once they are shared" in page
    assert staff.get(f"/surveys/{wave.pk}/").headers["Location"].endswith("/thanks/")


def test_a_survey_that_asks_again_says_which_wave_it_is(sign_in, cast):
    first = make_wave(cast.roads)
    second = make_wave(cast.roads, number=2)
    answer(second, cast.staff)

    page = words(sign_in("staff").get("/surveys/"))

    assert f"<h3>{first.survey.title}</h3>" in page
    assert f"<h3>{second.survey.title}, wave 2</h3>" in page


def test_a_wave_that_was_ended_early_names_the_moment_of_its_end(sign_in, cast):
    wave = make_wave(cast.roads)
    Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now())
    late = make_wave(cast.roads, closed_at=timezone.now() + dt.timedelta(days=7))
    lead = sign_in("lead")

    told = words(sign_in("staff").get(f"/surveys/{wave.pk}/pages/1/"))
    listed = words(lead.get(f"/surveys/author/{wave.survey_id}/"))

    today, planned = (
        date_format(timezone.localtime(one)) for one in (timezone.now(), wave.closes_at)
    )
    assert f"took answers until {today}" in told
    assert f"– {today}" in listed
    assert planned not in told + listed
    assert late.last_moment == late.closes_at


def test_the_thanks_say_what_happens_next_and_show_no_answer(sign_in, cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.staff)

    page = words(sign_in("staff").get(f"/surveys/{wave.pk}/thanks/"))

    assert "Thank you. We have your answers." in page
    assert "Results appear here once they are shared" in page
    assert "We ask so that training starts where it helps most." in page
    assert "canary" not in page
    assert "Last time" not in page


@pytest.mark.parametrize(
    ("mode", "told", "other"),
    [
        ("named", "The people who run this survey can read your answers already.", "Nobody sees"),
        ("confidential", "Nobody sees results before that.", "can read your answers already"),
        ("anonymous", "Nobody sees results before that.", "can read your answers already"),
    ],
)
def test_the_thanks_say_who_reads_answers_while_it_is_open(sign_in, cast, mode, told, other):
    wave = make_wave(cast.roads, anonymity=mode)
    answer(wave, cast.staff)

    page = words(sign_in("staff").get(f"/surveys/{wave.pk}/thanks/"))

    assert told in page
    assert other not in page


def test_the_thanks_tell_of_the_wave_before_only_where_enough_answered(sign_in, cast, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_wave(cast.roads, number=2)
    earlier = Wave.objects.create(
        survey=wave.survey,
        called=wave.called,
        version=wave.version,
        number=1,
        opens_at=timezone.now() - dt.timedelta(days=90),
        closes_at=timezone.now() - dt.timedelta(days=80),
        grace=dt.timedelta(),
        closed_at=timezone.now() - dt.timedelta(days=80),
    )
    answer(wave, cast.staff)
    staff = sign_in("staff")
    for _number in range(4):
        Response.objects.create(wave=earlier, answers={}, week="2026-W01")

    few = words(staff.get(f"/surveys/{wave.pk}/thanks/"))
    Response.objects.create(wave=earlier, answers={}, week="2026-W01")
    enough = words(staff.get(f"/surveys/{wave.pk}/thanks/"))

    assert "Last time" not in few
    assert "5 people answered by" in enough


@pytest.mark.parametrize(
    ("people", "finding"),
    [({"roads": (30, (40,) * 5)}, "Roads is not ready yet"), ({"roads": (4, (40,) * 5)}, "")],
)
def test_the_thanks_show_what_was_found_before_where_it_may_be_shown(
    sign_in, cast, settings, people, finding
):
    wave = make_wave(cast.roads, number=2)
    then = timezone.now() - dt.timedelta(days=80)
    times = {"opens_at": then, "closes_at": then + dt.timedelta(days=1), "closed_at": then}
    more = {"version": wave.version, "number": 1, "called": wave.called, "grace": dt.timedelta()}
    earlier = Wave.objects.create(survey=wave.survey, **times, **more)
    for _number in range(settings.SMALLEST_GROUP):
        Response.objects.create(wave=earlier, answers={}, week="2026-W01")
    source = "Permit assistant, wave 1"
    make_snapshot(wave.survey.initiative, people, asked={"roads": 40}, source=source)
    answer(wave, cast.staff)

    page = sign_in("staff").get(f"/surveys/{wave.pk}/thanks/")

    assert page.context["last_time"].finding.startswith(finding)
    assert ("See what was found last time" in page.text) is bool(finding)
    if finding:
        found = sign_in("staff").get(page.context["last_time"].url)
        assert found.context["title"] == page.context["last_time"].finding


def test_thanks_are_for_those_who_have_answered(sign_in, cast):
    wave = make_wave(cast.roads)

    assert sign_in("staff").get(f"/surveys/{wave.pk}/thanks/").status_code == 404
    assert sign_in("neighbour").get(f"/surveys/{wave.pk}/").status_code == 404
    assert sign_in("anonymous").get("/surveys/").status_code == 302


def test_thanks_stay_when_a_person_moves_to_another_department(sign_in, cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.staff)
    cast.staff.department = cast.clinic
    cast.staff.save()

    assert sign_in("staff").get(f"/surveys/{wave.pk}/thanks/").status_code == 200
    assert Participation.objects.get().department == cast.roads


def test_the_list_asks_as_few_questions_for_three_surveys_as_for_one(
    sign_in, cast, django_assert_num_queries
):
    staff = sign_in("staff")
    make_wave(cast.roads)
    staff.get("/surveys/")
    with django_assert_num_queries(6):
        staff.get("/surveys/")

    make_wave(cast.roads, anonymity="named")
    make_wave(cast.roads)
    staff.get("/surveys/")
    with django_assert_num_queries(6):
        staff.get("/surveys/")


@pytest.mark.parametrize("part", ["results/", "series/"])
def test_lists_beside_ones_own_surveys_lead_back_to_them(sign_in, cast, part):
    page = words(sign_in("lead").get(f"/surveys/{part}"))

    assert re.search(r'aria-label="Breadcrumbs">.*?<a href="/surveys/">Surveys</a>', page)


def test_whoever_leads_an_initiative_finds_where_surveys_are_written(sign_in, cast):
    link = 'href="/surveys/author/"'
    neighbour = sign_in("neighbour")
    assert link not in neighbour.get("/surveys/").content.decode()

    Initiative.objects.create(name="Triage", lead=cast.neighbour)

    assert link in neighbour.get("/surveys/").content.decode()
