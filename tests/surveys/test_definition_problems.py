"""What is wrong with a definition is said with its place: page, question and part of it."""

import copy

import pytest

from surveys import definitions
from tests.factories.surveys import DEFINITION

SCALE = [{"code": str(n), "text": f"Point {n}"} for n in (1, 2, 3)]


def question(code="q", **raw):
    return {"code": code, "type": "number", "text": "How many?", **raw}


def likert(code="q", **raw):
    return question(code, type="likert", scale="three", **raw)


def matrix(*rows, **raw):
    return question(type="matrix", scale="three", rows=list(rows), **raw)


def single(*codes):
    return question(type="single", choices=[{"code": c, "text": f"Choice {c}"} for c in codes])


def survey(*pages, **changes):
    return {
        "schema": 1,
        "language": "en",
        "scales": {"three": SCALE},
        "pages": [{"code": f"p{n}", "questions": page} for n, page in enumerate(pages, 1)],
        **changes,
    }


def on_page_two(raw):
    return survey([question("before")], [question("first"), raw])


def problems(definition):
    return [(found.where, found.message) for found in definitions.check(definition)]


@pytest.mark.parametrize(
    ("raw", "part", "message"),
    [
        (question(min="1"), "min", "“min” must be of the type “number”."),
        (question(required="yes"), "required", "“required” must be of the type “boolean”."),
        (question(unit="u" * 31), "unit", "“unit” is too long: at most 30 characters."),
        (question(text="t" * 501), "text", "“text” is too long: at most 500 characters."),
        (question(text=3), "text", "“text” must be of the type “string”."),
        (question(text="\n \t"), "text", "“text” is empty."),
        (question(help="a\x0bb"), "help", "“help” holds characters that cannot be shown."),
        (question(text="a\ud800b"), "text", "“text” holds characters that cannot be shown."),
        (question(colour="red"), "", "Unknown here: “colour”."),
        (question(type="drawing"), "type", "“drawing” is not known."),
        (question(type="long_text", max_length=0), "max_length", "“max_length” is not allowed"),
        (question(type="long_text", max_length=10_001), "max_length", "is not allowed"),
        (question(type="likert"), "", "“scale” is missing."),
        (question(type="single"), "", "“choices” is missing."),
        (question(type="matrix", scale="three"), "", "“rows” is missing."),
        (single("a"), "choices", "“choices” needs at least 2."),
        (single(*(f"c{n}" for n in range(101))), "choices", "has too many parts: at most 100."),
        (single("a", "B"), "choices 2", "The code “B” may have small letters"),
        (single("a", "b-c"), "choices 2", "The code “b-c” may have small letters"),
        (matrix(), "rows", "“rows” needs at least 1."),
        (matrix({"code": "r"}), "rows 1", "“text” is missing."),
        (matrix({"code": "r", "text": "R"}, {"text": "S"}), "rows 2", "“code” is missing."),
        (matrix({"code": "r", "text": "R", "help": "H"}), "rows 1", "Unknown here: “help”."),
    ],
)
def test_what_a_question_may_not_be_is_said_with_page_question_and_part(raw, part, message):
    place = "Page 2, question 2 (q)"

    found = problems(on_page_two(raw))

    assert any(
        where == (f"{place}, {part}" if part else place) and message in text
        for where, text in found
    ), found


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (question(type="likert", scale="four"), "There is no scale “four”."),
        (likert(dimension="Skills"), "There is no dimension “Skills”. Known are: commitment, "),
        (matrix({"code": "r", "text": "R", "dimension": "joy"}), "There is no dimension “joy”."),
        (matrix({"code": "q", "text": "R"}), "The code “q” is used twice."),
        (matrix(*[{"code": "r", "text": "R"}] * 2), "The code “r” is used twice."),
        (
            matrix({"code": "first", "text": "R"}),
            "The code “first” is used already, at: Page 2, question 1 (first).",
        ),
        (
            question("before"),
            "The code “before” is used already, at: Page 1, question 1 (before).",
        ),
        (single("a", "b", "a", "b", "a"), "The choice code “a” is used twice."),
        (question(min=1, max=0.5), "The smallest number allowed is larger than the largest."),
    ],
)
def test_what_no_schema_can_say_is_said_with_page_and_question(raw, message):
    found = problems(on_page_two(raw))

    assert found[0][0] == f"Page 2, question 2 ({raw['code']})"
    assert message in found[0][1]


