"""Answers of every type at their edges, and what two open tabs make of one draft."""

import json

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from surveys import definitions
from surveys.answers import LONGEST, Edit, Typed, merge, read, shown_in, typed_in, unstorable

AGREE = [{"code": str(n), "text": f"Point {n}"} for n in range(1, 12)]
QUESTIONS = [
    {"code": "point", "type": "likert", "text": "?", "scale": "eleven", "dont_know": True},
    {"code": "strict", "type": "likert", "text": "?", "scale": "eleven", "required": True},
    {
        "code": "one",
        "type": "single",
        "text": "?",
        "required": True,
        "choices": [{"code": "dk", "text": "Denmark"}, {"code": "se", "text": "Sweden"}],
    },
    {
        "code": "many",
        "type": "multiple",
        "text": "?",
        "required": True,
        "choices": [{"code": c, "text": c.upper()} for c in "abc"],
    },
    {"code": "low", "type": "number", "text": "?", "min": 2.5},
    {"code": "high", "type": "number", "text": "?", "max": 10},
    {"code": "free", "type": "number", "text": "?", "required": True},
    {"code": "line", "type": "short_text", "text": "?", "required": True},
    {"code": "lines", "type": "long_text", "text": "?", "max_length": 10},
    {
        "code": "grid",
        "type": "matrix",
        "text": "?",
        "scale": "eleven",
        "required": True,
        "rows": [{"code": "row_a", "text": "A"}, {"code": "row_b", "text": "B"}],
    },
]
SURVEY = definitions.read(
    {
        "schema": 1,
        "language": "en",
        "scales": {"eleven": AGREE},
        "pages": [{"code": "p", "questions": QUESTIONS}],
    }
)
ITEMS = {item.code: item for item in SURVEY.items()}


def reading(code, value):
    return read([ITEMS[code]], {code: value})


def answer(code, value):
    found = reading(code, value)
    assert found.errors == {}
    return found.answers[code]


def problem(code, value):
    found = reading(code, value)
    assert found.answers[code] is None
    return found.errors[code]


@pytest.mark.parametrize("point", range(1, 12))
def test_every_point_of_the_longest_scale_is_stored_as_a_number(point):
    assert answer("point", str(point)) == point
    assert type(answer("row_a", str(point))) is int


@pytest.mark.parametrize("value", ["0", "12", "-1", "1.0", "01", " 1", "1 ", "\u0661", "x", "None"])
def test_what_is_no_point_of_the_scale_is_refused_and_quoted(value):
    assert problem("point", value) == f"“{value}” is not one of the answers. Choose again."


def test_do_not_know_is_an_answer_only_where_it_is_offered():
    assert answer("point", "dk") == "dk"
    assert "“dk” is not one of the answers" in problem("strict", "dk")
    assert "“dk” is not one of the answers" in problem("row_a", "dk")


def test_a_choice_may_have_the_code_that_means_do_not_know_elsewhere():
    assert answer("one", "dk") == "dk"


def test_several_choices_are_stored_once_each_in_the_order_of_the_question():
    assert answer("many", ["c", "a", "c"]) == ["a", "c"]
    assert answer("many", "b") == ["b"]


def test_one_unknown_among_several_choices_is_named():
    assert problem("many", ["a", "z", "y"]) == "“z” is not one of the answers. Choose again."
    assert "“” is not one" in problem("many", ["", "a"])


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("+7", 7),
        ("-7", -7),
        ("007", 7),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("0,125", 0.125),
        ("1 000", 1000),
        ("1\u00a0000,5", 1000.5),
        ("1\u202f000", 1000),
        (" 12\t", 12),
        ("-0", 0),
        ("3.0", 3),
        ("999999999999999", 999999999999999),
    ],
)
def test_a_number_is_read_as_people_of_many_countries_write_it(typed, number):
    assert answer("free", typed) == number
    assert type(answer("free", typed)) is type(number)


@pytest.mark.parametrize(
    "typed",
    [
        *["ten", "1e3", "inf", "NaN", "0x1f", "1_000", "--1", "1-2", ".5", "5.", "1.2.3", "½"],
        *["1" * 16, "1." + "0" * 11, "12 h", "=1+1", "1,000", "12,500", "1,000,000", "-1,000"],
    ],
)
def test_what_is_no_plain_number_is_refused_and_never_guessed(typed):
    assert problem("free", typed) == (
        f"“{typed}” is not a number. Write digits only, such as 12 or 2.5."
    )


