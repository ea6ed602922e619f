"""Titles and sentences: one row a situation, the whole text as people read it."""

from datetime import date

import pytest

from buyin.readiness import wording
from buyin.readiness.differences import Change
from buyin.readiness.scoring import Verdict
from buyin.readiness.standing import Board, Score, Standing, in_order

BANDS: dict[str, Verdict] = {"r": "ready", "n": "not-ready", "c": "too-close", "e": "not-enough"}


def score(value, band="n", *, is_barrier=False):
    return Score(value, value - 5, value + 5, BANDS[band], answered=40, is_barrier=is_barrier)


def standing(name, value=None, band="n", barriers=("skills",), **more):
    """Return a department whose barriers are ten points under its score."""
    if value is None:
        return Standing(name, name.lower(), asked=80)
    dimensions = {
        code: score(value - 10 * (code in barriers), band, is_barrier=code in barriers)
        for code in ("commitment", "confidence", "skills", "resources", "openness")
    }
    more = {"answered": 40, **more}
    return Standing(
        name, name.lower(), asked=80, overall=score(value, band), dimensions=dimensions, **more
    )


def board(*parts, differ=True, whole="Fairhaven", **more):
    """Return a board of these departments, the whole at 52 with skills lowest."""
    return Board(
        whole=standing("Fairhaven", 52, "c") if whole else None,
        parts=in_order(parts, differ=differ),
        ready_from=60,
        smallest=10,
        differ=differ,
        chance=0.004 if differ else 0.18,
        **more,
    )


A, B, C, D = "Permits", "Transport", "Finance", "Clinic"


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (
            board(standing(A, 41), standing(B, 58, "c")),
            "Permits is least ready; skills hold it back",
        ),
        (
            board(standing(A, 41, barriers=["openness"]), standing(B, 58)),
            "Permits is least ready; openness holds it back",
        ),
        (
            board(standing(A, 41, barriers=["skills", "commitment"]), standing(B, 58)),
            "Permits is least ready; commitment and skills hold it back",
        ),
        (
            board(standing(A, 41, barriers=["skills", "openness", "resources"]), standing(B, 58)),
            "Permits is least ready",
        ),
        (
            board(standing(A, 41.4), standing(B, 40.6), standing(C, 70, "r")),
            "Transport and Permits are least ready",
        ),
        (
            board(standing(A, 41), standing(B, 41), standing(C, 41), standing(D, 70, "r")),
            "Three departments are least ready, at 41 of 100",
        ),
        (board(standing(A, 61, "r"), standing(B, 70, "r")), "Both departments are ready"),
        (
            board(standing(A, 61, "r"), standing(B, 70, "r"), standing(C, 72, "r"), differ=False),
            "All three departments are ready",
        ),
        (
            board(standing(A, 50), standing(B, 52), differ=False),
            "No department stands out; skills is lowest everywhere taken together",
        ),
        (
            board(standing(A, 50), standing(B, 52), differ=None, whole=""),
            "No department stands out from the others",
        ),
        (board(standing(A, 41)), "Permits is not ready yet; skills hold it back"),
        (board(standing(A, 61, "r")), "Permits is ready"),
        (board(standing(A, 58, "c")), "Permits is too close to call; skills hold it back"),
        (board(standing(A, 58, "e", barriers=[])), "Permits has answers, but not enough to judge"),
        (board(), "Fairhaven is too close to call; skills hold it back"),
        (board(whole=""), "Too few answers to say how ready people are"),
        (board(standing(A), standing(B), whole=""), "Too few answers to say how ready people are"),
    ],
)
def test_the_title_states_the_finding(found, title):
    assert wording.title_of(found) == title


MOVED = {"since": date(2026, 5, 22), "is_first": False}


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            board(
                standing(A, 41, change=Change(4.2, 3)),
                standing(B, 58, "c"),
                standing(C, 66, "r"),
                **MOVED,
            ),
            (
                "41 of 100, very likely between 36 and 46. Up 4 since May 2026, more than chance would "
                "give. One department is ready, one is not, one is too close to call."
            ),
        ),
        (
            board(standing(A, 41, change=Change(-2.2, 3)), standing(B, 58), **MOVED),
            (
                "41 of 100, very likely between 36 and 46. Down 2 since May 2026, which can be chance. "
                "Two departments are not ready."
            ),
        ),
        (
            board(standing(A, 41, change=Change(-0.3, 3)), standing(B, 58, "e"), **MOVED),
            (
                "41 of 100, very likely between 36 and 46. Unchanged since May 2026. "
                "One department is not ready, one has not enough data."
            ),
        ),
        (
            board(standing(A, 50, "c"), standing(B, 52, "c"), differ=False),
            (
                "Fairhaven stands at 52 of 100, very likely between 47 and 57. These are the first "
                "answers, so there is no change to show yet. Two departments are too close to call. "
                "The differences between departments can be chance."
            ),
        ),
        (
            board(standing(A, 41), standing(B, 41), **MOVED),
            (
                "Fairhaven stands at 52 of 100, very likely between 47 and 57. There is no earlier "
                "score to compare with. Two departments are not ready."
            ),
        ),
        (
            board(standing(A, 61, "r"), beside=standing("Fairhaven", 55)),
            (
                "61 of 100, very likely between 56 and 66. These are the first answers, so there is no "
                "change to show yet. The whole agency stands at 55."
            ),
        ),
        (
            board(whole=""),
            "Results are shown for groups of 10 answers and more, so that nobody can be recognised.",
        ),
    ],
)
def test_the_sentence_says_how_sure_that_is_and_what_changed(found, sentence):
    assert wording.sentence_of(found) == sentence


