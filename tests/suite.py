"""The whole suite, step by step: `python3 run.py test`.

With arguments only pytest runs, with these arguments, on throw-away PostgreSQL and Redis.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["buyin", "surveys", "training", "feedback", "tests", "run.py", "manage.py"]
# Whoever is done takes over from the other, so that both processes are busy to the end.
PARALLEL = ["-n", "2", "--dist", "worksteal"]
# Browsers and servers are waited for, mostly. Each next test goes to whoever is free; those that
# share a server which takes long to start stay together (tests/environment.py).
WAITING = ["-n", "3", "--dist", "loadgroup"]
EXTRA = "e2e or services"
# Tests roll back, so that a table is empty whenever it is looked after; whoever filled it next with
# thousands would have it planned as one row, which once took minutes.
UNTENDED = {"autovacuum": "off"}
MIGRATED = "migrated"  # the database of which those of the tests are copies
# What a step must not take over: our servers are its servers, and it keeps compiled modules.
OURS = ("DATABASE_URL", "REDIS_URL", "PYTHONDONTWRITEBYTECODE")
PYTEST_SUMMARY = re.compile(r"^=+ .*\b(passed|failed|error|errors|skipped|deselected)\b.* in .+=+$")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Step:
    """One check: what it is called, the command, and how it went."""

    name: str
    command: list[str]
    environment: dict[str, str]
    beside: bool = False
    seconds: float = 0.0
    passed: bool = False
    summary: str = ""

    def run(self) -> None:
        """Run the command, show what it says, and remember pytest's own summary.

        What runs beside others says everything at the end.
        """
        start = time.monotonic()
        said = [f"\n── {self.name}\n"]
        if not self.beside:
            print(said.pop(), end="", flush=True)
        with subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running:
            for line in running.stdout or ():
                if self.beside:
                    said.append(line)
                else:
                    print(line, end="", flush=True)
                plain = COLOUR.sub("", line).strip()
                self.summary = plain if PYTEST_SUMMARY.match(plain) else self.summary
        print("".join(said), end="", flush=True)
        self.passed = running.returncode == 0
        self.seconds = time.monotonic() - start

    @property
    def line(self) -> str:
        """How it went, in one line."""
        return f"{'passed' if self.passed else 'FAILED':8}{self.seconds:7.1f} s  {self.name}"


@dataclass
class Plan:
    """All steps of the suite, for these servers."""

    database: str
    migrated: str
    broker: str
    data: str
    steps: list[Step] = field(default_factory=list)

    def add(
        self,
        name: str,
        *words: str,
        environment: dict[str, str] | None = None,
        beside: bool = False,
    ) -> None:
        """Put one step at the end; the first word is a module or program of the environment."""
        base = {name: value for name, value in os.environ.items() if name not in OURS}
        evaluation = {"EVALUATION": "1", "DATA_DIR": self.data}
        command = [str(Path(sys.executable).parent / words[0]), *words[1:]]
        self.steps.append(Step(name, command, base | (environment or evaluation), beside))

    def add_style(self) -> None:
        """Style, types, import contracts and templates."""
        self.add("ruff check", "ruff", "check", ".", beside=True)
        self.add("ruff format", "ruff", "format", "--check", ".", beside=True)
        self.add("templates' form", "djangofmt", "--check", "templates", beside=True)
        self.add("templates' blocks", "djangofmt", "check", "templates", beside=True)
        self.add("templates' markup", "djlint", "--lint", "--quiet", "templates", beside=True)
        self.add("import contracts", "lint-imports", beside=True)
        self.add("types", "mypy", *PACKAGES, beside=True)

    def add_django(self) -> None:
        """Nothing to migrate is forgotten, and production settings raise no warning."""
        manage = ["python", "-W", "error", "manage.py"]
        self.add("migrations", *manage, "makemigrations", "--check", "--dry-run", beside=True)
        self.add(
            "deployment",
            *manage,
            *("check", "--deploy", "--fail-level", "WARNING"),
            environment=production(self.database, self.broker),
            beside=True,
        )

    def add_migrated(self) -> None:
        """Migrate a database of each kind, of which those of the tests are copies."""
        migrate = ["python", "-W", "error", "manage.py", "migrate", "--verbosity", "0"]
        given = {"EVALUATION": "1", "DATA_DIR": self.data, "DATABASE_URL": self.migrated}
        self.add("migrated PostgreSQL", *migrate, environment=given)
        self.add("migrated SQLite", *migrate)

    def add_pytest(self, name: str, *words: str, servers: bool = True) -> None:
        """One run of pytest, on PostgreSQL and Redis or on SQLite."""
        given = {"DATABASE_URL": self.database, "REDIS_URL": self.broker} if servers else {}
        given["MIGRATED"] = MIGRATED if servers else str(Path(self.data) / "portal.sqlite3")
        self.add(name, "python", "-m", "pytest", *words, environment={"EVALUATION": "1", **given})

    def add_tests(self) -> None:
        """Everything on PostgreSQL, and all that needs no server on SQLite.

        What asks no database at all would do the same twice, and runs once; so does most of what
        comes through the front door, on PostgreSQL, and the round of all pages, on SQLite. What
        they ask of the database is tested on both (docs/decisions/0031).
        """
        on_sqlite = f"not ({EXTRA} or bench or production)"
        self.add_pytest("tests on SQLite", *PARALLEL, "-m", on_sqlite, servers=False)
        self.add_pytest("browser and services", *WAITING, "-m", f"({EXTRA}) and not bench")
        on_postgresql = f"not ({EXTRA} or bench or pure or evaluation)"
        self.add_pytest("tests on PostgreSQL", *PARALLEL, "-m", on_postgresql)


def production(database: str, broker: str) -> dict[str, str]:
    """Return the environment that a production copy has at least."""
    return {
        "EVALUATION": "0",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "portal.example.gov",
        "SITE_URL": "https://portal.example.gov",
        "MAIL_HOST": "mail.example.gov",
        "DATABASE_URL": database,
        "REDIS_URL": broker,
    }


@contextmanager
def servers() -> Iterator[Plan]:
    """Run PostgreSQL and Redis for the time of the suite."""
    services.ensure_programs()
    with (
        services.postgres(**UNTENDED) as database,
        services.redis() as broker,
        tempfile.TemporaryDirectory(prefix="buyin-suite-") as data,
    ):
        yield Plan(database.url, database.add(MIGRATED), broker, data)


def run_all(plan: Plan) -> int:
    """Run every step, tell how each went, and return the exit code.

    What reads the code only runs beside the rest, which often leaves one of two processors free.
    """
    start = time.monotonic()
    pool = ThreadPoolExecutor(1)
    try:
        besides = [pool.submit(step.run) for step in plan.steps if step.beside]
        for step in plan.steps:
            if not step.beside:
                step.run()
        for running in besides:
            running.result()
    finally:
        pool.shutdown(cancel_futures=True)
    print("\n── summary")
    for step in plan.steps:
        print(step.line)
    print(f"{time.monotonic() - start:15.1f} s  in all\n")
    for step in plan.steps:
        if step.summary:
            print(f"{step.name}:\n{step.summary}")
    return 0 if all(step.passed for step in plan.steps) else 1


def main(arguments: list[str]) -> int:
    """Run the suite, or pytest with these arguments."""
    services.end_on_signals()
    with servers() as plan:
        if arguments:
            plan.add_pytest("pytest", *arguments)
            plan.steps[0].run()
            return 0 if plan.steps[0].passed else 1
        plan.add_style()
        plan.add_django()
        plan.add_migrated()
        plan.add_tests()
        return run_all(plan)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
