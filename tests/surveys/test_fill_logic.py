"""Filling in a survey with conditions over HTTP: the server decides what was asked of whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.models import BufferedResponse, Draft, Response
from tests.factories.logic import VISITS
from tests.factories.surveys import make_draft, make_wave

from .public_pages import form_on
from .test_fill import press, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, definition=VISITS, anonymity="named")


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def stored():
    return Response.objects.get().answers


def test_the_next_page_is_the_next_one_with_a_question_for_this_person(staff, wave):
    without = press(staff, wave, 1, "next", q_uses="no", q_why_not="No time")
    with_it = press(staff, wave, 1, "next", q_uses="yes", q_why_not="No time")

    assert without.headers["Location"] == url(wave, 3)
    assert with_it.headers["Location"] == url(wave, 2)


def test_the_way_back_leaves_out_the_same_pages(staff, wave, cast):
    make_draft(wave, cast.staff, uses="no", why_not="No time")

    assert press(staff, wave, 3, "back").headers["Location"] == url(wave, 1)
    press(staff, wave, 1, "save", q_uses="yes")
    assert press(staff, wave, 3, "back").headers["Location"] == url(wave, 2)


def test_a_page_that_is_not_asked_leads_to_the_one_before(staff, wave):
    press(staff, wave, 1, "next", q_uses="yes")
    assert staff.get(url(wave, 2)).status_code == 200

    press(staff, wave, 1, "next", q_uses="no", q_why_not="No time")

    assert staff.get(url(wave, 2)).headers["Location"] == url(wave, 1)


def test_what_is_handed_in_has_no_answer_that_was_not_asked(staff, wave):
    press(staff, wave, 1, "next", q_uses="yes", q_times="60", q_unusual="Letters")
    press(staff, wave, 2, "next", q_best="Speed of work")
    press(staff, wave, 1, "next", q_uses="no", q_why_not="No time")

    done = press(staff, wave, 3, "submit", q_wish="Bread")

    assert done.headers["Location"] == f"/surveys/{wave.pk}/thanks/"
    assert stored() == {"uses": "no", "why_not": "No time", "wish": "Bread"}


def test_what_was_typed_in_a_question_that_went_away_comes_back_with_it(staff, wave):
    press(staff, wave, 1, "next", q_uses="yes", q_times="60", q_unusual="Letters")
    press(
        staff, wave, 1, "next", q_uses="no", q_why_not="No time", q_times="60", q_unusual="Letters"
    )
    assert Draft.objects.get().typed["unusual"] == "Letters"

    press(staff, wave, 1, "next", q_uses="yes", q_times="60", q_unusual="Letters")
    press(staff, wave, 2, "next", q_best="Speed of work")
    press(staff, wave, 3, "submit")

    assert stored() == {
        "uses": "yes", "times": 60, "unusual": "Letters", "best": "Speed of work", "a_year": 3120,
        "wish": None,
    }  # fmt: skip


def test_an_anonymous_answer_is_stored_by_the_same_rules(staff, cast):
    wave = make_wave(cast.roads, definition=VISITS)
    press(staff, wave, 1, "next", q_uses="no", q_why_not="No time", q_times="9")

    press(staff, wave, 3, "submit")

    assert BufferedResponse.objects.get().answers == {
        "uses": "no", "why_not": "No time", "wish": None,
    }  # fmt: skip


def test_what_became_required_on_the_page_is_missed_there(staff, wave):
    answer = press(staff, wave, 1, "next", q_uses="yes", q_times="60")

    assert answer.status_code == 422
    assert 'href="#q-unusual"' in answer.text
    assert 'href="#q-why_not"' not in answer.text


def test_an_answer_that_is_not_allowed_leads_back_to_its_page(staff, wave):
    press(staff, wave, 1, "next", q_uses="yes")
    refused = press(staff, wave, 2, "next", q_best="Fast")
    led_back = press(staff, wave, 3, "submit")

    assert refused.status_code == 422
    assert "Say a little more than “Fast”." in refused.text
    assert led_back.headers["Location"] == f"{url(wave, 2)}?check=1"


def test_behind_the_last_page_that_is_asked_comes_the_look_at_all_answers(staff, cast):
    definition = {**VISITS, "pages": VISITS["pages"][:2]}
    wave = make_wave(cast.roads, definition=definition, anonymity="named")

    answer = press(staff, wave, 1, "next", q_uses="no", q_why_not="No time")

    assert answer.headers["Location"] == f"/surveys/{wave.pk}/check/"
    page = staff.get(answer.url)
    done = press(staff, wave, 2, "submit", form=form_on(page))
    assert done.headers["Location"] == f"/surveys/{wave.pk}/thanks/"
    assert stored() == {"uses": "no", "why_not": "No time"}


def test_nobody_can_answer_what_they_are_not_asked(staff, wave):
    form = form_on(staff.get(url(wave)))
    press(staff, wave, 2, "save", form=form, q_best="Posted by hand", q_a_year="99")
    press(staff, wave, 1, "next", q_uses="no", q_why_not="No time")

    press(staff, wave, 3, "submit")

    assert stored() == {"uses": "no", "why_not": "No time", "wish": None}


def test_the_look_at_all_answers_shows_what_is_asked_and_repeats_answers(staff, wave, cast):
    make_draft(wave, cast.staff, uses="yes", times="7", why_not="Old", best="Speed of work")

    page = staff.get(f"/surveys/{wave.pk}/check/").text

    assert "You use it 7 times. What is best?" in page
    assert "Speed of work" in page
    assert "Why not?" not in page
    assert "a_year" not in page


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ({}, 1),
        ({"uses": "no"}, 1),
        ({"uses": "no", "why_not": "No time"}, 3),
        ({"uses": "yes", "times": "3"}, 2),
        ({"uses": "yes", "times": "3", "best": "Speed of work"}, 3),
        ({"uses": "no", "why_not": "No time", "wish": "Bread"}, 3),
    ],
)
def test_going_on_later_leads_to_the_first_question_that_is_asked_and_open(
    staff, wave, cast, typed, page
):
    make_draft(wave, cast.staff, **typed)

    assert staff.get(f"/surveys/{wave.pk}/").headers["Location"] == url(wave, page)


@pytest.mark.parametrize("page", [1, 2, 3])
def test_conditions_cost_no_query(staff, wave, cast, page, django_assert_num_queries):
    plain = make_wave(cast.roads, anonymity="named")
    for one in (wave, plain):
        make_draft(one, cast.staff, uses="yes", times="3")
        staff.get(url(one, page if one is wave else 1))
    with CaptureQueriesContext(connection) as queries:
        staff.get(url(plain))

    with django_assert_num_queries(len(queries)):
        assert staff.get(url(wave, page)).status_code == 200


def test_a_later_page_repeats_what_a_person_meant_by_other(staff, cast):
    choices = [
        {"code": "chat", "text": "A chat"},
        {"code": "else", "text": "Another one", "other": True},
    ]
    definition = {
        "schema": 1,
        "language": "en",
        "intro": "Hello.",
        "pages": [
            {"code": "one", "questions": [
                {"code": "which", "type": "single", "text": "Which?", "choices": choices},
            ]},
            {"code": "two", "questions": [
                {"code": "why", "type": "short_text", "text": "Why ${which}?"},
            ]},
        ],
    }  # fmt: skip
    wave = make_wave(cast.roads, definition=definition, anonymity="named")
    press(staff, wave, 1, "next", q_which="else", q_which__other="The <old> one")

    assert "Why The &lt;old&gt; one?" in staff.get(url(wave, 2)).text
    assert "Why The &lt;old&gt; one?" in staff.get(f"/surveys/{wave.pk}/check/").text
    press(staff, wave, 1, "next", q_which="chat")
    assert "Why A chat?" in staff.get(url(wave, 2)).text
