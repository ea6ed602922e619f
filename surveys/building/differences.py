"""What changed between two versions of a survey, in words that its authors use."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .outline import Raw
from .scales import points_of

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


def changes_between(before: Raw, after: Raw) -> list[Change]:
    """Return everything that is different, in the order of the newer version; what went comes last."""
    return [
        *_texts_around(before, after),
        *_pages(before, after),
        *_questions(before, after),
        *_languages(before, after),
    ]


def _texts_around(before: Raw, after: Raw) -> Iterator[Change]:
    was, now = before.get("intro", ""), after.get("intro", "")
    if was != now:
        yield Change(REWORDED, _("Introduction"), "", (Detail(_("Text"), was, now),))


def _pages(before: Raw, after: Raw) -> Iterator[Change]:
    olds = {page["code"]: page for page in before["pages"]}
    news = {page["code"]: page for page in after["pages"]}
    moved = _moved(list(olds), list(news))
    for number, (code, page) in enumerate(news.items(), 1):
        where, name = _("Page %d") % number, _page_name(page)
        if code not in olds:
            yield Change(ADDED, name, where)
            continue
        old = olds[code]
        details = tuple(
            Detail(what, old.get(field, ""), page.get(field, ""))
            for field, what in (
                ("title", _("Title")),
                ("intro", _("Introduction")),
                ("show_if", _("Shown only if")),
            )
            if old.get(field, "") != page.get(field, "")
        )
        if details:
            yield Change(CHANGED, name, where, details)
        if code in moved:
            yield Change(MOVED, name, where)
    gone = [page for code, page in olds.items() if code not in news]
    yield from (Change(REMOVED, _page_name(page), _("Page")) for page in gone)


def _questions(before: Raw, after: Raw) -> Iterator[Change]:
    olds, news = _placed(before), _placed(after)
    moved = set()
    for one in {page[2] for page, _raw in news.values()}:
        was, now = (
            [c for c, (page, _raw) in them.items() if page[2] == one] for them in (olds, news)
        )
        moved |= _moved(was, now)
    for code, (page, raw) in news.items():
        where = _("Page %(n)d: %(title)s") % {"n": page[0], "title": page[1]}
        if code not in olds:
            yield Change(ADDED, _named(raw), where)
            continue
        (old_page, old) = olds[code]
        yield from _of_question(before, old, after, raw, where)
        if old_page[2] != page[2]:
            went = Detail(_("Page"), old_page[1], page[1])
            yield Change(MOVED, _named(raw), where, (went,))
        elif code in moved:
            yield Change(MOVED, _named(raw), where)
    for code, (page, raw) in olds.items():
        if code not in news:
            where = _("Page %(n)d: %(title)s") % {"n": page[0], "title": page[1]}
            yield Change(REMOVED, _named(raw), where)


def _of_question(before: Raw, old: Raw, after: Raw, new: Raw, where: str) -> Iterator[Change]:
    """Yield what changed in one question: its words, then everything beside them."""
    name = _named(new)
    if old.get("text", "") != new.get("text", ""):
        words = Detail(_("Text"), old.get("text", ""), new.get("text", ""))
        yield Change(REWORDED, name, where, (words,))
    details = [*_fields(old, new), *_scale(before, old, after, new)]
    for kind in ("choices", "rows"):
        details += _parts(old.get(kind, []), new.get(kind, []))
    if details:
        yield Change(CHANGED, name, where, tuple(details))


def _fields(old: Raw, new: Raw) -> Iterator[Detail]:
    for field, what in FIELDS.items():
        if old.get(field) != new.get(field):
            yield Detail(str(what), _said(old.get(field)), _said(new.get(field)))


def _scale(before: Raw, old: Raw, after: Raw, new: Raw) -> Iterator[Detail]:
    was = points_of(before, old["scale"]) if "scale" in old else []
    now = points_of(after, new["scale"]) if "scale" in new else []
    if was != now:
        yield Detail(_("Scale"), " · ".join(was), " · ".join(now))


def _parts(olds: list[Raw], news: list[Raw]) -> Iterator[Detail]:
    """Yield what happened to choices or statements."""
    was = {part["code"]: part for part in olds}
    now = {part["code"]: part for part in news}
    for code, part in now.items():
        if code not in was:
            yield Detail(_("Added"), "", part["text"])
            continue
        if was[code]["text"] != part["text"]:
            yield Detail(_("Reworded"), was[code]["text"], part["text"])
        for one in _fields(was[code], part):
            yield Detail(f"{part['text']}: {one.what}", one.before, one.after)
    yield from (Detail(_("Removed"), part["text"]) for code, part in was.items() if code not in now)
    stay = [code for code in now if code in was]
    if stay != [code for code in was if code in now]:
        order = [
            " · ".join(known[code]["text"] for code in known if code in stay)
            for known in (was, now)
        ]
        yield Detail(_("Order"), *order)


def _languages(before: Raw, after: Raw) -> Iterator[Change]:
    olds, news = before.get("translations", {}), after.get("translations", {})
    for language in sorted({*olds, *news}):
        name = _("Language “%s”") % language
        if language not in olds:
            yield Change(ADDED, name, "")
        elif language not in news:
            yield Change(REMOVED, name, "")
        elif olds[language] != news[language]:
            was, now = olds[language], news[language]
            keys = [key for key in {**was, **now} if was.get(key) != now.get(key)]
            details = tuple(Detail(key, was.get(key, ""), now.get(key, "")) for key in keys)
            yield Change(CHANGED, name, "", details)


def _placed(definition: Raw) -> dict[str, tuple[tuple[int, str, str], Raw]]:
    """Return each question by its code, with the number, the title and the code of its page."""
    return {
        question["code"]: ((number, page.get("title", ""), page["code"]), question)
        for number, page in enumerate(definition["pages"], 1)
        for question in page["questions"]
    }


def _moved(olds: list[str], news: list[str]) -> set[str]:
    """Return those of both lists that stand in another order, as few as explain it."""
    was = [code for code in olds if code in set(news)]
    now = [code for code in news if code in set(olds)]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    stayed = {code for block in blocks for code in now[block.b : block.b + block.size]}
    return set(now) - stayed


def _page_name(page: Raw) -> str:
    return page.get("title") or _("Page without a title")


def _named(question: Raw) -> str:
    return str(question.get("text") or question["code"])


def _said(value: Any) -> str:
    """Return a value of a definition as a person writes it."""
    if value is None or value is False:
        return _("no") if value is False else ""
    return _("yes") if value is True else value if isinstance(value, str) else json.dumps(value)
