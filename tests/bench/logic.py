"""Forty questions with logic on two pages: shown, saved and handed in, against the bare views."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.urls import reverse

from buyin.accounts.models import Department
from surveys.answers import PREFIX
from surveys.definitions import check
from surveys.models import Participation
from tests.bench import load
from tests.bench.load import Ask
from tests.bench.result import TURNS, Result, counted, side_by_side
from tests.bench.site import Visitor, both, people, queries, settle
from tests.bench.surveys import DEFINITION, STATEMENTS, statement
from tests.factories.surveys import make_wave

EACH = 160
FIRST = 40  # until both workers have planned their statements
PAGES = 2


def definition() -> dict[str, Any]:
    """Return forty statements: half hang on the one before them, some are needed after others."""
    questions: list[dict[str, Any]] = []
    for number in range(1, PAGES * STATEMENTS + 1):
        question = {**statement(number), "required": number % 5 != 0}
        if number % 2 == 0:
            question["show_if"] = f"${{q{number - 1}}} != 1 or ${{q1}} > 4"
        if number % 5 == 0:
            question["required_if"] = f"${{q{number - 2}}} >= 4"
        questions.append(question)
    parts = [questions[n * STATEMENTS : (n + 1) * STATEMENTS] for n in range(PAGES)]
    pages = [{"code": f"p{n}", "title": "Your view", "questions": p} for n, p in enumerate(parts)]
    pages[1]["show_if"] = "${q1} > 0"
    return {**DEFINITION, "pages": pages}


def answers(page: int) -> dict[str, str]:
    """Return what is chosen on this page: 2 to 5, so that every statement is asked."""
    first = (page - 1) * STATEMENTS + 1
    return {f"{PREFIX}q{n}": str(n % 4 + 2) for n in range(first, first + STATEMENTS)}


def measure() -> Iterator[Result]:
    """Open and save the second page over the answers of the first, and hand everything in."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")  # for the preparations only
    department = Department.objects.create(code="logic", name="Permits")
    assert check(definition()) == [], check(definition())
    wave = make_wave(department, definition=definition())
    one, two = (reverse("surveys:fill", args=[wave.pk, page]) for page in (1, 2))
    visitors = [Visitor(p) for p in people(FIRST + TURNS * EACH + 2, department, "logic")]
    for visitor in visitors:
        queries(visitor, visitor.form(one, {**answers(1), "go": "autosave"}))
    asks = [visitor.form(two, {**answers(2), "go": "submit"}) for visitor in visitors]
    last = visitors[-1]
    page, body = last.ask(two), last.read(two)
    assert body.count("<fieldset") >= STATEMENTS, body.count("<fieldset")
    save = last.form(two, {**answers(2), "go": "autosave"})
    yield counted("page with logic, queries", queries(last, page)[0], 6)
    yield counted("saving a page with logic, queries", queries(last, save)[0], 12)
    yield counted("handing in with logic, queries", queries(visitors[-2], asks[-2])[0], 12)
    waiting = iter(asks[n : n + EACH] for n in range(FIRST, len(asks) - 2, EACH))
    plain = Ask("/write", asks[0].headers, "POST", asks[0].body)
    settle()
    with tempfile.TemporaryDirectory() as folder, both(body.encode(), Path(folder)) as ports:
        portal, bare = ports
        load.rate(portal, asks[:FIRST], expected=302, once=True)
        for ask in (page, save):
            load.warm(portal, [ask])

        def written() -> float:
            return load.rate(bare, [plain], expected=302)

        yield side_by_side(
            "page with logic, 20 of 40 questions, against a bare page",
            "requests/s",
            lambda: load.rate(portal, [page]),
            lambda: load.rate(bare, [Ask("/page")]),
            rounds=TURNS,
            least=0.22,
        )
        yield side_by_side(
            "saving a page with logic against a bare JSON row",
            "requests/s",
            lambda: load.rate(portal, [save]),
            written,
            rounds=TURNS,
            least=0.3,
        )
        yield side_by_side(
            "handing in 40 answers with logic against a bare JSON row",
            "requests/s",
            lambda: load.rate(portal, next(waiting), expected=302, once=True),
            written,
            rounds=TURNS,
            least=0.3,
        )
    stored = Participation.objects.filter(wave=wave).count()
    assert stored == FIRST + TURNS * EACH + 1, stored
