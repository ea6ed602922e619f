"""A language that does not exist: every translated text stands in brackets.

Whatever a person can read on a page and that stands outside them was forgotten.
"""

import re
from html.parser import HTMLParser
from typing import Any, cast

import pytest
from django.utils import translation

OPEN, CLOSE = "⟦", "⟧"
LETTERS = re.compile(r"[^\W\d_]{2,}")
# What nobody sees, words that belong to files and programs, and names of what is published elsewhere.
UNSEEN = {"script", "style", "code", "cite"}
ADDRESS = re.compile(r"https?://\S+")
READ_OUT = {"aria-label", "title", "alt", "placeholder", "data-left", "data-over"}


def bracket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put every text that passes through gettext into brackets."""
    engine = cast("Any", translation)._trans

    def one(message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def many(singular: str, plural: str, number: int) -> str:
        return one(singular if number == 1 else plural)

    monkeypatch.setattr(engine, "gettext", one, raising=False)
    monkeypatch.setattr(engine, "ngettext", many, raising=False)
    monkeypatch.setattr(engine, "pgettext", lambda _context, message: one(message), raising=False)
    monkeypatch.setattr(
        engine, "npgettext", lambda _context, *message: many(*message), raising=False
    )


def outside(text: str) -> str:
    """Return what stands in no brackets; a bracketed text may hold another one."""
    shorter = re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
    return text if shorter == text else outside(shorter)


class Reader(HTMLParser):
    """Collects the words of a page that stand outside the brackets."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.unseen = 0
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read what the tag says aloud."""
        self.unseen += tag in UNSEEN
        for name, value in attrs:
            if name in READ_OUT and value:
                self.note(outside(value))

    def handle_endtag(self, tag: str) -> None:
        """Leave a part that nobody sees."""
        self.unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        """Read a text, which may begin or end a bracket in the middle."""
        if self.unseen:
            return
        for piece in re.split(f"([{OPEN}{CLOSE}])", data):
            if piece in {OPEN, CLOSE}:
                self.depth += 1 if piece == OPEN else -1
            elif self.depth == 0:
                self.note(piece)

    def note(self, text: str) -> None:
        """Keep a text that has words in it."""
        text = ADDRESS.sub("", text)
        if LETTERS.search(text):
            self.outside.append(" ".join(text.split()))


def untranslated(page: str, *, written: set[str]) -> list[str]:
    """Return the texts of a page that are neither translated nor written by an agency."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    known_texts = {" ".join(ADDRESS.sub("", text).split()) for text in written} - {""}
    longest_first = sorted(known_texts, key=len, reverse=True)
    left = []
    for text in reader.outside:
        rest = text
        for known in longest_first:
            rest = rest.replace(known, "")
        if LETTERS.search(rest):
            left.append(text)
    return left
