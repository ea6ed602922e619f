"""Where levels and evidence disagree in a whole agency: found, counted and ordered by the database.

What speaks against a level is what `evidence.against` says; this says the same of thousands at once.
The statement is written by hand: by the ORM it would go through all that happened once for each thing
that may speak against a level, and take longer to be put into words than a small agency to be read.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from buyin.accounts.models import User
from buyin.stakeholders.evidence import (
    COLD,
    LATEST,
    QUIET_DAYS,
    RESISTANT,
    SUPPORTIVE,
    UNAWARE,
    WARM,
)
from buyin.stakeholders.models import Commitment, Engagement, Interest

from .by_hand import InParts, quoted, rows_of, worded

# `judged`, `commitment` and what is `readable` come from the ORM, which knows who may read what. Of
# commitments the amounts count that they repeat themselves. An engagement about no initiative comes
# before one of the same day that is about theirs, as in `ledger.facts_of`.
FOUND = """
WITH judged (id, stakeholder, initiative, level, since) AS ({judged}),
commitment (id, stakeholder, initiative, needed_by, declined_on, requested, pledged, committed, received)
    AS ({commitments}),
met AS MATERIALIZED (
    SELECT judged.id, level, e.id AS engagement, e.initiative_id AS about, e.day, e.sentiment,
        e.is_confidential
    FROM judged
    JOIN stakeholders_participation p ON p.stakeholder_id = judged.stakeholder
    JOIN stakeholders_engagement e ON e.id = p.engagement_id
    WHERE (e.initiative_id = judged.initiative OR e.initiative_id IS NULL)
        AND e.day > since AND e.day <= {today}
),
mood AS (
    SELECT id, level, sentiment, ROW_NUMBER() OVER (PARTITION BY id ORDER BY day DESC,
        CASE WHEN about IS NULL THEN 0 ELSE 1 END, engagement DESC) AS place
    FROM met
    WHERE sentiment IS NOT NULL AND (NOT is_confidential OR engagement IN ({readable}))
),
promised AS MATERIALIZED (
    SELECT judged.id, level, since, c.id AS commitment, c.needed_by,
        c.declined_on, (c.pledged > 0 OR c.committed > 0 OR c.received > 0) AS is_made,
        (c.received > 0 AND c.received >= c.requested) AS is_kept
    FROM judged
    JOIN commitment c ON c.stakeholder = judged.stakeholder AND c.initiative = judged.initiative
    WHERE (c.needed_by >= since AND c.needed_by < {today})
        OR c.declined_on > since OR c.received > 0
),
reason (id) AS (
    SELECT DISTINCT id FROM met WHERE level = {unaware}
    UNION ALL
    SELECT id FROM mood WHERE place <= {latest} GROUP BY id, level HAVING COUNT(*) = {latest} AND CASE
        WHEN level >= {supportive} THEN SUM(sentiment) <= {cold}
        ELSE level = {resistant} AND SUM(sentiment) >= {warm} END
    UNION ALL
    SELECT DISTINCT id FROM promised WHERE level >= {supportive} AND is_made AND NOT is_kept
        AND declined_on IS NULL AND needed_by >= since AND needed_by < {today}
    UNION ALL
    SELECT DISTINCT id FROM promised WHERE level >= {supportive} AND declined_on > since
    UNION ALL
    SELECT DISTINCT id FROM promised WHERE level = {resistant} AND is_kept AND NOT EXISTS ({before})
),
counted AS MATERIALIZED (SELECT id, COUNT(*) AS many FROM reason GROUP BY id),
found AS MATERIALIZED (
    SELECT judged.id, CASE WHEN counted.many IS NULL THEN 1 WHEN {is_quiet} THEN counted.many + 1
        ELSE counted.many END AS many
    FROM judged LEFT JOIN counted ON counted.id = judged.id
    WHERE counted.many IS NOT NULL OR {is_quiet}
)
"""
IN_ORDER = (
    "SELECT id, (SELECT COUNT(*) FROM found) FROM found ORDER BY many DESC, id LIMIT %s OFFSET %s"
)
WITH_NUMBER = "SELECT id, many FROM found"
IS_QUIET = """level >= {supportive} AND since <= {quiet}
    AND judged.id NOT IN (SELECT id FROM met WHERE day > {quiet})"""
# An entry by the day of the assessment since which all of it has been there.
BEFORE = """
    SELECT 1 FROM stakeholders_commitmententry e
    WHERE e.commitment_id = promised.commitment AND e.day <= promised.since
        AND NOT EXISTS (
            SELECT 1 FROM stakeholders_commitmententry o
            WHERE o.commitment_id = e.commitment_id AND (o.day, o.id) >= (e.day, e.id)
                AND ({received} = 0 OR {received} < {requested})
        )
