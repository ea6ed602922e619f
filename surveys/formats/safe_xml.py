"""XML from strangers, read piece by piece: no document types, so no entities and no other files."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from .reports import RefusedFileError

CHUNK = 64 * 1024
DEEPEST = 50
MOST_PARTS = 500_000  # of one piece, which is in memory as a whole


@dataclass(slots=True)
class Element:
    """One element: its name and attributes without their namespaces, its text and its parts."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    parts: "list[Element]" = field(default_factory=list)

    def all(self, name: str) -> "Iterator[Element]":
        """Yield the direct parts of this name."""
        return (part for part in self.parts if part.name == name)

    def first(self, name: str) -> "Element | None":
        """Return the first direct part of this name."""
        return next(self.all(name), None)


def elements(source: IO[bytes], *wanted: str) -> Iterator[Element]:
    """Yield each outermost element of these names as soon as it is complete."""
    reading = _Reading(frozenset(wanted))
    while chunk := source.read(CHUNK):
        reading.feed(chunk)
        yield from reading.done()
    reading.feed(b"", is_last=True)
    yield from reading.done()


class _Reading:
    """The state between the chunks of one document."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._open: list[Element] = []
        self._depth = 0
        self._parts = 0
        self._texts: list[list[str]] = []
        self._ready: deque[Element] = deque()
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = _no_document_type

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, UnicodeError, LookupError) as error:
            raise RefusedFileError(_("The XML inside cannot be read: %s.") % error) from error

    def done(self) -> Iterator[Element]:
        while self._ready:
            yield self._ready.popleft()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise RefusedFileError(_("The XML inside is nested too deeply."))
        self._parts = self._parts + 1 if self._open else 0
        if self._parts > MOST_PARTS:
            raise RefusedFileError(_("The XML inside has too many parts."))
        name = _local(tag)
        if not self._open and name not in self._wanted:
            return
        element = Element(name, {_local(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].parts.append(element)
        self._open.append(element)
        self._texts.append([])

    def _characters(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _end(self, _tag: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element = self._open.pop()
        element.text = "".join(self._texts.pop())
        if not self._open:
            self._ready.append(element)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _no_document_type(*_declaration: object) -> None:
    raise RefusedFileError(_("The XML inside declares a document type. That is never read."))
