"""Conditions of forms in our codes, and those that cannot hold in the survey that came in."""

import pytest

from surveys.definitions import check
from surveys.formats.codes import Codes, code_from
from surveys.formats.conditions import Conditions, both, conjuncts, either, for_choice
from surveys.formats.limesurvey.relevance import in_our_words
from surveys.formats.reports import Place, Report
from surveys.formats.xlsform import read_xlsform
from tests.surveys.forms import form

CODES = {"Has Dog": "has_dog", "HasDog": "hasdog", "age": "age", "dog-name": "dog_name"}
CHOICES = {"HasDog": {"Yes": "yes", "No": "no"}, "age": {"1": "2"}}
HERE = Place("survey", 4, "F (relevant)")


def rewritten(text, own=""):
    report = Report()
    return Conditions(report, CODES, CHOICES).rewritten(text, HERE, own=own), report.remarks


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("", ""),
        ("${age} > 3", "${age} > 3"),
        ("${HasDog}='Yes'", "${hasdog}='yes'"),
        ('${ HasDog } = "No"', '${hasdog} = "no"'),
        ("${age} = 1", "${age} = 2"),
        ("${age} = '1'", "${age} = '2'"),
        ("../HasDog = 'Yes'", "${hasdog} = 'yes'"),
        ("../../HasDog = 'Yes'", "${hasdog} = 'yes'"),
        ("${dog-name} != '../HasDog'", "${dog_name} != '../HasDog'"),
        ("selected(${HasDog}, 'Maybe')", "selected(${hasdog}, 'Maybe')"),
        ("'Yes' = 'Yes'", "'Yes' = 'Yes'"),
        ("TRUE", "true()"),
        ("false", "false()"),
    ],
)
def test_names_and_choices_become_ours(theirs, ours):
    assert rewritten(theirs) == (ours, [])


def test_the_own_answer_is_compared_with_its_own_choices():
    assert rewritten(". = 'Yes'", own="HasDog") == (". = 'yes'", [])
    assert rewritten(". = 'Yes'", own="age") == (". = 'Yes'", [])


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ("${cat} = 1", "It looks at “cat”, which did not come in."),
        ("once(1)", "It cannot be used: There is no function “once”. (character 1)"),
        (
            "${age} >",
            "It cannot be used: The condition stops where a value should follow. (character 9)",
        ),
        ("${age} = 'a", "It cannot be used: A quote is opened and never closed. (character 10)"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(theirs, why):
    found, (remark,) = rewritten(theirs)

    assert found == ""
    assert (remark.sheet, remark.row, remark.column) == ("survey", 4, "F (relevant)")
    assert (remark.value, remark.why, remark.is_lost) == (theirs, why, True)


@pytest.mark.parametrize(
    ("filter_text", "ours"),
    [
        ("state=${st}", "'tx'=${st}"),
        ("state = 'state' and other = 1", "'tx' = 'state' and other = 1"),
        ("selected(${st}, state)", "selected(${st}, 'tx')"),
        ("${state} = state", "${state} = 'tx'"),
        ("quote = 1", "'its' = 1"),
    ],
)
def test_a_filter_is_read_with_the_columns_of_one_choice(filter_text, ours):
    assert for_choice(filter_text, {"state": "tx", "quote": "it's"}) == ours


def test_conditions_are_put_together():
    assert both("", "") == ""
    assert both("a = 1", "") == "a = 1"
    assert both("a = 1 or b", "c") == "(a = 1 or b) and (c)"
    assert either("a", "a") == "a"
    assert either("a", "b") == "(a) or (b)"
    assert either("a", "") == ""


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("q1", (), "q1"),
        ("Q 1", (), "q_1"),
        ("1_NW", (), "q_1_nw"),
        ("Über", (), "ber"),
        ("日本", (), "q"),
        ("_x_", (), "x_"),
        ("a", ("a", "a_2"), "a_3"),
        ("a" * 99, (), "a" * 52),
    ],
)
def test_a_code_is_close_to_the_name(name, taken, code):
    assert code_from(name, taken) == code


def test_names_alike_get_a_code_each_as_fast_as_names_apart():
    codes = Codes()

    given = [codes.give("Why?") for _n in range(20_000)]

    assert given[:3] == ["why", "why_2", "why_3"]
    assert len(set(given)) == 20_000
    assert codes._tried == {"why": 20_000}


