"""The form of an assessment: what is needed first, the rest folded away until it says something."""

import re
from datetime import date

import pytest
from django.utils import timezone

from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

NEEDED = ["current", "desired", "power", "interest", "rationale"]
BESIDES = [
    "on",
    "desired_by",
    "legitimacy",
    "urgency",
    "impact",
    "evidence",
    "source",
    "confidence",
]


@pytest.fixture
def parties(cast):
    """Whom an assessment is about, and for which initiative."""
    return {
        "stakeholder": StakeholderFactory(name="Ruth Roads", department=cast.roads),
        "initiative": InitiativeFactory(name="Pothole finder", departments=[cast.roads]),
    }


def at(about):
    return f"/stakeholders/{about.stakeholder_id}/initiatives/{about.pk}/"


def names(html):
    return re.findall(r'\bname="(\w+)"', html)


def folded(page):
    """Return the part of a form that is folded away, and whether it stands open."""
    before, _fold, after = page.partition('<details class="fold"')
    head, _end, rest = after.partition(">")
    return before, rest.partition("</details>")[0], "open" in head


def test_an_assessment_asks_for_what_is_needed_first_and_drops_nothing(sign_in, parties):
    about = InterestFactory(**parties, power=4, current=3)

    answer = sign_in("coordinator").get(at(about))

    first, more, is_open = folded(answer.text)
    assert names(first)[-len(NEEDED) :] == NEEDED
    assert names(more) == BESIDES
    assert not is_open


@pytest.mark.parametrize("noted", [{"urgency": 1}, {"desired_by": date(2027, 1, 1)}])
def test_what_is_noted_besides_stands_open(sign_in, parties, noted):
    about = InterestFactory(**parties, **noted)

    answer = sign_in("coordinator").get(at(about))

    assert folded(answer.text)[2]


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        ({}, False),
        ({"on": ""}, True),
        ({"on": "2026-02-30"}, True),
        ({"on": "2026-01-02"}, True),
        ({"evidence": "Minutes"}, True),
        ({"confidence": "1"}, True),
        ({"source": "survey"}, True),
        ({"impact": "9"}, True),
    ],
)
def test_what_is_typed_besides_or_has_to_be_mended_stands_open(sign_in, parties, said, is_open):
    about = InterestFactory(**parties)
    today = timezone.localdate().isoformat()
    sent = {"on": today, "source": "manual", "power": "wrong"} | said

    answer = sign_in("coordinator").post(at(about), sent)

    assert answer.status_code == 200
    assert folded(answer.text)[2] is is_open
