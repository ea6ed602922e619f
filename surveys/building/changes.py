"""The words in which versions are compared: what happened to a part, and what is different in it."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

ADDED, REMOVED, MOVED, REWORDED, CHANGED = "added", "removed", "moved", "reworded", "changed"
KINDS: dict[str, Promise] = {
    ADDED: _lazy("added"),
    REMOVED: _lazy("removed"),
    MOVED: _lazy("moved"),
    REWORDED: _lazy("reworded"),
    CHANGED: _lazy("changed"),
}
# What stands beside the text of a question, in the order in which it is told.
FIELDS: dict[str, Promise] = {
    "help": _lazy("Help text"),
    "required": _lazy("Must be answered"),
    "required_if": _lazy("Must be answered if"),
    "show_if": _lazy("Asked only if"),
    "constraint": _lazy("The answer must fulfil"),
    "constraint_message": _lazy("What people read if it does not"),
    "dont_know": _lazy("“Don't know” is offered"),
    "reversed": _lazy("Agreeing means less ready"),
    "dimension": _lazy("Dimension of readiness"),
    "min": _lazy("Smallest"),
    "max": _lazy("Largest"),
    "unit": _lazy("Unit"),
    "max_length": _lazy("Longest answer"),
    "low": _lazy("What 0 means"),
    "high": _lazy("What 10 means"),
    "value": _lazy("Value"),
    "exclusive": _lazy("Excludes all others"),
    "other": _lazy("Asks for own words"),
    "source": _lazy("Source"),
}


@dataclass(frozen=True)
class Detail:
    """One thing that is different: what, and how it was and is; either may be empty."""

    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Change:
    """What happened to one part of a survey."""

    kind: str
    subject: str
    where: str
    details: tuple[Detail, ...] = ()

    @property
    def word(self) -> str:
        """Return what happened in one word."""
        return str(KINDS[self.kind])


def moved_in(olds: list[str], news: list[str]) -> set[str]:
    """Return those of both lists that stand in another order, as few as explain it."""
    was = [code for code in olds if code in set(news)]
    now = [code for code in news if code in set(olds)]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    stayed = {code for block in blocks for code in now[block.b : block.b + block.size]}
    return set(now) - stayed
