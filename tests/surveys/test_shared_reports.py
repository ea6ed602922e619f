"""What the weekly report says of shared results: once, to whom they are for, and no more."""

from datetime import UTC, datetime, timedelta

import pytest

from buyin.digests import actions
from buyin.digests.models import Delivery
from buyin.outbox.models import Message
from surveys.feature import Surveys
from surveys.models import Invitation, SharedResult, Wave, WaveDepartment
from tests.factories.results import make_results, varied
from tests.factories.sharing import share

MONDAY = datetime(2026, 11, 23, 13, tzinfo=UTC)
IN_THE_WEEK = datetime(2026, 11, 18, 12, tzinfo=UTC)
SINCE, UNTIL = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
LINE = "“Permit assistant”: what was found, and what happens next"


@pytest.fixture
def result(cast):
    made = make_results({cast.roads: varied(30), cast.clinic: varied(30)})
    Wave.objects.update(closed_at=SINCE - timedelta(days=10))
    return made


def shared(result, *departments, by, at=IN_THE_WEEK, **words):
    row = share(result, *departments, by=by, **words)
    SharedResult.objects.filter(pk=row.pk).update(shared_at=at)
    return row


def told(*people, since=SINCE, until=UNTIL):
    found = Surveys().digest_items_for_all(list(people), since=since, until=until)
    return [[item.title for item in found[person.pk]] for person in people]


def test_it_tells_those_who_were_asked_where_to_read_them(cast, result):
    shared(result, by=cast.lead)

    (item,) = Surveys().digest_items(cast.staff, since=SINCE, until=UNTIL)

    assert item.title == LINE
    assert item.url == f"/surveys/{result.wave_id}/shared/"
    assert item.detail == "The survey team has shared the results with you."


def test_it_tells_nobody_else(cast, result):
    shared(result, cast.clinic, by=cast.lead)

    assert told(cast.staff, cast.neighbour, cast.coordinator, cast.trainer) == [[], [LINE], [], []]


def test_people_are_where_the_wave_asked_them(cast, result):
    Invitation.objects.create(wave=result.wave, person=cast.staff, department=cast.clinic)
    WaveDepartment.objects.filter(department=cast.roads).update(is_whole=False)
    shared(result, cast.clinic, by=cast.lead)

    assert told(cast.staff, cast.neighbour) == [[LINE], [LINE]]


@pytest.mark.parametrize("at", [SINCE, UNTIL + timedelta(seconds=1)])
def test_it_stands_in_the_report_of_its_week_only(cast, result, at):
    shared(result, by=cast.lead, at=at)

    assert told(cast.staff) == [[]]


def test_no_moment_falls_into_two_weeks(cast, result):
    shared(result, by=cast.lead, at=UNTIL)
    week = timedelta(days=7)

    weeks = [told(cast.staff, since=SINCE + n * week, until=UNTIL + n * week) for n in (-1, 0, 1)]

    assert weeks == [[[]], [[LINE]], [[]]]


def test_what_was_taken_back_is_not_told(cast, result):
    row = shared(result, by=cast.lead)
    SharedResult.objects.filter(pk=row.pk).update(withdrawn_at=UNTIL, withdrawn_because="x")

    assert told(cast.staff) == [[]]


def test_a_new_version_in_the_same_week_is_one_line_that_says_what_is_different(cast, result):
    row = shared(result, by=cast.lead)
    SharedResult.objects.filter(pk=row.pk).update(withdrawn_at=UNTIL, withdrawn_because="x")
    shared(result, by=cast.lead, different="The date of the course.")

    (item,) = Surveys().digest_items(cast.staff, since=SINCE, until=UNTIL)

    assert item.detail == "The date of the course."


def test_a_survey_that_closed_and_was_shared_in_one_week_is_one_line(cast, result):
    Wave.objects.update(closed_at=SINCE + timedelta(days=1))
    assert told(cast.staff) == [["“Permit assistant” has closed"]]

    shared(result, by=cast.lead)

    assert told(cast.staff) == [[LINE]]


def test_what_waits_in_a_report_does_not_say_it_a_second_time(cast, result):
    share(result, by=cast.lead)

    waits = Surveys().tasks_for_all([cast.staff])[cast.staff.pk]

    assert waits == []
    assert [task.kind for task in Surveys().tasks_for(cast.staff)] == ["Results"]


def test_each_person_gets_one_mail_about_it_however_often_reports_are_planned(cast, result):
    shared(result, by=cast.lead)

    for later in (0, 15, 60):
        actions.plan(now=MONDAY + timedelta(minutes=later))
    actions.plan(now=MONDAY + timedelta(days=7))

    mails = Message.objects.filter(text__contains="what was found, and what")
    assert sorted(mails.values_list("person__name", flat=True)) == [
        "Neighbour Persona",
        "Staff Persona",
    ]
    assert Delivery.objects.filter(person=cast.staff, message__isnull=False).count() == 1
    assert f"/surveys/{result.wave_id}/shared/" in mails[0].html


def test_reports_ask_the_same_for_one_and_for_three(cast, result, django_assert_num_queries):
    people = [cast.staff, cast.neighbour, cast.trainer]
    shared(result, by=cast.lead)
    with django_assert_num_queries(6):
        told(people[0])

    for _one in range(2):
        shared(make_results({cast.roads: varied(20)}), cast.roads, by=cast.lead)
    Wave.objects.update(closed_at=SINCE - timedelta(days=10))
    with django_assert_num_queries(6):
        assert [len(one) for one in told(*people)] == [3, 1, 0]
