"""The parts of a definition that not every survey has: types, choices apart, logic, languages."""

import copy
from typing import Any

import pytest

from surveys import definitions
from tests.factories.surveys import DEFINITION

SCALE = [{"code": str(n), "text": f"Point {n}"} for n in (1, 2, 3)]
CHOICES = [{"code": "bus", "text": "Bus"}, {"code": "none", "text": "None of these"}]
OTHER = {"code": "else", "text": "Something else", "other": True}
EVERY_TYPE: list[dict[str, Any]] = [
    {
        "code": "welcome",
        "type": "note",
        "text": "Two things\n\nbefore you start.",
        "help": "Short.",
    },
    {"code": "agree", "type": "likert", "text": "?", "scale": "three", "dont_know": True},
    {"code": "one", "type": "single", "text": "?", "choices": [*CHOICES, OTHER], "dont_know": True},
    {
        "code": "many",
        "type": "multiple",
        "text": "?",
        "choices": [CHOICES[0], CHOICES[1] | {"exclusive": True}, OTHER],
    },
    {
        "code": "grid",
        "type": "matrix",
        "text": "?",
        "scale": "three",
        "rows": [{"code": "row", "text": "Row", "show_if": "${hours} > 3"}],
    },
    {"code": "hours", "type": "number", "text": "?", "min": 0, "unit": "hours", "dont_know": True},
    {"code": "line", "type": "short_text", "text": "?", "dont_know": True},
    {"code": "lines", "type": "long_text", "text": "?", "show_if": "${line} != ''"},
    {"code": "since", "type": "date", "text": "?", "min": "2020-02-29", "max": "today"},
    {"code": "rank", "type": "ranking", "text": "?", "choices": CHOICES, "required": True},
    {"code": "again", "type": "rating", "text": "?", "low": "Never", "high": "Surely"},
    {"code": "double", "type": "computed", "value": "${hours} * 2"},
]
SURVEY: dict[str, Any] = {
    "schema": 1,
    "language": "en",
    "intro": "Welcome.",
    "scales": {"three": SCALE},
    "pages": [{"code": "p1", "title": "First", "show_if": "true()", "questions": EVERY_TYPE}],
}


def problems(*questions, **changes):
    pages = [{"code": "p1", "questions": list(questions)}] if questions else SURVEY["pages"]
    found = definitions.check(SURVEY | {"pages": pages} | changes)
    return [(one.where, one.message) for one in found]


def question(code="q", **raw):
    return {"code": code, "type": "number", "text": "How many?", **raw}


def test_every_type_can_be_asked_and_read():
    assert problems() == []

    page = definitions.read(SURVEY).pages[0]

    by_code = {one.code: one for one in page.questions}
    assert page.show_if == "true()"
    assert (by_code["since"].earliest, by_code["since"].latest) == ("2020-02-29", "today")
    assert (by_code["since"].minimum, by_code["hours"].minimum) == (None, 0)
    assert (by_code["again"].low, by_code["again"].high) == ("Never", "Surely")
    assert by_code["double"].value == "${hours} * 2"
    assert by_code["grid"].rows[0].show_if == "${hours} > 3"
    assert [choice.exclusive for choice in by_code["many"].choices] == [False, True, False]


def test_a_note_is_answered_by_nobody_and_other_words_have_an_answer_of_their_own():
    items = {item.code: item for item in definitions.read(SURVEY).items()}

    assert list(items) == [
        *("agree", "one", "one__other", "many", "many__other", "row", "hours", "line", "lines"),
        *("since", "rank", "again", "double"),
    ]
    assert items["one__other"].type == "short_text"
    assert items["one__other"].max_length == 200
    assert items["one__other"].text == "? – Something else"
    assert [code for code, item in items.items() if item.dont_know] == [
        *("agree", "one", "hours", "line"),
    ]


@pytest.mark.parametrize(
    "logic",
    [
        {"show_if": "${a} = 1"},
        {"required_if": "${a} = 1"},
        {"constraint": ". > 3", "constraint_message": "More than three, please."},
    ],
)
def test_conditions_are_read_as_they_are_written(logic):
    questions = [question("a"), question(**logic)]
    assert problems(*questions) == []

    survey = SURVEY | {"pages": [{"code": "p1", "questions": questions}]}
    read = definitions.read(survey).pages[0].questions[1]

    assert {name: getattr(read, name) for name in logic} == logic


