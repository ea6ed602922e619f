"""What is typed into the sheet of a session, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import definitions
from surveys.guides import Done, Line, Task, noted_in, seconds_in, sheet_of, texts_by_code
from tests.factories.sessions import GUIDE

TASK = Task(7, "Find the form", "Find it.", "It is open.")


def guide(**changes):
    return definitions.read({**GUIDE, **changes})


def noted(tasks=(TASK,), **typed):
    return noted_in(sheet_of(guide(), tasks), tasks, typed)


def test_a_sheet_is_one_page_with_room_for_quotations_after_each_open_question():
    codes = list(texts_by_code(sheet_of(guide())))

    assert codes == [
        "page_work", "slow", "slow__quotes", "daily", "page_wish", "wish", "wish__quotes",
    ]  # fmt: skip


def test_tasks_come_first_with_time_errors_and_remarks():
    codes = list(texts_by_code(sheet_of(guide(), [TASK])))

    assert codes[:6] == [
        "task_7", "task_7_done", "task_7_time", "task_7_errors", "task_7_remarks",
        "task_7_remarks__quotes",
    ]  # fmt: skip


def test_nothing_has_to_be_answered_in_a_conversation():
    question = {"code": "q", "type": "long_text", "text": "Why?", "required": True}
    must = guide(pages=[{"code": "p", "questions": [question]}])

    assert noted_in(sheet_of(must), (), {}).errors == {}


def test_a_page_with_a_condition_hands_it_to_its_questions():
    first = {
        "code": "p",
        "questions": [
            {
                "code": "uses",
                "type": "single",
                "text": "Do you use it?",
                "choices": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
            }
        ],
    }
    why = {"code": "why", "type": "long_text", "text": "Why?", "show_if": "${uses} != ''"}
    second = {"code": "s", "title": "More", "show_if": "${uses} = 'yes'", "questions": [why]}
    sheet = sheet_of(guide(pages=[first, second]))

    shown = {question.code: question.show_if for question in sheet.pages[0].questions}

    assert shown["page_s"] == "${uses} = 'yes'"
    assert shown["why"] == shown["why__quotes"] == "(${uses} = 'yes') and (${uses} != '')"
    assert noted_in(sheet, (), {"uses": "yes", "why": "Speed"}).errors == {}


def test_each_line_becomes_a_note_and_blank_lines_nothing():
    found = noted(slow="One\n\n  two  \n", slow__quotes="Three", task_7_remarks="Four")

    assert found.lines == [
        Line("task_7_remarks", "Four", is_quote=False),
        Line("slow", "One", is_quote=False),
        Line("slow", "two", is_quote=False),
        Line("slow", "Three", is_quote=True),
    ]


def test_a_task_gives_a_result_and_the_answers_keep_the_rest():
    found = noted(task_7_done="hard", task_7_time="2:05", task_7_errors="3", daily="yes")

    assert found.results == [Done(7, "hard", 125, 3)]
    assert found.answers == {"daily": "yes"}
    assert found.lines == []


def test_a_task_that_was_not_tried_gives_none():
    assert noted().results == []


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"task_7_time": "2:05"}, "task_7_done", "Choose whether the task was done."),
        ({"task_7_errors": "2"}, "task_7_done", "Choose whether the task was done."),
        (
            {"task_7_done": "yes", "task_7_time": "fast"},
            "task_7_time",
            "Write the time as minutes and seconds, for example 2:05.",
        ),
        ({"task_7_done": "yes", "task_7_errors": "1.5"}, "task_7_errors", "Write a whole number."),
    ],
)
def test_what_cannot_be_read_is_named_at_its_field(typed, field, message):
    assert noted(**typed).errors == {field: message}


@pytest.mark.parametrize(
    ("text", "seconds"), [("2:05", 125), ("125", 125), (" 0:09 ", 9), ("", None), ("61:00", 3660)]
)
def test_times_are_read_as_minutes_and_seconds(text, seconds):
    assert seconds_in(text) == seconds


@pytest.mark.parametrize("text", ["2:60", "0", "0:00", "1:2:3", "-5", "2,5", "٣"])
def test_other_times_are_refused(text):
    with pytest.raises(ValueError, match="minutes and seconds"):
        seconds_in(text)


@given(st.integers(1, 59_999))
def test_every_time_that_the_clock_writes_is_read_back(seconds):
    assert seconds_in(f"{seconds // 60}:{seconds % 60:02}") == seconds


def test_quotations_about_a_task_stand_with_its_remarks():
    found = noted(task_7_remarks__quotes="Where is it?")

    assert found.lines == [Line("task_7_remarks", "Where is it?", is_quote=True)]


def test_a_question_of_another_type_keeps_its_own_answer_and_its_help():
    rating = {"code": "r", "type": "rating", "text": "How likely?", "help": "0 is never."}
    sheet = sheet_of(guide(pages=[{"code": "p", "questions": [rating]}]))

    (question,) = sheet.pages[0].questions

    assert question.help == "0 is never."
    assert noted_in(sheet, (), {"r": "7"}).answers == {"r": 7}
    assert noted_in(sheet, (), {"r": "11"}).errors["r"]


def test_the_help_of_an_open_question_is_kept_before_how_to_note():
    asks = {"code": "q", "type": "long_text", "text": "Why?", "help": "Wait."}
    sheet = sheet_of(guide(pages=[{"code": "p", "questions": [asks]}]))

    assert sheet.pages[0].questions[0].help == "Wait. Notes, one thought a line."


@given(st.text(max_size=300))
def test_no_word_of_a_note_is_lost_or_invented(text):
    found = noted_in(sheet_of(guide()), (), {"slow": text})

    kept = "".join(line.text for line in found.lines)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(line.text == line.text.strip() for line in found.lines)


@given(st.text(max_size=30))
def test_whatever_is_typed_as_a_time_is_read_or_refused(text):
    try:
        seconds = seconds_in(text)
    except ValueError:
        return
    assert seconds is None or seconds > 0
