"""Answers against real processes on PostgreSQL: races, killed servers, two who close at once."""

import http.client
import json
import os
import re
import signal
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import Client

from surveys import actions
from surveys.answers import Edit
from surveys.models import AnonymousDraft, BufferedResponse, Participation, Response
from surveys.queries.filling import typed_so_far
from surveys.queries.invariants import broken_rules
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_filling, make_wave

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="races need PostgreSQL"),
]
COMPLETE = {"q_hours": "", "q_wish": "", "q_more": "canary"}


class Browser:
    """A signed-in person who sends forms over real connections, as many at once as they like."""

    def __init__(self, person, port):
        self.port = port
        client = Client()
        client.force_login(person)
        self.cookies = {name: cookie.value for name, cookie in client.cookies.items()}

    def send(self, method, path, fields=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        # A server that is killed meanwhile raises here: the socket is closed then too.
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as link:
            link.request(method, path, body=urlencode(fields or {}), headers=headers)
            answer = link.getresponse()
            text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer, text

    def open(self, wave, page):
        """Open a page and return its form, filled in."""
        self.path = f"/surveys/{wave.pk}/pages/{page}/"
        _answer, text = self.send("GET", self.path)
        form = dict(re.findall(r'type="hidden"\s+name="(\w+)"(?:\s+value="([^"]*)")?', text))
        return {**form, "shown": form["shown"].replace("&quot;", '"')}

    def press(self, form, button, **fields):
        return self.send("POST", self.path, {**form, **fields, "go": button})


def ready_to_hand_in(person, wave, port):
    browser = Browser(person, port)
    form = browser.open(wave, 1)
    browser.press(form, "next", q_useful="4", q_told="2")
    return browser, {**browser.open(wave, 2), **COMPLETE}


@pytest.mark.usefixtures("_slow_participations")
@pytest.mark.parametrize("is_same_form", [True, False])
def test_thirty_submits_at_once_store_one_answer(web, cast, is_same_form):
    wave = make_wave(cast.roads)
    browser, form = ready_to_hand_in(cast.staff, wave, web[1])

    def hand_in(_number):
        receipt = form["receipt"] if is_same_form else str(uuid.uuid4())
        answer, _text = browser.press({**form, "receipt": receipt}, "submit")
        return answer.status, answer.headers["Location"]

    with ThreadPoolExecutor(30) as pool:
        answers = Counter(pool.map(hand_in, range(30)))

    first, second = f"/surveys/{wave.pk}/thanks/", f"/surveys/{wave.pk}/thanks/?second"
    told = {(302, first): 30} if is_same_form else {(302, first): 1, (302, second): 29}
    assert answers == told
    assert (Participation.objects.count(), BufferedResponse.objects.count()) == (1, 1)
    _answer, thanks = browser.send("GET", second)
    assert "second copy was not stored" in thanks
    assert broken_rules() == []


def test_what_was_said_to_be_saved_is_there_after_the_server_was_killed(web, cast):
    process, port = web
    wave = make_wave(cast.roads)
    browser = Browser(cast.staff, port)
    form = browser.open(wave, 2)

    _answer, text = browser.press(form, "autosave", q_more="in a tunnel", client="a", count="1")
    os.killpg(process.pid, signal.SIGKILL)

    assert json.loads(text)["saved"]
    secret = browser.cookies[f"{django_settings.COOKIE_PREFIX}drafts"]
    filling = make_filling(wave, cast.staff, secret=secret)
    assert typed_so_far(filling) == {"more": "in a tunnel"}


@pytest.mark.usefixtures("_slow_participations")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_stops_has_stored_every_answer_that_it_thanked_for(web, cast, how):
    process, port = web
    wave = make_wave(cast.roads)
    people = [PersonFactory(department=cast.roads) for _n in range(24)]
    ready = [ready_to_hand_in(person, wave, port) for person in people]
    is_under_way = threading.Event()

    def hand_in(browser_and_form):
        browser, form = browser_and_form
        try:
            answer, _text = browser.press(form, "submit")
        except (OSError, http.client.HTTPException):
            return False
        finally:
            is_under_way.set()
        return answer.status == 302

    with ThreadPoolExecutor(12) as pool:
        results = [pool.submit(hand_in, one) for one in ready]
        is_under_way.wait()
        os.killpg(process.pid, how)
        thanked = {p.pk for p, done in zip(people, results, strict=True) if done.result()}
    process.wait(30)

    stored = set(Participation.objects.values_list("person_id", flat=True))
    assert thanked
    assert thanked <= stored
    assert BufferedResponse.objects.count() == len(stored)
    assert AnonymousDraft.objects.count() == len(people) - len(stored)
    assert broken_rules() == []


@pytest.mark.usefixtures("_slow_participations")
def test_closing_twice_amid_submits_counts_every_answer_once(cast, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_wave(cast.roads, cast.parks)
    people = [PersonFactory(department=cast.roads) for _n in range(16)]
    people += [PersonFactory(department=cast.parks) for _n in range(4)]

    def hand_in(person):
        filling = make_filling(wave, person, secret=uuid.uuid4().hex)
        edit = Edit(shown={}, typed={"useful": "4", "told": "2"})
        try:
            return actions.submit(filling=filling, edit=edit, receipt=uuid.uuid4()).outcome
        except actions.ClosedError:
            return None
        finally:
            connections.close_all()

    def close(_number):
        try:
            return actions.close_wave(wave=wave.pk, by=None)
        finally:
            connections.close_all()

    def flush(_number):
        try:
            return actions.flush_group(wave=wave.pk, department=cast.roads.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        submits = [pool.submit(hand_in, person) for person in people[:12]]
        closers = [pool.submit(work, n) for n in range(2) for work in (flush, close)]
        submits += [pool.submit(hand_in, person) for person in people[12:]]
        stored = [s.result() for s in submits if s.result() is not None]
        closed = [c.result() for c in closers]

    assert closed.count(True) == 1
    assert Response.objects.count() == len(stored) == Participation.objects.count()
    assert not BufferedResponse.objects.exists()
    assert broken_rules() == []
