"""What an executive finds on the page "For you": departments, what changed, what runs."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buyin.accounts.models import Role
from surveys.models import Participation, Wave
from tests.factories.accounts import PersonFactory, RoleFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.readiness import make_snapshot
from tests.factories.surveys import make_public_wave, make_wave

LOW, MIDDLE, HIGH = (40, 40, 20, 40, 40), (60, 60, 60, 60, 60), (80, 80, 80, 80, 80)
ASKED = {"roads": 60, "parks": 60, "clinic": 60}


def measure(people, *, initiative=None, **more):
    found = initiative or InitiativeFactory(name="Permit triage")
    make_snapshot(found, people, asked={code: ASKED.get(code, 60) for code in people}, **more)
    return found


def two_waves():
    """Measure three departments twice: Roads rises, Clinic stays."""
    first = {"roads": (50, LOW), "clinic": (50, HIGH)}
    then = {"roads": (50, (60, 60, 40, 60, 60)), "clinic": (50, HIGH)}
    found = measure(first, period="2026-W29", closed_on=dt.date(2026, 7, 10))
    measure(then, initiative=found, source="Ready for AI, wave 2")


def asked_wave(department, *, asked, answered, **fields):
    wave = make_wave(department, **fields)
    wave.groups.update(asked=asked)
    people = [PersonFactory(department=department) for _n in range(answered)]
    Participation.objects.bulk_create(
        Participation(wave=wave, person=one, department=department, receipt=uuid.uuid4())
        for one in people
    )
    return wave


def text_of(answer):
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def lines(answer):
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", answer.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


@pytest.fixture
def head_of_works(cast):
    """An executive of Public works, with Roads and Parks under it."""
    person = PersonFactory(department=cast.works, name="Wanda Works")
    RoleFactory(person=person, role=Role.EXECUTIVE, department=cast.works)
    return person


def test_an_executive_sees_who_is_ready_what_changed_and_what_holds_back(sign_in, cast):
    two_waves()

    page = sign_in("executive").get("/")

    words = text_of(page)
    assert "Public works is least ready; skills hold it back" in words
    assert "Since July 2026" in words
    assert lines(page) == [
        "Public works skills hold it back 53 not ready up 20",
        "Public health 80 ready no clear change",
    ]
    assert 'href="/readiness/departments/works/?initiative=' in page.text
    assert 'href="/readiness/?initiative=' in page.text


def test_after_the_first_wave_nothing_is_said_of_change(sign_in, cast):
    measure({"roads": (50, LOW), "clinic": (50, HIGH)})

    words = text_of(sign_in("executive").get("/"))

    assert "33 not ready" in words
    assert "Since" not in words
    assert "no clear change" not in words


def test_a_department_too_small_to_show_is_not_in_the_lines(sign_in, cast):
    measure({"roads": (50, LOW), "clinic": (4, HIGH)})

    page = sign_in("executive").get("/")

    assert not [line for line in lines(page) if "health" in line]


def test_an_executive_of_a_department_sees_its_parts_and_no_others(sign_in, head_of_works):
    measure({"roads": (50, LOW), "parks": (50, MIDDLE), "clinic": (50, HIGH)})

    page = sign_in(head_of_works).get("/")

    assert [line.split()[0] for line in lines(page)] == ["Roads", "Parks"]
    assert "Clinic" not in text_of(page)
    assert "Public health" not in text_of(page)


def test_before_anything_was_measured_the_page_says_what_will_stand_there(sign_in, cast):
    words = text_of(sign_in("executive").get("/"))

    assert "Nobody has been asked yet how ready they are." in words
    assert "No survey is open right now." in words


@pytest.mark.parametrize("who", ["staff", "trainer", "moderator", "lead", "administrator"])
def test_nobody_else_finds_the_overview_on_their_page(sign_in, cast, who):
    two_waves()
    asked_wave(cast.clinic, asked=50, answered=20)

    words = text_of(sign_in(who).get("/"))

    assert "What people are asked now" not in words
    assert "Since July 2026" not in words


def test_an_executive_sees_how_many_have_answered_what_is_open(sign_in, cast):
    wave = asked_wave(cast.clinic, asked=50, answered=20)
    closed = asked_wave(cast.roads, asked=50, answered=20)
    Wave.objects.filter(pk=closed.pk).update(closed_at=timezone.now())

    page = sign_in("executive").get("/")

    assert text_of(page).count("About 40 % have answered. Open until") == 1
    assert f'href="/initiatives/{wave.survey.initiative_id}/"' in page.text


def test_how_many_of_a_small_group_have_answered_is_told_nobody(sign_in, cast):
    asked_wave(cast.clinic, asked=6, answered=3)

    words = text_of(sign_in("executive").get("/"))

    assert "Too few people are asked to show how many have answered." in words
    assert "%" not in words


def test_an_executive_of_a_department_sees_the_rate_there_and_not_that_of_others(
    sign_in, cast, head_of_works
):
    wave = make_wave(cast.roads, cast.parks, cast.clinic)
    wave.groups.update(asked=60)
    for department, n in ((cast.roads, 30), (cast.parks, 30), (cast.clinic, 6)):
        people = [PersonFactory(department=department) for _n in range(n)]
        Participation.objects.bulk_create(
            Participation(wave=wave, person=one, department=department, receipt=uuid.uuid4())
            for one in people
        )
    asked_wave(cast.clinic, asked=60, answered=30)

    words = text_of(sign_in(head_of_works).get("/"))

    assert "About 50 % have answered in Public works. Open until" in words
    assert words.count("have answered") == 1


def test_more_departments_and_surveys_need_no_more_queries(sign_in, cast):
    client, counts = sign_in("executive"), []
    found = measure({"roads": (50, LOW)}, period="2026-W45")
    for week, codes in ((46, ["roads"]), (47, ["roads", "parks", "clinic"])):
        people = dict.fromkeys(codes, (50, LOW))
        measure(people, initiative=found, period=f"2026-W{week}", source=f"Wave of {week}")
        for code in codes:
            asked_wave(cast.departments[code], asked=50, answered=20)
        client.get("/")  # what is counted once a day is counted
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 17


def test_a_public_questionnaire_runs_without_a_rate(sign_in, cast):
    make_public_wave()

    page = sign_in("executive").get("/")

    assert page.status_code == 200
    assert "Permit assistant" in page.text