def test_a_code_that_a_name_took_is_not_given_to_one_like_it():
    codes = Codes(may_begin_with_digit=True)

    assert [codes.give(name) for name in ("a_2", "a", "a", "1", "a")] == [
        *("a_2", "a", "a_3", "1", "a_4")
    ]


def test_a_choice_may_begin_with_a_digit():
    assert code_from("1_NW", (), may_begin_with_digit=True) == "1_nw"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('Q1.NAOK == "A" || Q2.NAOK > 3', '${Q1} = "A"  or  ${Q2} > 3'),
        ('Q1_SQ1.NAOK == "Y"', "selected(${Q1}, 'SQ1')"),
        ('Q1_SQ1.NAOK != "Y"', "not(selected(${Q1}, 'SQ1'))"),
        ('Q1_SQ1.NAOK == ""', "not(selected(${Q1}, 'SQ1'))"),
        ("!(Q2.NAOK lt 3)", "not(${Q2} < 3)"),
        ('Q2.NAOK == "a && b"', '${Q2} = "a && b"'),
        ("Q3_SQ1.NAOK > 1", "${Q3_SQ1} > 1"),
    ],
)
def test_conditions_of_limesurvey_are_said_in_our_words(theirs, ours):
    assert in_our_words(theirs, {"Q1": {"SQ1"}}) == ours


HEADER = "type name label relevant calculation constraint"


def asked(*rows):
    found = read_xlsform(form(*rows, header=HEADER))
    assert check(found.definition) == []
    return found, [q for page in found.definition["pages"] for q in page["questions"]]


def test_questions_that_decide_about_each_other_lose_one_condition():
    found, questions = asked("text|a|A|${b} = 'x'", "text|b|B|${a} = 'x'")

    assert [one.get("show_if", "") for one in questions].count("") >= 1
    assert all("decide about each other" in one.why for one in found.remarks)
    assert found.remarks


def test_a_value_that_needs_what_did_not_come_in_takes_others_along():
    found, questions = asked(
        "calculate|one|||${two}",
        "calculate|two|||${three}",
        "calculate|three|||${one}",
        "text|q|Q",
        "text|r|It is ${one}|${two} != ''",
    )

    assert [one["code"] for one in questions][-2:] == ["q", "r"]
    assert found.taken < found.rows
    assert found.remarks


def test_a_page_that_depends_on_itself_is_always_asked():
    found, _questions = asked("begin_group|g|G|${a} = 'x'", "text|a|A", "end_group")

    assert "show_if" not in found.definition["pages"][0]
    assert found.taken == found.rows
    assert [one.is_lost for one in found.remarks] == [True]


def test_the_own_answer_means_nothing_in_a_condition():
    found, questions = asked("text|a|A|. != ''||. != 'x'")

    assert questions == [{"code": "a", "type": "short_text", "text": "A", "constraint": ". != 'x'"}]
    assert [(one.row, one.column) for one in found.remarks] == [(2, "D (relevant)")]


def test_of_a_text_only_the_answers_that_are_not_there_become_gaps():
    choices = [
        ["list_name", "name", "label"],
        ["yn", "Yes", "As ${age}, not ${one}"],
        ["yn", "No", "No"],
    ]
    content = form(
        "integer|age|How old?||",
        "calculate|one|||${two}",
        "calculate|two|||${one}",
        "select_one yn|dog|At ${age} with ${one}: a dog?||",
        choices=choices,
        header="type name label relevant calculation",
    )

    definition = read_xlsform(content).definition

    (question,) = [q for q in definition["pages"][0]["questions"] if q["code"] == "dog"]
    assert question["text"] == "At ${age} with …: a dog?"
    assert [choice["text"] for choice in question["choices"]] == ["As ${age}, not …", "No"]
    assert check(definition) == []


@pytest.mark.parametrize(
    ("joined", "parts"),
    [
        ("", []),
        ("${a} = 1", ["${a} = 1"]),
        (both("a", "b"), ["a", "b"]),
        (both(both("a", "b = ')'"), both('c = "("')), ["a", "b = ')'", 'c = "("']),
        (both(either("a", "b"), "c"), ["(a) or (b)", "c"]),
        ("(a) and b", ["(a) and b"]),
        ("(a) and (b) or (c)", ["(a) and (b) or (c)"]),
        ("((a)", ["((a)"]),
        ("a) and (b", ["a) and (b"]),
    ],
)
def test_conditions_that_were_joined_come_apart_again(joined, parts):
    assert conjuncts(joined) == parts
