"""What is counted once a day of a running wave, so that nobody can watch a colleague's answer arrive."""

from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.utils import timezone

from surveys.models import Wave


def counted_daily[Count](
    name: str, waves: Collection[Wave], count: Callable[[list[Wave]], dict[int, Count]]
) -> dict[int, Count]:
    """Return what was counted of each wave, by its key: today, or just now where it has closed.

    `name` tells apart what is counted; `count` counts all of these waves at once.
    """
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    keys = {wave.pk: f"surveys.{name}.{wave.pk}.{today}" for wave in waves if not wave.closed_at}
    known: dict[str, Count] = cache.get_many(keys.values()) if keys else {}
    fresh = count([wave for wave in waves if keys.get(wave.pk, "") not in known])
    new = {keys[pk]: counted for pk, counted in fresh.items() if pk in keys}
    if new:
        cache.set_many(new, timeout=_seconds_left_today())
    return fresh | {pk: known[key] for pk, key in keys.items() if key in known}


def _seconds_left_today() -> int:
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    return max(1, int((midnight - now).total_seconds()))
