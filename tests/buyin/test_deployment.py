"""The production set-up, with the very command lines of docker-compose.yml, on real servers."""

import json
import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import yaml

from tests import services
from tests.suite import production

pytestmark = pytest.mark.services

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PROGRAMS = Path(sys.executable).parent
# What pages may do: nothing inline, and nothing from another host.
NOBODY = {"default-src", "frame-ancestors", "base-uri", "object-src"}
OURSELVES = {"script-src", "style-src", "font-src", "connect-src", "manifest-src", "form-action"}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        return None


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Site:
    """A production copy with its own database."""

    environment: dict[str, str]
    folder: Path

    def command(self, service: str) -> list[str]:
        """The command of this service, with files where this machine has room for them."""
        words = COMPOSE[service]["command"].replace("/tmp/", f"{self.folder}/")
        first, *rest = shlex.split(words)
        return [str(PROGRAMS / first), *rest]

    def run(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    base, broker = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not base.startswith("postgres"):
        pytest.skip("needs PostgreSQL and Redis")
    folder = tmp_path_factory.mktemp("site")
    server, name = base.rpartition("/")[0], f"deployment_{os.getpid()}"
    connection = psycopg2.connect(base)
    connection.autocommit = True
    # A copy of what the suite has migrated; the command of the compose file then finds it done.
    copied = os.environ.get("MIGRATED", "")
    template = f" TEMPLATE {copied}" if copied.isidentifier() else ""
    connection.cursor().execute(f"CREATE DATABASE {name}{template}")
    given = {k: v for k, v in os.environ.items() if k not in ("EVALUATION", "DATA_DIR")}
    environment = given | production(f"{server}/{name}", broker)
    environment |= {"BEHIND_PROXY": "1", "STATIC_ROOT": str(folder / "static")}
    yield Site(environment, folder)
    connection.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.fixture(scope="module")
def migrated(site: Site) -> Site:
    for command in (site.command("migrate"), [sys.executable, "manage.py", "collectstatic", "-v0"]):
        done = site.run(*command, "--no-input")
        assert done.returncode == 0, done.stderr
    return site


@pytest.fixture(scope="module")
def get(migrated: Site) -> Iterator[Callable[..., Answer]]:
    """Asks gunicorn, started as in the image, for a page as the proxy does."""
    port = services.free_port()
    words = json.loads(
        (ROOT / "Dockerfile").read_text().rpartition("\nCMD ")[2].replace("\\\n", "")
    )
    words = [f"127.0.0.1:{port}" if word == "0.0.0.0:8000" else word for word in words]
    opener = urllib.request.build_opener(NoRedirect)

    def ask(path: str, **headers: str) -> Answer:
        given = {"Host": "portal.example.gov", "X-Forwarded-Proto": "https"} | headers
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=given)
        try:
            answer = opener.open(asked, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(
                answer.status, dict(answer.headers), answer.read().decode(errors="replace")
            )

    command = [str(PROGRAMS / words[0]), *words[1:]]
    with services.process(command, environment=migrated.environment, folder=ROOT):
        services.wait_for_port(port)
        yield ask


def test_the_portal_is_ready_once_it_is_migrated(get):
    answer = get("/health/ready")

    assert (answer.status, json.loads(answer.text)) == (200, {"status": "ok"})


def test_health_answers_without_https_and_everything_else_moves_there(get):
    assert get("/health/live", **{"X-Forwarded-Proto": "http"}).status == 200
    answer = get("/", **{"X-Forwarded-Proto": "http"})

    assert (answer.status, answer.headers["Location"]) == (301, "https://portal.example.gov/")


def test_a_page_comes_with_every_guard_rail(get):
    headers = get("/").headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    policy = dict(
        rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";")
    )
    assert {name for name, allowed in policy.items() if allowed == "'none'"} == NOBODY
    assert {name for name, allowed in policy.items() if allowed == "'self'"} == OURSELVES
    assert policy.keys() - NOBODY - OURSELVES == {"img-src"}
    assert policy["img-src"] == "'self' data: blob:"


def test_styles_have_names_that_change_with_their_content_and_may_be_kept_for_good(get):
    text = get("/").text
    start = text.index("/static/")
    sheet = get(text[start : text.index('"', start)], **{"Accept-Encoding": "gzip"})

    assert (sheet.status, sheet.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in sheet.headers["Cache-Control"]


def test_the_database_writes_no_statement_into_its_log():
    assert "log_min_error_statement=panic" in shlex.split(COMPOSE["postgres"]["command"])


def test_an_unknown_host_is_refused(get):
    assert get("/", Host="elsewhere.example").status == 400


def test_a_worker_starts_as_the_compose_file_says_and_answers_its_health_check(migrated: Site):
    name = f"celery@{socket.gethostname()}"
    ping = [
        str(PROGRAMS / "celery"),
        *["-A", "buyin", "inspect", "ping", "--timeout", "2", "-d"],
        name,
    ]

    with services.process(
        migrated.command("worker"), environment=migrated.environment, folder=ROOT
    ):
        answers = (migrated.run(*ping).stdout for _attempt in range(10))

        assert any("pong" in answer for answer in answers)


def test_beat_starts_as_the_compose_file_says_and_writes_the_file_of_its_health_check(
    migrated: Site,
):
    check = COMPOSE["beat"]["healthcheck"]["test"][-1].replace("/tmp", str(migrated.folder))

    with services.process(migrated.command("beat"), environment=migrated.environment, folder=ROOT):
        until = time.monotonic() + 20
        while time.monotonic() < until and not (migrated.folder / "beat").exists():
            time.sleep(0.1)

        assert migrated.run(sys.executable, "-c", check).returncode == 0
