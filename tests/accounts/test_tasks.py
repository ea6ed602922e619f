"""What accounts do at night."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from buyin.accounts.models import Department, EventKind, SecurityEvent, Session
from buyin.accounts.tasks import forget_expired_sessions, forget_old_records


def keep(name: str, *, hours: int) -> None:
    until = timezone.now() + timedelta(hours=hours)
    Session.objects.create(session_key=name, session_data="", expire_date=until)


@pytest.mark.django_db
def test_sessions_whose_time_is_over_are_forgotten_and_the_others_stay():
    keep("over", hours=-1)
    keep("open", hours=1)

    forget_expired_sessions()
    forget_expired_sessions()

    assert [session.session_key for session in Session.objects.all()] == ["open"]


def aged(rows, moment, *, days):
    """Make the rows as if they had been written this many days and a minute ago."""
    rows.update(**{moment: timezone.now() - timedelta(days=days, minutes=1)})


@pytest.mark.django_db
def test_security_events_are_forgotten_when_their_time_is_over(settings):
    settings.EVENT_KEEP_DAYS = 365
    for days, detail in ((365, "old"), (364, "young")):
        event = SecurityEvent.objects.create(kind=EventKind.REFUSED, detail=detail)
        aged(SecurityEvent.objects.filter(pk=event.pk), "at", days=days)

    forget_old_records()
    forget_old_records()

    assert [event.detail for event in SecurityEvent.objects.all()] == ["young"]


@pytest.mark.django_db
def test_the_history_of_changes_is_kept_longer_than_events(settings):
    settings.HISTORY_KEEP_DAYS = 1826
    for days, name in ((1826, "Old"), (1825, "Young")):
        Department.objects.create(code=name.lower(), name=name)
        aged(LogEntry.objects.filter(object_repr=name), "timestamp", days=days)

    forget_old_records()
    forget_old_records()

    assert [entry.object_repr for entry in LogEntry.objects.all()] == ["Young"]


def test_the_privacy_page_says_how_long_records_are_kept(client, db, settings):
    settings.EVENT_KEEP_DAYS, settings.HISTORY_KEEP_DAYS, settings.MAIL_KEEP_DAYS = 400, 2000, 77

    text = " ".join(client.get("/about/privacy/").text.split())

    assert "the text of mails after 77 days" in text
    assert "changed rights after 400 days" in text
    assert "who changed what after 2000 days" in text
