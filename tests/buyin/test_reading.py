"""How hard a text is to read, on texts of which that is known."""

import pytest

from buyin.reading import Reading, read

EASY = "The cat sat on the mat. The dog ran to the door. We went home and had tea. " * 3
HARD = (
    "Notwithstanding considerable implementation responsibilities, organisational "
    "interoperability necessitates comprehensive administrative documentation of "
    "multidimensional accountability, transparency, sustainability, proportionality and "
    "representativeness considerations throughout institutional procurement procedures, "
    "irrespective of intergovernmental particularities and constitutional peculiarities."
)


def test_an_easy_text_has_nothing_against_it():
    found = read(EASY, "en")

    assert found.is_plain
    assert (found.ease or 0) > 90
    assert (found.words, found.longest_sentence) == (54, 6)


def test_a_hard_text_is_told_why():
    found = read(HARD, "en-us")

    assert found.is_hard
    assert found.has_long_sentence
    assert found.long_words[:2] == ("Notwithstanding", "implementation")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("The ATO is open.", ("ATO",)),
        ("Optical reading (OCR) helps. OCR is quick.", ()),
        ("OCR (optical reading) helps.", ()),
        ("AI and PDF need none.", ()),
        ("Two APIs and one API.", ("API",)),
        ("SQL, then SQL again and GIS.", ("SQL", "GIS")),
        ("Ordinary Words Only.", ()),
    ],
)
def test_short_forms_that_nobody_explains_are_named_once(text, short):
    assert read(text, "en").short_forms == short


def test_a_short_text_has_no_reading_ease_and_other_languages_neither():
    assert read("Two words.", "en").ease is None
    assert read(EASY, "ja").ease is None
    assert not read("", "en").words


def test_people_are_told_no_more_and_no_less_than_the_scale_has():
    assert Reading(-57.2, 40, 30, (), ()).shown_ease == 0
    assert Reading(112.0, 40, 3, (), ()).shown_ease == 100
    assert Reading(61.6, 40, 9, (), ()).shown_ease == 62
    assert Reading(None, 2, 2, (), ()).shown_ease is None
