"""A feature that tests can tell what to say, and the Monday on which reports go out."""

from datetime import UTC, datetime

import pytest

from buyin.features import all_features
from tests.factories.digests import Telling

# Monday of week 48 at nine; the report is about week 47.
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def telling(settings):
    """Return the class whose `tasks`, `items` and `only` a test sets."""
    settings.FEATURES = ["tests.factories.digests.Telling"]
    all_features.cache_clear()
    Telling.tasks, Telling.items, Telling.only = [], [], set()
    yield Telling
    Telling.tasks, Telling.items, Telling.only = [], [], set()
    all_features.cache_clear()


@pytest.fixture
def monday():
    """Return the moment at which reports about week 47 are due in UTC."""
    return MONDAY
