"""The same response sent many times at the same moment, over real connections to real processes."""

import http.client
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from surveys.models import Participation, Response, Signature, Wave
from tests.cast import make_cast
from tests.factories.surveys import make_wave
from tests.races import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL
AT_ONCE = 12
TOKEN = "t" * 32
ANSWERS = {"useful": 4, "told": 3, "wish": "A quiet room"}


@pytest.fixture
def port(web):
    """Return where the portal listens."""
    return web[1]


def post(port, person, address, body):
    """Return the status and the answer to one request of a person's program."""
    client = Client()
    client.force_login(person)
    cookies = {"csrf": TOKEN, **{name: cookie.value for name, cookie in client.cookies.items()}}
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Content-Type": "application/json",
        "X-CSRFToken": TOKEN,
    }
    connection.close()  # each thread had one to sign in with
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as link:
        link.request("POST", address, json.dumps(body), headers)
        answer = link.getresponse()
        return answer.status, json.loads(answer.read())


def at_once(act, count=AT_ONCE):
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


@pytest.mark.usefixtures("_slow_participations")
def test_one_receipt_sent_many_times_at_once_is_stored_once(port):
    cast, receipt = make_cast(), str(uuid4())
    wave = make_wave(cast.roads, anonymity="confidential")
    address = f"/api/v1/my/waves/{wave.pk}/response/"
    body = {"receipt": receipt, "answers": ANSWERS}

    answers = at_once(lambda _n: post(port, cast.staff, address, body))

    assert Counter(status for status, _said in answers) == {201: 1, 200: AT_ONCE - 1}
    assert {said["receipt"] for _status, said in answers} == {receipt}
    assert Response.objects.get().answers["wish"] == "A quiet room"
    assert Signature.objects.count() == Participation.objects.count() == 1


@pytest.mark.usefixtures("_slow_participations")
def test_of_many_different_responses_at_once_the_first_one_counts(port):
    cast = make_cast()
    wave = make_wave(cast.roads, anonymity="named")
    address = f"/api/v1/my/waves/{wave.pk}/response/"
    bodies = [
        {"receipt": str(uuid4()), "answers": {**ANSWERS, "wish": f"Wish {n}"}}
        for n in range(AT_ONCE)
    ]

    answers = at_once(lambda n: post(port, cast.staff, address, bodies[n]))

    assert Counter(status for status, _said in answers) == {201: 1, 409: AT_ONCE - 1}
    (first,) = [n for n, (status, _said) in enumerate(answers) if status == 201]
    assert Response.objects.get().answers["wish"] == f"Wish {first}"
    assert str(Participation.objects.get().receipt) == bodies[first]["receipt"]


def test_a_wave_closed_many_times_at_once_is_closed_once(port):
    cast = make_cast()
    wave = make_wave(cast.roads, anonymity="named")
    address = f"/api/v1/surveys/{wave.survey_id}/waves/1/close/"

    answers = at_once(lambda _n: post(port, cast.people["lead"], address, {}))

    assert [status for status, _said in answers] == [200] * AT_ONCE
    assert len({said["closed_at"] for _status, said in answers}) == 1
    assert Wave.objects.get(pk=wave.pk).closed_at is not None
