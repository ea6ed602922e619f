"""Every address, every method, every persona: what the portal answers is what access.toml says.

A new address fails the first test until it has a row. A row looks like this:

    "initiatives/<int:pk>/ (of another department)" = { with = { pk = "clinic_initiative" },
        GET = "signed_in=404 neighbour,lead=200" }

Signed-out people are sent to the sign-in page (302) unless the row says otherwise; `everyone`,
`signed_in` and `signed_out` are groups, later words overrule earlier ones. Methods that a row
does not name must answer 405, or what it says under OTHER (pages of libraries are lax there).
Names after `with` come from world.py.
"""

import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.access.table import METHODS, OTHER, SIGNED_OUT, Row, all_routes, fill, read_table
from tests.access.world import standing
from tests.cast import PERSONAS

ROWS, PATTERNS = read_table()
LISTED = {row.route for row in ROWS}
# Who tries the methods that a page does not have.
TRIES = ["staff", "administrator"]
PARTS = 8  # so that two processes share the table


def matched(route: str) -> Row | None:
    return next((row for row in PATTERNS if re.fullmatch(row.route, route)), None)


def test_every_address_is_in_the_table():
    assert [r for r in all_routes() if r not in LISTED and not matched(r)] == []


def test_no_row_is_stale():
    routes = all_routes()
    stale = sorted(LISTED - set(routes))
    stale += [p.title for p in PATTERNS if not any(re.fullmatch(p.route, r) for r in routes)]

    assert stale == []


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    with standing(django_db_blocker) as found:
        yield found


@pytest.fixture
def cast(found, db):
    return found[0]


@pytest.fixture
def world(found, db):
    return found[1]


@pytest.fixture
def browsers(sign_in, world):
    return {persona: sign_in(persona, raise_request_exception=False) for persona in PERSONAS}


@pytest.fixture
def ask(browsers):
    """Return a function that asks as a persona, and leaves no trace."""

    def answer_to(persona: str, method: str, address: str):
        browser = browsers[persona]
        cookies = browser.cookies.copy()
        with transaction.atomic():
            answer = browser.generic(method, address)
            transaction.set_rollback(True)
        browser.cookies = cookies
        return answer

    return answer_to


@pytest.mark.production
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_answer_is_as_the_table_says(ask, world, part):
    wrong = []
    for row in [*ROWS, *patterned()][part::PARTS]:
        cache.clear()  # how often one may ask is tested elsewhere, one address at a time
        address = fill(row.route, {n: world.get(v, v) for n, v in row.objects.items()})
        for method in METHODS:
            for persona, allowed in whom_to_ask(row, method).items():
                answer = ask(persona, method, address)
                if answer.status_code not in allowed:
                    wrong.append(f"{method} {row.title} as {persona}: {answer.status_code}")

    assert not wrong, "\n" + "\n".join(wrong)


def patterned():
    """Return a row for each route that only a pattern lists."""
    routes = [route for route in all_routes() if route not in LISTED]
    return [replace(row, title=route) for route in routes if (row := matched(route))]


def whom_to_ask(row: Row, method: str) -> dict[str, set[int]]:
    """Return what each persona must get; 405 for methods that the row does not name."""
    if method in row.methods:
        return row.expected(method)
    if row.is_pattern and OTHER not in row.methods:
        return {}
    others = row.expected(OTHER) if OTHER in row.methods else {who: {405} for who in TRIES}
    return {persona: others[persona] for persona in TRIES}


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_people_who_are_signed_out_are_sent_to_the_sign_in_page(ask, world):
    wrong = []
    for row in ROWS:
        address = fill(row.route, {n: world.get(v, v) for n, v in row.objects.items()})
        for persona in SIGNED_OUT:
            words = row.methods.get("GET", "")
            if words and not re.search(f"everyone|signed_out|{persona}", words):
                answer = ask(persona, "GET", address)
                if not answer.headers.get("Location", "").startswith("/accounts/login/?next="):
                    wrong.append(f"{row.title} as {persona}")

    assert wrong == []
