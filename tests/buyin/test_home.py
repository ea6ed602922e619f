"""The page "For you": what waits, how long it takes, and until when."""

import itertools
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buyin.features import Task
from buyin.views.home import Waiting
from tests.factories.features import waiting
from tests.factories.initiatives import InitiativeFactory
from tests.factories.readiness import make_snapshot
from tests.pseudo import bracket, untranslated

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SURVEY = Task("survey", "How is it going?", "/surveys/1/", "Start", "24 questions.", 6)


class Words(HTMLParser):
    """Reads the text of a page as one line."""

    def __init__(self, page):
        super().__init__()
        self.words = []
        self.feed(page)

    def handle_data(self, data):
        self.words += data.split()


def words_of(answer):
    """Return the page's text with single blanks."""
    return " ".join(Words(answer.text).words)


def home(client, *tasks, at=MONDAY):
    """Return the text of the page at a moment, with these tasks waiting."""
    with time_machine.travel(at, tick=False), waiting(*tasks):
        return words_of(client.get("/"))


def due(day, hour=17, minute=0):
    """Return the survey with a due time in November."""
    when = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    return Task("survey", "How is it going?", "/surveys/1/", "Start", due=when)


def test_three_things_are_counted_and_their_minutes_added(sign_in):
    page = home(sign_in("staff"), SURVEY, SURVEY, SURVEY)

    assert "Three things wait for you. Together about 18 minutes." in page
    assert "24 questions." in page


def test_minutes_are_not_said_to_be_those_of_things_without_a_length(sign_in):
    page = home(sign_in("staff"), SURVEY, SURVEY, Task("report", "Read it", "/r/", "Read"))

    assert "Three things wait for you. What can be timed takes about 12 minutes." in page
    assert "Together" not in page


def test_one_thing_is_said_in_the_singular(sign_in):
    page = home(sign_in("staff"), SURVEY)

    assert "One thing waits for you. About 6 minutes." in page


def test_nothing_to_do_says_what_happens_next(sign_in):
    page = home(sign_in("staff"))

    assert "Nothing waits for you right now." in page
    assert "New surveys appear here" in page


def test_only_the_first_button_is_filled(sign_in):
    with waiting(SURVEY, SURVEY, SURVEY):
        page = sign_in("staff").get("/").text

    assert page.count('aria-label="Start: How is it going?"') == 3
    assert page.count("usa-button--outline") >= 2
    first = page[page.index('class="todo"') :]
    assert first.index('class="usa-button"') < first.index("usa-button--outline")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (23, "due today"),
        (24, "due tomorrow"),
        (27, "due Friday"),
        (30, "due 30 November"),
        (20, "was due 20 November"),
    ],
)
def test_the_day_is_said_in_words(sign_in, day, words):
    assert words in home(sign_in("staff"), due(day))


def test_many_things_stand_by_how_near_their_day_is(sign_in):
    days = [*(due(day) for day in (20, 23, 27, 29, 30)), *[SURVEY] * 3]

    few, many = home(sign_in("staff"), *days), home(sign_in("staff"), *days, due(20))

    assert "Within a week" not in few
    spans = ["Late", "Within a week", "Later", "Without a day"]
    assert sorted(spans, key=many.index) == spans
    between = [many[many.index(a) : many.index(b)] for a, b in itertools.pairwise(spans)]
    assert [part.count("How is it going?") for part in between] == [2, 3, 1]


def test_a_span_of_time_without_anything_is_left_out(sign_in):
    with waiting(*[SURVEY] * 9):
        page = sign_in("staff").get("/").text

    assert "Without a day" in page
    assert "Within a week" not in page
    assert page.count('class="usa-button"') == 1
    assert page.count("<h4>How is it going?</h4>") == 9


@pytest.mark.parametrize("day", [20, 23, 24, 27, 30])
def test_the_words_for_a_day_can_be_translated(monkeypatch, day):
    bracket(monkeypatch)

    assert untranslated(f"<p>{Waiting(due(day), MONDAY).due}</p>", written=set()) == []


def test_what_ended_an_hour_ago_was_due(sign_in):
    assert "was due 23 November" in home(sign_in("staff"), due(23, hour=7))


