"""Likely doubles are looked for where anything changed, and what was found is kept."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from buyin.stakeholders.models import DoublesSearch, LikelyDouble
from buyin.stakeholders.queries.doubles import registered

from .looking import is_first_to_write

BATCH = 500
WHY = ("sureness", "score", "reasons")


def look_for_doubles() -> bool:
    """Look anew for pairs that may be one, unless nothing changed; return whether that was done.

    It is looked before anything is written, so that nobody waits for it. Of two who look at the
    same time, one writes.
    """
    began = timezone.now()
    last = DoublesSearch.objects.filter(pk=DoublesSearch.ONLY).first()
    those = registered()
    if last and last.is_good(those.digest, began):
        return False
    pairs = those.pairs()
    with transaction.atomic():
        is_mine = is_first_to_write(last, DoublesSearch, digest=those.digest, made_at=began)
        if is_mine:
            _keep(pairs)
    return is_mine


def _keep(pairs: Sequence[LikelyDouble]) -> None:
    """Keep these pairs and no others; those that are kept already stay as they are."""
    kept = {_pair(one): one for one in LikelyDouble.objects.all()}
    fresh = {_pair(one): one for one in pairs}
    new = [one for pair, one in fresh.items() if pair not in kept or _differ(one, kept[pair])]
    gone = [one.pk for pair, one in kept.items() if pair not in fresh or _differ(one, fresh[pair])]
    LikelyDouble.objects.filter(pk__in=gone).delete()
    LikelyDouble.objects.bulk_create(new, batch_size=BATCH)


def _pair(one: LikelyDouble) -> tuple[int, int]:
    return one.first, one.second


def _differ(one: LikelyDouble, other: LikelyDouble) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in WHY)
