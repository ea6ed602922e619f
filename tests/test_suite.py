"""How the suite runs its steps: some beside the others, and none of them unheard."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.expression import Expression

from tests.conftest import pytest_collection_modifyitems as mark
from tests.environment import TOGETHER
from tests.suite import ROOT, Plan, run_all


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


def test_the_files_whose_tests_stay_together_are_there():
    assert [path for path in TOGETHER if not (ROOT / path).is_file()] == []


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


@dataclass
class Case:
    """What pytest knows of a test, as far as it decides where the test runs."""

    path: Path
    line: int
    name: str
    fixturenames: tuple[str, ...] = ()
    marks: list[str] = field(default_factory=list)

    @property
    def location(self) -> tuple[str, int, str]:
        return str(self.path), self.line, self.name

    def iter_markers(self) -> list[Any]:
        return [getattr(pytest.mark, mark).mark for mark in self.marks]

    def get_closest_marker(self, name: str) -> bool:
        return name in self.marks

    def add_marker(self, name: str) -> None:
        self.marks.append(name)


def test_of_each_file_the_first_test_through_the_front_door_runs_on_both_databases():
    one, other = Path("test_one.py"), Path("test_other.py")
    scores = Case(one, 1, "test_scores")
    query = Case(one, 5, "test_a_query", ("db",))
    first = [Case(one, 9, "test_a_page", ("db", "sign_in")) for _case in range(2)]
    second = Case(one, 15, "test_a_form", ("db", "client"))
    elsewhere = Case(other, 1, "test_a_form", ("db", "client"))
    all_pages = Case(other, 5, "test_all_pages", ("db", "sign_in"), ["evaluation"])

    # They are shuffled before they are marked.
    items: Any = [all_pages, second, first[1], query, elsewhere, first[0], scores]
    mark(items)

    assert scores.marks == ["pure"]
    assert [case.marks for case in (query, *first, elsewhere)] == [[], [], [], []]
    assert second.marks == ["production"]
    assert all_pages.marks == ["evaluation"]


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
