"""Reads mail addresses out of a text or a file, however they are listed."""

import re
from dataclasses import dataclass, field
from itertools import chain

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MOST = 50_000
SEPARATORS = re.compile(r"[,;\t|]")
INSIDE = re.compile(r"<([^<>]*)>")


@dataclass
class AddressList:
    """The addresses, each once and in small letters; how many came again; and lines with none.

    `beside` holds what else stands in the line of an address, such as a name or a department; `bad`
    the number of a line and what stands there instead of an address.
    """

    addresses: list[str] = field(default_factory=list)
    beside: dict[str, list[str]] = field(default_factory=dict)
    repeated: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def read_addresses(*texts: str) -> AddressList:
    """Return the addresses in texts: one or several a line, alone, with names, or as a table.

    What is not an address is passed over where the line holds one, such as a name beside it, and in
    the first line, where a table names its columns.
    """
    found = AddressList()
    seen: set[str] = set()
    for number, line in chain.from_iterable(enumerate(t.splitlines(), 1) for t in texts):
        cells = [cell.strip().strip("\"'").strip() for cell in SEPARATORS.split(line)]
        cells = [cell for cell in cells if cell]
        marked = [cell for cell in cells if "@" in cell]
        if cells and not marked and number > 1:
            found.bad.append((number, line.strip()[:80]))
        for cell in marked:
            address = _address(cell)
            if not address:
                found.bad.append((number, cell[:80]))
            elif address in seen:
                found.repeated += 1
            else:
                seen.add(address)
                found.addresses.append(address)
                found.beside[address] = [other for other in cells if other not in marked]
    return found


def _address(cell: str) -> str:
    """Return the address in a cell, alone or as in “Ann Lee <ann@example.gov>”; empty for none."""
    inside = INSIDE.search(cell)
    address = (inside[1] if inside else cell).removeprefix("mailto:").strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
