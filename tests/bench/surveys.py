"""A survey of twenty statements on one page, for the measurements."""

from typing import Any

from buyin.accounts.models import Department
from surveys.models import Wave
from tests.factories.surveys import POINTS, make_wave

STATEMENTS = 20
DIMENSIONS = ("commitment", "confidence", "skills", "resources", "openness")


def statement(number: int) -> dict[str, Any]:
    """Return one statement; the twenty share the five dimensions."""
    return {
        "code": f"q{number}",
        "type": "likert",
        "text": f"Statement {number}: I know what the new assistant changes in my daily work.",
        "scale": "agree5",
        "dimension": DIMENSIONS[number % len(DIMENSIONS)],
        "required": True,
    }


DEFINITION: dict[str, Any] = {
    "schema": 1,
    "language": "en",
    "intro": "",
    "scales": {"agree5": [{"code": str(n), "text": text} for n, text in enumerate(POINTS, 1)]},
    "pages": [
        {
            "code": "all",
            "title": "Your view",
            "questions": [statement(n) for n in range(1, STATEMENTS + 1)],
        }
    ],
}


def wave_of_twenty(*departments: Department, **fields: Any) -> Wave:
    """Return an open wave of that survey for these departments."""
    return make_wave(*departments, definition=DEFINITION, **fields)
