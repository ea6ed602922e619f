"""Reading ease in each language, where its edges are, and what hostile texts cost."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.reading import ENOUGH_WORDS, Reading, plain, read, reading_ease, syllables_in

GERMAN = "Der Hund lief zum Haus. Wir gingen heim und tranken Tee. " * 4
FRENCH = "Le chat dort sur le lit. Nous allons au parc et nous jouons. " * 4
SPANISH = "El gato duerme en la cama. Vamos al parque y jugamos mucho. " * 4


@pytest.mark.parametrize(
    ("word", "language", "number"),
    [
        ("cat", "en", 1),
        ("table", "en", 2),
        ("gate", "en", 1),
        ("agree", "en", 2),
        ("the", "en", 1),
        ("rhythm", "en", 1),
        ("permission", "en", 3),
        ("PERMISSION", "en", 3),
        ("psst", "en", 1),
        ("Straße", "de", 1),
        ("Behörde", "de", 2),
        ("élève", "fr", 2),
        ("río", "es", 2),
        ("país", "es", 2),
        ("ciudad", "es", 2),
        ("aéreo", "es", 4),
        ("muy", "es", 1),
        ("caminé", "es", 3),
        ("psst", "es", 1),
    ],
)
def test_syllables_are_counted_as_people_speak_or_nearly(word, language, number):
    assert syllables_in(word, language) == number


@pytest.mark.parametrize(
    ("text", "language"), [(GERMAN, "de"), (FRENCH, "fr-ca"), (SPANISH, "es-mx")]
)
def test_short_sentences_of_short_words_are_easy_in_each_language(text, language):
    found = reading_ease(text, language)

    assert found is not None
    assert found > 70


def test_the_formula_is_that_of_flesch():
    text = "The cat sat on the mat. " * 5

    assert reading_ease(text, "en") == pytest.approx(206.835 - 1.015 * 6 - 84.6)


def test_a_text_has_a_reading_ease_from_thirty_words_on():
    word = "word "

    assert reading_ease(word * (ENOUGH_WORDS - 1), "en") is None
    assert reading_ease(word * ENOUGH_WORDS, "en") is not None


@pytest.mark.parametrize("language", ["", "ja", "xx-us", "english"])
def test_a_language_without_a_formula_has_no_reading_ease(language):
    assert reading_ease("word " * 40, language) is None


@pytest.mark.parametrize(
    ("language", "without_region"),
    [("en", "en"), ("EN-GB", "en"), ("pt-br", "pt"), ("zh-hans", "zh"), ("", "")],
)
def test_a_region_is_not_part_of_the_language(language, without_region):
    assert plain(language) == without_region


@pytest.mark.parametrize(("words", "is_long"), [(25, False), (26, True)])
def test_a_sentence_is_long_from_the_twenty_sixth_word_on(words, is_long):
    found = read("word " * words + ". Done.", "en")

    assert (found.longest_sentence, found.has_long_sentence) == (words, is_long)
    assert found.is_plain is not is_long


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("One two. Three four five.", 3),
        ("One two!Three four.", 4),
        ("One two?! Three.", 2),
        ("One two...\nThree.", 2),
        ("- One two\n- Three four five\n", 3),
        ("One two… three", 2),
        ("See 2.5 of them: all.", 3),
        ("...", 0),
    ],
)
def test_sentences_end_at_marks_before_a_blank_and_at_line_ends(text, longest):
    assert read(text, "en").longest_sentence == longest


@pytest.mark.parametrize(
    ("word", "named"),
    [("thirteen" + "x" * 5, ()), ("fourteen" + "x" * 6, ("fourteenxxxxxx",)), ("a" * 13, ())],
)
def test_a_word_is_long_from_fourteen_letters_on(word, named):
    assert read(f"A {word} and {word}.", "en").long_words == named


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("OCR (GIS) is one thing.", ()),
        ("Readers (OCRs) are new. An OCR is slow.", ()),
        ("OCRs (readers) are new. An OCR is slow.", ()),
        ("R&D and COVID-19 and B2B.", ("R&D", "COVID", "B2B")),
        ("ÖPNV für alle.", ("ÖPNV",)),
        ("Chapter II and part IV.", ()),
        ("A B C", ()),
        ("OCR  (too far away)", ("OCR",)),
    ],
)
def test_a_short_form_beside_brackets_counts_as_explained(text, short):
    assert read(text, "en").short_forms == short


@pytest.mark.parametrize(
    ("reading", "is_plain"),
    [
        (Reading(50.0, 40, 25, (), ()), True),
        (Reading(None, 3, 3, (), ()), True),
        (Reading(49.9, 40, 25, (), ()), False),
        (Reading(80.0, 40, 26, (), ()), False),
        (Reading(80.0, 40, 9, ("responsibilities",), ()), False),
        (Reading(80.0, 40, 9, (), ("OCR",)), False),
    ],
)
def test_a_text_is_plain_when_nothing_speaks_against_it(reading, is_plain):
    assert reading.is_plain is is_plain


@pytest.mark.parametrize(
    "text",
    [
        "." * 60_000 + "x",
        "A1-" * 20_000,
        " ".join(f"AB{n}C" for n in range(10_000)),
        "A-" * 30_000 + "1",
        "(" * 60_000,
        "i" * 60_000,
    ],
    ids=["dots", "hyphens", "short forms", "one short form", "brackets", "vowels"],
)
def test_no_text_keeps_the_portal_busy(text):
    began = time.process_time()

    read(text, "es")

    assert time.process_time() - began < 3


@given(st.text(max_size=300), st.sampled_from(["en", "de", "fr", "es", "ja", ""]))
def test_every_text_can_be_read(text, language):
    found = read(text, language)

    assert 0 <= found.longest_sentence <= found.words
    assert len(set(found.long_words)) == len(found.long_words)
    assert len(set(found.short_forms)) == len(found.short_forms)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéñíüß", min_size=1, max_size=20))
def test_a_word_has_a_syllable_at_least_and_no_more_than_letters(word):
    for language in ("en", "de", "fr", "es"):
        assert 1 <= syllables_in(word, language) <= len(word)


def test_a_text_gets_harder_with_each_sentence_that_is_joined_to_the_next():
    sentence = "the cat sat on the mat"
    eases = [
        reading_ease(f"{' '.join([sentence] * joined)}. " * (12 // joined), "en") or 0
        for joined in (1, 2, 3, 4, 6)
    ]

    assert all(easier > harder for easier, harder in pairwise(eases))
