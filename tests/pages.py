"""The pages that people see, once for all tests that look at every page.

A new page is one more line. `make` writes what the page shows and returns where it is found.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.cast import Cast
from tests.factories.initiatives import InitiativeFactory


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


def initiatives(cast: Cast) -> dict[str, object]:
    """Write two initiatives, one of them in the staff persona's department."""
    InitiativeFactory(name="Permit triage", stage="pilot", departments=[cast.roads])
    InitiativeFactory(name="Plain letters", stage="idea")
    return {}


PAGES = [
    Shown("anonymous", "/"),
    Shown("anonymous", "/about/accessibility/"),
    Shown("anonymous", "/about/privacy/"),
    Shown("anonymous", "/no/such/page/", status=404),
    Shown("staff", "/", initiatives),
    Shown("lead", "/", initiatives),
    Shown("administrator", "/", initiatives),
    Shown("staff", "/about/privacy/"),
    Shown("staff", "/no/such/page/", status=404),
]
