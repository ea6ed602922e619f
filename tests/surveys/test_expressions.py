"""The language of conditions: the shared cases, and nothing but a value or an error for any text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.expressions import (
    ExpressionError,
    Surroundings,
    evaluate,
    names_in,
    parse,
    patterns,
    uses_own,
)
from surveys.expressions.pattern_reading import PatternError, read_pattern
from surveys.expressions.ranges import holds

from .expression_cases import CASES, GENERATED, PATTERNS, SCRAPS, outcome


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expression"][:40])
def test_an_expression_has_the_value_or_the_error_that_is_agreed(case):
    keys = ("error", "position") if "error" in case else ("expected",)

    found = outcome(case)

    assert found == {key: case[key] for key in keys}
    assert isinstance(found.get("expected"), bool) == isinstance(case.get("expected"), bool)


def test_there_are_enough_cases_and_none_twice():
    keys = [str((c["expression"], c.get("values"), c.get("own"))) for c in CASES]

    assert len(set(keys)) == len(keys) >= 300


def complaint(read, source):
    """What reading a text complains of, nothing where it can be read; else the test fails."""
    try:
        read(source)
    except (ExpressionError, PatternError) as error:
        return error
    return None


@given(SCRAPS)
@settings(max_examples=600, deadline=None)
def test_any_text_is_an_expression_or_has_an_error_with_its_place(source):
    error = complaint(parse, source)

    assert error is None or (str(error) and 0 <= error.position <= len(source))


@given(GENERATED)
@settings(max_examples=600, deadline=None)
def test_whatever_can_be_read_has_a_value(case):
    found = outcome(case)

    assert "error" in found or isinstance(found["expected"], float | str | bool | None)


@given(st.one_of(st.text(max_size=30), st.text("ab()[]{}*+?|^$.\\-,19d", max_size=30)), st.text())
@settings(max_examples=600, deadline=None)
def test_any_pattern_is_read_or_refused_and_then_fits_or_not(pattern, text):
    error = complaint(read_pattern, pattern)

    assert str(error) if error else read_pattern(pattern).fits(text) in {True, False}


@pytest.mark.parametrize(
    "pattern", ["(a*)*b", "(a|a)*b", "(a+)+$", "([ab]*a[ab]{100})", "(.*)(.*)(.*)(.*)x", *PATTERNS]
)
def test_no_pattern_takes_long_with_the_longest_answer(pattern):
    text = "abbab" * 2_000
    started = time.process_time()

    read_pattern(pattern).fits(text + "c")

    assert time.process_time() - started < 5


@pytest.mark.parametrize("pattern", ["(a|b)*a(a|b){120}", ".*a.{495}", "(.?){249}"])
def test_many_ways_to_go_on_cost_no_more_than_one(pattern, monkeypatch):
    asked = []
    text = "".join("ab"[n * n % 7 > 2] for n in range(4_000))
    machine = read_pattern.__wrapped__(pattern)

    def counting(*one):
        asked.append(one)
        return holds(*one)

    monkeypatch.setattr(patterns, "holds", counting)

    machine.fits(text)

    # Each set of characters of the pattern is looked at once for each character there is.
    assert len(asked) <= 4


def test_matching_keeps_nothing_of_a_text():
    machine = read_pattern.__wrapped__("(a|b)*a(a|b){120}")
    machine.fits("ab" * 200)
    before = repr(vars(machine))

    machine.fits("".join(chr(n) for n in range(32, 4_000)) + "aabab" * 200)

    assert repr(vars(machine)) == before


def test_the_longest_expression_takes_no_time():
    source = "concat(" + ",".join(["${a}"] * 300) + ")"
    around = Surroundings({"a": "x" * 10_000})

    value = evaluate(parse(source), around)

    assert isinstance(value, str)
    assert len(value) == 20_000


def test_an_expression_tells_which_answers_it_looks_at_and_where():
    tree = parse("${age} > 3 and regex(${name}, 'a') or -${ age } = . or if(${x}, 1, 2)")

    assert names_in(tree) == {"age": 0, "name": 21, "x": 58}
    assert uses_own(tree)
    assert not uses_own(parse("${age} > 3"))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("${a} = yes", "Put “yes” in quotes, or write ${yes} for an answer. (character 8)"),
        ("selectd(${a}, 'x')", "There is no function “selectd”. (character 1)"),
        ("${a} = 'x", "A quote is opened and never closed. (character 8)"),
        ("1 +", "The condition stops where a value should follow. (character 4)"),
        ("regex(., '(')", "The pattern cannot be read: a “(” is never closed (character 10)"),
        ("100 %", "“%” cannot stand here. (character 5)"),
    ],
)
def test_an_error_says_in_plain_words_what_is_wrong_and_where(source, message):
    with pytest.raises(ExpressionError) as raised:
        parse(source)

    assert str(raised.value) == message
