"""What the looks draw and say: every stakeholder once, none of them guessed, and words that fit."""

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buyin.stakeholders.charts import (
    map_figure,
    map_title,
    matrix_of,
    matrix_title,
    network_drawing,
)
from buyin.stakeholders.charts.lines import EDGE, HEIGHT, MOST, WIDTH
from buyin.stakeholders.charts.map import LOOKS
from buyin.stakeholders.models import QUADRANTS, Interest, Level, Relationship, Stakeholder
from buyin.stakeholders.queries import Stance
from buyin.stakeholders.wording import gap_words

SCORES = st.one_of(st.none(), st.integers(1, 5))
LEVELS = st.one_of(st.none(), st.sampled_from(Level.values))
WANTED = st.one_of(st.none(), st.sampled_from(Level.values[1:]))


def stance(name="A", **said):
    interest = Interest(stakeholder=Stakeholder(name=name), **said)
    return Stance(interest, interest)


STANCES = st.lists(
    st.builds(stance, power=SCORES, interest=SCORES, current=LEVELS, desired=WANTED), max_size=30
)
FEW = settings(max_examples=25)


# The words for what lies between two levels


@pytest.mark.parametrize(
    ("current", "desired", "words"),
    [
        (None, None, "–"),
        (None, Level.SUPPORTIVE, "–"),
        (Level.UNAWARE, None, "–"),
        (Level.NEUTRAL, None, "–"),
        (Level.UNAWARE, Level.LEADING, "not told yet"),
        (Level.RESISTANT, Level.NEUTRAL, "1 step to go"),
        (Level.RESISTANT, Level.LEADING, "3 steps to go"),
        (Level.LEADING, Level.LEADING, "there"),
        (Level.LEADING, Level.RESISTANT, "further than needed"),
    ],
)
def test_a_gap_is_told_in_steps_and_only_where_there_are_any(current, desired, words):
    assert gap_words(current, desired) == words


@given(LEVELS, WANTED)
def test_steps_to_go_are_told_of_exactly_who_is_behind(current, desired):
    interest = Interest(current=current, desired=desired)

    is_behind = interest.gap is not None and interest.gap > 0

    assert ("to go" in gap_words(current, desired)) == is_behind


@pytest.mark.parametrize("level", Level)
def test_each_level_has_a_word_for_people_and_a_code_for_programs(level):
    assert Interest(current=level).current_words == level.label
    assert Interest(desired=level).desired_words == level.label
    assert level.code == str(level.label).lower()


def test_what_nobody_assessed_is_said_and_no_score_is_made_up():
    nobody = Interest()

    said = {
        nobody.current_words,
        nobody.desired_words,
        nobody.quadrant_words,
        nobody.salience_words,
    }

    assert said == {"Not assessed"}


def test_the_class_is_told_with_what_it_is_made_of():
    found = Interest(power=4, legitimacy=5, urgency=3)

    assert (found.salience, found.salience_words) == ("dominant", "Dominant: power and legitimacy")


# The map


@FEW
@given(STANCES)
def test_the_map_shows_each_who_is_assessed_once_and_counts_the_others(found):
    assessed = [one for one in found if one.said.quadrant]

    figure = map_figure(found)

    if figure is None:
        assert not assessed
        return
    drawn = sum(len(trace["x"]) for trace in figure.plot["data"])
    assert drawn == len(assessed)
    assert f"of {len(assessed)} stakeholders" in figure.summary
    assert f"Not assessed: {len(found) - len(assessed)}." in figure.summary


@FEW
@given(STANCES)
def test_each_sign_stands_nearest_to_the_scores_that_it_is_about(found):
    figure = map_figure(found)

    spots = Counter(
        (round(x), round(y))
        for trace in (figure.plot["data"] if figure else ())
        for x, y in zip(trace["x"], trace["y"], strict=True)
    )
    assert spots == Counter(
        (one.said.interest, one.said.power) for one in found if one.said.quadrant
    )


def test_each_level_has_a_sign_of_its_own_beside_its_colour():
    signs = [sign for _colour, _symbol, sign in LOOKS.values()]
    symbols = [symbol for _colour, symbol, _sign in LOOKS.values()]

    assert set(LOOKS) == {*Level, None}
    assert len(set(signs)) == len(set(symbols)) == len(LOOKS)


def test_the_legend_names_only_the_levels_that_are_drawn():
    found = map_figure(
        [
            stance(power=1, interest=1, current=Level.RESISTANT),
            stance(power=1, interest=1),
            stance(power=1, current=Level.LEADING),  # not drawn: nobody knows their interest
        ]
    )

    assert found is not None
    assert [text for _css, text in found.legend] == ["■ Resistant", "□ Not assessed"]


@pytest.mark.parametrize(("number", "is_counted"), [(150, False), (151, True)])
def test_beyond_150_the_map_counts_and_needs_no_legend_of_levels(number, is_counted):
    found = map_figure([stance(power=4, interest=4, current=3)] * number)

    assert found is not None
    (trace,) = found.plot["data"]
    assert found.summary.startswith("How many" if is_counted else "One sign")
    assert (trace.get("text") == [str(number)]) == is_counted
    assert (found.legend == []) == is_counted


def test_a_larger_crowd_has_a_larger_sign():
    crowd = [stance(power=5, interest=5)] * 140 + [stance(power=1, interest=1)] * 20

    found = map_figure(crowd)

    assert found is not None
    (trace,) = found.plot["data"]
    large, small = trace["marker"]["size"]
    assert trace["text"] == ["140", "20"]
    assert large > small > 20


