"""Who reads an uploaded file: one at a time, for a while, and told how far it is."""

import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .files import Upload

MOST_TRIES = 3
NOTED_EVERY = 1.0  # seconds
LEASE = timedelta(seconds=60)
KEPT = timedelta(days=7)
LONGEST_NAME = 200


@transaction.atomic
def claimed[F: Upload](waiting: QuerySet[F], file: int) -> F | None:
    """Return this file, counted as tried once more; None where it does not wait or is taken.

    Whoever died with a file in hand leaves it to the next when the time is over. Who writes what it
    holds keeps its row locked, however long that takes.
    """
    is_free = Q(leased_until=None) | Q(leased_until__lte=timezone.now())
    free = waiting.filter(is_free, pk=file)
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True, of=("self",))  # owners may be null
    found = free.first()
    if found is not None:
        found.tries += 1
        found.leased_until = timezone.now() + LEASE
        found.save(update_fields=["tries", "leased_until"])
    return found


class Noted:
    """Notes how far the reading of a file is, so seldom that it costs nothing."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows
        self._next = time.monotonic() + NOTED_EVERY

    def __call__(self, share: float) -> None:
        """Note this share, unless another was noted a moment ago; the file stays taken."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + NOTED_EVERY
            percent = min(int(100 * share), 99)
            self._rows.update(percent=percent, leased_until=timezone.now() + LEASE)
