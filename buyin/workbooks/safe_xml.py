"""XML from strangers: no document types, so no entities and no other files, and no more than fits.

defusedxml reads it. What it does not look at is how much there is, so that is counted first.
"""

import io
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser, fromstring
from django.utils.translation import gettext as _

from buyin.uploads.progress import Watched

from .refusals import RefusedFileError

CHUNK = 64 * 1024
DEEPEST = 50
MOST_PARTS = 500_000  # elements and attributes that are in memory at once
# The last two are what the parser says of encodings that it does not know.
NO_XML = (ParseError, UnicodeError, LookupError)


class Limits:
    """Counts the parts of a document while it is parsed, and keeps nothing of it."""

    def __init__(self) -> None:
        self._depth = self._parts = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Count an element that begins."""
        self._depth += 1
        self._parts += 1 + len(attributes)
        if self._depth > DEEPEST:
            raise RefusedFileError(_("The XML inside is nested too deeply."))
        if self._parts > MOST_PARTS:
            raise RefusedFileError(_("The XML inside has too many parts."))

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        self._depth -= 1

    def close(self) -> None:
        """Give nothing back: a parser asks for it at the end."""


def read_xml(content: bytes) -> Element:
    """Return the outermost element; raise RefusedFileError where this is no XML or made to harm."""
    try:
        scan(io.BytesIO(content), Limits())
        return fromstring(content, forbid_dtd=True)
    except NO_XML as error:
        raise RefusedFileError(_("The XML inside cannot be read: %s.") % error) from error


def scan(source: IO[bytes] | Watched, limits: Limits) -> None:
    """Raise RefusedFileError where there is too much or a document type, NO_XML where it is no XML."""
    parser = XMLParser(target=limits, forbid_dtd=True)
    try:
        while chunk := source.read(CHUNK):
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        why = _("The XML inside declares a document type. That is never read.")
        raise RefusedFileError(why) from error
