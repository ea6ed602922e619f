"""Reports as they are planned: how much they list, for whom, and with the same figures twice."""

import re
from datetime import timedelta

import pytest

from buyin.accounts.models import Role
from buyin.digests import actions
from buyin.digests.mail import token_for
from buyin.digests.models import Delivery, DigestPreference, DigestRun
from buyin.features import DigestItem, Task
from buyin.outbox.models import Message
from tests.factories.accounts import PersonFactory, RoleFactory
from tests.factories.digests import ANSWERED, COURSE, SURVEY, make_report, snapshot_of
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db
Frequency = DigestPreference.Frequency


def mail_of(person):
    return Message.objects.get(person=person)


def tasks(count):
    return [
        Task(kind="survey", title=f"Survey {n}", url=f"/s/{n}/", action="Answer", minutes=2)
        for n in range(count)
    ]


@pytest.mark.parametrize(("count", "left"), [(5, ""), (6, "and 1 more"), (9, "and 4 more")])
def test_a_long_list_says_how_many_it_leaves_out(telling, cast, monday, count, left):
    telling.tasks = tasks(count)

    actions.plan(now=monday)

    mail = mail_of(cast.staff)
    assert mail.subject == f"{count} things for you, about {2 * count} minutes"
    for part in (mail.text, mail.html):
        assert len(set(re.findall(r"Survey \d", part))) == 5
        assert re.findall(r"and \d more", part) == ([left] if left else [])


def test_headings_without_lines_fall_away(telling, cast, monday):
    telling.items = [ANSWERED]

    actions.plan(now=monday)

    mail = mail_of(cast.staff)
    assert mail.subject == "Wave 1 has closed"
    assert "What happened" in mail.text
    assert "For you" not in mail.text
    assert "Your department" not in mail.html


def test_staff_read_the_score_of_their_own_department_where_it_is_shown(telling, cast, monday):
    telling.tasks = [SURVEY]
    roads = InitiativeFactory(departments=list(cast.departments.values()))
    snapshot_of(roads, {cast.roads: 0, cast.clinic: None})

    actions.plan(now=monday)

    assert "Roads: readiness 41" in mail_of(cast.staff).text
    assert "readiness 41" not in mail_of(cast.neighbour).text
    assert "too few answers" not in mail_of(cast.neighbour).text


def test_a_lead_reads_of_the_other_initiatives_in_a_line_each(telling, cast, monday):
    for name, shift in (("Permits", 0), ("Letters", 5)):
        snapshot_of(InitiativeFactory(name=name, departments=[cast.city]), {cast.city: shift})

    actions.plan(now=monday)

    text = mail_of(cast.lead).text
    others = text.split("Other initiatives")[1]
    assert "Permits" in others
    assert "readiness 41" in others
    assert mail_of(cast.lead).subject == "Fairhaven: readiness 46"


def test_who_looks_after_two_departments_reads_of_both(telling, cast, monday):
    telling.tasks = [SURVEY]
    RoleFactory(person=cast.coordinator, role=Role.COORDINATOR, department=cast.health)
    roads = InitiativeFactory(departments=list(cast.departments.values()))
    snapshot_of(roads, {cast.works: 0, cast.health: 9})

    actions.plan(now=monday)

    mail = mail_of(cast.coordinator)
    assert Delivery.objects.get(person=cast.coordinator).department == cast.works
    for part in (mail.text, mail.html):
        assert "Your other departments" in part
        assert f"{cast.health.name}: readiness 50" in part
    beside = mail.text.split("Your other departments")[1].split("\n\n")[0]
    assert cast.works.name not in beside
    assert "Your other departments" not in mail_of(cast.lead).text


def test_who_leads_the_agency_reads_which_departments_are_least_ready(telling, cast, monday):
    telling.tasks = [SURVEY]
    roads = InitiativeFactory(departments=list(cast.departments.values()))
    snapshot_of(roads, {cast.works: 0, cast.health: 9})

    actions.plan(now=monday)

    least = mail_of(cast.lead).text.split("Least ready departments")[1]
    assert least.index(cast.works.name) < least.index(cast.health.name)
    assert "Least ready departments" not in mail_of(cast.coordinator).text


