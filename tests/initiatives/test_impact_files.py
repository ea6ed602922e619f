"""The file of the published tool: what is written is read again, and nothing else gets in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.assessment import (
    UnreadableFileError,
    counted,
    questionnaire,
    read_file,
    written,
)
from tests.initiatives.test_impact_scoring import ANSWERS

FOUND = questionnaire()


def file_of(data, **more):
    return json.dumps({"currentPage": 3, "version": "1.0.1", **more, "data": data}).encode()


@given(ANSWERS)
def test_what_is_written_is_read_again(answers):
    ordered = {
        name: [c.key for c in FOUND.questions[name].choices if c.key in answer]
        if isinstance(answer, list)
        else answer
        for name, answer in counted(FOUND, answers).items()
    }

    assert read_file(written(ordered, "1.0.1").encode(), FOUND) == (ordered, [])


def test_a_file_has_the_shape_that_the_published_tool_opens():
    content = json.loads(written({"projectDetailsTitle": "Permis d’été"}, "1.0.1"))

    assert content == {
        "version": "1.0.1",
        "currentPage": 0,
        "data": {"projectDetailsTitle": "Permis d’été"},
    }


def test_what_does_not_fit_is_named_and_left_out():
    data = {
        "projectDetailsPhase": "item2",
        "riskProfile1": "item9-3",
        "effectivenessInMeetingNeeds": "item1-2",
        "businessDrivers1": ["item1", "item99"],
        "aboutSystem1": "item1",
        "projectDetailsTitle": 7,
        "projectDetailsJob": "",
    }

    answers, left_out = read_file(file_of(data, translationsOnResult={}), FOUND)

    assert answers == {"projectDetailsPhase": "item2"}
    assert left_out == [
        "riskProfile1", "effectivenessInMeetingNeeds", "businessDrivers1", "aboutSystem1",
        "projectDetailsTitle",
    ]  # fmt: skip


def test_choices_come_once_each_and_in_the_order_of_the_questions():
    answers, _left_out = read_file(
        file_of({"businessDrivers1": ["item5", "item1", "item5"]}), FOUND
    )

    assert answers == {"businessDrivers1": ["item1", "item5"]}


def test_what_no_database_keeps_is_taken_out_of_texts():
    data = {"projectDetailsTitle": " Per\x00mits \ud800", "projectDetailsDescription": "a\r\nb"}

    answers, _left_out = read_file(file_of(data), FOUND)

    assert answers == {"projectDetailsTitle": "Permits", "projectDetailsDescription": "a\nb"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no proper JSON"),
        (b"\xff\xfe", "no proper JSON"),
        (b"[" * 100_000, "no proper JSON"),
        (b"[]", "no “data”"),
        (b'{"data": []}', "no “data”"),
        (b'{"answers": {}}', "no “data”"),
        (b" " * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_without_answers_is_refused_with_the_reason(content, said):
    with pytest.raises(UnreadableFileError, match=said):
        read_file(content, FOUND)


@given(st.binary(max_size=50) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
).map(lambda part: json.dumps({"data": {"aboutSystem1": part, "impact6": part}}).encode()))  # fmt: skip
def test_any_bytes_are_read_or_refused(content):
    try:
        answers, _left_out = read_file(content, FOUND)
    except UnreadableFileError:
        return
    assert all(FOUND.questions[name].fits(answer) for name, answer in answers.items())
