"""Forty questions with logic on two pages: shown, saved and handed in, against the bare views."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
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
from tests.bench.result import STARTS, TURNS, Result, counted, in_turns, middle
from tests.bench.site import Visitor, both, people, queries, settle
from tests.bench.surveys import DEFINITION, STATEMENTS, statement
from tests.factories.surveys import make_wave

EACH = 160
FIRST = 40  # until both workers have planned their statements
PAGES = 2


@dataclass(frozen=True)
class Bare:
    """The bare views: a page from memory, and one that writes the answers as a JSON row."""

    port: int
    form: Ask

    def shown(self) -> float:
        """Return how many pages a second it answers."""
        return load.rate(self.port, [Ask("/page")])

    def written(self) -> float:
        """Return how many forms a second it writes."""
        return load.rate(self.port, [self.form], expected=302)


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
    visitors = [Visitor(p) for p in people(STARTS * FIRST + TURNS * EACH + 2, department, "logic")]
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
    begin = STARTS * FIRST
    first = iter(asks[:begin])
    waiting = iter(asks[n : n + EACH] for n in range(begin, len(asks) - 2, EACH))
    plain = Ask("/write", asks[0].headers, "POST", asks[0].body)
    settle()
    shown, saved, handed = [], [], []
    for _start in range(STARTS):
        with tempfile.TemporaryDirectory() as folder, both(body.encode(), Path(folder)) as ports:
            bare = Bare(ports[1], plain)
            load.rate(ports[0], [next(first) for _ask in range(FIRST)], expected=302, once=True)
            for ask in (page, save):
                load.warm(ports[0], [ask])
            turns = partial(in_turns, rounds=TURNS // STARTS)
            shown += turns(partial(load.rate, ports[0], [page]), bare.shown)
            saved += turns(partial(load.rate, ports[0], [save]), bare.written)
            handed += turns(
                lambda port=ports[0]: load.rate(port, next(waiting), expected=302, once=True),  # type: ignore[misc]
                bare.written,
            )
    name = "page with logic, 20 of 40 questions, against a bare page"
    yield middle(name, "requests/s", shown, least=0.22)
    yield middle("saving a page with logic against a bare JSON row", "requests/s", saved, least=0.3)
    name = "handing in 40 answers with logic against a bare JSON row"
    yield middle(name, "requests/s", handed, least=0.3)
    stored = Participation.objects.filter(wave=wave).count()
    assert stored == STARTS * FIRST + TURNS * EACH + 1, stored
