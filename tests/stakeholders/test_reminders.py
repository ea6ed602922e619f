"""Reminders by mail: of each thing once, all of a person's in one mail, and only while they want it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format

from buyin.celery import app
from buyin.outbox.models import Message
from buyin.outbox.sending import drain, reasons_to_skip
from buyin.stakeholders.actions import (
    Point,
    change_activity,
    drop_activity,
    finish_point,
    note_engagement,
    stop_reminders,
    write_reminders,
)
from buyin.stakeholders.mail import person_in, token_for
from buyin.stakeholders.models import DiscussionPoint, PlannedActivity, ReminderStop
from buyin.stakeholders.tasks import remind
from tests.cast import make_cast
from tests.factories.accounts import PersonFactory
from tests.factories.plan import in_days, make_activity
from tests.factories.stakeholders import StakeholderFactory
from tests.races import ON_POSTGRESQL, at_once

STOP = "/stakeholders/reminders/"


def at(hour):
    """Return a moment today by the clock of the agency."""
    zone = timezone.get_default_timezone()
    return datetime.combine(timezone.localdate(timezone=zone), datetime.min.time(), zone) + (
        timedelta(hours=hour)
    )


def taken_on(cast, owner, due, text="Send the plan"):
    made = note_engagement(
        actor=cast.lead, participants=[StakeholderFactory()], kind="call", day=in_days(0),
        summary="-", points=[Point(text, owner, None if due is None else in_days(due))],
    )  # fmt: skip
    return made.points.get()


def mails():
    return list(Message.objects.filter(kind="follow-up").order_by("pk"))


# What is written


def test_everything_of_one_person_comes_in_one_mail_the_first_due_first(cast):
    who = StakeholderFactory(name="Bo Budget")
    activity = make_activity(who, owner=cast.staff, due=1, purpose="Hear them out")
    taken_on(cast, cast.staff, -3)
    make_activity(owner=cast.neighbour, due=0, purpose="Ask the clinic")

    assert write_reminders(at(8)) == 2

    to_staff, to_neighbour = sorted(mails(), key=lambda mail: mail.person_id != cast.staff.pk)
    assert (to_staff.person, to_neighbour.person) == (cast.staff, cast.neighbour)
    assert to_staff.subject == "2 things are due"
    assert to_staff.text.index("Send the plan") < to_staff.text.index("Hear them out")
    assert "Meeting: Bo Budget" in to_staff.text
    assert f"/stakeholders/plan/{activity.pk}/close/" in to_staff.text
    assert f"/stakeholders/plan/{activity.pk}/close/" in to_staff.html
    assert "Ask the clinic" not in to_staff.text
    assert to_neighbour.subject.endswith(": Ask the clinic")


def test_a_mail_says_what_is_late_where_it_was_taken_on_and_by_when_the_rest_is_due(cast):
    late, coming = (date_format(in_days(day)) for day in (-3, 1))
    point = taken_on(cast, cast.staff, -3)
    make_activity(owner=cast.staff, due=1)

    write_reminders(at(8))

    (mail,) = mails()
    assert f"Overdue since {late}" in mail.text
    assert f"Taken on: {point.engagement}" in mail.text
    assert f"By {coming}" in mail.text
    assert f"Overdue since {late}" in mail.html


def test_a_long_text_is_cut_in_the_subject_and_whole_in_the_mail(cast):
    long = "Send the list of data to the works council " * 6
    taken_on(cast, cast.staff, 0, text=long.strip())

    write_reminders(at(8))

    (mail,) = mails()
    assert len(mail.subject) < 110
    assert mail.subject.endswith("…")
    assert " ".join(mail.text.split()).count("Send the list of data to the works council") == 6


def test_nobody_is_reminded_twice_however_often_the_clock_ticks(cast):
    make_activity(owner=cast.staff, due=0)
    taken_on(cast, cast.staff, 0)

    assert [write_reminders(at(hour)) for hour in (8, 9, 30)] == [1, 0, 0]
    assert len(mails()) == 1


def test_what_comes_due_later_comes_in_a_mail_of_its_own(cast):
    make_activity(owner=cast.staff, due=0)
    make_activity(owner=cast.staff, due=4)

    assert write_reminders(at(8)) == 1
    assert write_reminders(at(8 + 24 * 3)) == 1
    assert len({mail.key for mail in mails()}) == 2


@pytest.mark.parametrize("due", [2, None])
def test_what_is_not_due_yet_or_has_no_day_is_left_alone(cast, due):
    if due is not None:
        make_activity(owner=cast.staff, due=due)
    taken_on(cast, cast.staff, due)

    assert write_reminders(at(8)) == 0


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_is_closed_reminds_nobody(cast, state):
    make_activity(owner=cast.staff, due=0, state=state, dropped_why="-")
    finish_point(actor=cast.staff, point=taken_on(cast, cast.staff, 0))

    assert write_reminders(at(8)) == 0


def test_nobody_is_written_to_at_night_without_an_account_or_without_an_owner(cast):
    make_activity(owner=cast.staff, due=0)
    assert write_reminders(at(5)) == 0

    PlannedActivity.objects.all().delete()
    make_activity(owner=PersonFactory(is_active=False), due=0)
    make_activity(owner=None, due=0)
    assert write_reminders(at(8)) == 0


def test_what_is_moved_or_handed_over_is_reminded_of_anew(cast):
    made = make_activity(owner=cast.staff, due=0, planned_by=cast.lead)
    said = {"kind": "call", "purpose": "Ask", "cadence": None}
    write_reminders(at(8))

    change_activity(actor=cast.lead, activity=made, owner=cast.staff, due_on=in_days(0), **said)
    assert write_reminders(at(9)) == 0
    change_activity(actor=cast.lead, activity=made, owner=cast.neighbour, due_on=in_days(0), **said)
    assert write_reminders(at(9)) == 1
    change_activity(actor=cast.lead, activity=made, owner=cast.neighbour, due_on=in_days(1), **said)
    assert write_reminders(at(9)) == 1

    assert [mail.person for mail in mails()] == [cast.staff, cast.neighbour, cast.neighbour]


@pytest.mark.parametrize("_mark", [pytest.param(None, marks=ON_POSTGRESQL)])
def test_eight_clocks_at_once_write_one_mail(_mark):
    cast = make_cast()
    for _ in range(3):
        make_activity(owner=cast.people["staff"], due=0)

    written = at_once(lambda _n: write_reminders(at(8)))

    assert sum(written) == len(mails()) == 1
    assert not PlannedActivity.objects.filter(reminder=None).exists()
    connection.close()


def test_the_clock_asks_each_hour():
    (entry,) = [one for one in app.conf.beat_schedule.values() if one["task"] == remind.name]

    assert str(entry["schedule"]).startswith("<crontab: 40 *")


def test_many_people_cost_a_few_queries_each(cast, django_assert_max_num_queries):
    for _ in range(3):
        person = PersonFactory()
        for _more in range(3):
            make_activity(StakeholderFactory(), StakeholderFactory(), owner=person, due=0)

    with django_assert_max_num_queries(2 + 3 * 11):
        assert write_reminders(at(8)) == 3


# Whether it still goes out


def test_it_does_not_go_out_when_all_of_it_is_done_meanwhile(cast):
    one = make_activity(owner=cast.staff, due=0)
    point = taken_on(cast, cast.staff, 0)
    write_reminders(at(8))

    drop_activity(actor=cast.staff, activity=one, why="Not needed")
    assert reasons_to_skip(mails()) == {}
    finish_point(actor=cast.staff, point=point)

    (mail,) = mails()
    assert reasons_to_skip([mail]) == {mail.pk: "all of it is done, moved or given to others"}
    assert drain()["skipped"] == 1


def test_it_does_not_go_out_to_who_has_stopped_reminders_meanwhile(cast):
    make_activity(owner=cast.staff, due=0)
    write_reminders(at(8))

    stop_reminders(person_id=cast.staff.pk)

    (mail,) = mails()
    assert reasons_to_skip([mail]) == {mail.pk: "wants no reminders any more"}


def test_who_has_stopped_reminders_gets_none_and_keeps_the_task(sign_in, cast):
    make_activity(owner=cast.staff, due=0, purpose="Hear them out")
    staff = sign_in("staff")

    for _twice in range(2):
        staff.post(STOP, {"stop": "yes"})
    assert ReminderStop.objects.get().person == cast.staff
    assert write_reminders(at(8)) == 0
    assert "Hear them out" in staff.get("/stakeholders/log/points/").text
    assert "You get no mails about what comes due." in staff.get("/stakeholders/log/points/").text

    staff.post(STOP, {"stop": "no"})
    assert write_reminders(at(8)) == 1


# The link in the mail


def test_the_mail_carries_a_link_that_stops_further_ones_by_one_click(client, cast):
    make_activity(owner=cast.staff, due=0)
    write_reminders(at(8))
    (mail,) = mails()
    link = mail.headers["List-Unsubscribe"].strip("<>")
    path = link[link.index(STOP) :]

    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.text
    assert "Nothing has changed yet" in client.get(path).text
    assert not ReminderStop.objects.exists()
    for _twice in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ReminderStop.objects.get().person == cast.staff
    assert "You are reminded again" in client.post(path, {"undo": "1"}).text
    assert not ReminderStop.objects.exists()


@pytest.mark.parametrize("broken", ["", "x", "cut-off", "eyJwZXJzb24iOjF9:x"])
def test_a_link_that_was_changed_stops_nothing(client, cast, broken):
    assert person_in(broken) is None
    if broken:
        answer = client.post(f"{STOP}{broken}/")
        assert answer.status_code == 404
        assert "This link does not work" in answer.text
    assert not ReminderStop.objects.exists()


def test_a_link_of_somebody_who_is_gone_does_no_harm(client, cast):
    assert client.post(f"{STOP}{token_for(999_999)}/").status_code == 200
    assert not ReminderStop.objects.exists()


def test_what_people_typed_is_text_in_the_mail_and_one_line_in_its_subject(cast):
    make_activity(owner=cast.staff, due=0, purpose="<b>Bread</b>\nBcc: x@example.org")

    write_reminders(at(8))

    (mail,) = mails()
    assert "<b>Bread</b>" not in mail.html
    assert "\n" not in mail.subject


def test_a_point_that_is_taken_up_again_reminds_nobody_twice(cast):
    point = taken_on(cast, cast.staff, 0)
    write_reminders(at(8))

    for is_done in (True, False):
        finish_point(actor=cast.staff, point=point, is_done=is_done)

    assert write_reminders(at(9)) == 0
    assert DiscussionPoint.objects.get().reminder is not None
