"""Answers as pure values: reading a form, merging two tabs, refusing what cannot be stored."""

import json

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from surveys import definitions
from surveys.answers import Edit, Typed, edit_in, merge, read, shown_in, typed_in, unstorable
from tests.factories.surveys import DEFINITION

SURVEY = definitions.read(DEFINITION)
GOOD = {
    "useful": "4",
    "reasons": ["speed", "other"],
    "helped": "yes",
    "told": "dk",
    "heard": "2",
    "hours": "2,5",
    "wish": "  Shorter forms  ",
    "more": "One\nTwo",
}


def problem_with(code, value):
    return read(SURVEY.items(), {**GOOD, code: value}).errors.get(code)


def test_good_texts_become_typed_answers():
    reading = read(SURVEY.items(), GOOD)

    assert reading.errors == {}
    assert reading.answers == {
        "useful": 4,
        "reasons": ["speed", "other"],
        "helped": "yes",
        "told": "dk",
        "heard": 2,
        "hours": 2.5,
        "wish": "Shorter forms",
        "more": "One\nTwo",
    }


def test_what_was_skipped_is_null_and_only_what_is_required_is_a_problem():
    reading = read(SURVEY.items(), {})

    assert set(reading.answers.values()) == {None}
    assert len(reading.answers) == 8
    assert reading.errors == {"useful": "Choose an answer.", "told": "Choose an answer."}


def test_a_code_that_is_not_offered_is_refused():
    assert problem_with("useful", "6") == "“6” is not one of the answers. Choose again."
    assert problem_with("useful", "dk") == "“dk” is not one of the answers. Choose again."
    assert problem_with("helped", "maybe") == "“maybe” is not one of the answers. Choose again."
    assert problem_with("reasons", ["speed", "x"]) == "“x” is not one of the answers. Choose again."


def test_numbers_keep_to_their_bounds_and_are_numbers():
    assert problem_with("hours", "41") == "The number must be from 0 to 40."
    assert problem_with("hours", "-1") == "The number must be from 0 to 40."
    assert "is not a number" in problem_with("hours", "many")
    assert "is not a number" in problem_with("hours", "nan")
    assert "is not a number" in problem_with("hours", "1e5")
    assert "is not a number" in problem_with("hours", "٣")
    assert read(SURVEY.items(), {**GOOD, "hours": "40.0"}).answers["hours"] == 40


def test_a_text_that_is_too_long_says_by_how_much():
    assert problem_with("wish", "x" * 101) == (
        "This text is 1 character too long. At most 100 are kept."
    )
    assert "5 characters too long" in problem_with("wish", "x" * 105)


def test_characters_that_cannot_be_stored_are_named():
    assert "cannot be stored" in problem_with("more", "a\0b")
    assert "cannot be stored" in unstorable({"more": "\x1b"})["more"]
    assert unstorable({"more": "tab\tand\nline"}) == {}
    assert "too long" in unstorable({"more": "x" * 20_001})["more"]


def test_a_form_is_read_with_plain_line_ends_and_every_choice():
    form = QueryDict("q_reasons=speed&q_reasons=other&q_more=a%0D%0Ab&q_useful=3&q_alien=1")

    typed = typed_in(SURVEY.items(), form.getlist)

    assert typed["reasons"] == ["speed", "other"]
    assert typed["more"] == "a\nb"
    assert typed["helped"] == ""
    assert "alien" not in typed


def test_a_page_is_read_with_the_save_that_it_is():
    form = QueryDict("q_more=a&shown=%7B%22more%22:%22b%22%7D&client=tab-1&count=7&touched=more+x")

    edit = edit_in([one for one in SURVEY.items() if one.code == "more"], form.getlist)

    assert edit == Edit({"more": "b"}, {"more": "a"}, "tab-1", 7, frozenset({"more", "x"}))


@pytest.mark.parametrize(
    "sent", ["", "client=a%20b&count=-1", f"client={'x' * 41}&count={10**9}", "count=%D9%A3"]
)
def test_what_no_page_would_send_about_itself_counts_as_not_sent(sent):
    edit = edit_in([], QueryDict(sent).getlist)

    assert edit == Edit(shown={}, typed={})


def test_a_stale_tab_neither_erases_nor_reverts_what_another_tab_stored():
    kept: Typed = {"wish": "from A", "useful": "5"}

    merged = merge(kept, Edit({}, {"wish": "", "useful": "", "more": "from B"}))

    assert merged == {"wish": "from A", "useful": "5", "more": "from B"}


def test_a_field_that_was_emptied_by_hand_is_emptied():
    kept: Typed = {"wish": "old", "reasons": ["speed"]}

    merged = merge(kept, Edit(kept, {"wish": "", "reasons": []}))

    assert merged == {}


def test_a_touched_field_counts_even_where_it_looks_unchanged():
    edit = Edit({}, {"wish": ""}, touched=frozenset({"wish"}))

    assert merge({"wish": "a save whose answer was lost"}, edit) == {}


def test_a_broken_note_of_what_was_shown_counts_as_nothing_shown():
    assert shown_in("{") == {}
    assert shown_in("[1]") == {}
    assert shown_in("") == {}


texts = st.dictionaries(st.sampled_from(["wish", "more"]), st.text(max_size=3))


@given(kept=texts, typed=texts)
def test_saving_twice_changes_nothing_more(kept, typed):
    shown = shown_in(json.dumps(kept))
    once = merge(kept, Edit(shown, typed))

    assert merge(once, Edit(shown, typed)) == once


@given(st.dictionaries(st.sampled_from([i.code for i in SURVEY.items()]), st.text(max_size=8)))
def test_whatever_is_posted_there_is_an_answer_or_a_message(typed):
    reading = read(SURVEY.items(), typed)

    assert set(reading.answers) == {item.code for item in SURVEY.items()}
    json.dumps(reading.answers)
