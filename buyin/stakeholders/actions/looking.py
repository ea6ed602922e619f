"""What is worked out of the whole registry and kept: of two who look at the same time one writes."""

from datetime import datetime
from typing import Any

from buyin.stakeholders.models.looking import LastLook


def is_first_to_write(last: LastLook | None, kind: Any, **said: Any) -> bool:
    """Write that it was looked now, unless somebody else has since `last`; return whether it was written.

    Whoever gets False has found what somebody else writes at this moment. The caller holds the
    transaction.
    """
    if last is None:
        _only, is_new = kind.objects.get_or_create(pk=kind.ONLY, defaults=said)
        return bool(is_new)
    before: datetime = last.made_at
    return bool(kind.objects.filter(pk=last.pk, made_at=before).update(**said))
