"""A survey of twenty statements on one page, for the measurements, and answers to it."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from buyin import periods
from buyin.accounts.models import Department
from surveys.models import Response, Wave
from tests.factories.surveys import POINTS, make_wave

STATEMENTS = 20
DIMENSIONS = ("commitment", "confidence", "skills", "resources", "openness")

INSERT = """
    INSERT INTO {table} (id, wave_id, department_id, week, answers)
    SELECT gen_random_uuid(), %s, (%s::bigint[])[1 + number %% %s], %s, (
        SELECT jsonb_object_agg('q' || q, 1 + (abs(hashint4(number * 31 + q)::bigint) + number) %% 5)
        FROM generate_series(1, %s) AS q
    )
    FROM generate_series(1, %s) AS number
"""


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


def answer(wave: Wave, departments: Sequence[Department], responses: int) -> None:
    """Give the wave so many responses, spread over these departments."""
    sql = INSERT.format(table=Response._meta.db_table)
    ids = [department.pk for department in departments]
    week = periods.week_of(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(sql, [wave.pk, ids, len(ids), week, STATEMENTS, responses])
        cursor.execute("ANALYZE")
