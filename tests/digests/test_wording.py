"""What reports say, in each case there is: the words are right whatever the figures are."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from buyin.digests import wording
from buyin.digests.reports import Bar, Overview, Span, Standing
from buyin.features import DigestItem, Task
from buyin.readiness.models import Band

HIDDEN = Standing("Permits", "Roads", "roads", "2026-W47", asked=40)
SHOWN = replace(
    HIDDEN,
    is_released=True,
    value=61,
    low=56,
    high=66,
    change=4,
    band=Band.READY,
    asked=80,
    answered=44,
)
CODES = ("commitment", "confidence", "skills", "resources", "openness")


def bars(*lowest):
    return tuple(Bar(c, c.capitalize(), Band.NOT_READY, 40, None, c in lowest) for c in CODES)


def task(title="A survey", **fields):
    return Task(kind="survey", title=title, url="/s/", action="Answer", **fields)


@pytest.mark.parametrize(
    ("change", "words"), [(None, ""), (0, "no change"), (3, "up 3"), (-3, "down 3")]
)
def test_a_movement_is_said_in_words(change, words):
    assert wording.moved(change) == words


@pytest.mark.parametrize(
    ("standing", "waiting", "subject"),
    [
        (None, 0, "no readiness figures yet"),
        (None, 1, "1 thing to do"),
        (HIDDEN, 0, "Roads: too few answers to show"),
        (HIDDEN, 2, "Roads: too few answers to show, 2 things to do"),
        (SHOWN, 0, "Roads: readiness 61 (up 4)"),
        (replace(SHOWN, change=None), 1, "Roads: readiness 61, 1 thing to do"),
        (replace(SHOWN, change=0), 0, "Roads: readiness 61 (no change)"),
        (replace(SHOWN, value=0, change=-61), 0, "Roads: readiness 0 (down 61)"),
    ],
)
def test_the_subject_of_a_lead_has_the_numbers_first(standing, waiting, subject):
    assert wording.standing_subject(standing, waiting) == subject


@pytest.mark.parametrize(
    ("standing", "waiting", "headline"),
    [
        (None, 0, "There are no readiness figures yet."),
        (HIDDEN, 0, "Roads: too few answers to show a score."),
        (SHOWN, 0, "Roads: readiness 61, up 4."),
        (replace(SHOWN, change=None), 0, "Roads: readiness 61."),
        (SHOWN, 3, "Roads: readiness 61, up 4. 3 things to do."),
    ],
)
def test_the_first_sentence_of_a_lead_is_the_finding(standing, waiting, headline):
    assert wording.lead_headline(standing, waiting) == headline


@pytest.mark.parametrize(
    ("band", "verdict"),
    [
        (Band.READY, " That is ready."),
        (Band.NOT_READY, " That is not ready yet."),
        (Band.TOO_CLOSE, " Too close to call whether that is ready."),
        (Band.NOT_ENOUGH, ""),
    ],
)
def test_the_summary_says_how_sure_the_score_is_and_what_it_means(band, verdict):
    said = wording.standing_summary(replace(SHOWN, band=band))

    assert said == (f"44 of 80 people answered (55 %). Very likely between 56 and 66.{verdict}")


def test_a_summary_leaves_out_what_may_not_be_told():
    bare = replace(SHOWN, answered=None, low=None)

    assert wording.standing_summary(bare) == "That is ready."
    assert wording.standing_summary(replace(SHOWN, asked=0, low=None)) == "That is ready."


def test_a_hidden_score_is_explained_with_the_smallest_group(settings):
    settings.SMALLEST_GROUP = 12

    assert "from 12 answers on" in wording.standing_summary(HIDDEN)
    assert "40" not in wording.standing_summary(HIDDEN)


@pytest.mark.parametrize(
    ("lowest", "words"),
    [
        (["skills"], "Skills hold people back."),
        (["commitment"], "Commitment holds people back."),
        (["confidence"], "Confidence holds people back."),
        (["resources"], "Resources hold people back."),
        (["openness"], "Openness holds people back."),
        (["skills", "openness"], "Lowest together: Skills and Openness."),
        (
            ["commitment", "skills", "openness"],
            "Lowest together: Commitment, Skills and Openness.",
        ),
        (CODES, "All sides of readiness are level."),
    ],
)
def test_what_holds_people_back_is_one_side_several_or_none(lowest, words):
    assert wording.standing_summary(replace(SHOWN, bars=bars(*lowest))).endswith(words)


def test_each_lowest_side_gets_its_own_advice_and_no_other_side():
    advice = {
        code: [line.title for line in wording.what_helps(bars(code), "/r/")] for code in CODES
    }

    assert all(len(lines) == 1 for lines in advice.values())
    assert len({lines[0] for lines in advice.values()}) == 5
    assert wording.what_helps(bars(), "/r/") == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [(None, ""), (0, "no change"), (2, "▲ up 2"), (-2, "▼ down 2")],
)
def test_the_arrow_of_a_bar_points_where_the_words_say(change, words):
    assert wording.bar_row(Bar("skills", "Skills", Band.READY, 40, change)).moved == words


def test_a_bar_without_score_says_so_in_words_and_has_no_length():
    row = wording.bar_row(Bar("skills", "Skills", Band.NOT_ENOUGH))

    assert (row.shown, row.value, row.rest) == ("not shown", None, 100)


def test_the_words_of_a_bar_say_what_its_colour_says():
    rows = [wording.bar_row(Bar("skills", "Skills", band, 40)) for band in Band]

    assert len({row.meaning for row in rows}) == len(rows)
    lowest = wording.bar_row(Bar("skills", "Skills", Band.NOT_READY, 40, is_barrier=True))
    assert lowest.meaning == "not ready, the lowest"


@pytest.mark.parametrize(
    ("overview", "subject", "headline"),
    [
        (
            Overview(),
            "AI programme: readiness 61 (up 4)",
            "Roads: readiness 61, up 4.",
        ),
        (
            Overview(not_ready=2),
            "AI programme: readiness 61 (up 4), 0 of 2 departments ready",
            "No department is ready yet.",
        ),
        (
            Overview(ready=1, too_close=1, not_enough=1),
            "AI programme: readiness 61 (up 4), 1 of 3 departments ready",
            "1 of 3 departments are ready.",
        ),
        (
            Overview(ready=2),
            "AI programme: readiness 61 (up 4), 2 of 2 departments ready",
            "Every department is ready.",
        ),
    ],
)
def test_an_executive_reads_how_many_departments_are_ready(overview, subject, headline):
    assert wording.overview_subject(SHOWN, overview) == subject
    assert wording.overview_headline(SHOWN, overview) == headline


@pytest.mark.parametrize("standing", [None, HIDDEN])
def test_an_executive_without_figures_reads_no_number_of_any_department(standing):
    overview = Overview(ready=3)

    assert wording.overview_subject(standing, overview) == (
        "AI programme: no readiness figures yet"
    )
    assert "3" not in wording.overview_headline(standing, overview)


def test_bands_without_departments_are_left_out():
    lines = wording.band_lines(Overview(ready=1, not_enough=2))

    assert [line.title.split(":")[0] for line in lines] == ["1 department", "2 departments"]
    assert wording.band_lines(Overview()) == ()


def test_another_initiative_is_one_line():
    assert wording.standing_line(SHOWN, "/r/").detail == "readiness 61, up 4"
    assert wording.standing_line(replace(SHOWN, change=None), "/r/").detail == "readiness 61"
    assert wording.standing_line(HIDDEN, "/r/").detail == "too few answers to show"


def test_one_of_the_least_ready_departments_has_score_verdict_and_barrier():
    weak = replace(SHOWN, value=31, band=Band.NOT_READY, bars=bars("skills"))

    assert wording.least_ready_line(weak, "/r/").detail == (
        "readiness 31 · not ready · Skills hold people back"
    )


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ([task()], "1 thing for you: A survey"),
        ([task(), task()], "2 things for you"),
        ([task(minutes=4), task()], "2 things for you, about 4 minutes"),
        ([task(minutes=1), task()], "2 things for you, about 1 minute"),
    ],
)
def test_what_waits_is_counted_and_its_minutes_are_added_up(tasks, words):
    assert wording.things(tasks) == words


def test_what_happened_is_counted_named_or_said_to_be_nothing():
    first, second = (DigestItem(title=title, url="/") for title in ("Closed", "Opened"))

    assert wording.news([]) == "Nothing new"
    assert wording.news([first]) == "Closed"
    assert wording.news([first, second]) == "2 things happened, among them: Closed"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"minutes": 1}, "1 minute"),
        ({"minutes": 5, "detail": "Named."}, "5 minutes. Named."),
        ({"detail": "Named."}, "Named."),
        (
            {"minutes": 5, "due": datetime(2026, 11, 27, 12, tzinfo=UTC)},
            "5 minutes, until Friday 27 November",
        ),
    ],
)
def test_a_task_says_how_long_until_when_and_what_else(fields, words):
    assert wording.task_detail(task(**fields)) == words


def test_the_first_end_is_told_and_nothing_where_none_ends():
    ends = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (27, 25)]

    assert wording.first_due([task(due=end) for end in ends] + [task()]) == (
        "The first one ends on Wednesday 25 November."
    )
    assert wording.first_due([task()]) == ""


def test_a_subject_is_one_line_and_never_too_long():
    assert "\n" not in wording.as_subject("Roads\r\nBcc: all@evil.example")
    assert len(wording.as_subject("x" * 150)) == 150
    assert wording.as_subject("x" * 151) == "x" * 149 + "…"


def test_a_week_is_named_by_its_number_and_a_month_by_its_weeks():
    one = Span("2026-W05", date(2026, 1, 26), date(2026, 2, 2))

    assert wording.week_label(one) == "week 5"
    assert wording.week_label(replace(one, weeks=4)) == "4 weeks to 2 February 2026"


@pytest.mark.parametrize(
    ("kind", "department", "words"),
    [
        ("staff", "", "because you have an account at the portal."),
        ("lead", "Roads", "because you look after Roads."),
        ("lead", "", "because you lead the programme."),
        ("executive", "", "because you are an executive of the agency."),
    ],
)
def test_everybody_is_told_why_they_get_it(kind, department, words):
    assert wording.reason_for(kind, department) == f"You get this {words}"
