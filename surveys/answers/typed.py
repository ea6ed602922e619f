"""What a form posts, as it was typed, and how the pages of two tabs become one draft."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.definitions import DONT_KNOW, Item

from .wording import too_long

PREFIX = "q_"
OPEN_PAGES = 20  # the number of open pages whose last save is remembered
LONGEST = 20_000  # characters of one text that a draft keeps; more is refused, not cut

Typed = dict[str, str | list[str]]

CLIENT = re.compile(r"[\w-]{1,40}", re.ASCII)
COUNT = re.compile(r"\d{1,9}", re.ASCII)

LISTED = {"multiple", "ranking"}  # types of which one field of the form holds several values

# Everything below a space but tab and line feed, and what is not a character at all. PostgreSQL
# cannot store NUL; no screen can show the others.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Edit:
    """What one page posts: what it showed when it was made, and what is typed there now.

    The script of an open page adds its name and the number of this save, and the codes that were
    touched since the last save it knows to have arrived.
    """

    shown: Typed
    typed: Typed
    client: str = ""
    count: int = 0
    touched: frozenset[str] = frozenset()


def typed_in(items: Iterable[Item], getlist: Callable[[str], list[str]]) -> Typed:
    """Return what a form holds for these items, with line ends as the database keeps them."""
    typed: Typed = {}
    for item in items:
        if item.is_typed:
            values = [re.sub(r"\r\n?", "\n", value) for value in getlist(PREFIX + item.code)]
            typed[item.code] = _value(item, values)
    return typed


def _value(item: Item, values: list[str]) -> str | list[str]:
    """Return one text, or a list: of what was ticked, or of a text with “don't know” beside it."""
    if item.type in LISTED:
        return [value for value in values if value] if item.type == "ranking" else values
    is_beside = item.is_written and item.dont_know and DONT_KNOW in values[1:]
    return [values[0], DONT_KNOW] if is_beside else "".join(values[-1:])


def shown_in(text: str) -> Typed:
    """Return what a page showed when it was made, as its hidden field carries it."""
    try:
        shown = json.loads(text or "{}")
    except (ValueError, RecursionError):  # no page of ours is nested deeply enough for the second
        return {}
    return shown if isinstance(shown, dict) else {}


def edit_in(items: Iterable[Item], getlist: Callable[[str], list[str]]) -> Edit:
    """Return what a page of these items posts; what no page of ours would send is left out."""
    shown, client, count, touched = (
        "".join(getlist(name)[-1:]) for name in ("shown", "client", "count", "touched")
    )
    return Edit(
        shown=shown_in(shown),
        typed=typed_in(items, getlist),
        client=client if CLIENT.fullmatch(client) else "",
        count=int(count) if COUNT.fullmatch(count) else 0,
        touched=frozenset(touched.split()),
    )


def merge(kept: Mapping[str, Any], edit: Edit) -> Typed:
    """Return the draft after a save: only what changed on this page replaces what is kept.

    A stale tab posts what it showed, for fields that nobody touched there; those stay as another
    tab left them. A field that was emptied by hand differs from what was shown and is emptied.
    """
    merged = dict(kept)
    for code, value in edit.typed.items():
        nothing: str | list[str] = [] if isinstance(value, list) else ""
        if value == edit.shown.get(code, nothing) and code not in edit.touched:
            continue
        if value:
            merged[code] = value
        else:
            merged.pop(code, None)
    return merged


def counted(saves: Mapping[str, int], edit: Edit) -> dict[str, int] | None:
    """Return the last save of each open page with this one; None where a later one came first."""
    if not edit.client:
        return dict(saves)
    if edit.count <= saves.get(edit.client, 0):
        return None
    others = [(client, count) for client, count in saves.items() if client != edit.client]
    return dict([*others, (edit.client, edit.count)][-OPEN_PAGES:])


def unstorable(typed: Typed) -> dict[str, str]:
    """Return a message for each text that not even a draft can keep."""
    errors = {}
    for code, value in typed.items():
        text = "".join(value)
        if UNREADABLE.search(text):
            errors[code] = _("This text holds characters that cannot be stored. Remove them.")
        elif len(text) > LONGEST:
            errors[code] = too_long(len(text), LONGEST)
    return errors
