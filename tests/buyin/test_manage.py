"""The command line where the database is not what a command needs."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from manage import why_it_cannot_write

ROOT = Path(__file__).resolve().parent.parent.parent


def run(
    folder: Path, command: str = "check_invariants", **given: str
) -> subprocess.CompletedProcess:
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    return subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env=kept | {"EVALUATION": "1", "DATA_DIR": str(folder)} | given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ({}, "The database is not up to date. Run this and start again: manage.py migrate\n"),
        ({"DATABASE_URL": "postgres://a@127.0.0.1:1/a"}, "The database cannot be reached: "),
    ],
)
def test_a_database_that_is_away_or_empty_is_named_in_one_line(tmp_path, given, advice):
    done = run(tmp_path, **given)

    assert done.returncode == 2
    assert done.stderr.startswith(advice)
    assert len(done.stderr.splitlines()) == 1


def test_a_migration_that_fails_says_why_and_does_not_advise_to_migrate(tmp_path):
    with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as database:
        database.execute("CREATE TABLE accounts_department (id integer)")

    done = run(tmp_path, "migrate")

    assert done.returncode != 0
    assert 'table "accounts_department" already exists' in done.stderr
    assert "Run this and start again" not in done.stderr


@pytest.mark.parametrize(
    "said", ["database or disk is full", "attempt to write a readonly database"]
)
def test_a_disk_that_takes_no_more_is_named(said):
    assert why_it_cannot_write(OperationalError(f"{said}\n")) == (
        f"The database cannot be written: {said}"
    )
    assert why_it_cannot_write(OperationalError("no such table: accounts_user")) == ""
    assert why_it_cannot_write(OperationalError()) == ""


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("MAIL_SECURITY", "ssl", 'MAIL_SECURITY is "ssl". Make it starttls or tls or none.'),
        ("MAIL_PORT", "x", 'MAIL_PORT is "x". Make it a whole number.'),
        (
            "DATA_DIR",
            str(ROOT / "manage.py"),
            f"The data folder {ROOT / 'manage.py'} cannot be used",
        ),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path, name, value, advice):
    done = run(tmp_path, **{name: value})

    assert done.returncode == 2
    assert done.stderr.startswith(advice)
    assert ".env.example explains each setting" in done.stderr
    assert len(done.stderr.splitlines()) == 1
