"""What accounts do at night."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from buyin.accounts.tasks import forget_expired_sessions


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
