"""The first page of a survey with 300 questions and 500 conditions, against the same page alone."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from buyin.accounts.models import Department
from surveys.definitions import check
from tests.bench import load
from tests.bench.load import Ask
from tests.bench.result import TURNS, Result, counted, side_by_side
from tests.bench.site import Visitor, people, queries, serving
from tests.bench.surveys import DEFINITION, STATEMENTS, statement
from tests.factories.surveys import make_wave

QUESTIONS, CONDITIONS, PAGES = 300, 500, 15
MOST_TIMES = 3


def measure() -> Iterator[Result]:
    """Open the first page of both surveys, which show the same twenty statements."""
    department = Department.objects.create(code="conditions", name="Permits")
    staff = Visitor(people(1, department, "conditional")[0])
    asks = {}
    for name, definition in {"large": large(), "plain": plain()}.items():
        assert check(definition) == [], check(definition)
        wave = make_wave(department, definition=definition)
        path = reverse("surveys:fill", args=[wave.pk, 1])
        page = staff.read(path)
        assert page.count("<fieldset") >= STATEMENTS, page.count("<fieldset")
        asks[name] = staff.ask(path)
    yield counted("fill page among 500 conditions, queries", queries(staff, asks["large"])[0], 6)
    with serving("buyin.wsgi") as port:

        def milliseconds(ask: Ask) -> float:
            return 1_000 / load.rate(port, [ask])

        for ask in asks.values():
            load.warm(port, [ask])
        yield side_by_side(
            "first of 300 questions with 500 conditions against the same page alone",
            "milliseconds a page",
            lambda: milliseconds(asks["large"]),
            lambda: milliseconds(asks["plain"]),
            rounds=TURNS,
            most=MOST_TIMES,
        )


def plain() -> dict[str, Any]:
    """Return the first page alone, without conditions."""
    questions = [{**statement(n), "required": False} for n in range(1, STATEMENTS + 1)]
    return {**DEFINITION, "pages": [{"code": "all", "title": "Your view", "questions": questions}]}


def large() -> dict[str, Any]:
    """Return a survey in which nearly every question depends on answers before it."""
    questions: list[dict[str, Any]] = []
    for number in range(1, QUESTIONS + 1):
        question = {**statement(number), "required": False}
        if number > 1:
            question["show_if"] = f"${{q{number - 1}}} != 1 or ${{q1}} > 2"
        questions.append(question)
    used = QUESTIONS - 1
    pages: list[dict[str, Any]] = []
    for number in range(PAGES):
        part = questions[number * STATEMENTS : (number + 1) * STATEMENTS]
        page = {"code": f"p{number}", "title": "Your view", "questions": part}
        if number:
            page["show_if"] = f"${{q{number * STATEMENTS}}} != 5"
            used += 1
        pages.append(page)
    for number in range(1, CONDITIONS - used + 1):
        questions[number]["required_if"] = f"${{q{number}}} >= 4 and not(${{q1}} = 3)"
    return {**DEFINITION, "pages": pages}
