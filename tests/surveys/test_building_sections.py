"""Sections as edits of a definition: questions go into them and out, and they go past each other."""

import pytest

from surveys import building
from surveys.building import Place
from surveys.building.bank import Origin, bring_in, offers_of
from tests.factories.sections import SECTIONED, shape
from tests.factories.surveys import DEFINITION

USED = building.used_in([SECTIONED])
START = "/ out (visits many far ) (home desk ) wish / more"


# Going up and down


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("out", 1, "/ (visits out many far ) (home desk ) wish / more"),
        ("many", -1, "/ out many (visits far ) (home desk ) wish / more"),
        ("far", 1, "/ out (visits many ) far (home desk ) wish / more"),
        ("desk", 1, "/ out (visits many far ) (home ) desk wish / more"),
        ("wish", -1, "/ out (visits many far ) (home desk wish ) / more"),
        ("wish", 1, "/ out (visits many far ) (home desk ) / wish more"),
        ("more", -1, "/ out (visits many far ) (home desk ) wish more /"),
        ("out", -1, START),
        ("more", 1, START),
    ],
)
def test_a_question_goes_into_a_section_and_out_of_it_step_by_step(code, by, expected):
    assert shape(building.step_question(SECTIONED, code, by)) == expected


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("visits", -1, "/ (visits many far ) out (home desk ) wish / more"),
        ("visits", 1, "/ out (home desk ) (visits many far ) wish / more"),
        ("home", -1, "/ out (home desk ) (visits many far ) wish / more"),
        ("home", 1, "/ out (visits many far ) wish (home desk ) / more"),
    ],
)
def test_a_section_goes_past_a_question_or_a_whole_section(code, by, expected):
    assert shape(building.step_section(SECTIONED, code, by)) == expected


@pytest.mark.parametrize("by", [1, -1])
def test_pressing_often_enough_takes_anything_to_either_end(by):
    end = {1: "/ out (visits many far ) wish / more (home desk )", -1: "/ (home desk ) out (visits many far ) wish / more"}  # fmt: skip
    moved = SECTIONED
    for _press in range(12):
        moved = building.step_section(moved, "home", by)
    assert shape(moved) == end[by]

    moved = SECTIONED
    for _press in range(12):
        moved = building.step_question(moved, "desk", by)
    assert shape(moved).replace("( ", "").split()[-1 if by > 0 else 1] == "desk"
    assert "(home )" in shape(moved)


def test_a_section_that_lost_its_questions_stays_where_it_was():
    left = building.step_question(SECTIONED, "desk", 1)

    assert left["pages"][0]["sections"][1]["before"] == "desk"
    assert shape(building.step_section(left, "home", -1)) == (
        "/ out (home ) (visits many far ) desk wish / more"
    )
    again = building.step_question(left, "desk", -1)
    assert shape(again) == START
    assert "before" not in again["pages"][0]["sections"][1]


# Adding, changing, copying, removing


def test_a_heading_over_questions_brings_them_together():
    edited, code = building.add_section(
        SECTIONED, "work", {"title": "Dr. A & Ω"}, ["out", "wish"], used=USED
    )

    assert code == "dr_a"
    assert shape(edited) == "/ (dr_a out wish ) (visits many far ) (home desk ) / more"


def test_a_section_never_begins_inside_another_one():
    edited, code = building.add_section(SECTIONED, "work", {"title": "x"}, ["far"], used=USED)

    assert shape(edited) == f"/ out ({code} far ) (visits many ) (home desk ) wish / more"


def test_questions_that_are_unticked_stand_behind_their_section():
    edited = building.replace_section(SECTIONED, "visits", {"title": "New"}, ["far", "wish"])

    assert shape(edited) == "/ out (visits far wish ) many (home desk ) / more"
    assert edited["pages"][0]["sections"][0] == {"code": "visits", "title": "New"}


def test_a_copied_section_has_codes_of_its_own_and_looks_at_its_own_answers():
    edited, code = building.copy_section(SECTIONED, "visits", USED)

    assert code == "visits_2"
    assert shape(edited) == (
        "/ out (visits many far ) (visits_2 many_2 far_2 ) (home desk ) wish / more"
    )
    far = next(q for q in building.questions_in(edited) if q["code"] == "far_2")
    assert far["show_if"] == "${many_2} > 3"
    assert edited["pages"][0]["sections"][1]["show_if"] == "${out} = 'yes'"
    assert edited["translations"]["fr"]["visits_2.title"] == "Vos visites"


def test_a_copied_page_has_sections_of_its_own():
    edited, _code = building.copy_page(SECTIONED, "work", USED)

    assert shape(edited) == (
        f"{START.split(' / ', maxsplit=1)[0]} / out_2 (visits_2 many_2 far_2 ) (home_2 desk_2 ) wish_2 / more"
    )
    assert edited["pages"][1]["sections"][0]["show_if"] == "${out_2} = 'yes'"
    assert edited["translations"]["fr"]["home_2.intro"] == "Chez vous."


def test_a_code_of_a_section_that_was_published_is_never_given_to_another():
    left = building.remove_section(SECTIONED, "home")

    _edited, code = building.add_section(left, "work", {"title": "Home"}, [], used=USED)

    assert code == "home_2"


def test_a_question_from_the_bank_leaves_its_section_behind_and_goes_into_another():
    offers = [o for o in offers_of([Origin("x", "X", SECTIONED)]) if o.raw["code"] == "many"]

    edited, codes = bring_in(SECTIONED, USED, offers, Place("work", section="home"))
    assert codes == ["many_2"]
    assert "(home desk many_2 )" in shape(edited)
    alone, _codes = bring_in(DEFINITION, building.Used(), offers, Place("work"))
    assert "(" not in shape(alone)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("work", "many", "visits"), "/ out (visits wish many far ) (home desk ) / more"),
        (Place("work", "many"), "/ out wish (visits many far ) (home desk ) / more"),
        (Place("work", "", "visits"), "/ out (visits many far wish ) (home desk ) / more"),
        (Place("end", "", "visits"), "/ out (visits many far ) (home desk ) / more wish"),
    ],
)
def test_a_question_moves_to_any_place(place, expected):
    assert shape(building.move_question(SECTIONED, "wish", place)) == expected


def test_the_first_question_of_a_section_moves_out_before_it():
    moved = building.move_question(SECTIONED, "many", Place("work", "many"))

    assert shape(moved) == "/ out many (visits far ) (home desk ) wish / more"
