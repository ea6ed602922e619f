"""What tests of races share: several connections to PostgreSQL that act at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from surveys.actions.refusals import ChangedMeanwhileError, RefusedError

ON_POSTGRESQL = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="races need PostgreSQL"),
]
AT_ONCE = 8


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Do something in several connections at once and return what each gave."""

    def done(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(done, range(AT_ONCE)))


def endings(act: Callable[[int], Any]) -> Counter[str]:
    """Do something in several connections at once and count how each ended.

    Whoever is told that somebody else was first is `told`; what is refused otherwise is `refused`.
    """

    def ended(number: int) -> str:
        try:
            act(number)
        except ChangedMeanwhileError:
            return "told"
        except RefusedError:
            return "refused"
        return "done"

    return Counter(at_once(ended))
