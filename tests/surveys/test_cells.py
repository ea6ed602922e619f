"""Cells of a table of answers, for the types that are not only codes, numbers and texts."""

import pytest

from surveys.formats.cells import fits, read_cell
from surveys.formats.targets import read_targets
from tests.factories.questions import EVERY_TYPE

TARGETS = read_targets(EVERY_TYPE)


def cell(code, text, **values):
    target = TARGETS[code]
    return read_cell(text, target, {**target.texts, **values})


def test_everything_that_a_person_answers_can_be_imported_and_nothing_else():
    assert list(TARGETS) == [
        *("again", "main", "main__other", "uses", "uses__other", "order"),
        *("since", "hours", "wish", "pace"),
    ]


@pytest.mark.parametrize(
    ("code", "text", "answer"),
    [
        ("again", "0", 0),
        ("again", "10", 10),
        ("since", "2024-02-29", "2024-02-29"),
        ("order", "Planning of visits; a better search", ["plan", "search"]),
        ("order", "check, draft", ["check", "draft"]),
        ("main", "Something else", "else"),
        ("main__other", "A map", "A map"),
        ("uses", "None of these", ["none"]),
    ],
)
def test_a_cell_is_read_as_its_question_would_store_it(code, text, answer):
    assert cell(code, text) == (answer, [])


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        ("again", "11", "It is none of the answers of this question."),
        ("since", "29.02.2024", "It is not a day such as 2026-01-31."),
        ("since", "2019-12-31", "The day is outside the range that the question allows."),
        ("since", "2999-01-01", "The day is outside the range that the question allows."),
    ],
)
def test_what_is_no_answer_is_told_with_the_reason(code, text, why):
    assert cell(code, text) == (None, [(text, why)])


def test_an_answer_that_excludes_the_others_is_dropped_beside_them_and_told():
    assert cell("uses", "None of these, Planning of visits") == (
        ["plan"],
        [("none", "It excludes the other answers of this cell.")],
    )


@pytest.mark.parametrize("code", ["again", "main", "uses", "order", "since", "hours", "wish"])
def test_do_not_know_is_what_the_mapping_calls_so(code):
    assert cell(code, "No idea", **{"no idea": "dk"}) == ("dk", [])
    assert fits("dk", TARGETS[code])


def test_do_not_know_is_no_answer_where_it_is_not_offered():
    assert not fits("dk", TARGETS["pace"])


@pytest.mark.parametrize(
    ("code", "value", "is_answer"),
    [
        ("since", "2024-02-29", True),
        ("since", "2024-02-30", False),
        ("since", 20240229, False),
        ("hours", 5, True),
        ("hours", "5", False),
        ("again", 10, True),
        ("again", 11, False),
    ],
)
def test_a_mapping_may_name_only_answers_of_the_question(code, value, is_answer):
    assert fits(value, TARGETS[code]) is is_answer
