"""Questions of every type over HTTP, without a script: drawn, saved, looked through, handed in."""

import re

import pytest

from surveys import definitions
from surveys.answers import Typed
from surveys.models import BufferedResponse, Response
from surveys.rendering import draw, review_of
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import DEFINITION, make_draft, make_wave
from tests.surveys.test_fill import press, url

pytestmark = pytest.mark.django_db

CHOSEN = {
    "q_again": "0",
    "q_main": "else",
    "q_main__other": "A map",
    "q_uses": ["plan", "else"],
    "q_uses__other": "Maps & more",
    "q_order": ["search.3", "", "check.1", "plan.2"],
}
WRITTEN = {
    "q_since": "2024-02-29",
    "q_hours": ["", "dk"],
    "q_wish": "Time",
    "q_pace": "3",
    "q_double": "666",
}
STORED = {
    "again": 0,
    "main": "else",
    "main__other": "A map",
    "uses": ["plan", "else"],
    "uses__other": "Maps & more",
    "order": ["check", "plan", "search"],
    "since": "2024-02-29",
    "hours": "dk",
    "wish": "Time",
    "pace": 3,
}
TYPED: Typed = {
    "main": "else",
    "main__other": "A map",
    "uses": ["none"],
    "order": ["plan.2", "check.1"],
    "since": "2024-02-29",
    "hours": ["", "dk"],
    "wish": ["Time", "dk"],
    "again": "7",
}


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def drawn(number, typed=None, errors=None):
    return draw(definitions.read(EVERY_TYPE).pages[number]).filled(typed or {}, errors or {})


def marked(html):
    """Return name and value of everything that is ticked, chosen or filled in."""
    found = []
    for tag, inside in re.findall(r"<(input|option)\b([^>]*)>", html):
        name = re.findall(r'name="q_(\w+)"', inside)
        value = re.findall(r'value="([^"]*)"', inside)
        is_text = (tag == "input" and 'type="text"' in inside) or 'type="date"' in inside
        if re.search(r"\s(checked|selected)\b", inside) or (is_text and value and value[0]):
            found.append((*name, *value))
    return found


@pytest.mark.parametrize("anonymity", ["anonymous", "named"])
def test_every_type_is_answered_page_by_page_and_stored(cast, staff, anonymity):
    wave = make_wave(cast.roads, definition=EVERY_TYPE, anonymity=anonymity)

    first = press(staff, wave, 1, "next", **CHOSEN)
    last = press(staff, wave, 2, "submit", **WRITTEN)

    assert (first.status_code, last.status_code) == (302, 302)
    model = BufferedResponse if anonymity == "anonymous" else Response
    answers = dict(model.objects.get().answers)
    answers.pop("double", None)
    assert answers == STORED


def test_what_was_chosen_is_there_again_when_the_page_is_opened_later(cast, staff):
    wave = make_wave(cast.roads, definition=EVERY_TYPE)

    press(staff, wave, 1, "save", **CHOSEN)

    assert marked(staff.get(url(wave)).text) == [
        ("again", "0"),
        ("main", "else"),
        ("main__other", "A map"),
        ("uses", "plan"),
        ("uses", "else"),
        ("uses__other", "Maps &amp; more"),
        ("search.3",),
        ("check.1",),
        ("plan.2",),
    ]


def test_what_was_written_is_there_again_with_what_was_ticked_beside_it(cast, staff):
    wave = make_wave(cast.roads, definition=EVERY_TYPE)

    press(staff, wave, 2, "save", **WRITTEN)

    answer = staff.get(url(wave, 2))
    assert marked(answer.text) == [("since", "2024-02-29"), ("hours", "dk"), ("pace", "3")]
    assert ">\nTime</textarea>" in answer.text


def test_what_does_not_fit_together_is_said_at_its_question_and_nothing_is_lost(cast, staff):
    wave = make_wave(cast.roads, definition=EVERY_TYPE)
    typed = {
        "q_main": "search",
        "q_main__other": "A map",
        "q_uses": ["none", "plan"],
        "q_order": ["plan.1", "draft.1"],
    }

    answer = press(staff, wave, 1, "next", **typed)

    assert answer.status_code == 422
    for code in ("main__other", "uses", "order"):
        assert answer.text.count(f'id="q-{code}-error"') == 1
    assert 'href="#q-main__other"' in answer.text
    assert 'href="#q-uses-search"' in answer.text
    assert 'href="#q-order-search"' in answer.text
    assert marked(answer.text) == [
        ("main", "search"),
        ("main__other", "A map"),
        ("uses", "plan"),
        ("uses", "none"),
        ("draft.1",),
        ("plan.1",),
    ]


