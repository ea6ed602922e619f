"""LimeSurvey files that come in: each letter, conditions, and texts where either dialect has them."""

import pytest

from surveys.definitions import check
from surveys.formats.limesurvey import read_limesurvey
from tests.surveys.forms import lss, question, row

ANSWERS = "".join(
    row(qid=1, code=f"A{n}", answer=f"Answer <i>{n}</i>", sortorder=n, language="en", scale_id=0)
    for n in (2, 1)
)
LINES = "".join(
    row(
        qid=10 + n,
        parent_qid=1,
        gid=1,
        type="T",
        title=f"S{n}",
        question=f"Line {n}",
        question_order=n,
        language="en",
        scale_id=0,
    )
    for n in (1, 2)
)
OPTIONS = [{"code": "a1", "text": "Answer 1"}, {"code": "a2", "text": "Answer 2"}]


def read(*parts, **sections):
    found = read_limesurvey(lss("".join(parts), answers=ANSWERS, subquestions=LINES, **sections))
    assert check(found.definition) == []
    return found


def asked(found):
    return [one for page in found.definition["pages"] for one in page["questions"]]


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("S", {"type": "short_text"}),
        ("T", {"type": "long_text"}),
        ("N", {"type": "number"}),
        ("D", {"type": "date"}),
        ("X", {"type": "note"}),
        ("5", {"type": "likert", "scale": "points5"}),
        ("L", {"type": "single", "choices": OPTIONS}),
        ("!", {"type": "single", "choices": OPTIONS}),
        ("R", {"type": "ranking", "choices": OPTIONS}),
        (
            "M",
            {
                "type": "multiple",
                "choices": [{"code": "s1", "text": "Line 1"}, {"code": "s2", "text": "Line 2"}],
            },
        ),
        ("F", {"type": "matrix", "scale": "q1_scale"}),
        ("A", {"type": "matrix", "scale": "points5"}),
        ("B", {"type": "matrix", "scale": "points10"}),
        (
            "Y",
            {
                "type": "single",
                "choices": [{"code": "y", "text": "Yes"}, {"code": "n", "text": "No"}],
            },
        ),
    ],
)
def test_a_question_comes_in_by_its_letter(letter, expected):
    found = read(question(letter))

    (made,) = asked(found)
    assert made.items() >= {"code": "q1", "text": "Question 1", **expected}.items()
    assert (found.rows, found.taken, list(found.remarks)) == (1, 1, [])


@pytest.mark.parametrize(("letter", "type_"), [("Q", "short_text"), ("K", "number")])
def test_a_question_with_several_fields_becomes_several_under_a_heading(letter, type_):
    found = read(question(letter, mandatory="Y"))

    assert [(one["type"], one["text"]) for one in asked(found)] == [
        ("note", "Question 1"),
        (type_, "Line 1"),
        (type_, "Line 2"),
    ]
    assert asked(found)[1]["required"]


@pytest.mark.parametrize("letter", ["|", "*", "1", ":", ";", "I", "?"])
def test_what_cannot_come_in_is_told(letter):
    found = read(question("T", 2), question(letter))

    (remark,) = found.lost()
    assert remark.place == "sheet “questions”, row 2, column Q1"
    assert (found.rows, found.taken) == (2, 1)


def test_texts_lose_their_markup_and_scripts():
    text = "<p>One&nbsp;<b>bold</b></p><script>alert(1)</script><p>Two &lt;3</p>"

    (made,) = asked(read(question("T", question=text, help="<em>Help</em>", mandatory="Y")))

    assert (made["text"], made["help"], made["required"]) == ("One bold\n\nTwo <3", "Help", True)


def test_the_survey_has_its_title_its_welcome_and_its_groups():
    found = read(question("T"))

    assert found.title == "Tea"
    assert found.definition["intro"] == "Hello"
    page = found.definition["pages"][0]
    assert (page["title"], page["intro"]) == ("One", "Hi & you")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("1", None),
        ('Q1.NAOK == "A1"', '${q1} = "a1"'),
        ('((Q1.NAOK == "A1" && Q1.NAOK != "A2"))', '((${q1} = "a1"  and  ${q1} != "a2"))'),
        ('Q1.NAOK eq "A1"', '${q1} = "a1"'),
    ],
)
def test_simple_conditions_come_in(theirs, ours):
    found = read(question("L"), question("T", 2, relevance=theirs))

    assert asked(found)[1].get("show_if") == ours
    assert not found.remarks


def test_a_ticked_choice_is_a_condition_too():
    found = read(question("M"), question("T", 2, relevance='Q1_S1.NAOK == "Y"'))

    assert asked(found)[1]["show_if"] == "selected(${q1}, 's1')"


def test_a_condition_that_cannot_be_said_here_is_told():
    found = read(question("T"), question("T", 2, relevance="is_empty(Q1.NAOK)"))

    assert "show_if" not in asked(found)[1]
    assert [one.row for one in found.remarks] == [2]


def test_other_languages_come_in_from_the_newer_dialect():
    texts = row(qid=1, question="Tea?", help="", language="en")
    texts += row(qid=1, question="Thé ?", help="", language="fr")
    settings = row(surveyls_language="en", surveyls_title="Tea")
    settings += row(surveyls_language="fr", surveyls_title="Thé")

    found = read(
        row(qid=1, parent_qid=0, gid=1, type="S", title="Q1"),
        question_l10ns=texts,
        surveys_languagesettings=settings,
    )

    assert asked(found)[0]["text"] == "Tea?"
    assert found.definition["translations"] == {"fr": {"q1.text": "Thé ?"}}
