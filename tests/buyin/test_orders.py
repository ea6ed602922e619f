"""Long lists come in their order out of an index: PostgreSQL does not sort a whole agency for a page."""

import pytest
from django.db import connection, transaction

from buyin.initiatives.models import Publication
from buyin.initiatives.queries.public import listed, values_in_use
from buyin.stakeholders.models import Stakeholder

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="only PostgreSQL tells how it reads an index"
    ),
]


def plan_of(rows):
    """Return how PostgreSQL reads these rows where it has no other choice than an index."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        return rows.explain()


def test_the_public_register_is_read_in_its_order():
    plan = plan_of(listed()[:25])

    assert "published_in_order" in plan
    assert "Sort" not in plan


def test_the_filters_of_the_public_register_are_read_from_an_index_alone():
    rows = Publication.objects.current().order_by()
    plan = plan_of(rows.values_list("stage", "topic", "department", "impact").distinct())

    assert "Index Only Scan using published_by_filters" in plan
    assert values_in_use() == {}


def test_stakeholders_are_read_by_name_from_an_index_alone():
    plan = plan_of(
        Stakeholder.objects.standing_alone().current().order_by("name", "pk").values("pk")[:50]
    )

    assert "Index Only Scan using stakeholder_by_name" in plan
    assert "Sort" not in plan