@pytest.mark.parametrize(
    ("bands", "title"),
    [
        ("rrnnccc", "Two of seven departments are ready"),
        ("rnc", "One of three departments is ready"),
        ("nnc", "None of three departments is ready yet"),
        ("nc", "Neither of two departments is ready yet"),
        ("rr", "Both departments are ready"),
        ("rrr", "All three departments are ready"),
        ("n", "Where D0 stands"),
        ("n" * 12, "None of 12 departments is ready yet"),
    ],
)
def test_the_chart_says_how_many_are_ready(bands, title):
    parts = [standing(f"D{number}", 40 + number, band) for number, band in enumerate(bands)]

    assert wording.chart_title(board(*parts)) == title


@pytest.mark.parametrize(
    ("barriers", "title"),
    [
        ([["skills"]] * 4 + [["openness"]], "Skills is the barrier in four departments"),
        ([["skills"]] * 3, "Skills is the barrier everywhere"),
        ([["skills"], ["openness"]], "No single dimension is the barrier everywhere"),
        ([["skills", "openness"]], "The barrier is skills and openness"),
        (
            [["skills", "openness"], ["skills"], ["resources"]],
            "Skills is the barrier in two departments",
        ),
        ([[]], "Departments by dimension"),
    ],
)
def test_the_table_says_what_holds_most_departments_back(barriers, title):
    parts = [standing(f"D{n}", 50, barriers=codes) for n, codes in enumerate(barriers)]

    assert wording.heat_title(board(*parts)) == title


def test_a_survey_about_one_dimension_speaks_of_that_dimension_only():
    parts = [standing(name, 40 + n, barriers=[], lens="openness") for n, name in enumerate([A, B])]
    found = board(*parts, differ=False, lens="openness", dimensions=["openness"])

    assert wording.title_of(found).startswith("Openness: No department stands out")
    assert wording.chart_title(found) == "Openness: Neither of two departments is ready yet"
    assert wording.standing_title(parts[0]) == "Openness: Permits is not ready yet"
    assert wording.sentence_of(found).startswith(
        "The survey asked about openness only, too little for an overall score. Fairhaven stands"
    )


def test_departments_that_differ_by_chance_come_by_name():
    parts = [standing(B, 41), standing(A, 70, "r"), standing("Archive")]

    assert [part.name for part in board(*parts, differ=True).parts] == [B, A, "Archive"]
    assert [part.name for part in board(*parts, differ=False).parts] == [A, B, "Archive"]


def test_a_department_that_is_hidden_says_why_and_where_it_counts():
    hidden = standing(A)

    assert wording.standing_title(hidden) == "Permits: too few answers to show a score"
    assert "Smaller groups count in the department above." in wording.standing_sentence(
        hidden, board(hidden)
    )


def test_a_department_where_few_answered_carries_a_warning():
    thin = standing(A, 41, answered=30)

    assert "Fewer than half of the people asked have answered." in wording.standing_sentence(
        thin, board(thin)
    )


def test_the_card_on_sureness_names_who_was_heard_and_what_silence_could_change():
    whole = standing("Fairhaven", 52, "c", if_silent_lower=47.4, otherwise=["geometric"])
    found = Board(
        whole, [standing(A, 41, answered=30), standing(B, 58)], 60, 10, differ=False, chance=0.18
    )

    sure = wording.sureness_of(found)

    assert sure.facts == [
        ("Asked", "80"),
        ("Answered", "40 (50 %)"),
        ("Under half answered", "Permits"),
        ("If the silent were 10 lower", "52 → 47"),
    ]
    assert sure.notes == [
        (
            "The differences between departments can be chance. If all thought alike, about 18 in "
            "100 surveys would show them this large."
        ),
        "Built in another way, the index would give another verdict: read it with care.",
    ]


@pytest.mark.parametrize(
    ("p", "words"), [(0.004, "p < .01"), (0.176, "p = .18"), (None, "p unknown")]
)
def test_a_probability_is_printed_as_papers_do(p, words):
    assert wording.probability_words(p) == words


def test_numbers_and_lists_read_well():
    assert [wording.number(count) for count in (1, 9, 10, 1236)] == ["one", "nine", "10", "1,236"]
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
