"""How the suite runs its steps: some beside the others, and none of them unheard."""

from typing import Any

import pytest
from _pytest.mark.expression import Expression

from tests.suite import Plan, run_all


@pytest.fixture
def plan(tmp_path):
    return Plan("postgres://nobody", "postgres://nobody", "redis://nobody", str(tmp_path))


def say(plan, name, says, *, code=0, beside=False):
    program = f"import sys; print({says!r}); print('end of ' + {says!r}); sys.exit({code})"
    plan.add(name, "python", "-c", program, beside=beside)


@pytest.mark.parametrize("beside", [True, False])
def test_one_step_that_fails_fails_the_suite(plan, capfd, beside):
    say(plan, "tests", "all of them")
    say(plan, "types", "a type is wrong", code=1, beside=beside)

    assert run_all(plan) == 1

    said = capfd.readouterr().out
    assert "FAILED" in next(line for line in said.splitlines() if line.endswith("s  types"))
    assert "passed" in next(line for line in said.splitlines() if line.endswith("s  tests"))


def test_what_runs_beside_others_is_heard_in_one_piece(plan, capfd):
    say(plan, "types", "no type is wrong", beside=True)
    say(plan, "tests", "all of them")

    assert run_all(plan) == 0

    said = capfd.readouterr().out
    assert "── types\nno type is wrong\nend of no type is wrong\n" in said
    assert "── tests\n" in said
    assert said.count("end of ") == 2


def test_a_step_keeps_no_server_of_ours_and_the_compiled_modules(plan, monkeypatch, capfd):
    for name in ("DATABASE_URL", "REDIS_URL", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    names = "('DATABASE_URL', 'REDIS_URL', 'PYTHONDONTWRITEBYTECODE', 'EVALUATION')"
    program = f"import os; print([name for name in {names} if name in os.environ])"
    plan.add("tests", "python", "-c", program)

    run_all(plan)

    assert "['EVALUATION']" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("marks", "steps"),
    [
        ((), ["tests on SQLite", "tests on PostgreSQL"]),
        (("pure",), ["tests on SQLite"]),
        (("evaluation",), ["tests on SQLite"]),
        (("production",), ["tests on PostgreSQL"]),
        (("e2e",), ["browser and services"]),
        (("services",), ["browser and services"]),
        (("e2e", "production"), ["browser and services"]),
        (("bench",), []),
    ],
)
def test_what_one_step_leaves_out_another_one_runs(plan, marks, steps):
    plan.add_tests()

    def runs(step):
        chosen = step.command[step.command.index("-m", 2 + step.command.index("-m")) + 1]
        matcher: Any = lambda name, **_more: name in marks  # noqa: E731
        return Expression.compile(chosen).evaluate(matcher)

    assert [step.name for step in plan.steps if runs(step)] == steps


def test_every_check_is_a_step(plan):
    plan.add_style()
    plan.add_django()
    plan.add_migrated()
    plan.add_tests()

    assert [step.name for step in plan.steps if not step.beside] == [
        "migrated PostgreSQL",
        "migrated SQLite",
        "tests on SQLite",
        "browser and services",
        "tests on PostgreSQL",
    ]
    assert len(plan.steps) == 14
