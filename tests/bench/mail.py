"""Writing and sending 2,000 reports, against a bare smtplib loop that has the bytes already."""

import multiprocessing
import os
import smtplib
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing.synchronize import Barrier, Event

from django.conf import settings
from django.db import connection
from django.utils import timezone

from buyin import periods
from buyin.accounts.models import Department, User
from buyin.celery import keep_what_stays
from buyin.digests.actions import plan
from buyin.digests.models import Delivery, DigestRun
from buyin.outbox.message import build
from buyin.outbox.models import Message, MessageState
from buyin.outbox.sending import drain, parts_of
from tests.bench.result import TURNS, Result, side_by_side
from tests.bench.site import people, settle
from tests.bench.surveys import wave_of_twenty

REPORTS = 2_000
LAST_WEEK = periods.previous(periods.week_of(timezone.now()))


def measure() -> Iterator[Result]:
    """Plan and send a week's reports for everybody, and send the same bytes with smtplib alone."""
    department = Department.objects.create(code="mail", name="Permits")
    wave_of_twenty(department)
    User.objects.update(is_active=False)  # who was measured before gets no report
    people(REPORTS, department, "reader-of-mail")
    plan(period=LAST_WEEK)
    raw = [(build(parts_of(m)), m.mailbox) for m in Message.objects.select_related("person")]
    assert len(raw) == REPORTS
    settle()
    yield side_by_side(
        "planning and sending 2,000 reports against a bare smtplib loop",
        "reports/s",
        rate_of_portal,
        partial(rate_alone, raw),
        rounds=TURNS,
        least=0.7,
    )


def rate_of_portal() -> float:
    """Return how many reports a second are written and sent by a planner and the senders beside it.

    The senders stand ready, as the workers of a portal do. Each mail waits for the disk once, so that
    it is not sent again after a crash; the loop alone writes nothing down.
    """
    for model in (Delivery, DigestRun, Message):
        model.objects.all().delete()
    connection.close()
    fork = multiprocessing.get_context("fork")
    is_planned, everybody = fork.Event(), fork.Barrier(settings.MAIL_SENDERS + 1)
    running = [
        fork.Process(target=send_until, args=[everybody, is_planned])
        for _number in range(settings.MAIL_SENDERS)
    ]
    keep_what_stays()
    for sender in running:
        sender.start()
    everybody.wait()
    start = time.perf_counter()
    plan(period=LAST_WEEK)
    is_planned.set()
    for sender in running:
        sender.join()
    seconds = time.perf_counter() - start
    sent = Message.objects.filter(state=MessageState.SENT).count()
    assert sent == REPORTS, sent
    return sent / seconds


def send_until(everybody: Barrier, is_planned: Event) -> None:
    """Send what there is until everything is planned and nothing is left, as the timetable does."""
    keep_what_stays()
    drain()
    everybody.wait()
    while not is_planned.is_set() or drain():
        drain()
        is_planned.wait(0.02)


def rate_alone(raw: list[tuple[bytes, str]]) -> float:
    """Return how many mails a second a loop sends that has nothing else to do."""
    server = os.environ["MAIL_HOST"], int(os.environ["MAIL_PORT"])
    start = time.perf_counter()
    with smtplib.SMTP(*server) as line:
        for content, address in raw:
            line.sendmail(settings.DEFAULT_FROM_EMAIL, [address], content)
    return len(raw) / (time.perf_counter() - start)
