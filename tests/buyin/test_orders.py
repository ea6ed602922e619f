"""Long lists come in their order out of an index: PostgreSQL does not sort a whole agency for a page."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from buyin.initiatives.queries.public import listed, values_in_use
from buyin.stakeholders.models import Stakeholder

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL tells how it reads an index"
    ),
]


# On a table with hardly a row every way costs the same; so all but the one that is meant is closed.
CLOSED = ("seqscan", "bitmapscan", "sort", "hashagg")


def plan_of(ask, *closed):
    """Return how PostgreSQL reads what is asked for where it has no other choice than an index."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    [query] = asked
    with transaction.atomic(), connection.cursor() as cursor:
        for way in (*CLOSED, *closed):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {query['sql']}")
        return "\n".join(line for (line,) in cursor.fetchall())


def test_the_public_register_is_read_in_its_order():
    plan = plan_of(lambda: list(listed()[:25]))

    assert "published_in_order" in plan
    assert "Sort" not in plan


def test_the_filters_of_the_public_register_are_read_from_an_index_alone():
    assert "Index Only Scan using published_by_filters" in plan_of(values_in_use, "indexscan")


def test_stakeholders_are_read_by_name_from_an_index_alone():
    rows = Stakeholder.objects.standing_alone().current().order_by("name", "pk").values("pk")
    plan = plan_of(lambda: list(rows[:50]), "indexscan")

    assert "Index Only Scan using stakeholder_by_name" in plan
    assert "Sort" not in plan
