"""Pages with conditions as they are drawn: marks, hints, repeated answers, nobody's secrets."""

import html
import json
import re
from typing import Any

import pytest

from surveys import definitions
from surveys.logic import browser_data, plan_of
from surveys.rendering import draw_page
from tests.factories.logic import CHOICES, VISITS, asks, survey
from tests.factories.surveys import DEFINITION, make_draft, make_wave

from .public_pages import form_on
from .test_fill import press, url

HOSTILE = "</script><script>alert(1)</script>\"'&{{ x }}[z:pipe:a]"


def body(raw: dict[str, Any], number: int = 1):
    assert definitions.check(raw) == []
    return draw_page(definitions.read(raw), number)


def data_in(text: str, name: str) -> Any:
    (found,) = re.findall(rf'<script id="{name}" type="application/json">(.*?)</script>', text)
    return json.loads(found)


def gate(text: str, about: str) -> str:
    """The tag that bears the mark of a gate."""
    (found,) = re.findall(rf'<[^>]*data-gate="{about}"[^>]*>', text)
    return str(found)


def test_what_another_page_decides_is_hidden_and_what_this_page_decides_is_not():
    pages = survey(
        [asks("a")],
        [
            asks("b", show_if="${a} = 'x'"),
            asks("c"),
            asks("d", show_if="${c} = 'x' and ${a} = 'x'"),
        ],
    )
    text = body(pages, 2).filled({}, {})

    assert " hidden" in gate(text, "question:b")
    assert " hidden" not in gate(text, "question:d")
    assert " hidden" not in gate(body(pages, 2).filled({"a": "x"}, {}), "question:b")


def test_rows_and_choices_are_marked_as_well():
    rows = [{"code": "r1", "text": "?"}, {"code": "r2", "text": "?", "show_if": "${a} = 1"}]
    choices = [CHOICES[0], CHOICES[1] | {"show_if": "${a} = 1"}]
    pages = survey(
        [asks("a")],
        [
            {"code": "g", "type": "matrix", "text": "?", "scale": "two", "rows": rows},
            {"code": "one", "type": "single", "text": "?", "choices": choices},
            {"code": "rank", "type": "ranking", "text": "?", "choices": choices},
            {"code": "note", "type": "note", "text": "?", "show_if": "${a} = 1"},
        ],
    )

    closed, opened = (body(pages, 2).filled(typed, {}) for typed in ({}, {"a": "1"}))

    for about in ("row:r2", "choice:one:no", "choice:rank:no", "question:note"):
        assert " hidden" in gate(closed, about)
        assert " hidden" not in gate(opened, about)


@pytest.mark.parametrize(
    ("show_if", "hint"),
    [
        ("${one} = 'no'", "Answer this only if you chose “No” at “One?”."),
        ("selected(${one}, 'yes')", "Answer this only if you chose “Yes” at “One?”."),
        ("${n} > 3", "Whether you answer this depends on your answer to: “How many?”"),
        (
            "${n} > 3 or ${one} = 'no'",
            "Whether you answer this depends on your answer to: “How many?”, “One?”",
        ),
        ("${one} = 'maybe'", "Whether you answer this depends on your answer to: “One?”"),
    ],
)
def test_a_hint_says_when_to_answer(show_if, hint):
    one = {"code": "one", "type": "single", "text": "One?", "choices": CHOICES}
    number = {"code": "n", "type": "number", "text": "How many?"}

    text = body(survey([one, number, asks("q", show_if=show_if)])).filled({}, {})

    assert re.findall(r"data-asked-if>([^<]*)<", text) == [hint]


def test_the_word_required_comes_with_its_condition():
    text = body(VISITS)

    (often,) = re.findall(
        r"<span[^>]*data-required[^>]*>", text.filled({"uses": "yes", "times": "51"}, {})
    )
    (seldom,) = re.findall(
        r"<span[^>]*data-required[^>]*>", text.filled({"uses": "yes", "times": "50"}, {})
    )

    assert ("hidden" in often, "hidden" in seldom) == (False, True)


def test_repeated_answers_are_text_wherever_they_stand():
    pages = survey(
        [asks("a")],
        [
            asks("b", text="Of ${a}?", help="As in ${a}."),
            {"code": "n", "type": "note", "text": "${a}"},
        ],
    )
    pages["pages"][1] |= {"title": "About ${a}", "intro": "You said\n${a}"}

    text = body(pages, 2).filled({"a": HOSTILE}, {})

    assert "<script>alert" not in text
    assert html.unescape(text.split('<script id="survey-logic"')[0]).count(HOSTILE) == 5
    assert "${a}" not in text
    assert data_in(text, "survey-given")["given"] == {"a": HOSTILE}


def test_texts_of_authors_do_not_leave_the_data_for_the_browser():
    choices = [{"code": "x", "text": HOSTILE}, CHOICES[0]]
    one = {"code": "one", "type": "single", "text": HOSTILE, "choices": choices}
    rule = {"constraint": ". != 'x'", "constraint_message": HOSTILE}

    text = body(survey([one | rule, asks("b", text="${one}" + HOSTILE)])).filled({}, {})

    assert "<script>alert" not in text
    assert data_in(text, "survey-logic")["messages"] == {"question:one": HOSTILE}
    assert data_in(text, "survey-logic")["pipes"]["one"]["x"] == HOSTILE


def test_one_person_s_answers_are_not_in_the_page_of_the_next():
    page = body(VISITS, 2)
    empty = page.filled({}, {})

    page.filled({"times": "31337", "uses": "yes", "best": "canary"}, {"best": "a canary's message"})

    assert page.filled({}, {}) == empty
    assert "31337" not in empty
    assert not re.search(r"\[[0-9a-f]{16}:", empty)


def test_the_browser_learns_of_other_pages_only_what_it_needs():
    pages = survey([asks("a"), asks("secret")], [asks("b", show_if="${a} = 'x'")])

    text = body(pages, 2).filled({"a": "x", "secret": "canary"}, {})

    assert data_in(text, "survey-given")["given"] == {"a": "x"}
    assert "canary" not in text


def test_a_page_without_conditions_carries_nothing_of_them():
    plain = draw_page(definitions.read(DEFINITION), 1).filled({}, {})
    other = body(VISITS, 3).filled({}, {})

    for text in (plain, other):
        assert "data-gate" not in text
        assert "survey-logic" not in text
    assert browser_data(plan_of(definitions.read(VISITS)), 3) is None


@pytest.mark.django_db
def test_a_page_that_comes_back_unsaved_still_shows_what_other_pages_allow(sign_in, cast):
    pages = survey([asks("a")], [asks("b", show_if="${a} = 'x'")])
    wave = make_wave(cast.roads, definition=pages, anonymity="named")
    make_draft(wave, cast.staff, a="x")
    staff = sign_in("staff")

    again = press(staff, wave, 2, "save", form=form_on(staff.get(url(wave, 2))) | {"owner": "?"})

    assert again.status_code == 409
    assert " hidden" not in gate(again.text, "question:b")


@pytest.mark.django_db
def test_an_author_sees_conditions_at_work_in_the_preview(sign_in, cast):
    wave = make_wave(cast.roads, definition=VISITS)

    page = sign_in("lead").get(f"/surveys/author/{wave.survey_id}/preview/1/").text

    assert "js/conditions" in page
    assert gate(page, "question:why_not")
