"""Browser tests with the Chromium of this machine, where every page has to keep the rules.

A page fails its test when a script fails, when the policy for content is broken, or when it asks
any other host for anything.
"""

import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
)

from tests import services
from tests.cast import Cast, make_cast

# Playwright keeps an event loop in the thread of the test; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
COLOURS = ["color-contrast", "link-in-text-block"]
# Each page is looked at for a moment, and to prepare its scripts for a long stay takes an eighth of
# all time. What it does is the same.
BRIEF = ["--js-flags=--max-lazy --no-maglev --no-opt"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
READ = """async rules => (await axe.run({runOnly: rules, resultTypes: ['violations']})).violations.map(
    v => [v.id, v.help, ...v.nodes.map(n => n.target.join(' ') + ': ' + n.failureSummary)])"""
PATIENCE = 30_000  # milliseconds: two browsers and a database share what may be two cores
expect.set_options(timeout=PATIENCE)
# Where nothing is asked of the database. To go to a page that is not of the portal, such as
# about:blank, would cost a new process of the browser, which takes longer than most pages.
QUIET = "/health/live"
SHOTS = os.environ.get("SHOTS")

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium; its sandbox does not work for root."""
    args = [*BRIEF, "--disable-dev-shm-usage", "--font-render-hinting=none"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args.append("--no-sandbox")
    found = services.browser_program()
    return {**browser_type_launch_args, "args": args, "executable_path": found}


@pytest.fixture(scope="session", autouse=True)
def _connections_closed(playwright: Playwright) -> Iterator[None]:
    """Close what was opened under the event loop of Playwright, of which nobody knows after it."""
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: Any) -> Any:
    """Return the server, started after the test database so that it shares one in memory."""
    return live_server


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Return the small agency, written so that the server in the other thread sees it."""
    return make_cast()


class UnderWay:
    """How many requests the server is answering."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.number = 0

    def begin(self, **_given: Any) -> None:
        """Count one more."""
        with self.changed:
            self.number += 1

    def end(self, **_given: Any) -> None:
        """Count one less."""
        with self.changed:
            self.number -= 1
            self.changed.notify_all()

    def wait(self) -> None:
        """Return when there is none; one that hangs is left to the server."""
        with self.changed:
            self.changed.wait_for(lambda: self.number <= 0, timeout=5)


@pytest.fixture
def _answered(cast: Cast) -> Iterator[None]:
    """Empty the database only when the last request is answered, for a page may still save.

    Closing a window does not end what its page has asked for.
    """
    under_way = UnderWay()
    request_started.connect(under_way.begin)
    request_finished.connect(under_way.end)
    yield
    under_way.wait()
    request_started.disconnect(under_way.begin)
    request_finished.disconnect(under_way.end)


class Guard:
    """Remembers what a page did that no page may do."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.faults: list[str] = []

    def watch(self, page: Page) -> None:
        """Listen to everything the page does from now on."""
        page.on("pageerror", self.fail)
        page.on("console", self.hear)
        page.on("request", self.see)

    def leave(self, page: Page) -> None:
        """Listen no longer."""
        page.remove_listener("pageerror", self.fail)
        page.remove_listener("console", self.hear)
        page.remove_listener("request", self.see)

    def fail(self, error: object) -> None:
        """Note that a script failed."""
        self.faults.append(f"script failed: {error}")

    def hear(self, message: ConsoleMessage) -> None:
        """Note errors, but not that an error page came as one."""
        is_the_page = message.location.get("url") == getattr(message.page, "url", None)
        if message.type == "error" and not (is_the_page and "status of 4" in message.text):
            self.faults.append(message.text)

    def see(self, request: Request) -> None:
        """Note what goes to another host."""
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.faults.append(f"asked another host: {request.url}")


@pytest.fixture
def guard(live_server: Any) -> Iterator[Guard]:
    """Fail the test where any of its pages broke a rule."""
    guard = Guard(urlsplit(live_server.url).netloc)
    yield guard
    assert not guard.faults, "\n".join(guard.faults)


@pytest.fixture
def open_page(
    live_server: Any,
    cast: Cast,
    _answered: None,
    guard: Guard,
    sign_in: Callable[..., Any],
    new_context: Callable[..., BrowserContext],
) -> Open:
    """Return a function that opens an address as a persona: `open_page("lead", "/", width=390)`.

    Anything else goes to the browser's context: `java_script_enabled=False`, `forced_colors=…`.
    """

    def open_page(
        who: str, path: str, *, width: int = 1280, status: int = 200, **options: Any
    ) -> Page:
        context = new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(PATIENCE)
        enter(context, sign_in(who), live_server.url)
        page = context.new_page()
        guard.watch(page)
        visit(page, live_server.url + path, status)
        return page

    return open_page


def enter(context: BrowserContext, client: Client, site: str) -> None:
    """Let the browser be signed in as the client is."""
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    if session:
        cookie = {"name": session.key, "value": session.value, "url": site}
        context.add_cookies([cookie])  # type: ignore[list-item]


def visit(page: Page, address: str, status: int) -> None:
    """Go there and fail where the answer is another one."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, f"{answer.status} at {address}"


@pytest.fixture(scope="session")
def windows(browser: Browser) -> dict[bool, Page]:
    """Return two windows that stay open, by whether they run scripts."""
    found = {}
    for runs_scripts in (True, False):
        context = browser.new_context(java_script_enabled=runs_scripts)
        context.set_default_timeout(PATIENCE)
        found[runs_scripts] = context.new_page()
    return found


@pytest.fixture
def look_at(
    live_server: Any,
    cast: Cast,
    _answered: None,
    guard: Guard,
    sign_in: Callable[..., Any],
    windows: dict[bool, Page],
) -> Iterator[Open]:
    """Return a function like `open_page` for tests that look at many pages and change nothing.

    To open a window takes ten times as long as to go on to another page in it.
    """

    def look_at(
        who: str, path: str, *, status: int = 200, java_script_enabled: bool = True
    ) -> Page:
        page = windows[java_script_enabled]
        enter(page.context, sign_in(who), live_server.url)
        guard.watch(page)
        visit(page, live_server.url + path, status)
        return page

    for page in windows.values():
        page.context.clear_cookies()
        page.emulate_media(forced_colors="none", contrast="no-preference")
        page.set_viewport_size({"width": 1280, "height": 900})
    yield look_at
    for page in windows.values():
        guard.leave(page)
    windows[True].goto(f"{live_server.url}{QUIET}")  # without scripts, no page asks for more


@pytest.fixture
def axe() -> Callable[..., None]:
    """Return a function that fails where a page has a fault that axe can see.

    Of a page that is shown in other colours only, colours alone are looked at once more.
    """
    source = AXE.read_text()

    def check(page: Page, rules: list[str] = RULES) -> None:
        page.wait_for_load_state()  # of a press just before, half of the page may be there
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(source)
        found = page.evaluate(READ, rules)
        assert not found, "\n".join("\n  ".join(lines) for lines in found)

    return check


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Return a function that keeps a picture of the whole page where $SHOTS names a folder."""

    def keep(page: Page, name: str) -> None:
        if SHOTS:
            file = Path(SHOTS) / f"{re.sub(r'[^a-z0-9]+', '-', name)}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=file, full_page=True)

    return keep


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page is wider than the window, once its styles are there."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
