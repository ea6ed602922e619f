"""The document by itself: what it copies, what it leaves out, and how two of them are told apart."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from surveys.results.sharing import Counted, Unit, document_of, fingerprint_of

QUESTIONS = {
    "useful": {"n": 60, "tables": {"": {"blocks": [["1"], ["2"]], "counts": [30, 30]}}},
    "helped": {"n": 12, "tables": {"": {"blocks": [], "counts": []}}},
}
NEED = {"id": 1, "statement": "Reasons", "remedies": []}


def counted(**changes):
    usual = {
        "title": "Ready?", "number": 2, "closed_on": "2026-12-05", "answers": 60, "asked": 120,
        "smallest": 10, "questions": QUESTIONS,
    }  # fmt: skip
    return Counted(**{**usual, **changes})


def units():
    return [Unit(7, "roads", "Roads", {"useful": {}}), Unit(9, "clinic", "Clinic", {})]


def test_it_copies_what_is_frozen_as_it_is():
    document = document_of(counted(), units(), [NEED], smallest=10)

    assert document["questions"] == QUESTIONS
    assert document["departments"]["7"] == {
        "code": "roads",
        "name": "Roads",
        "questions": {"useful": {}},
    }
    assert (document["answers"], document["asked"], document["number"]) == (60, 120, 2)
    assert document["needs"] == [NEED]


def test_a_milder_rule_than_that_of_counting_shows_nothing_more():
    assert document_of(counted(), units(), [], smallest=5) == document_of(
        counted(), units(), [], smallest=10
    )


def test_a_stricter_rule_leaves_small_questions_and_all_departments_out():
    document = document_of(counted(), units(), [], smallest=13)

    assert list(document["questions"]) == ["useful"]
    assert document["departments"] == {}
    assert document["smallest_group"] == 13


def test_it_can_be_written_as_json_and_read_again():
    document = document_of(counted(), units(), [NEED], smallest=10)

    assert json.loads(json.dumps(document)) == document


def test_the_order_of_keys_is_no_difference():
    document = document_of(counted(), units(), [NEED], smallest=10)
    turned = dict(reversed(document.items()))

    assert fingerprint_of(turned) == fingerprint_of(document)


@given(st.sampled_from(["title", "answers", "asked", "smallest_group"]), st.integers(1000, 9999))
def test_any_other_word_or_number_is(name, value):
    document = document_of(counted(), units(), [NEED], smallest=10)
    other = {**copy.deepcopy(document), name: value}

    assert fingerprint_of(other) != fingerprint_of(document)
