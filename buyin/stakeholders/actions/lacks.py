"""Each minute it is looked in which initiatives somebody is missing, and these are kept."""

from collections.abc import Set as AbstractSet
from itertools import batched

from django.db import transaction
from django.utils import timezone

from buyin.stakeholders.models import LackingInitiative, LacksSearch
from buyin.stakeholders.queries.lacking import lacking_everywhere

from .looking import is_first_to_write

BATCH = 500


def look_for_lacks() -> bool:
    """Look where somebody is missing and keep which initiatives these are; return whether it was done.

    It is looked before anything is written, so that nobody waits for it. Of two who look at the
    same time, one writes.
    """
    began = timezone.now()
    last = LacksSearch.objects.filter(pk=LacksSearch.ONLY).first()
    found = lacking_everywhere()
    with transaction.atomic():
        is_mine = is_first_to_write(last, LacksSearch, made_at=began, many=len(found))
        if is_mine:
            _keep(found)
    return is_mine


def _keep(found: AbstractSet[int]) -> None:
    """Keep these and no others; those that are kept already stay as they are."""
    kept = set(LackingInitiative.objects.order_by().values_list("initiative", flat=True))
    for some in batched(sorted(kept - found), BATCH):
        LackingInitiative.objects.filter(initiative__in=some).delete()
    LackingInitiative.objects.bulk_create(
        (LackingInitiative(initiative=pk) for pk in sorted(found - kept)), batch_size=BATCH
    )