"""
STANDS = """COALESCE((
    SELECT n.amount FROM stakeholders_commitmententry n
    WHERE n.commitment_id = o.commitment_id AND n.step = '{step}' AND (n.day, n.id) <= (o.day, o.id)
    ORDER BY n.day DESC, n.id DESC LIMIT 1
), 0)"""
AT_ONCE = 200  # fetched with their number: thousands cost more to fetch than to find
AMOUNTS = ("requested", "pledged", "committed", "received")


class Found(InParts):
    """Ids in order; some of them are fetched at once with their number, the others as they are asked for."""

    def __init__(self, statement: str, values: Sequence[Any]) -> None:
        self.statement, self.values = statement, values

    @cached_property
    def _first(self) -> tuple[list[int], int]:
        rows = self._rows(0, AT_ONCE)
        return [pk for pk, _number in rows], rows[0][1] if rows else 0

    def _rows(self, start: int, many: int) -> list[tuple[Any, ...]]:
        return rows_of(self.statement, [*self.values, many, start])

    def __len__(self) -> int:
        return self._first[1]

    def between(self, start: int, stop: int) -> list[int]:
        """Return the ids in these places; one query for those that come after the first."""
        first = self._first[0]
        if stop <= len(first):
            return first[start:stop]
        return [pk for pk, _number in self._rows(start, max(stop - start, 0))]


def disagreeing_ids(viewer: User, interests: QuerySet[Interest]) -> Found:
    """Return the ids of those of these interests where level and evidence disagree.

    Those with most against them come first, as in `disagreements`; `interests` are those that the
    viewer may read. It costs at the most what it costs for all of the agency.
    """
    commitments = Commitment.objects.visible_to(viewer)
    found, values = _worded(interests, commitments, Engagement.objects.visible_to(viewer))
    return Found(found + IN_ORDER, values)


def disagreeing_everywhere(readable: QuerySet[Engagement]) -> dict[int, int]:
    """Return how many things speak against each level of the agency, by the ids of their interests.

    Of what is confidential it counts how these went, and how no other did.
    """
    current = Interest.objects.of_current()
    found, values = _worded(current, Commitment.objects.all(), readable)
    return dict(rows_of(found + WITH_NUMBER, values))


def _worded(
    interests: QuerySet[Interest],
    commitments: QuerySet[Commitment],
    engagements: QuerySet[Engagement],
) -> tuple[str, list[Any]]:
    subqueries, values = [], []
    for rows in (
        interests.values_list("pk", "stakeholder", "initiative", "current", "assessed_on"),
        commitments.values_list(
            "pk", "stakeholder", "initiative", "needed_by", "declined_on", *AMOUNTS
        ),
        engagements.filter(is_confidential=True).values_list("pk"),
    ):
        sql, params = worded(rows)
        subqueries.append(sql)
        values += params
    return _statement(*subqueries), values


def _statement(judged: str, commitments: str, readable: str) -> str:
    today = timezone.localdate()
    quiet = quoted(today - timedelta(days=QUIET_DAYS))
    amounts = {step: STANDS.format(step=step) for step in ("received", "requested")}
    return FOUND.format(
        judged=judged,
        commitments=commitments,
        readable=readable,
        is_quiet=IS_QUIET.format(supportive=SUPPORTIVE, quiet=quiet),
        before=BEFORE.format(**amounts),
        today=quoted(today),
        unaware=UNAWARE,
        resistant=RESISTANT,
        supportive=SUPPORTIVE,
        latest=LATEST,
        cold=COLD * LATEST,
        warm=WARM * LATEST,
    )
