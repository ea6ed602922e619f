"""Functions of apps that stand above initiatives: named in the settings, never imported."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def sources_in(setting: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions that a setting names, in its order."""
    return tuple(import_string(path) for path in getattr(settings, setting))
