"""One page as one persona sees it, and what an agency wrote on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from surveys.instruments import all_instruments
from tests.cast import Cast
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import AUTHORITY, DEFINITION


def nothing(_cast: Cast) -> dict[str, object]:
    """Write nothing: the page needs no more than the cast."""
    return {}


@dataclass(frozen=True)
class Shown:
    """A page as one persona sees it; `{names}` in the path come from what `make` returns."""

    who: str
    path: str
    make: Callable[[Cast], dict[str, object]] = nothing
    # Texts on the page that an agency wrote, so that no translation is expected of them.
    written: tuple[str, ...] = ()
    status: int = 200

    def __str__(self) -> str:
        made = "" if self.make is nothing else f" {self.make.__name__}"
        return f"{self.who} {self.path}{made}"


def texts_in(part: Any) -> set[str]:
    """Return every text of a definition, which an agency wrote."""
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        return set().union(*map(texts_in, part))
    return {part} if isinstance(part, str) else set()


WRITTEN = (
    *texts_in(DEFINITION),
    *(line for text in texts_in(EVERY_TYPE) for line in text.split("\n\n")),
    *(text for instrument in all_instruments() for text in texts_in(vars(instrument))),
    "Permit assistant",
    "We ask so that training starts where it helps most.",
    AUTHORITY,
)