def test_a_wrong_day_stays_in_its_field_with_the_reason(cast, staff):
    wave = make_wave(cast.roads, definition=EVERY_TYPE)

    answer = press(staff, wave, 2, "submit", q_since="1999-01-01")

    assert answer.status_code == 422
    assert "The day must be from 1 January 2020 to today." in answer.text
    assert 'value="1999-01-01"' in answer.text


def test_limits_are_told_before_anything_is_typed_and_read_with_the_field():
    html = drawn(1)

    assert "From 1 January 2020 to today." in html
    assert "From 0 to 1000000." in html
    assert "Up to 300 characters." in " ".join(html.split())
    for code in ("since", "hours"):
        assert f'id="q-{code}-hint"' in html
        assert html.count(f'aria-describedby="q-{code}-hint"') == 1


def test_a_note_is_words_only_and_a_computed_value_is_not_on_the_page():
    first, second = drawn(0), drawn(1)

    assert "<p>There is no wrong answer.</p>" in first
    assert "q_welcome" not in first
    assert "double" not in second


def test_the_ends_of_a_rating_are_said_with_their_numbers():
    labels = re.findall(
        r'<label[^>]*for="q-again-(?:0|10)"[^>]*>(.*?)</label>', drawn(0), re.DOTALL
    )

    texts = [" ".join(re.sub(r"<[^>]*>", "", label).split()) for label in labels]
    assert texts == ["0 Not at all", "10 Very likely"]


def test_only_boxes_untick_each_other_and_never_the_circles_of_another_row():
    alone = re.findall(r'<input[^>]*id="([^"]*)"[^>]*data-alone', drawn(0) + drawn(1))
    matrix = draw(definitions.read(DEFINITION).pages[0]).filled({}, {})

    assert sorted(alone) == [
        *("q-hours-dk", "q-order-dk", "q-since-dk", "q-uses-dk", "q-uses-none", "q-wish-dk"),
    ]
    assert "q-heard-dk" in matrix
    assert "data-alone" not in matrix


def test_no_mark_of_an_empty_place_is_left_on_any_page():
    for number in (0, 1):
        assert not re.search(r"\[[0-9a-f]{16}:", drawn(number))
        assert not re.search(r"\[[0-9a-f]{16}:", drawn(number, TYPED, {"order": "No."}))


@pytest.mark.parametrize("code", ["again", "main", "uses", "order", "main__other", "uses__other"])
def test_a_problem_is_tied_to_the_answer_that_it_is_about(code):
    text = drawn(0, {}, {code: "Choose an answer."})

    assert text.count(f'id="q-{code}-error"') == 1
    assert re.search(rf'aria-describedby="[^"]*\bq-{code}-error"', text)
    assert text.count("usa-form-group--error") == 1


def test_all_answers_read_in_words_before_they_are_handed_in():
    lines = {
        line.text: line.answer
        for page in review_of(definitions.read(EVERY_TYPE), TYPED)
        for line in page.lines
    }

    assert lines == {
        "How likely are you to use it again?": "7",
        "What do you use it for most?": "Something else",
        "What do you use it for most? – Something else": "A map",
        "What else would you use?": "None of these",
        "What should come first?": "1. A second look at decisions, 2. Planning of visits",
        "When did you start to use it?": "29 February 2024",
        "How long does a letter take?": "Don’t know",
        "What would help you most?": "Time, Don’t know",
        "It crashes.": "",
    }


def test_answers_are_handed_in_from_the_look_at_them_as_they_were_given(cast, staff):
    wave = make_wave(cast.roads, definition=EVERY_TYPE, anonymity="named")
    press(staff, wave, 1, "next", **CHOSEN)
    press(staff, wave, 2, "check", **WRITTEN)
    page = staff.get(f"/surveys/{wave.pk}/check/").text

    form: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page):
        form.setdefault(name, []).append(value)
    form["shown"] = ["{}"]
    answer = staff.post(url(wave, 2), {**form, "go": "submit"})

    assert answer.status_code == 302
    stored = dict(Response.objects.get().answers)
    stored.pop("double", None)
    assert stored == STORED


def test_a_draft_with_a_value_of_the_wrong_shape_breaks_no_page(cast, staff):
    wave = make_wave(cast.roads, definition=EVERY_TYPE, anonymity="named")
    odd = {"order": "plan.1", "uses": "plan", "again": "dk", "wish": "dk", "main": "nope"}
    make_draft(wave, cast.staff, **odd)

    for path in (url(wave), f"{url(wave, 2)}?check=1", f"/surveys/{wave.pk}/check/"):
        assert staff.get(path).status_code == 200