def test_the_same_week_planned_for_two_people_with_one_view_tells_them_the_same(
    telling, cast, monday
):
    telling.tasks = [SURVEY, COURSE]
    twin = PersonFactory(department=cast.roads)

    actions.plan(now=monday)

    def without_link(person):
        mail = mail_of(person)
        return (mail.text + mail.html).replace(token_for(person.pk), "")

    assert without_link(twin) == without_link(cast.staff)


def test_every_report_is_small_enough_to_be_shown_whole(telling, cast, monday):
    telling.tasks = [
        Task(kind="survey", title="ä" * 200, url="/s/", action="Go", detail="ß" * 500)
    ] * 30
    telling.items = [DigestItem(title="ü" * 200, url="/x/", detail="ö" * 500)] * 30

    actions.plan(now=monday)

    sizes = [len(mail.html.encode()) for mail in Message.objects.all()]
    assert sizes
    assert max(sizes) < 100_000


@pytest.mark.parametrize(
    ("frequency", "weeks", "comes"),
    [
        (Frequency.WEEKLY, 0, True),
        (Frequency.WEEKLY, 2, True),
        (Frequency.MONTHLY, 0, False),
        (Frequency.MONTHLY, 2, True),
        (Frequency.MONTHLY, 3, False),
        (Frequency.OFF, 0, False),
        (Frequency.OFF, 2, False),
    ],
)
def test_a_choice_decides_the_mondays_on_which_a_report_comes(
    telling, cast, monday, frequency, weeks, comes
):
    telling.tasks = [SURVEY]
    actions.set_frequency(person=cast.staff, frequency=frequency)

    actions.plan(now=monday + timedelta(weeks=weeks))

    assert Delivery.objects.filter(person=cast.staff).exists() == comes


@pytest.mark.parametrize(
    ("zone", "hour", "comes"),
    [
        ("", 7, False),
        ("", 8, True),
        ("Asia/Tokyo", 0, True),
        ("America/New_York", 12, False),
        ("America/New_York", 13, True),
        ("Nowhere/Atall", 7, False),
        ("Nowhere/Atall", 8, True),
    ],
)
def test_the_clock_of_the_reader_decides_the_hour(telling, db, monday, settings, zone, hour, comes):
    settings.TIME_ZONE = "UTC"
    telling.tasks = [SURVEY]
    person = PersonFactory(time_zone=zone)

    actions.plan(now=monday.replace(hour=hour))

    assert Delivery.objects.filter(person=person).exists() == comes


def test_the_own_department_is_reported_on_among_several(telling, cast, monday):
    telling.tasks = [SURVEY]
    person = PersonFactory(department=cast.clinic)
    for department in (cast.roads, cast.clinic):
        RoleFactory(person=person, role=Role.COORDINATOR, department=department)

    actions.plan(now=monday)

    delivery = Delivery.objects.get(person=person)
    assert (delivery.kind, delivery.department) == ("lead", cast.clinic)
    assert "because you look after Clinic." in mail_of(person).text


def test_a_preview_with_nothing_to_tell_says_so(sign_in, telling, cast):
    page = sign_in("staff").get("/reports/preview/").text

    assert "Nothing new" in page
    assert "0 things" not in page


@pytest.mark.parametrize("who", ["neighbour", "lead", "executive", "administrator"])
@pytest.mark.parametrize("page", ["", "mail/"])
def test_nobody_else_opens_a_report_whatever_their_role(sign_in, cast, who, page):
    report = make_report(cast.staff, subject="Canary subject")

    answer = sign_in(who).get(f"/reports/{report.pk}/{page}")

    assert answer.status_code == 404
    assert "Canary" not in answer.text
    assert "Canary" not in sign_in(who).get("/reports/").text


def test_a_named_week_is_planned_once_however_often_it_is_asked_for(telling, cast, monday):
    telling.tasks = [SURVEY]

    first = actions.plan(now=monday, period="2026-W46")
    again = actions.plan(now=monday, period="2026-W46")

    assert (first["planned"], again["planned"]) == (len(cast.people), 0)
    assert DigestRun.objects.count() == 1
    assert Message.objects.count() == len(cast.people)
