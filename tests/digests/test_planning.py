"""Planning a week's reports."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from buyin.accounts.models import Role, User
from buyin.digests import actions
from buyin.digests.models import Delivery, DigestPreference, DigestRun
from buyin.outbox.models import Message
from tests.factories.accounts import PersonFactory, RoleFactory
from tests.factories.digests import ANSWERED, COURSE, SURVEY, snapshot_of
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return PersonFactory(name="Ana", email="ana@fairhaven.example")


def test_each_person_gets_one_report_about_the_week_before(telling, ana, monday):
    telling.tasks = [SURVEY, COURSE]

    assert actions.plan(now=monday)["planned"] == 1

    delivery, message = Delivery.objects.get(), Message.objects.get()
    assert (delivery.run.period, delivery.person, delivery.kind) == ("2026-W47", ana, "staff")
    assert delivery.message == message
    assert message.subject == "2 things for you, about 34 minutes"
    assert message.key == f"digest:2026-W47:{ana.pk}"


def test_planning_twice_makes_one_report(telling, ana, monday):
    telling.tasks = [SURVEY]
    actions.plan(now=monday)

    assert actions.plan(now=monday + timedelta(minutes=15)) == Counter(
        planned=0, empty=0, late=0, not_due=0
    )

    assert Delivery.objects.count() == Message.objects.count() == 1


def test_a_report_without_anything_new_is_not_written_and_that_is_recorded(telling, ana, monday):
    assert actions.plan(now=monday)["empty"] == 1

    delivery = Delivery.objects.get()
    assert (delivery.message, delivery.skip_reason) == (None, "nothing new")
    assert actions.plan(now=monday)["empty"] == 0


def test_nobody_gets_a_report_before_monday_at_eight_where_they_are(telling, monday):
    telling.tasks = [SURVEY]
    for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Honolulu"):
        PersonFactory(name=zone, time_zone=zone)

    def planned_at(hours):
        actions.plan(now=monday + timedelta(hours=hours))
        return set(Delivery.objects.values_list("person__name", flat=True))

    assert planned_at(-8) == {"Pacific/Kiritimati"}
    assert planned_at(0) == {"Pacific/Kiritimati", "UTC"}
    assert planned_at(8.9) == {"Pacific/Kiritimati", "UTC"}
    assert planned_at(9) == {"Pacific/Kiritimati", "UTC", "Pacific/Honolulu"}


def test_after_an_outage_reports_are_caught_up_for_three_days(telling, ana, monday):
    telling.tasks = [SURVEY]

    assert actions.plan(now=monday + timedelta(days=2))["planned"] == 1


def test_after_more_than_three_days_the_report_is_skipped_as_too_late(telling, ana, monday):
    telling.tasks = [SURVEY]

    assert actions.plan(now=monday + timedelta(days=3))["late"] == 1

    assert Delivery.objects.get().skip_reason == "too late"
    assert not Message.objects.exists()


def test_a_week_that_is_named_is_planned_at_once(telling, ana, monday):
    telling.tasks = [SURVEY]

    assert actions.plan(now=monday + timedelta(days=20), period="2026-W47")["planned"] == 1


def test_a_week_that_is_not_over_is_refused(telling, monday):
    with pytest.raises(ValueError, match="not over"):
        actions.plan(now=monday, period="2026-W48")

    assert not DigestRun.objects.exists()


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        ([], "staff"),
        ([Role.TRAINER, Role.MODERATOR], "staff"),
        ([Role.COORDINATOR], "lead"),
        ([Role.COORDINATOR, Role.EXECUTIVE], "executive"),
        ([Role.LEAD, Role.ADMINISTRATOR], "lead"),
    ],
)
def test_the_highest_role_decides_and_two_roles_make_one_mail(telling, ana, monday, roles, kind):
    telling.tasks = [SURVEY]
    for role in roles:
        RoleFactory(person=ana, role=role)

    actions.plan(now=monday)

    assert Delivery.objects.get().kind == kind
    assert Message.objects.count() == 1


def test_a_coordinator_gets_the_report_about_their_department(telling, cast, monday):
    telling.tasks, telling.only = [SURVEY], {cast.coordinator.pk}

    actions.plan(now=monday)

    assert Delivery.objects.get(person=cast.coordinator).department == cast.works


@pytest.mark.parametrize("week", [0, 2], ids=["any week", "the first one of a month"])
def test_a_person_without_account_or_wish_gets_none(telling, ana, monday, week):
    telling.tasks = [SURVEY]
    actions.set_frequency(person=ana, frequency=DigestPreference.Frequency.OFF)
    PersonFactory(is_active=False)

    actions.plan(now=monday + timedelta(weeks=week))

    assert not Delivery.objects.exists()


def test_a_monthly_report_comes_on_the_first_monday_and_looks_back_on_the_month(
    telling, ana, monday
):
    telling.tasks = [SURVEY]
    actions.set_frequency(person=ana, frequency=DigestPreference.Frequency.MONTHLY)
    actions.plan(now=monday)
    assert not Delivery.objects.exists()

    actions.plan(now=monday + timedelta(weeks=2))

    assert "2 November to 6 December 2026" in Message.objects.get().text


def test_figures_that_moved_are_news_for_a_lead_and_the_same_figures_are_not(telling, cast, monday):
    initiative = InitiativeFactory(departments=[cast.works])
    departments = {cast.city: 0, cast.works: 2}
    snapshot_of(initiative, departments, period="2026-W46", shift=-4)
    snapshot_of(initiative, departments, period="2026-W47")
    snapshot_of(initiative, departments, period="2026-W48", source="wave for 2026-W47")

    actions.plan(now=monday)
    actions.plan(now=monday + timedelta(weeks=1))

    first, second = Delivery.objects.filter(person=cast.coordinator).order_by("run__period")
    [message] = Message.objects.filter(delivery=first)
    assert message.subject == "Public works: readiness 43 (up 4)"
    assert second.skip_reason == "nothing new"


def test_a_name_with_a_line_break_cannot_change_the_mail(telling, cast, monday):
    cast.works.name = "Works\r\nBcc: all@x.example"
    cast.works.save()
    initiative = InitiativeFactory(departments=[cast.works])
    snapshot_of(initiative, {cast.works: 0})

    actions.plan(now=monday)

    message = Message.objects.get(person=cast.coordinator)
    assert message.subject == "Works Bcc: all@x.example: readiness 41"


def test_planning_asks_the_database_as_often_for_three_people_as_for_one(
    telling, monday, django_assert_max_num_queries
):
    telling.items = [ANSWERED]
    PersonFactory()
    with django_assert_max_num_queries(30) as one:
        actions.plan(now=monday)
    PersonFactory.create_batch(3)

    with django_assert_max_num_queries(len(one)):
        actions.plan(now=monday)

    assert Delivery.objects.count() == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("not connection.features.has_select_for_update_skip_locked")
def test_ten_planners_at_once_make_one_report_each(telling, monday):
    telling.tasks = [SURVEY]
    PersonFactory.create_batch(40)

    def work():
        actions.plan(now=monday)
        connection.close()

    planners = [threading.Thread(target=work) for _planner in range(10)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join()

    assert Delivery.objects.count() == Message.objects.count() == User.objects.count() == 40
    assert not Delivery.objects.filter(message__isnull=True).exists()
