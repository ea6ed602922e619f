"""Answers as programs send them: each type is read, and what is none says so at its code."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import definitions, logic
from surveys.answers import typed_of

CHOICES = [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}, {"code": "o", "text": "O"}]
SCALE = {"three": [{"code": str(n), "text": f"Point {n}"} for n in (1, 2, 3)]}


def question(code, kind, **more):
    return {"code": code, "type": kind, "text": code, **more}


DEFINITION = definitions.read(
    {
        "schema": 1,
        "language": "en",
        "scales": SCALE,
        "pages": [
            {
                "code": "p",
                "questions": [
                    question("likert", "likert", scale="three", dont_know=True),
                    question(
                        "single", "single", choices=[*CHOICES[:2], CHOICES[2] | {"other": True}]
                    ),
                    question("multiple", "multiple", choices=CHOICES, dont_know=True),
                    question("ranking", "ranking", choices=CHOICES, dont_know=True),
                    question("rating", "rating", dont_know=True),
                    question("number", "number", min=0, dont_know=True),
                    question("short", "short_text", dont_know=True),
                    question("long", "long_text"),
                    question("date", "date"),
                    {
                        "code": "matrix",
                        "type": "matrix",
                        "text": "How far?",
                        "scale": "three",
                        "dont_know": True,
                        "rows": [{"code": "row1", "text": "One"}, {"code": "row2", "text": "Two"}],
                    },
                    {"code": "sum", "type": "computed", "value": "${number} + 1"},
                    {"code": "words", "type": "note", "text": "Nearly done."},
                ],
            }
        ],
    }
)


def read(**answers):
    """Return what would be stored and what is wrong."""
    found = typed_of(DEFINITION.items(), answers)
    reading = logic.read(DEFINITION, {code: text for code, text in found.typed.items() if text})
    stored = {code: answer for code, answer in reading.answers.items() if answer is not None}
    return stored, {**reading.errors, **found.errors}


@pytest.mark.parametrize(
    ("code", "sent", "stored"),
    [
        ("likert", 2, 2),
        ("likert", "2", 2),
        ("likert", "dk", "dk"),
        ("single", "b", "b"),
        ("multiple", ["b", "a"], ["a", "b"]),
        ("multiple", "dk", "dk"),
        ("multiple", ["dk"], "dk"),
        ("ranking", ["b", "o", "a"], ["b", "o", "a"]),
        ("ranking", "dk", "dk"),
        ("rating", 0, 0),
        ("rating", 10, 10),
        ("rating", "dk", "dk"),
        ("number", 3, 3),
        ("number", 2.5, 2.5),
        ("number", 1e-7, 1e-7),
        ("number", 1200000.0, 1200000),
        ("number", "dk", "dk"),
        ("short", " a\r\nb ", "a\nb"),
        ("short", "dk", "dk"),
        ("long", "dk", "dk"),
        ("date", "2026-01-31", "2026-01-31"),
        ("row1", 3, 3),
        ("row2", "dk", "dk"),
    ],
)
def test_an_answer_of_each_type_is_stored(code, sent, stored):
    found, errors = read(**{code: sent})

    assert errors == {}
    found.pop("sum", None)
    assert found == {code: stored}


@pytest.mark.parametrize(
    ("code", "sent", "words"),
    [
        ("likert", 2.0, "number of a point"),
        ("likert", True, "number of a point"),
        ("likert", 4, "not one of the answers"),
        ("single", 1, "code of a choice"),
        ("single", "dk", "not one of the answers"),
        ("multiple", "a", "list of codes"),
        ("multiple", ["a", 1], "list of codes"),
        ("multiple", ["z"], "not one of the answers"),
        ("ranking", {"a": 1}, "list of codes"),
        ("ranking", ["a", "a"], "two places"),
        ("ranking", ["a.1"], "not one of the answers"),
        ("rating", "7", "whole number"),
        ("rating", True, "whole number"),
        ("rating", 11, "not one of the answers"),
        ("number", "7", "Send a number"),
        ("number", True, "Send a number"),
        ("number", float("inf"), "Send a number"),
        ("number", 10**40, "not a number"),
        ("number", 1e300, "not a number"),
        ("number", -1, "0"),
        ("short", 7, "Send a text"),
        ("short", ["dk"], "Send a text"),
        ("short", "a\0b", "characters that cannot be stored"),
        ("long", "x" * 20_001, "20000"),
        ("date", 20260131, "Send a day"),
        ("date", "2026-02-30", "not a day"),
        ("row1", "no", "not one of the answers"),
        ("sum", 3, "computed from other answers"),
        ("matrix", 1, "row1, row2"),
        ("words", "x", "no such question"),
        ("nosuch", None, "no such question"),
    ],
)
def test_what_is_no_answer_says_why_at_its_code(code, sent, words):
    _stored, errors = read(**{code: sent})

    assert list(errors) == [code]
    assert words in errors[code]


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_no_answer(nothing):
    assert read(single=nothing, short=nothing, likert=nothing)[1] == {}
    assert "single" not in read(single=nothing)[0]


def test_other_is_told_in_words_of_ones_own():
    stored, errors = read(single="o", single__other="Pigeons")

    assert errors == {}
    assert (stored["single"], stored["single__other"]) == ("o", "Pigeons")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)
CODES = [item.code for item in DEFINITION.items()]


@given(st.dictionaries(st.sampled_from(CODES) | st.text(), json_values))
def test_whatever_is_sent_is_stored_as_json_or_refused_by_its_code(answers):
    stored, errors = read(**{str(code): value for code, value in answers.items()})

    assert set(errors) <= set(answers) | set(CODES)
    json.dumps(stored, allow_nan=False)
