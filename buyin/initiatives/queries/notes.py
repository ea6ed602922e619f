"""What stands at the head of an initiative because somebody should do something about it.

What knows it is a function that the settings name in NOTE_SOURCES, in apps that stand above this one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative


@dataclass(frozen=True)
class Note:
    """One sentence, and where one does something about it."""

    text: str
    action: str
    url: str


type Source = Callable[[User, Initiative], Iterable[Note]]


def notes_for(viewer: User, initiative: Initiative) -> list[Note]:
    """Return what this person should know before anything else of an initiative."""
    return [note for source in _sources() for note in source(viewer, initiative)]


@cache
def _sources() -> tuple[Source, ...]:
    return tuple(import_string(path) for path in settings.NOTE_SOURCES)
