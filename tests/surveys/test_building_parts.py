"""Scales, offered conditions, and questions as they are put together from what was typed."""

import copy

import pytest

from surveys.building import EMPTY, Place, RefusedEditError, accepted, add_question, used_in
from surveys.building.composing import Written, write_question
from surveys.building.picking import offered_at, offered_on_page
from surveys.building.scales import STANDARD, offered_scales, points_of, with_scale
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import DEFINITION

from .expression_cases import outcome

NOTHING = used_in([])


def question_in(definition, code):
    pages = definition["pages"]
    return next(q for page in pages for q in page["questions"] if q["code"] == code)


# Scales


def test_an_author_is_offered_the_scales_of_the_survey_and_those_that_everybody_uses():
    names = [name for name, _words in offered_scales(EVERY_TYPE)]

    assert names == [*STANDARD, "often"]
    assert dict(offered_scales(EVERY_TYPE))["often"] == "Never … Often (3 points)"


def test_a_survey_that_has_a_scale_of_the_same_name_keeps_its_words():
    assert dict(offered_scales(DEFINITION))["agree5"].startswith("Strongly disagree … Strongly")
    assert points_of(DEFINITION, "agree5")[2] == "Neither"
    assert points_of(EMPTY, "agree5")[2] == "Neither agree nor disagree"


def test_a_usual_scale_comes_into_the_survey_with_its_first_question():
    edited, name = with_scale(EMPTY, "often5", [])

    assert name == "often5"
    assert [point["text"] for point in edited["scales"]["often5"]] == [
        "Never", "Rarely", "Sometimes", "Often", "Always",
    ]  # fmt: skip
    assert "scales" not in EMPTY


def test_a_scale_that_is_there_already_is_used_again():
    assert with_scale(DEFINITION, "agree5", []) == (DEFINITION, "agree5")
    assert with_scale(EVERY_TYPE, "own", ["Never", "Now", "Often"]) == (EVERY_TYPE, "often")


def test_two_scales_of_ones_own_have_names_of_their_own():
    once, first = with_scale(EMPTY, "own", ["Bad", "Good"])
    twice, second = with_scale(once, "own", ["Small", "Large"])

    assert (first, second) == ("scale1", "scale2")
    assert len(twice["scales"]) == 2


# Conditions to choose from


def test_a_question_can_depend_on_choices_that_come_before_it():
    offered = offered_at(EVERY_TYPE, Place("choosing", "uses"))[1:]
    asked = "The answer to “What do you use it for most?”"

    assert offered == [
        (
            "What do you use it for most?",
            [
                ("${main} = 'search'", f"{asked} is “A better search”"),
                ("${main} = 'draft'", f"{asked} is “First drafts of letters”"),
                ("${main} = 'else'", f"{asked} is “Something else”"),
                ("${main} != 'search'", f"{asked} is not “A better search”"),
                ("${main} != 'draft'", f"{asked} is not “First drafts of letters”"),
                ("${main} != 'else'", f"{asked} is not “Something else”"),
            ],
        )
    ]


def test_a_long_question_is_shortened_where_a_condition_names_it():
    raw = copy.deepcopy(EVERY_TYPE)
    raw["pages"][0]["questions"][3]["text"] = "What else would you use, if you had it? " * 5
    words = offered_at(raw, Place("choosing"))[2][1][0][1]

    assert words.startswith("The answer to “What else would you use, if you had it?")
    assert words.endswith("…” has “A better search” in it")
    assert len(words) < 100


def test_a_new_question_can_depend_on_all_questions_of_its_page():
    texts = [text for text, _pairs in offered_at(EVERY_TYPE, Place("choosing"))]

    assert texts == [
        "How likely are you to use it again?",
        "What do you use it for most?",
        "What else would you use?",
    ]


def test_a_page_can_depend_on_the_pages_before_it_only():
    assert offered_on_page(EVERY_TYPE, "choosing") == []
    assert len(offered_on_page(EVERY_TYPE, "writing")) == 3
    assert len(offered_on_page(EVERY_TYPE, "")) > 3


def test_a_question_can_depend_on_how_high_an_answer_on_a_scale_is():
    offered = dict(offered_on_page(EVERY_TYPE, ""))
    asked = "The answer to “It crashes.” is"

    assert offered["It crashes."] == [
        ("${pace} >= 2", f"{asked} “Now” or higher"),
        ("${pace} >= 3", f"{asked} “Often”"),
        ("${pace} <= 1", f"{asked} “Never”"),
        ("${pace} <= 2", f"{asked} “Now” or lower"),
    ]
    assert len(offered["How likely are you to use it again?"]) == 20


