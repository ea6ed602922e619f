"""One cell of a list: its value, or in words why it has none."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from buyin.lines import seen
from buyin.stakeholders.matching import folded_name
from buyin.tables.dates import DAY, read_day
from buyin.tables.folding import folded, says_nothing

from .fields import Field, Kind
from .words import Vocabulary, yes_or_no

Value = str | int | bool | list[str]
Cell = tuple[Value | None, str]  # what it says, and what is odd about it
Read = Callable[[str], Cell]

FORMULA = re.compile(r"[=＝]")
SHORTENED_NUMBER = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
# Read once from left to right, whatever somebody sends.
ADDRESS = re.compile(r"<\s*+([^<>\s@]++@[^<>\s]++)\s*+>")
SEVERAL = re.compile(r"(?<![;,\s|])[;,\s|]++(?=[^\s@]++@)")
PARTS = re.compile(r"[;,|\n]")
LONGEST_TAG = 40
LONGEST_READ = 1_000  # characters of a cell that holds one thing
OF_ANY_LENGTH = frozenset({Kind.LINE, Kind.TAGS})  # they say themselves what is too long


def reader_of(
    field: Field, vocabulary: Vocabulary, learned: Mapping[str, str], today: date
) -> Read:
    """Return who reads the cells of this field. `learned` are codes that somebody gave to texts."""
    readers: dict[Kind, Read] = {
        Kind.LINE: lambda text: _line(text, field.longest),
        Kind.MAIL: _mail,
        Kind.PHONE: lambda text: _phone(text, field.longest),
        Kind.CHOICE: lambda text: _choice(text, vocabulary.choices.get(field.name, {}), learned),
        Kind.YES_NO: _yes_no,
        Kind.DAY: lambda text: _day(text, today),
        Kind.DEPARTMENT: lambda text: _department(text, vocabulary.departments, learned),
        Kind.OWNER: lambda text: _owner(text, vocabulary.owners),
        Kind.TAGS: _tags,
    }
    read = readers[field.kind]

    def reading(text: str) -> Cell:
        if says_nothing(text):
            return None, ""
        if FORMULA.match(text.lstrip("'")):
            return None, _("This is a formula. Only values are read.")
        if len(text) > LONGEST_READ and field.kind not in OF_ANY_LENGTH:
            return None, _("This is longer than %(most)d characters.") % {"most": LONGEST_READ}
        return read(text)

    return reading


def _line(text: str, longest: int) -> Cell:
    line = seen(text)
    if len(line) > longest:
        return None, _("This is longer than %(most)d characters.") % {"most": longest}
    return line or None, ""


def _mail(text: str) -> Cell:
    """Read one address; of several the first, with a remark."""
    named = ADDRESS.search(text)
    first, *others = SEVERAL.split(seen(named[1] if named else text).removeprefix("mailto:"))
    address = first.strip(" ;,").lower()
    try:
        validate_email(address)
    except ValidationError:
        return None, _("This is not a mail address.")
    odd = _("There are several addresses. The first is taken.") if others else ""
    return address, odd


def _phone(text: str, longest: int) -> Cell:
    if SHORTENED_NUMBER.fullmatch(text.strip()):
        return None, _("A spreadsheet has shortened this number. Its last digits are lost.")
    return _line(text.removeprefix("'"), longest)


def _choice(text: str, codes: Mapping[str, str], learned: Mapping[str, str]) -> Cell:
    key = folded(text)
    code = codes.get(key) or learned.get(key)
    return (code, "") if code else (None, _("This word is none of the choices."))


def _yes_no(text: str) -> Cell:
    said = yes_or_no(text)
    return said, "" if said is not None else _("This says neither yes nor no.")


def _day(text: str, today: date) -> Cell:
    found = read_day(text)
    if not found["date"]:
        return None, _("This is no date that we can read.")
    if date.fromisoformat(found["date"]) > today:
        return None, _("This day is still to come.")
    odd = "" if found["precision"] == DAY else _("No day is given. The first is taken.")
    return found["date"], odd


def _department(
    text: str, departments: Mapping[str, tuple[int, ...]], learned: Mapping[str, str]
) -> Cell:
    """Read a department by its code, else by its name; `learned` says the code for other texts."""
    said = learned.get(folded(text), text)
    return _only(
        departments.get(seen(said).lower()) or departments.get(folded(said), ()),
        none=_("There is no such department."),
        several=_("Several departments have this name. Write the code."),
    )


def _owner(text: str, owners: Mapping[str, tuple[int, ...]]) -> Cell:
    """Read somebody with an account by mail address or name."""
    named = ADDRESS.search(text)
    address = (named[1] if named else seen(text)).lower()
    return _only(
        owners.get(address) or owners.get(folded_name(text), ()),
        none=_("Nobody with an account has this address or name."),
        several=_("Several people have this name. Write the mail address."),
    )


def _only(found: tuple[int, ...], *, none: str, several: str) -> Cell:
    if len(found) == 1:
        return found[0], ""
    return None, several if found else none


def _tags(text: str) -> Cell:
    """Read the words between commas; those that are too long for a tag are left out."""
    words = {word.lower(): word for part in PARTS.split(text) if (word := seen(part))}
    fit = [word for word in words.values() if len(word) <= LONGEST_TAG]
    odd = (
        ""
        if len(fit) == len(words)
        else _("A tag has at most %(most)d characters.") % {"most": LONGEST_TAG}
    )
    return fit or None, odd
