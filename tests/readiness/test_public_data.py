"""The formulas against published numbers; skipped where the public data is not beside the checkout."""

import csv
import json

import numpy as np
import pytest

from buyin.readiness import differences, reliability, scoring

THEMES = {
    "My work": (1, 5),
    "Organisational objectives and purpose": (6, 7),
    "My manager": (8, 17),
    "My team": (18, 20),
    "Learning and development": (21, 24),
    "Inclusion and fair treatment": (25, 28),
    "Resources and workload": (29, 34),
    "Pay and benefits": (35, 37),
    "Leadership and managing change": (38, 46),
}


@pytest.fixture
def workforce(public_rows, public_file):
    """Six departments of a survey on robots at work, with the expected results."""
    rows = public_rows("workforce_robotics_privacy_comfort_0_100.csv")
    expected = json.loads(public_file("oracle_readiness_workforce.json").read_text())
    place = {row["index"]: number for number, row in enumerate(expected)}
    groups = scoring.groups_of(
        np.array([float(row["score"]) for row in rows]),
        np.array([place[row["dept"]] for row in rows]),
        np.array([row["N"] for row in expected]),
    )
    return groups, expected


def test_six_departments_come_out_to_six_digits(workforce):
    groups, expected = workforce

    estimates = scoring.estimate(groups)
    error = np.sqrt(estimates.variance)
    margin = scoring.margin(error, groups.df)

    for name, found in {
        "n": groups.answered,
        "raw": groups.mean,
        "se_pooled_fpc": groups.standard_error,
        "estimate": estimates.value,
        "se": error,
        "lo": estimates.value - margin,
        "hi": estimates.value + margin,
    }.items():
        assert found == pytest.approx([row[name] for row in expected], abs=1e-6), name
    likely = [
        scoring.probability_of(value, spread, at_least=45)
        for value, spread in zip(estimates.value, error, strict=True)
    ]
    assert likely == pytest.approx([row["P(>=45)"] for row in expected], abs=1e-6)


def test_the_agency_is_weighted_by_people_asked(workforce):
    groups, expected = workforce

    value, _variance = scoring.combined(scoring.estimate(groups), np.ones((1, 6), dtype=bool))

    wanted = sum(r["N"] * r["estimate"] for r in expected) / sum(r["N"] for r in expected)
    assert value == pytest.approx([wanted])


def test_the_six_departments_do_not_differ_by_more_than_chance(workforce):
    difference = differences.difference_of(workforce[0])

    assert difference is not None
    assert round(difference.icc, 3) == 0.010
    assert round(difference.p, 2) == 0.18
    assert not difference.is_real


def test_alpha_of_the_thurstone_correlations(public_file):
    with public_file("psych_Thurstone.csv").open() as file:
        rows = list(csv.reader(file))[1:]

    alpha = reliability.alpha_of(np.array([row[1:] for row in rows], dtype=float))

    assert round(alpha, 2) == 0.89


def test_alpha_of_the_attitude_of_thirty_departments(public_rows):
    answers = [list(row.values()) for row in public_rows("r_attitude_departments.csv")]

    found = reliability.reliability_of(np.array(answers, dtype=float))

    assert found is not None
    assert round(found.alpha, 2) == 0.84
    assert found.people == 30


def test_nine_theme_scores_of_each_organisation_are_the_means_of_their_questions(public_rows):
    organisations = public_rows("uk_csps_2019_organisations.csv")
    off = []
    for row in organisations:
        for theme, (first, last) in THEMES.items():
            items = [row[f"B{number:02}"] for number in range(first, last + 1)]
            shares = np.array([[float(item.rstrip("%") or "nan") for item in items]])
            score = scoring.person_means(shares)[0]
            if abs(score - float(row[theme].rstrip("%"))) > 1:
                off.append((row["Organisation"], theme, score, row[theme]))

    assert len(organisations) == 111
    assert off == []
