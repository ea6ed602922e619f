"""What things are called: the number of the next one, and the name of a wave's scores for good."""

from itertools import chain, count
from typing import Any

from django.db.models import Max, QuerySet

from buyin.initiatives.models import Initiative
from surveys.models import Survey, Wave

LONGEST_TITLE = 90


def next_number(rows: QuerySet[Any], field: str = "number") -> int:
    """Return the number that follows the highest of these rows; call it with their owner locked."""
    highest: int | None = rows.aggregate(n=Max(field))["n"]
    return (highest or 0) + 1


def claim_name(survey: Survey) -> str:
    """Return the title, with a number where another survey of the initiative is called so already.

    Call it in the transaction that stores the name: until then nobody else claims one there.
    """
    list(Initiative.objects.select_for_update(no_key=True).filter(pk=survey.initiative_id))
    title = survey.title[:LONGEST_TITLE]
    others = Wave.objects.filter(survey__initiative=survey.initiative_id).exclude(survey=survey)
    taken = set(others.order_by().values_list("called", flat=True))
    numbered = (f"{title} ({number})" for number in count(2))
    return next(name for name in chain([title], numbered) if name not in taken)