@pytest.mark.parametrize(
    ("values", "higher", "lower"),
    [({"again": "7"}, True, False), ({"again": "0"}, False, True), ({}, False, False)],
)
def test_a_scale_that_nobody_answered_is_neither_high_nor_low(values, higher, lower):
    found = [
        outcome({"expression": f"${{again}} {sign} 5", "values": values})["expected"]
        for sign in (">=", "<=")
    ]

    assert found == [higher, lower]


def test_every_statement_of_a_table_can_be_depended_on():
    row = {"code": "told", "text": "I am told why."}
    table = {"code": "all", "type": "matrix", "text": "Agree?", "scale": "often", "rows": [row]}
    raw = {"scales": EVERY_TYPE["scales"], "pages": [{"code": "one", "questions": [table]}]}

    assert [text for text, _pairs in offered_on_page(raw, "")] == ["I am told why."]
    assert offered_on_page(raw, "")[0][1][0][0] == "${told} >= 2"


def test_every_offered_condition_can_be_used():
    for _text, pairs in offered_at(EVERY_TYPE, Place("writing", "pace")):
        for condition, _words in pairs:
            note = {"code": "new", "type": "note", "text": "-", "show_if": condition}
            accepted(EVERY_TYPE, add_question(EVERY_TYPE, note, Place("writing", "pace")))


# Putting questions together


def test_a_new_question_goes_to_the_end_by_default():
    edited, code = write_question(DEFINITION, NOTHING, Written({"type": "note", "text": "Thanks"}))

    assert edited["pages"][-1]["questions"][-1] == {"code": code, "type": "note", "text": "Thanks"}


def test_a_question_goes_before_the_one_that_the_place_names():
    written = Written({"type": "note", "text": "Now"})

    edited, _code = write_question(DEFINITION, NOTHING, written, place=Place("work", "helped"))

    codes = [question["code"] for question in edited["pages"][0]["questions"]]
    assert codes == ["useful", "reasons", "now", "helped", "statements"]


def test_a_place_before_a_question_that_has_gone_is_the_end_of_its_page():
    written = Written({"type": "note", "text": "Now"})

    edited, _code = write_question(DEFINITION, NOTHING, written, place=Place("work", "gone"))

    assert edited["pages"][0]["questions"][-1]["code"] == "now"


@pytest.mark.parametrize(
    ("fields", "code", "place", "message"),
    [
        ({"type": "rating", "text": "?"}, "wish", None, "A question keeps its type."),
        ({"type": "rating", "text": "?"}, "gone", None, "This question is not there any more."),
        ({"type": "rating", "text": "?"}, "", Place("gone"), "This page is not there any more."),
    ],
)
def test_what_cannot_be_put_together_is_refused(fields, code, place, message):
    with pytest.raises(RefusedEditError, match=message):
        write_question(DEFINITION, NOTHING, Written(fields), code=code, place=place)


def test_a_code_that_a_browser_made_up_is_not_taken_over():
    parts = (
        {"code": "yes", "text": "Yes"},
        {"code": "useful", "text": "No"},
        {"code": "yes", "text": "Yes!"},
    )
    written = Written({"type": "single", "text": "Shown?"}, parts)

    edited, _code = write_question(DEFINITION, NOTHING, written, code="helped")

    codes = [choice["code"] for choice in question_in(edited, "helped")["choices"]]
    assert codes == ["yes", "no_2", "yes_2"]


def test_rows_of_a_matrix_take_no_code_that_an_answer_has():
    written = Written(
        {"type": "matrix", "text": "Useful", "scale": "agree5"},
        ({"text": "Useful"}, {"text": "Useful"}, {"text": "…"}),
    )

    edited, code = write_question(DEFINITION, NOTHING, written)

    rows = [row["code"] for row in question_in(edited, code)["rows"]]
    assert (code, rows) == ("useful_2", ["useful_3", "useful_4", "useful_2_row"])


def test_nothing_that_is_typed_changes_the_definition_it_is_typed_into():
    before = copy.deepcopy(DEFINITION)
    written = Written({"type": "likert", "text": "Hm.", "scale": "own"}, points=("No", "Yes"))

    write_question(DEFINITION, NOTHING, written)
    write_question(DEFINITION, NOTHING, written, code="useful")

    assert before == DEFINITION
