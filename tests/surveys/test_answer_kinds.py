"""Answers of the younger types: ratings, days, orders, words for “other”, and “don't know”."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from surveys import definitions
from surveys.answers import merge, read, shown_in, typed_in
from surveys.answers.typed import Edit
from tests.factories.questions import EVERY_TYPE

SURVEY = definitions.read(EVERY_TYPE)
ITEMS = {item.code: item for item in SURVEY.items()}
BOTH = "You gave an answer and chose “Don’t know”. Keep only one of them."


def reading(required=False, **typed):
    """Return what these texts are read as; the items are those of the questions named."""
    questions = [q for page in SURVEY.pages for q in page.questions if q.code in typed]
    items = [item for question in questions for item in question.items()]
    return read(items, typed)


def answer(**typed):
    found = reading(**typed)
    assert found.errors == {}
    return found.answers[next(iter(typed))]


def problem(**typed):
    found = reading(**typed)
    return found.errors[next(iter(typed))]


def required(code, **changes):
    """Return the items of a question that must be answered."""
    raw = next(q for page in EVERY_TYPE["pages"] for q in page["questions"] if q["code"] == code)
    page = {"code": "p", "questions": [raw | {"required": True} | changes]}
    return list(definitions.read(EVERY_TYPE | {"pages": [page]}).items())


@pytest.mark.parametrize("point", range(11))
def test_every_rating_from_0_to_10_is_a_number(point):
    assert answer(again=str(point)) == point
    assert type(answer(again=str(point))) is int


@pytest.mark.parametrize("value", ["-1", "11", "1.0", "01", " 1", "x"])
def test_what_is_no_rating_is_refused_and_quoted(value):
    assert problem(again=value) == f"“{value}” is not one of the answers. Choose again."


@pytest.mark.parametrize("day", ["2020-01-01", "2024-02-29", " 2025-12-31 "])
def test_a_day_is_stored_as_it_is_written_in_the_calendar(day):
    assert answer(since=day) == day.strip()


@pytest.mark.parametrize(
    "value", ["2023-02-29", "2025-13-01", "01/02/2025", "yesterday", "2025-1-1", "20250101"]
)
def test_what_no_calendar_has_is_refused_with_an_example(value):
    assert problem(since=value) == (
        f"“{value}” is not a day. Write year, month and day, such as 2026-01-31."
    )


def test_a_day_must_lie_within_its_limits_and_today_is_the_day_of_answering():
    today = timezone.localdate()
    tomorrow = today + dt.timedelta(days=1)

    assert answer(since=today.isoformat()) == today.isoformat()
    assert problem(since=tomorrow.isoformat()) == ("The day must be from 1 January 2020 to today.")
    assert "from 1 January 2020" in problem(since="2019-12-31")


@pytest.mark.parametrize(
    ("limits", "wrong", "message"),
    [
        ({"min": "2020-01-01"}, "2019-01-01", "The first day allowed is 1 January 2020."),
        ({"max": "2020-01-01"}, "2021-01-01", "The last day allowed is 1 January 2020."),
    ],
)
def test_a_limit_on_one_side_is_named_alone(limits, wrong, message):
    raw = {"code": "q", "type": "date", "text": "?", **limits}
    survey = EVERY_TYPE | {"pages": [{"code": "p", "questions": [raw]}]}

    assert read(definitions.read(survey).items(), {"q": wrong}).errors == {"q": message}


def test_an_order_is_stored_from_the_first_place_to_the_last():
    assert answer(order=["search.2", "draft.1", "check.4", "plan.3"]) == [
        *("draft", "search", "plan", "check"),
    ]


def test_an_order_may_be_partial_and_have_gaps():
    assert answer(order=["plan.4", "check.2"]) == ["check", "plan"]
    assert answer(order=[]) is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            ["search.1", "plan.1"],
            "“A better search” and “Planning of visits” have the same place. Give each its own.",
        ),
        (["search.1", "search.2"], "“A better search” has two places. Give it one."),
        (["nope.1"], "“nope.1” is not one of the answers. Choose again."),
        (["search.5"], "“search.5” is not one of the answers. Choose again."),
        (["search.0"], "“search.0” is not one of the answers. Choose again."),
        (["search"], "“search” is not one of the answers. Choose again."),
    ],
)
def test_what_is_no_order_is_said_with_the_words_of_its_choices(given, message):
    assert problem(order=given) == message


def test_a_required_order_is_complete_and_says_what_has_no_place_yet():
    items = required("order")

    assert read(items, {}).errors == {"order": "Give each of them a place."}
    assert read(items, {"order": ["plan.1", "draft.2"]}).errors == {
        "order": "Give each of them a place. Still without one: “A better search”, "
        "“A second look at decisions”."
    }
    assert read(items, {"order": ["plan.1", "draft.2", "check.3", "search.4"]}).errors == {}


def test_none_of_these_stands_alone():
    assert answer(uses=["none"]) == ["none"]
    assert problem(uses=["search", "none"]) == (
        "You chose “None of these” and something else. Keep only one of them."
    )


def test_what_other_means_is_kept_with_its_choice():
    found = reading(main="else", main__other="  A map ")

    assert found.answers == {"main": "else", "main__other": "A map"}
    assert reading(uses=["plan", "else"], uses__other="A map").answers == {
        "uses": ["plan", "else"],
        "uses__other": "A map",
    }


def test_what_other_means_is_not_asked_where_it_was_not_chosen():
    assert reading(main="search").answers == {"main": "search"}
    assert reading(uses=[]).answers == {"uses": None}
    assert reading(main="else").answers == {"main": "else", "main__other": None}


def test_who_writes_beside_other_and_chooses_nothing_has_chosen_it():
    assert reading(main="", main__other="A map").answers["main"] == "else"
    assert reading(uses=["plan"], uses__other="A map").answers == {
        "uses": ["plan", "else"],
        "uses__other": "A map",
    }


@pytest.mark.parametrize(
    "typed",
    [
        {"main": "search", "main__other": "A map"},
        {"uses": ["none"], "uses__other": "A map"},
        {"main": "dk", "main__other": "A map"},
    ],
)
def test_words_beside_another_answer_are_asked_about_and_not_dropped(typed):
    assert list(reading(**typed).errors.values()) == [
        "You wrote something here and chose another answer. Choose “Something else” or remove it."
    ]


def test_words_for_other_have_a_limit_and_a_required_question_needs_them():
    long = reading(main="else", main__other="x" * 201)

    assert "1 character too long. At most 200" in long.errors["main__other"]
    assert read(required("main"), {"main": "else"}).errors == {
        "main__other": "Write what you mean by “Something else”."
    }
    assert read(required("main"), {"main": "search"}).errors == {}


@pytest.mark.parametrize("code", ["again", "main"])
def test_do_not_know_is_one_of_the_answers_to_choose(code):
    assert answer(**{code: "dk"}) == "dk"


@pytest.mark.parametrize("code", ["uses", "order", "since", "hours", "wish"])
def test_do_not_know_is_ticked_beside_a_list_or_a_field(code):
    is_list = code in {"uses", "order"}
    anything = {"uses": "plan", "order": "plan.1"}.get(code, "12")

    assert answer(**{code: ["dk"] if is_list else ["", "dk"]}) == "dk"
    assert problem(**{code: [anything, "dk"]}) == BOTH


def test_the_letters_of_do_not_know_are_a_text_where_they_were_written():
    assert answer(wish="dk") == "dk"
    assert "is not a number" in problem(hours="dk")
    assert "is not a day" in problem(since="dk")


@pytest.mark.parametrize("code", ["again", "main", "uses", "order", "since", "hours", "wish"])
def test_do_not_know_answers_a_required_question_only_where_it_is_offered(code):
    value = "dk" if code in {"again", "main"} else ["", "dk"]
    value = ["dk"] if code in {"uses", "order"} else value

    assert read(required(code), {code: value}).answers[code] == "dk"
    assert code in read(required(code, dont_know=False), {code: value}).errors


def test_each_required_type_asks_for_what_can_be_done_there():
    asked = {code: read(required(code), {}).errors[code] for code in ("again", "since", "uses")}

    assert asked == {
        "again": "Choose an answer.",
        "since": "Choose a day.",
        "uses": "Choose at least one answer.",
    }


def test_a_note_has_no_answer_and_a_computed_value_is_never_typed():
    everything = read(SURVEY.items(), {"double": "666", "welcome": "x"})

    assert everything.errors == {}
    assert "welcome" not in everything.answers
    assert everything.answers["double"] is None


def test_a_form_is_read_with_what_was_ticked_beside_its_fields():
    form = QueryDict(
        "q_wish=a%0D%0Ab&q_wish=dk&q_hours=&q_hours=dk&q_since=2025-01-01&q_order=&q_order=plan.1"
        "&q_order=&q_uses=plan&q_uses=dk&q_double=9&q_main__other=A+map&q_again=10"
    )

    assert typed_in(SURVEY.items(), form.getlist) == {
        "again": "10",
        "main": "",
        "main__other": "A map",
        "uses": ["plan", "dk"],
        "uses__other": "",
        "order": ["plan.1"],
        "since": "2025-01-01",
        "hours": ["", "dk"],
        "wish": ["a\nb", "dk"],
        "pace": "",
    }


def test_unticking_do_not_know_in_one_tab_keeps_what_the_other_tab_wrote():
    shown = shown_in('{"wish": ["", "dk"]}')

    kept = merge({"wish": ["", "dk"]}, Edit(shown, {"wish": "Time"}))
    stale = merge(kept, Edit(shown, {"wish": ["", "dk"]}))

    assert kept == stale == {"wish": "Time"}


@pytest.mark.parametrize("high", [40, 1000000, 0.1])
def test_a_limit_is_written_with_all_its_digits(high):
    raw = {"code": "q", "type": "number", "text": "?", "max": high}
    survey = EVERY_TYPE | {"pages": [{"code": "p", "questions": [raw]}]}

    assert read(definitions.read(survey).items(), {"q": "99999999"}).errors == {
        "q": f"The number must be {high} or less."
    }