@pytest.mark.parametrize("code", ["", "1a", "Ab", "a-b", "a b", "ä", "a\n", "_a", "a:b", "a.b"])
def test_no_code_has_characters_that_an_address_or_a_file_could_stumble_over(code):
    assert any(
        "may have small letters" in text for _where, text in problems(survey([question(code)]))
    )


@pytest.mark.parametrize("code", ["a", "a1", "a_b_2", "z" * 60])
def test_every_plain_code_is_fine(code):
    assert problems(survey([question(code)])) == []


@pytest.mark.parametrize(
    ("scale", "where", "message"),
    [
        (SCALE[:1], "Scale “three”", "“three” needs at least 2."),
        (SCALE[1:], "Scale “three”", "The points must have the codes 1, 2, 3"),
        ([SCALE[0], SCALE[0]], "Scale “three”", "The points must have the codes 1, 2, 3"),
        ([SCALE[0], {"code": "2", "text": " "}], "Scale “three”, point 2", "“text” is empty."),
        ([{"code": str(n), "text": "P"} for n in range(1, 13)], "Scale “three”", "at most 11."),
    ],
)
def test_a_scale_is_named_with_what_is_wrong_in_it(scale, where, message):
    found = problems(survey([likert()], scales={"three": scale}))

    assert any(place == where and message in text for place, text in found), found


@pytest.mark.parametrize(
    ("definition", "where", "message"),
    [
        (None, "Survey", "“the survey” must be of the type “object”."),
        ("text", "Survey", "“the survey” must be of the type “object”."),
        (survey([question()], schema=2), "Survey, schema", "“schema” must be 1."),
        (survey([question()], language="English"), "Survey, language", "“English” does not fit"),
        (survey([question()], intro="x" * 4001), "Survey, intro", "at most 4000 characters."),
        (survey([question()], intro="\x07"), "Survey, intro", "cannot be shown"),
        (survey([question()], []), "Page 2, questions", "“questions” needs at least 1."),
        (survey([question()], ["text"]), "Page 2, question 1", "must be of the type “object”."),
        (survey(*[[question(f"q{n}")] for n in range(51)]), "Survey, pages", "at most 50."),
    ],
)
def test_what_is_wrong_around_the_questions_has_a_place_too(definition, where, message):
    found = problems(definition)

    assert any(place == where and message in text for place, text in found), found


def test_problems_come_in_the_order_in_which_a_person_reads_the_pages():
    definition = survey(*[[question(f"q{n}", text="")] for n in range(1, 13)])

    places = [where for where, _text in problems(definition)]

    assert places == [f"Page {n}, question 1 (q{n}), text" for n in range(1, 13)]


def test_problems_of_pages_come_before_those_of_what_stands_beside_them():
    scales = {"three": [{**point, "text": ""} for point in SCALE]}

    places = [where for where, _text in problems(survey([likert(text="")], scales=scales))]

    assert places[0] == "Page 1, question 1 (q), text"
    assert places[1:] == [f"Scale “three”, point {n}" for n in (1, 2, 3)]


def test_a_page_code_that_is_there_three_times_is_named_at_each_repetition():
    definition = survey([question("a")], [question("b")], [question("c")])
    for page in definition["pages"]:
        page["code"] = "same"

    message = "The page code “same” is used twice."
    assert problems(definition) == [("Page 2", message), ("Page 3", message)]


def test_checking_changes_nothing_in_the_definition():
    before = copy.deepcopy(DEFINITION)

    definitions.check(DEFINITION)
    definitions.read(DEFINITION)

    assert before == DEFINITION


def test_a_required_matrix_requires_each_of_its_rows_and_nothing_else():
    raw = matrix({"code": "a", "text": "A"}, {"code": "b", "text": "B", "reversed": True})
    definition = survey([{**raw, "required": True}, question("n")])

    items = {item.code: item for item in definitions.read(definition).items()}

    assert {code: item.required for code, item in items.items()} == {
        "a": True,
        "b": True,
        "n": False,
    }
    assert [code for code, item in items.items() if item.reversed] == ["b"]


def test_a_definition_that_was_read_cannot_be_changed():
    page = definitions.read(DEFINITION).pages[0]

    with pytest.raises(AttributeError):
        page.questions[0].text = "Other"  # type: ignore[misc]
