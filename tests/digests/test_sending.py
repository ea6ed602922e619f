"""Between planning and sending: what is asked once more."""

from datetime import timedelta

import pytest

from buyin.accounts.models import RoleAssignment, User
from buyin.digests import actions
from buyin.digests.models import DigestPreference
from buyin.outbox.models import Message
from buyin.outbox.sending import drain
from tests.factories.digests import SURVEY
from tests.sink import running_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(telling, cast, monday, time_machine):
    """Return the coordinator's waiting report, on the Monday on which it was planned."""
    time_machine.move_to(monday)
    telling.tasks, telling.only = [SURVEY], {cast.coordinator.pk}
    actions.plan(now=monday)
    Message.objects.update(due_at=monday - timedelta(days=365))
    return Message.objects.get()


def send():
    with running_sink() as sink:
        drain()
        return sink.mails()


def test_a_planned_report_is_sent_with_what_mail_programs_need(planned, settings):
    [mail] = send()

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith(f"<{settings.SITE_URL}/reports/unsubscribe/")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "bulk"
    assert mail["X-Auto-Response-Suppress"] == "All"


def test_who_unsubscribed_after_planning_gets_no_mail(planned):
    actions.unsubscribe(person_id=planned.person_id)

    assert send() == []

    planned.refresh_from_db()
    assert (planned.state, planned.skip_reason) == ("skipped", "unsubscribed since it was planned")


def test_whose_account_was_closed_after_planning_gets_no_mail(planned):
    User.objects.update(is_active=False)

    assert send() == []


def test_who_lost_the_role_after_planning_gets_no_mail(planned):
    RoleAssignment.objects.all().delete()

    assert send() == []

    planned.refresh_from_db()
    assert planned.skip_reason == "the person's role has changed since it was planned"


def test_who_looks_after_another_department_now_gets_no_mail_about_the_former(planned, cast):
    RoleAssignment.objects.filter(person=cast.coordinator).update(department=cast.health)

    assert send() == []


def test_a_report_that_waited_for_more_than_a_week_is_not_sent(planned, monday, time_machine):
    time_machine.move_to(monday + timedelta(days=8))

    assert send() == []

    planned.refresh_from_db()
    assert planned.skip_reason == "too late: the week after is over"


def test_a_choice_of_every_week_or_month_does_not_hold_a_report_back(planned, cast):
    actions.set_frequency(person=cast.coordinator, frequency=DigestPreference.Frequency.MONTHLY)

    assert len(send()) == 1
