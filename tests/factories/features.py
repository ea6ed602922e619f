"""A feature for tests: it says whatever a test gives it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar

from django.test import override_settings

from buyin.accounts.models import User
from buyin.features import NO_COOKIES, DigestItem, Feature, Scores, Task, all_features


class Told(Feature):
    """Answers with the tasks it was told to have waiting, for everybody."""

    name = "told"
    tasks: ClassVar[list[Task]] = []

    def tasks_for(self, person: User, *, cookies: Mapping[str, str] = NO_COOKIES) -> Iterable[Task]:
        """Return the tasks that the test gave."""
        return self.tasks

    def scores(self, *, until: datetime) -> Iterable[Scores]:
        """Return no scores."""
        return []

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterable[DigestItem]:
        """Return no items."""
        return []


@contextmanager
def waiting(*tasks: Task) -> Iterator[None]:
    """Let exactly these tasks wait for everybody."""
    all_features.cache_clear()
    Told.tasks = list(tasks)
    with override_settings(FEATURES=["tests.factories.features.Told"]):
        yield
    all_features.cache_clear()
