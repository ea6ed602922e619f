"""What follows from scores and levels, and never from what nobody has assessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.stakeholders.standing import HIGH, UNAWARE, Quadrant, Salience, gap, quadrant, salience

SCORE = st.integers(1, 5)
LEVEL = st.integers(1, 4)


@pytest.mark.parametrize(
    ("power", "interest", "expected"),
    [
        (5, 5, "manage-closely"),
        (4, 3, "keep-satisfied"),
        (3, 4, "keep-informed"),
        (3, 3, "monitor"),
        (1, 1, "monitor"),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_power_and_interest_say_how_much_care_somebody_needs(power, interest, expected):
    assert quadrant(power, interest) == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((5, 1, 1), "dormant"),
        ((1, 5, 1), "discretionary"),
        ((1, 1, 5), "demanding"),
        ((5, 5, 1), "dominant"),
        ((5, 1, 5), "dangerous"),
        ((1, 5, 5), "dependent"),
        ((5, 5, 5), "definitive"),
        ((3, 3, 3), "none"),
        ((None, 5, 5), None),
        ((5, None, 5), None),
        ((5, 5, None), None),
    ],
)
def test_power_legitimacy_and_urgency_say_which_class_somebody_is_of(scores, expected):
    assert salience(*scores) == expected


@pytest.mark.parametrize(
    ("current", "desired", "expected"),
    [
        (1, 3, 2),
        (2, 4, 2),
        (4, 2, -2),
        (3, 3, 0),
        (UNAWARE, 3, None),
        (None, 3, None),
        (2, None, None),
    ],
)
def test_the_gap_is_the_steps_to_the_desired_level(current, desired, expected):
    assert gap(current, desired) == expected


@given(SCORE, SCORE)
def test_more_power_or_interest_never_means_less_care(power, interest):
    care = {
        Quadrant.MONITOR: 0,
        Quadrant.KEEP_INFORMED: 1,
        Quadrant.KEEP_SATISFIED: 1,
        Quadrant.MANAGE_CLOSELY: 2,
    }
    here, stronger, keener = (
        quadrant(*scores)
        for scores in (
            (power, interest),
            (min(5, power + 1), interest),
            (power, min(5, interest + 1)),
        )
    )

    assert here is not None
    assert stronger is not None
    assert keener is not None
    assert care[here] <= min(care[stronger], care[keener])


@given(SCORE, SCORE, SCORE)
def test_each_class_has_exactly_the_attributes_that_are_high(power, legitimacy, urgency):
    attributes = {
        Salience.NONE: "",
        Salience.DORMANT: "p",
        Salience.DISCRETIONARY: "l",
        Salience.DEMANDING: "u",
        Salience.DOMINANT: "pl",
        Salience.DANGEROUS: "pu",
        Salience.DEPENDENT: "lu",
        Salience.DEFINITIVE: "plu",
    }
    high = [
        letter
        for letter, score in zip("plu", (power, legitimacy, urgency), strict=True)
        if score >= HIGH
    ]

    found = salience(power, legitimacy, urgency)

    assert found is not None
    assert attributes[found] == "".join(high)


@given(st.one_of(st.none(), SCORE), st.one_of(st.none(), SCORE), st.one_of(st.none(), SCORE))
def test_what_was_not_assessed_is_never_guessed(power, other, third):
    assert (quadrant(power, other) is None) == (None in (power, other))
    assert (salience(power, other, third) is None) == (None in (power, other, third))


@given(LEVEL, LEVEL)
def test_the_gap_back_is_as_wide_as_the_gap_there(one, other):
    there, back = gap(one, other), gap(other, one)

    assert there is not None
    assert back is not None
    assert there == -back
    assert one + there == other


@given(st.one_of(st.none(), st.integers(0, 4)))
def test_nobody_is_any_steps_away_from_being_unaware(level):
    assert gap(level, UNAWARE) is None
    assert gap(UNAWARE, level) is None
