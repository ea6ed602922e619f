"""Needs that read alike: found whatever they have in common with all others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.models import Need
from surveys.queries.alike import SAME, alike

NEEDS = [
    Need(statement=statement)
    for statement in (
        "I need to see why an application was sorted last.",
        "I need an hour a week to practise without a queue.",
        "I need to know who answers for a mistake of the assistant.",
        "I need one screen, not one more.",
        "Necesito saber quién responde por un error del asistente.",
    )
]


def first(statement):
    found = alike(statement, NEEDS)
    return found[0].statement if found else ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Show me why an application came last", NEEDS[0]),
        ("Reasons for the order of applications I need to see", NEEDS[0]),
        ("I need time to practise", NEEDS[1]),
        ("Who is responsible for mistakes of the assistant?", NEEDS[2]),
        ("¿Quién responde si el asistente se equivoca?", NEEDS[4]),
    ],
)
def test_other_words_for_the_same_are_found(typed, found):
    assert first(typed) == found.statement


@pytest.mark.parametrize("typed", ["I need a new chair.", "I need to", "Noise", "", "???"])
def test_what_has_only_the_beginning_in_common_is_not(typed):
    assert first(typed) == ""


def test_only_what_reads_nearly_the_same_asks_before_it_is_written():
    typed = "I need to see why the application was sorted last"

    assert alike(typed, NEEDS, at_least=SAME) == [NEEDS[0]]
    assert alike("Show me why an application came last", NEEDS, at_least=SAME) == []


def test_three_at_most_the_most_alike_first():
    needs = [Need(statement=f"I need reasons{'!' * n} number {n}") for n in range(9)]

    found = alike("I need reasons number 4", needs)

    assert (len(found), found[0]) == (3, needs[4])


@given(st.text(max_size=300))
def test_a_statement_is_always_like_itself_and_nothing_breaks(text):
    found = alike(text, [Need(statement=text)])

    assert len(found) == (1 if any(letter.isalnum() or letter == "_" for letter in text) else 0)
