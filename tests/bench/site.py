"""The portal and the bare pages under gunicorn with two workers each, and people signed in."""

import html
import http.client
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from buyin.accounts.models import Department, RoleAssignment, User
from tests import services
from tests.bench.load import Ask
from tests.bench.models import BareAnswers
from tests.bench.sessions import SessionStore

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "portal.example.gov"
PROXIED = {"Host": HOST, "X-Forwarded-Proto": "https"}
HIDDEN = re.compile(r"<input[^>]*type=\"hidden\"[^>]*>")
# One for all: each of hundreds of visitors would take the portal's whole chain of doors apart anew.
HANDLER = ClientHandler(enforce_csrf_checks=False)
ATTRIBUTE = re.compile(r"\b(name|value)=\"([^\"]*)\"")


@dataclass
class Visitor:
    """A person with a browser that is signed in."""

    person: User
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        """Sign in without a password."""
        self.client = Client(headers=PROXIED)
        self.client.handler = HANDLER
        backend = "buyin.accounts.identity.PersonBackend"
        self.client.force_login(self.person, backend=backend)

    def read(self, path: str) -> str:
        """Return the text of a page that this person may read."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def ask(self, path: str) -> Ask:
        """Return the request for a page, as the browser sends it."""
        return Ask(path, {**PROXIED, "Cookie": self._cookies()})

    def bare_ask(self, path: str) -> Ask:
        """Return the request for a bare page, with a session that Django alone understands."""
        session = SessionStore()
        session[SESSION_KEY] = str(self.person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = self.person.get_session_auth_hash()
        session.save()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        return Ask(path, {**PROXIED, "Cookie": cookie})

    def form(self, path: str, fields: dict[str, str]) -> Ask:
        """Return the request that sends the form on a page with these fields filled in."""
        found = [dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(self.read(path))]
        hidden = {f["name"]: html.unescape(f.get("value", "")) for f in found if "name" in f}
        headers = {
            **PROXIED,
            "Cookie": self._cookies(),
            "Origin": f"https://{HOST}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return Ask(path, headers, "POST", urlencode({**hidden, **fields}))

    def _cookies(self) -> str:
        return "; ".join(f"{name}={value.value}" for name, value in self.client.cookies.items())


def queries(visitor: Visitor, ask: Ask) -> tuple[int, int]:
    """Return how many queries and how many commits this request costs."""
    with CaptureQueriesContext(connection) as captured:
        if ask.method == "POST":
            kind = ask.headers["Content-Type"]
            sent = {k: v for k, v in ask.headers.items() if k == "Origin"}
            visitor.client.post(ask.path, ask.body, content_type=kind, headers=sent)
        else:
            visitor.client.get(ask.path)
    words = [query["sql"] for query in captured.captured_queries]
    commits = words.count("COMMIT")
    return len([sql for sql in words if sql not in ("BEGIN", "COMMIT")]), commits


def people(number: int, department: Department, name: str) -> list[User]:
    """Return new people of a department."""
    addresses = [f"{name}{n}@{HOST}" for n in range(number)]
    made = [User(email=a, name=f"{name} {a}", department=department) for a in addresses]
    return list(User.objects.bulk_create(made))


def person_with(role: str, department: Department, *, for_agency: bool = True) -> Visitor:
    """Return a person who holds this role for the agency, or for their department alone."""
    reach = "agency" if for_agency else "own"
    (person,) = people(1, department, f"{role}-{reach}-{department.code}-")
    held = None if for_agency else department
    RoleAssignment.objects.create(person=person, role=role, department=held)
    return Visitor(person)


@contextmanager
def serving(application: str, **given: str) -> Iterator[int]:
    """Run gunicorn with two workers and yield its port."""
    port = services.free_port()
    program = str(Path(sys.executable).parent / "gunicorn")
    words = ["--workers", "2", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    words += ["--log-level", "warning", "--timeout", "120"]
    environment = os.environ | given
    with services.process([program, application, *words], environment=environment, folder=ROOT):
        services.wait_for_port(port)
        # The port is open before the workers are ready; the first answer comes from one that is.
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        line.request("GET", "/health/live", headers=PROXIED)
        line.getresponse().read()
        yield port


def settle() -> None:
    """Let the database look at its tables now, as it has where they are older than a minute.

    Else it would do so beside what is measured.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def make_bare_table() -> None:
    """Make the one table of the bare pages anew, without rows."""
    table = BareAnswers._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TABLE {table} (id bigserial PRIMARY KEY, answers jsonb)")


@contextmanager
def both(body: bytes, folder: Path) -> Iterator[tuple[int, int]]:
    """Run the portal and the bare pages, and yield their ports."""
    path = folder / "body.html"
    path.write_bytes(body)
    make_bare_table()
    with ExitStack() as stack:
        portal = stack.enter_context(serving("buyin.wsgi"))
        settings = "tests.bench.bare_settings"
        given = {"BARE_BODY": str(path), "DJANGO_SETTINGS_MODULE": settings}
        bare = stack.enter_context(serving("tests.bench.bare", **given))
        yield portal, bare
