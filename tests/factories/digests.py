"""Snapshots with exact figures, and a feature that says what a test tells it, for reports."""

from datetime import date, timedelta
from uuid import uuid4

from buyin.digests.models import Delivery, DigestKind, DigestRun
from buyin.features import DigestItem, Feature, Task
from buyin.outbox.actions import queue
from buyin.outbox.models import Message
from buyin.readiness.index import DIMENSIONS
from buyin.readiness.models import Snapshot, SnapshotCell

CODES = [dimension.code for dimension in DIMENSIONS]
FIGURES = {"commitment": 58, "confidence": 47, "skills": 31, "resources": 44, "openness": 52}


class Telling(Feature):
    """A feature with the same tasks and items for everybody, or for those it names."""

    name = "telling"
    tasks: list[Task] = []
    items: list[DigestItem] = []
    only: set[int] = set()

    def tasks_for(self, person, **_more):
        """Return the tasks, if they are for this person."""
        return self.tasks if not self.only or person.pk in self.only else []

    def scores(self, *, until):
        """Return nothing."""
        return []

    def digest_items(self, person, *, since, until):
        """Return the items, if they are for this person."""
        return self.items if not self.only or person.pk in self.only else []


SURVEY = Task(
    kind="survey",
    title="How ready are you for the permit assistant?",
    url="/surveys/7/",
    action="Answer",
    minutes=4,
)
COURSE = Task(kind="course", title="Reading AI output", url="/training/3/", action="Go", minutes=30)
ANSWERED = DigestItem(title="Wave 1 has closed", url="/surveys/1/", detail="212 answers")


def snapshot_of(initiative, departments, *, period="2026-W47", shift=0, **fields):
    """Write a snapshot in which each department has the figures, moved by `shift`.

    Departments mapped to None are hidden; others are mapped to what is added to their figures.
    The department at the top is the agency.
    """
    snapshot = Snapshot.objects.create(
        initiative=initiative,
        period=period,
        **{
            "source": f"wave for {period}",
            "closed_on": date.fromisocalendar(int(period[:4]), int(period[-2:]), 5),
            "ready_from": 60,
            "smallest_group": 10,
            "summary": {"dimensions": CODES, "agency": []},
            **fields,
        },
    )
    for department, extra in departments.items():
        for code in ["", *CODES]:
            cell = _cell(code, None if extra is None else extra + shift)
            SnapshotCell.objects.create(snapshot=snapshot, department=department, **cell)
            if department.parent is None and extra is not None:
                snapshot.summary["agency"].append({"department": department.pk, **cell})
    snapshot.save()
    return snapshot


def _cell(code, moved):
    cell = {"dimension": code, "asked": 388}
    if moved is None:
        return {**cell, "is_released": False}
    value = (FIGURES[code] if code else 41) + moved
    return {
        **cell,
        "is_released": True,
        "answered": 212,
        "value": value,
        "low": value - 5,
        "high": value + 5,
        "standard_error": 2.5,
        "band": "ready" if value >= 60 else "not-ready" if value < 45 else "too-close",
        "is_barrier": code == "skills",
    }


def make_report(person, *, period="2026-W47", subject="1 thing for you: 1 survey"):
    """Write a report as planning leaves it: a delivery and its waiting mail."""
    monday = date.fromisocalendar(int(period[:4]), int(period[-2:]), 1)
    run, _new = DigestRun.objects.get_or_create(
        period=period, defaults={"starts_on": monday, "ends_on": monday + timedelta(days=7)}
    )
    message = queue(
        kind="digest",
        person=person,
        key=f"digest:{period}:{person.pk}",
        subject=subject,
        text=subject,
        html=f"<p>{subject}</p>",
    )
    return Delivery.objects.create(run=run, person=person, kind=DigestKind.STAFF, message=message)


def make_kept_mail(person, *, kind="account", subject="Set your password", state="kept"):
    """Write a mail that could not be sent, with a link in it."""
    text = f"{subject}\n\nhttp://portal.example/accounts/password/reset/key/1-canary/"
    mail = queue(kind=kind, person=person, key=f"{kind}:{uuid4()}", subject=subject, text=text)
    Message.objects.filter(pk=mail.pk).update(state=state)
    return mail
