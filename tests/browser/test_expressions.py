"""The language of conditions in the browser: what the server says, for every case and many more."""

from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.surveys.expression_cases import CASES, GENERATED, TODAY, outcome

pytestmark = pytest.mark.e2e
SCRIPTS = [
    Path(settings.BASE_DIR) / "static/js/expressions" / f"{name}.js"
    for name in ("patterns", "functions", "language")
]
READ = """([cases, today]) => cases.map(({expression, values, own}) => {
    const { parse, evaluate, ExpressionError } = window.expressions;
    const around = { values: new Map(Object.entries(values ?? {})), own: own ?? "", today };
    try {
        const value = evaluate(parse(expression), around);
        return { expected: Number.isNaN(value) ? null : value };
    } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        return { error: error.code, position: error.position };
    }
})"""


@pytest.fixture
def in_browser(page):
    """Return a function that tells what the browser makes of many cases at once."""
    for script in SCRIPTS:
        page.add_script_tag(path=script)
    return lambda cases: page.evaluate(READ, [cases, TODAY])


def as_written(found):
    """Return an answer whose number is the browser's: long ones come along as whole numbers."""
    value = found.get("expected")
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return {**found, "expected": float(value)} if is_whole else found


def test_every_shared_case_has_the_agreed_result_in_the_browser(in_browser):
    keys = ("expected", "error", "position")
    agreed = [{key: case[key] for key in keys if key in case} for case in CASES]

    found = in_browser(CASES)

    assert [(c, a, f) for c, a, f in zip(CASES, agreed, found, strict=True) if a != f] == []
    assert [type(f.get("expected")) is bool for f in found] == [
        type(a.get("expected")) is bool for a in agreed
    ]


def test_server_and_browser_agree_on_whatever_can_be_written(in_browser):
    cases = []

    @given(st.lists(GENERATED, min_size=20, max_size=20))
    @trying(
        max_examples=60,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def collect(some):
        cases.extend(some)

    collect()
    on_server = [outcome(case) for case in cases]

    found = [as_written(answer) for answer in in_browser(cases)]

    both = zip(cases, on_server, found, strict=True)
    assert [(case, one, other) for case, one, other in both if one != other] == []
    assert sum("expected" in one for one in on_server) > 300
