"""What reports say, in each case there is: the words are right whatever the figures are."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from buyin.digests import wording
from buyin.digests.reports import Finding, Overview, Span
from buyin.digests.wording.general import moved
from buyin.features import DigestItem, Task
from buyin.readiness.differences import Change
from buyin.readiness.models import Band
from buyin.readiness.standing import Board, Score, Standing

TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
CODES = ("commitment", "confidence", "skills", "resources", "openness")
FIRST = "These are the first answers, so there is no change to show yet."


def score(value=61, *, band="ready", is_barrier=False, **fields):
    return Score(value, value - 5, value + 5, band, 44, is_barrier=is_barrier, **fields)


def sides(*lowest, value=40):
    return {c: score(value, band="not-ready", is_barrier=c in lowest) for c in CODES}


def found(*lowest, overall=None, change=None, then=None, **fields):
    """Return a finding on Roads: 44 of 80 answered, ready with 61 unless said otherwise."""
    overall = overall or score()
    told = {"asked": 80, "answered": 44, "dimensions": sides(*lowest) if lowest else {}, **fields}
    by = None if change is None else Change(change, 1.0)
    now = Standing("Roads", "roads", overall=overall, change=by, **told)
    return Finding("Permits", now, then, Board(now, [now], 60, 10), is_new=False)


SHOWN = found(change=4)
UNMOVED = found()
_NOTHING = Standing("Roads", "roads", 40)
HIDDEN = Finding("Permits", _NOTHING, None, Board(_NOTHING, [], 60, 10), is_new=False)


def task(title="A survey", **fields):
    return Task(kind="survey", title=title, url="/s/", action="Answer", **fields)


@pytest.mark.parametrize(
    ("change", "words"), [(None, ""), (0, "no change"), (3, "up 3"), (-3, "down 3")]
)
def test_a_movement_is_said_in_words(change, words):
    assert moved(change) == words


@pytest.mark.parametrize(
    ("finding", "waiting", "subject"),
    [
        (None, 0, "no readiness figures yet"),
        (None, 1, "1 thing to do"),
        (HIDDEN, 0, "Roads: too few answers to show"),
        (HIDDEN, 2, "Roads: too few answers to show, 2 things to do"),
        (SHOWN, 0, "Roads: readiness 61 (up 4)"),
        (UNMOVED, 1, "Roads: readiness 61, 1 thing to do"),
        (found(change=0.4), 0, "Roads: readiness 61 (no change)"),
        (found(overall=score(0), change=-61), 0, "Roads: readiness 0 (down 61)"),
    ],
)
def test_the_subject_of_a_lead_has_the_numbers_first(finding, waiting, subject):
    assert wording.lead_subject(finding, waiting) == subject


@pytest.mark.parametrize(
    ("finding", "waiting", "headline"),
    [
        (None, 0, "There are no readiness figures yet."),
        (HIDDEN, 0, "Roads: too few answers to show a score."),
        (SHOWN, 0, "Roads: readiness 61, up 4."),
        (UNMOVED, 0, "Roads: readiness 61."),
        (SHOWN, 3, "Roads: readiness 61, up 4. 3 things to do."),
    ],
)
def test_the_first_sentence_of_a_lead_is_the_finding(finding, waiting, headline):
    assert wording.lead_headline(finding, waiting) == headline


@pytest.mark.parametrize(
    ("band", "verdict"),
    [
        ("ready", " That is ready."),
        ("not-ready", " That is not ready yet."),
        ("too-close", " Too close to call whether that is ready."),
        ("not-enough", ""),
    ],
)
def test_the_summary_says_how_sure_the_score_is_and_what_it_means(band, verdict):
    said = wording.summary(found(overall=score(band=band)))

    assert said == (
        f"44 of 80 people answered (55\u00a0%). Very likely between 56 and 66.{verdict} {FIRST}"
    )


def test_a_summary_leaves_out_what_may_not_be_told():
    bare = replace(score(), low=None)

    assert wording.summary(found(overall=bare, answered=None)) == f"That is ready. {FIRST}"
    assert wording.summary(found(overall=bare, asked=0)) == f"That is ready. {FIRST}"


def test_thousands_are_set_apart():
    assert "1,200 of 4,800 people" in wording.summary(found(answered=1200, asked=4800))


def test_a_hidden_score_is_explained_with_the_smallest_group(settings):
    settings.SMALLEST_GROUP = 12

    assert "from 12 answers on" in wording.summary(HIDDEN)
    assert "40" not in wording.summary(HIDDEN)


@pytest.mark.parametrize(
    ("lowest", "words"),
    [
        (["skills"], "Skills hold people back."),
        (["commitment"], "Commitment holds people back."),
        (["confidence"], "Confidence holds people back."),
        (["resources"], "Resources hold people back."),
        (["openness"], "Openness holds people back."),
        (["skills", "openness"], "Lowest together: skills and openness."),
        (
            ["commitment", "skills", "openness"],
            "Lowest together: commitment, skills and openness.",
        ),
        (CODES, "All sides of readiness are level."),
    ],
)
def test_what_holds_people_back_is_one_side_several_or_none(lowest, words):
    held = score(41, band="not-ready")
    assert wording.summary(found(*lowest, overall=held)).endswith(words)


def test_where_people_are_ready_nothing_holds_them_back():
    assert wording.summary(found("openness")).endswith("Lowest: openness.")


@pytest.mark.parametrize(
    ("before", "words"),
    [(None, ""), (40, "no change"), (38, "▲ up 2"), (42, "▼ down 2")],
)
def test_the_arrow_of_a_bar_points_where_the_words_say(before, words):
    then = replace(_NOTHING, dimensions=sides(value=before)) if before else None

    assert {row.moved for row in wording.bar_rows(found("skills", then=then))} == {words}


def test_only_sides_that_may_be_shown_have_a_bar():
    assert [row.label for row in wording.bar_rows(found(dimensions={"skills": score(40)}))] == [
        "Skills"
    ]
    assert wording.bar_rows(HIDDEN) == ()
    assert wording.bar_rows(None) == ()


def test_the_words_of_a_bar_say_what_its_colour_says():
    words = {
        wording.bar_rows(found(dimensions={"skills": score(band=band)}))[0].meaning for band in Band
    }

    assert len(words) == len(Band)
    assert wording.bar_rows(found("skills"))[2].meaning == "not ready, the lowest"


@pytest.mark.parametrize(
    ("bands", "subject", "headline"),
    [
        ([], "AI programme: readiness 61 (up 4)", "Roads: readiness 61, up 4."),
        (
            ["not-ready", "not-ready"],
            "AI programme: readiness 61 (up 4), 0 of 2 departments ready",
            "None of 2 departments is ready yet.",
        ),
        (
            ["ready", "too-close", "not-enough"],
            "AI programme: readiness 61 (up 4), 1 of 3 departments ready",
            "1 of 3 departments are ready.",
        ),
        (
            ["ready", "ready"],
            "AI programme: readiness 61 (up 4), 2 of 2 departments ready",
            "All 2 departments are ready.",
        ),
    ],
)
def test_an_executive_reads_how_many_departments_are_ready(bands, subject, headline):
    overview = Overview(bands=tuple(bands))

    assert wording.overview_subject(SHOWN, overview) == subject
    assert wording.overview_headline(SHOWN, overview) == headline


@pytest.mark.parametrize("finding", [None, HIDDEN])
def test_an_executive_without_figures_reads_no_number_of_any_department(finding):
    overview = Overview(bands=("ready",) * 3)

    assert wording.overview_subject(finding, overview) == ("AI programme: no readiness figures yet")
    assert "3" not in wording.overview_headline(finding, overview)


def test_bands_without_departments_are_left_out():
    lines = wording.band_lines(Overview(bands=("not-enough", "ready", "not-enough")))

    assert [line.title for line in lines] == [
        "1 department: ready",
        "2 departments: not enough data",
    ]
    assert wording.band_lines(Overview()) == ()


def test_another_initiative_is_one_line():
    assert wording.initiative_line(SHOWN, "/r/").detail == "readiness 61, up 4"
    assert wording.initiative_line(UNMOVED, "/r/").detail == "readiness 61"
    assert wording.initiative_line(HIDDEN, "/r/").detail == "too few answers to show"


def test_one_of_the_least_ready_departments_has_score_verdict_and_barrier():
    weak = found("skills", overall=score(31, band="not-ready"))

    assert wording.least_ready_line(weak.now, "/r/").detail == (
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
        (
            {"due": datetime(2026, 11, 22, 12, tzinfo=UTC), "detail": "Named."},
            "was due on Sunday 22 November. Named.",
        ),
    ],
)
@time_machine.travel(TUESDAY, tick=False)
def test_a_task_says_how_long_until_when_and_what_else(fields, words):
    assert wording.task_detail(task(**fields)) == words


@time_machine.travel(TUESDAY, tick=False)
def test_the_first_end_is_told_and_nothing_where_none_ends():
    ends = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (27, 25)]

    assert wording.first_due([task(due=end) for end in ends] + [task()]) == (
        "The first one ends on Wednesday 25 November."
    )
    assert wording.first_due([task()]) == ""
    late = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert wording.first_due([task(due=late), task(due=ends[0])]) == (
        "The first one was due on Sunday 22 November."
    )


def test_a_subject_is_one_line_and_never_too_long():
    assert "\n" not in wording.as_subject("Roads\r\nBcc: all@evil.example")
    assert len(wording.as_subject("x" * 150)) == 150
    assert wording.as_subject("x" * 151) == "x" * 149 + "…"


def test_a_week_is_named_by_its_number_and_a_month_by_its_first_and_last_day():
    one = Span("2026-W05", date(2026, 1, 26), date(2026, 2, 2))

    assert wording.week_label(one) == "week 5"
    four, old = replace(one, starts_on=date(2026, 1, 5), weeks=4), date(2025, 12, 29)
    assert wording.week_label(four) == "5 January to 1 February 2026"
    turn = replace(four, starts_on=old, weeks=5)
    assert wording.week_label(turn) == "29 December 2025 to 1 February 2026"


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