def test_days_are_those_of_the_persons_own_zone(cast, sign_in):
    cast.staff.time_zone = "Pacific/Auckland"
    cast.staff.save()

    page = home(sign_in("staff"), due(23, hour=15))

    assert "due tomorrow" in page
    assert "Good evening, Staff" in page


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "Good evening"), (5, "Good morning"), (12, "Good afternoon"), (18, "Good evening")],
)
def test_the_greeting_follows_the_hour(sign_in, hour, words):
    assert f"{words}, Staff" in home(sign_in("staff"), at=MONDAY.replace(hour=hour))


def test_a_zone_that_does_not_exist_does_no_harm(cast, sign_in):
    cast.staff.time_zone = "Mars/Olympus"
    cast.staff.save()

    assert "Good morning" in home(sign_in("staff"))


def test_the_side_names_the_initiatives_of_ones_own_department_only(cast, sign_in):
    InitiativeFactory(name="Permit triage", departments=[cast.roads])
    InitiativeFactory(name="Secret of the clinic", departments=[cast.clinic])

    page = home(sign_in("staff"))

    assert "Permit triage" in page
    assert "Secret of the clinic" not in page


def test_more_things_need_no_more_queries(cast, sign_in):
    client = sign_in("staff")
    counts: list[int] = []
    for name in ("One", "Two", "Three"):
        InitiativeFactory(name=name, departments=[cast.roads])

        with waiting(*[SURVEY] * (len(counts) + 1)), CaptureQueriesContext(connection) as queries:
            client.get("/")

        counts.append(len(queries))

    assert len(set(counts)) == 1
    assert counts[0] <= 6


def test_a_stranger_sees_what_the_portal_is_and_the_way_in(client, db):
    page = client.get("/")

    assert "Sign in" in page.text
    assert "/accounts/login/" in page.text
    assert "Small groups are never shown." in words_of(page)


def test_a_task_with_markup_in_its_title_stays_text(sign_in):
    with waiting(Task("survey", "<b onclick=x>bold</b>", "/", "Go")):
        page = sign_in("staff").get("/").text

    assert "<b onclick" not in page


def make_readiness(answers):
    """Measure readiness where this many people of Roads have answered."""
    make_snapshot(
        InitiativeFactory(name="Permit triage"),
        {"roads": (answers, (41, 40, 31, 44, 42)), "clinic": (30, (71, 70, 72, 74, 70))},
        asked={"roads": 40, "clinic": 50},
    )


def test_the_side_says_where_ones_own_department_stands(sign_in):
    make_readiness(30)

    page = home(sign_in("staff"))

    assert "Roads is not ready yet" in page
    assert "30 of 40" in page
    assert "Clinic" not in page


def test_a_department_with_too_few_answers_says_nothing(sign_in):
    make_readiness(4)

    assert "Readiness, 0 to 100" not in home(sign_in("staff"))


def test_who_has_no_department_sees_the_page_all_the_same(cast, sign_in):
    make_readiness(30)
    cast.staff.department = None
    cast.staff.save()

    assert "Good morning" in home(sign_in("staff"))


def test_what_is_due_first_stands_first_and_what_has_no_day_last(sign_in):
    read = Task("results", "What was found", "/r/", "Read it")
    late = Task("milestone", "Late since Friday", "/m/", "Say it", due=due(20).due)
    soon = Task("survey", "Soon", "/s/", "Start", due=due(27).due)

    page = home(sign_in("staff"), read, soon, late)

    assert page.index("Late since Friday") < page.index("Soon") < page.index("What was found")


def test_what_has_come_to_its_end_is_no_longer_in_somebodys_work(sign_in, cast):
    InitiativeFactory(name="Old letters", stage="retired", departments=[cast.roads])
    InitiativeFactory(name="Plain letters", stage="pilot", departments=[cast.roads])

    page = home(sign_in("staff"))

    assert "Plain letters" in page
    assert "Old letters" not in page


def test_what_somebody_leads_stands_before_what_else_is_near_them(sign_in, cast):
    for name, lead in (("Aqueducts", None), ("Zebra crossings", cast.staff)):
        InitiativeFactory(name=name, stage="pilot", departments=[cast.roads], lead=lead)

    page = home(sign_in("staff"))

    assert page.index("Zebra crossings") < page.index("Aqueducts")
