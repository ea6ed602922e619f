"""The pages that people see, once for all tests that look at every page.

A new page is one more line. `make` writes what the page shows and returns where it is found.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.cast import Cast


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
        return f"{self.who} {self.path}"


PAGES = [
    Shown("anonymous", "/"),
    Shown("anonymous", "/about/accessibility/"),
    Shown("anonymous", "/about/privacy/"),
    Shown("anonymous", "/no/such/page/", status=404),
    Shown("staff", "/about/privacy/"),
    Shown("staff", "/no/such/page/", status=404),
]