@pytest.mark.parametrize(
    ("code", "inside", "outside", "message"),
    [
        ("low", "2.5", "2.4999999", "The number must be 2.5 or more."),
        ("high", "10", "10.0000001", "The number must be 10 or less."),
    ],
)
def test_a_bound_itself_is_allowed_and_anything_past_it_is_not(code, inside, outside, message):
    assert answer(code, inside) == float(inside)
    assert problem(code, outside) == message


def test_a_text_may_be_exactly_as_long_as_the_question_allows():
    assert answer("lines", "ä" * 10) == "ä" * 10
    assert answer("lines", f"  {'x' * 10}\n") == "x" * 10
    assert problem("lines", "x" * 11) == "This text is 1 character too long. At most 10 are kept."


def test_texts_without_a_length_of_their_own_have_the_usual_one():
    assert answer("line", "x" * 200) == "x" * 200
    assert "1 character too long. At most 200" in problem("line", "x" * 201)


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u00a0"])
def test_blanks_are_no_answer_to_a_required_question(blank):
    assert problem("line", blank) == "Write an answer."
    assert problem("free", blank) == "Write an answer."


def test_each_kind_of_required_question_asks_for_what_can_be_done_there():
    errors = read(SURVEY.items(), {}).errors

    assert errors == {
        **dict.fromkeys(["strict", "one", "row_a", "row_b"], "Choose an answer."),
        "many": "Choose at least one answer.",
        **dict.fromkeys(["free", "line"], "Write an answer."),
    }


UNSEEN = [*range(9), 11, 12, *range(14, 32), 127, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF]


@pytest.mark.parametrize("number", UNSEEN)
@pytest.mark.parametrize("code", ["line", "one", "point", "free"])
def test_no_character_that_cannot_be_stored_passes_in_any_field(number, code):
    assert "characters that cannot be stored" in problem(code, f"a{chr(number)}b")
    assert set(unstorable({code: chr(number)})) == {code}


@pytest.mark.parametrize("text", ["tab\there", "two\nlines", "\U0001f600 \u200f\u2028.", "'; --"])
def test_every_other_character_is_kept_as_it_is(text):
    assert answer("line", text) == text
    assert unstorable({"line": text}) == {}


def test_a_draft_keeps_a_text_up_to_its_limit_and_counts_what_is_over():
    assert unstorable({"line": "x" * LONGEST}) == {}
    assert "This text is 3 characters too long" in unstorable({"line": "x" * (LONGEST + 3)})["line"]
    assert "cannot be stored" in unstorable({"many": ["a", "\0"]})["many"]


def test_the_last_of_two_values_for_one_answer_counts():
    form = QueryDict("q_one=se&q_one=dk&q_line=a%0Db%0D%0Ac")

    typed = typed_in(SURVEY.items(), form.getlist)

    assert typed["one"] == "dk"
    assert typed["line"] == "a\nb\nc"
    assert typed["many"] == []


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 50_000, "1" * 5000, "NaN", "null", "\0"])
def test_a_hostile_note_of_what_was_shown_counts_as_nothing_shown(text):
    assert shown_in(text) == {}


CODES = ["one", "line", "lines", "many"]
WORDS = st.text(alphabet="ab", max_size=2)
SHEETS = st.fixed_dictionaries(
    {code: st.lists(WORDS, max_size=2) if code == "many" else WORDS for code in CODES}
)


def filled(sheet) -> Typed:
    return {code: value for code, value in sheet.items() if value}


@given(shown=SHEETS, first=SHEETS, second=SHEETS)
def test_of_two_tabs_every_change_is_kept_and_the_later_one_wins_where_both_changed(
    shown, first, second
):
    kept = filled(shown)
    seen = shown_in(json.dumps(kept))

    merged = merge(merge(kept, Edit(seen, first)), Edit(seen, second))

    for code in CODES:
        is_changed = second[code] != shown[code]
        expected = second[code] if is_changed else first[code]
        assert merged.get(code, type(expected)()) == expected


@given(shown=SHEETS, first=SHEETS, second=SHEETS)
def test_tabs_that_changed_different_fields_may_save_in_any_order(shown, first, second):
    kept = filled(shown)
    first = {code: first[code] for code in CODES[:2]}
    second = {code: second[code] for code in CODES[2:]}

    one = merge(merge(kept, Edit(kept, first)), Edit(kept, second))
    other = merge(merge(kept, Edit(kept, second)), Edit(kept, first))

    assert one == other == filled({**first, **second})


@given(kept=SHEETS, page=SHEETS)
def test_a_save_never_touches_the_answers_of_another_page(kept, page):
    before = {f"other_{code}": value for code, value in filled(kept).items()}

    merged = merge(before, Edit({}, page, touched=frozenset(CODES)))

    assert {code: merged.get(code) for code in before} == before
    assert all(merged.values())
