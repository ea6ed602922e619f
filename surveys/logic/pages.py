"""Which pages a person goes through: those on which something is asked of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from .plan import Plan
from .state import State, state_of


def asks_on(plan: Plan, number: int, typed: Mapping[str, Any]) -> bool:
    """Return whether a page is shown; the first one always is, for it says what all this is."""
    if plan.is_plain or number == 1:
        return True
    page = plan.definition.pages[number - 1]
    return state_of(plan, typed, plan.on(number).steps).asks(page)


def page_after(plan: Plan, number: int, typed: Mapping[str, Any]) -> int:
    """Return the number of the next page that is shown, 0 behind the last one."""
    return _first(range(number + 1, len(plan.definition.pages) + 1), plan, typed)


def page_before(plan: Plan, number: int, typed: Mapping[str, Any]) -> int:
    """Return the number of the page before that is shown, 0 before the first one."""
    return _first(range(number - 1, 0, -1), plan, typed)


def place_of(state: State, number: int) -> tuple[int, int]:
    """Return the place of a page among those that are shown, and how many are, as it stands now."""
    total = len(state.plan.definition.pages)
    if state.plan.is_plain:
        return number, total
    pages = enumerate(state.plan.definition.pages, 1)
    shown = [n for n, page in pages if n in {1, number} or state.asks(page)]
    return shown.index(number) + 1, len(shown)


def _first(numbers: Iterable[int], plan: Plan, typed: Mapping[str, Any]) -> int:
    return next((number for number in numbers if asks_on(plan, number, typed)), 0)