@pytest.mark.parametrize(
    ("raw", "part", "message"),
    [
        (question(type="note", required=True), "", "Unknown here: “required”."),
        (question(type="note", text=" \n"), "text", "“text” is empty."),
        (question(type="computed"), "", "“value” is missing."),
        (question(type="computed", value=" "), "value", "“value” is empty."),
        (question(type="rating", low="x" * 61), "low", "at most 60 characters."),
        (question(type="date", min="tomorrow"), "min", "“tomorrow” does not fit “min”."),
        (question(type="date", max=3), "max", "must be of the type “string”."),
        (question(type="ranking", choices=CHOICES[:1]), "choices", "needs at least 2."),
        (question(show_if="x" * 2001), "show_if", "at most 2000 characters."),
        (question(show_if=True), "show_if", "must be of the type “string”."),
        ({"code": "q", "type": "date"}, "", "“text” is missing."),
    ],
)
def test_what_a_type_does_not_take_is_said_at_its_place(raw, part, message):
    place = "Page 1, question 1 (q)"

    found = problems(raw)

    assert any(
        where == (f"{place}, {part}" if part else place) and message in text
        for where, text in found
    ), found


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (question(type="date", min="2026-02-30"), "“2026-02-30” is no day of the calendar."),
        (
            question(type="date", min="2026-03-02", max="2026-03-01"),
            "The first day allowed is later than the last.",
        ),
        (
            question(type="single", choices=[CHOICES[0], CHOICES[1] | {"exclusive": True}]),
            "Only where several answers may be chosen can one of them exclude the others.",
        ),
        (
            question(type="ranking", choices=[*CHOICES, OTHER]),
            "A ranking cannot have a choice that asks for other words.",
        ),
        (
            question(type="multiple", choices=[OTHER, OTHER | {"code": "more"}]),
            "Only one choice can ask for other words.",
        ),
        (
            question(type="single", choices=[CHOICES[0], {"code": "dk", "text": "Denmark"}])
            | {"dont_know": True},
            "The choice code “dk” means “don’t know” here already.",
        ),
    ],
)
def test_what_no_schema_can_say_of_a_type_is_said_with_its_question(raw, message):
    assert problems(raw) == [("Page 1, question 1 (q)", message)]


def test_no_question_takes_the_code_of_another_one_s_other_words():
    found = problems(question("q", type="single", choices=[*CHOICES, OTHER]), question("q__other"))

    assert found == [
        (
            "Page 1, question 2 (q__other)",
            "The code “q__other” is used already, at: Page 1, question 1 (q).",
        )
    ]


def test_every_text_that_people_read_has_a_key_of_its_own():
    assert definitions.texts_of(SURVEY) == {
        "intro": "Welcome.",
        **{f"scales.three.{n}": f"Point {n}" for n in (1, 2, 3)},
        "p1.title": "First",
        "welcome.text": EVERY_TYPE[0]["text"],
        "welcome.help": "Short.",
        **{f"{raw['code']}.text": "?" for raw in EVERY_TYPE[1:-1]},
        "one.choices.bus": "Bus",
        "one.choices.none": "None of these",
        "one.choices.else": "Something else",
        "many.choices.bus": "Bus",
        "many.choices.none": "None of these",
        "many.choices.else": "Something else",
        "grid.rows.row": "Row",
        "hours.unit": "hours",
        "rank.choices.bus": "Bus",
        "rank.choices.none": "None of these",
        "again.low": "Never",
        "again.high": "Surely",
    }


def test_a_translation_replaces_its_texts_and_leaves_the_others_as_they_are():
    french = {"intro": "Bienvenue.", "one.choices.bus": "Autobus", "hours.unit": ""}
    survey = SURVEY | {"translations": {"fr": french}}
    before = copy.deepcopy(survey)

    translated = definitions.in_language(survey, "fr")

    texts = definitions.texts_of(SURVEY)
    assert definitions.texts_of(translated) == texts | {
        "intro": "Bienvenue.",
        "one.choices.bus": "Autobus",
    }
    assert survey == before
    assert definitions.in_language(survey, "de") == survey
    assert definitions.read(survey).languages == ("fr",)
    assert definitions.check(survey) == []


@pytest.mark.parametrize(
    ("translations", "where", "message"),
    [
        ({"fr": {"q9.text": "?"}}, "Translation “fr”", "There is no text “q9.text” to translate."),
        ({"en": {}}, "Translation “en”", "This is the language of the survey itself."),
        ({"fr": {"intro": "\x07"}}, "Translation “fr”, intro", "cannot be shown"),
        ({"fr": {"intro": 3}}, "Translation “fr”, intro", "must be of the type “string”."),
        ({"French": {}}, "Survey, translations", "“French” does not fit"),
    ],
)
def test_a_wrong_translation_is_named_with_its_language(translations, where, message):
    found = problems(translations=translations)

    assert any(place == where and message in text for place, text in found), found


def test_the_example_of_all_tests_has_no_translation_and_loses_nothing():
    assert definitions.in_language(DEFINITION, "fr") is DEFINITION
