"""Levels are compared with the evidence each minute, and where they disagree is kept."""

from collections.abc import Mapping
from itertools import batched

from django.db import transaction
from django.utils import timezone

from buyin.stakeholders.models import DisagreeingLevel, Engagement, LevelsSearch
from buyin.stakeholders.queries.disagreeing import disagreeing_everywhere

from .looking import is_first_to_write

BATCH = 500
type Numbers = tuple[int, int]  # what speaks against it in all, and in the open


def look_at_levels() -> bool:
    """Compare all levels with the evidence and keep where they disagree; return whether that was done.

    It is looked before anything is written, so that nobody waits for it. Of two who look at the
    same time, one writes.
    """
    began, day = timezone.now(), timezone.localdate()
    last = LevelsSearch.objects.filter(pk=LevelsSearch.ONLY).first()
    found = _found()
    many = sum(every > 0 for every, _of_open in found.values())
    many_open = sum(of_open > 0 for _every, of_open in found.values())
    with transaction.atomic():
        said = {"made_at": began, "day": day, "many": many, "many_open": many_open}
        is_mine = is_first_to_write(last, LevelsSearch, **said)
        if is_mine:
            _keep(found)
    return is_mine


def _found() -> dict[int, Numbers]:
    """Return what speaks against levels, by the ids of their interests."""
    every = disagreeing_everywhere(Engagement.objects.all())
    of_open = disagreeing_everywhere(Engagement.objects.none())
    return {pk: (every.get(pk, 0), of_open.get(pk, 0)) for pk in every.keys() | of_open.keys()}


def _keep(found: Mapping[int, Numbers]) -> None:
    """Keep these and no others; those that are kept already stay as they are."""
    rows = DisagreeingLevel.objects.order_by().values_list("interest", "many", "many_open")
    kept = {pk: (many, of_open) for pk, many, of_open in rows}
    for some in batched(sorted(kept.keys() - found.keys()), BATCH):
        DisagreeingLevel.objects.filter(interest__in=some).delete()
    DisagreeingLevel.objects.bulk_create(
        (
            DisagreeingLevel(interest=pk, many=many, many_open=of_open)
            for pk, (many, of_open) in sorted(found.items())
            if kept.get(pk) != (many, of_open)
        ),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["interest"],
        update_fields=["many", "many_open"],
    )