def test_the_names_of_the_four_quadrants_stand_in_their_corners():
    found = map_figure([stance(power=1, interest=1)])

    assert found is not None
    spots = {
        note["text"]: (note["x"] > 3, note["y"] > 3) for note in found.plot["layout"]["annotations"]
    }
    assert spots == {
        "Manage closely": (True, True),
        "Keep satisfied": (False, True),
        "Keep informed": (True, False),
        "Monitor": (False, False),
    }
    assert set(spots) == {str(words) for words in QUADRANTS.values()}


def test_the_name_of_a_stakeholder_is_no_markup_of_the_chart():
    found = map_figure([stance("<b>Bo</b>", power=1, interest=1)])

    assert found is not None
    (trace,) = found.plot["data"]
    assert list(trace["customdata"]) == ["<b>Bo</b>"]
    assert trace["hovertemplate"] == "%{customdata}<extra></extra>"


@pytest.mark.parametrize(
    ("levels", "title"),
    [
        ([1, 1, 3], "2 of 3 to manage closely resist"),
        ([1, 3], "1 of 2 to manage closely resists"),
        ([0], "1 is to be managed closely and does not resist"),
        ([2, 3, 4], "3 are to be managed closely and none of them resists"),
    ],
)
def test_the_title_counts_who_is_to_be_managed_closely_and_resists(levels, title):
    found = [stance(power=4, interest=4, current=level) for level in levels]
    elsewhere = stance(power=1, interest=4, current=Level.RESISTANT)

    assert map_title([*found, elsewhere]) == title


# The matrix


@FEW
@given(STANCES)
def test_the_matrix_has_everybody_in_one_place(found):
    matrix = matrix_of(found)

    assert len(matrix.lines) + len(matrix.unaware) + len(matrix.not_assessed) == len(found)
    assert {one.said.current for one in matrix.unaware} <= {Level.UNAWARE}
    assert {one.said.current for one in matrix.not_assessed} <= {None}


@FEW
@given(STANCES)
def test_each_line_of_the_matrix_marks_now_once_and_wanted_once_at_most(found):
    for line in matrix_of(found).lines:
        marks = "".join(mark for _level, mark, _words in line.marks)

        assert marks.count("C") == 1
        assert marks.count("D") == (0 if line.interest.desired is None else 1)
        assert all(bool(mark) == bool(words) for _level, mark, words in line.marks)


@FEW
@given(STANCES)
def test_no_line_of_the_matrix_has_a_wider_gap_than_the_one_above_it(found):
    gaps = [line.interest.gap or 0 for line in matrix_of(found).lines]

    assert gaps == sorted(gaps, reverse=True)


def test_of_equal_gaps_the_names_come_in_order():
    found = matrix_of([stance(name, current=1, desired=3) for name in ("Cy", "Al", "Bo")])

    assert [line.interest.stakeholder.name for line in found.lines] == ["Al", "Bo", "Cy"]


@pytest.mark.parametrize(
    ("levels", "title"),
    [
        ([], "Nobody has both a level now and a level wanted yet"),
        ([(None, 3), (2, None)], "Nobody has both a level now and a level wanted yet"),
        ([(4, 2)], "All who are assessed are where we want them"),
        ([(1, 2), (3, 3)], "1 of 2 is not yet where we want them: S0 is the farthest away"),
        (
            [(2, 3), (1, 4), (0, 4)],
            "2 of 2 are not yet where we want them: S1 is the farthest away",
        ),
    ],
)
def test_the_matrix_says_who_is_the_farthest_from_where_we_want_them(levels, title):
    found = [
        stance(f"S{number}", current=current, desired=desired)
        for number, (current, desired) in enumerate(levels)
    ]

    assert matrix_title(found) == title


# The network


def relation(first, second, kind="advises", strength=2):
    ends = [Stakeholder(pk=pk, name=f"S{pk}") for pk in (first, second)]
    return Relationship(first=ends[0], second=ends[1], kind=kind, strength=strength)


ENDS = st.tuples(st.integers(1, 60), st.integers(1, 60)).filter(lambda two: two[0] != two[1])


@FEW
@given(st.lists(ENDS, min_size=1, max_size=80))
def test_the_drawing_says_how_many_it_leaves_to_the_table(pairs):
    people = {pk for pair in pairs for pk in pair}

    drawing = network_drawing([relation(*pair) for pair in pairs])

    drawn = [dot.stakeholder.pk for dot in drawing.dots]
    assert len(drawn) == len(set(drawn)) <= MOST
    assert len(drawn) + drawing.left_out == len(people)
    assert all(EDGE <= dot.x <= WIDTH - EDGE for dot in drawing.dots)
    assert all(EDGE <= dot.y <= HEIGHT - EDGE for dot in drawing.dots)


@FEW
@given(st.lists(ENDS, min_size=1, max_size=80))
def test_every_relation_between_two_who_are_drawn_is_drawn(pairs):
    drawing = network_drawing([relation(*pair) for pair in pairs])

    drawn = {dot.stakeholder.pk for dot in drawing.dots}
    arrows = Counter((a.start.stakeholder.pk, a.end.stakeholder.pk) for a in drawing.arrows)
    assert arrows == Counter(pair for pair in pairs if set(pair) <= drawn)


def test_an_arrow_goes_from_the_first_to_the_second_with_its_kind_and_strength():
    (arrow,) = network_drawing([relation(2, 1, "reports-to", 3)]).arrows

    assert (arrow.start.stakeholder.name, arrow.end.stakeholder.name) == ("S2", "S1")
    assert (arrow.kind, arrow.strength) == ("reports-to", 3)


def test_where_everybody_knows_everybody_some_of_them_are_drawn_all_the_same():
    crowd = range(1, 46)

    drawing = network_drawing([relation(a, b) for a in crowd for b in crowd if a < b])

    assert len(drawing.dots) == MOST
    assert drawing.left_out == 5
    assert len(drawing.arrows) == math.comb(MOST, 2)
