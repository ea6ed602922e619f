"""What stands at the head of an initiative because somebody should do something about it.

What knows it is a function that the settings name in NOTE_SOURCES, in apps that stand above this one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative

from .sources import sources_in


@dataclass(frozen=True)
class Note:
    """One sentence, and where one does something about it."""

    text: str
    action: str
    url: str


type Source = Callable[[User, Initiative], Iterable[Note]]


def notes_for(viewer: User, initiative: Initiative) -> list[Note]:
    """Return what this person should know before anything else of an initiative."""
    sources: Sequence[Source] = sources_in("NOTE_SOURCES")
    return [note for source in sources for note in source(viewer, initiative)]
