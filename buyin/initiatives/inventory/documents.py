"""Inventories as JSON: a list of records, or an object that has one under "records"."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from buyin.lines import UNSTORABLE
from buyin.spreadsheets import Table, UnreadableError

from .several import written

RECORDS, BESIDE = "records", "extra"
MOST_RECORDS = 100_000
MOST_FIELDS = 2_000
MOST_CELLS = 10_000_000


def is_document(text: str) -> bool:
    """Say whether a text is JSON and no table."""
    return text.lstrip("\ufeff \t\r\n").startswith(("[{", "{")) or text.lstrip().startswith("[\n")


def table_of(text: str) -> Table:
    """Return the records of a JSON document as a table; the first record is row 1."""
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(_("This is no proper JSON.")) from error
    records = document.get(RECORDS) if isinstance(document, dict) else document
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise UnreadableError(_("There is no list of records in this file."))
    if not records or len(records) > MOST_RECORDS:
        raise UnreadableError(_("The file holds no records, or far too many."))
    flat = [_flat(one) for one in records]
    if any(UNSTORABLE.search(text) for one in flat for pair in one.items() for text in pair):
        raise UnreadableError(_("There are characters in this file that no database stores."))
    headers, rows = in_columns(list(enumerate(flat, start=1)))
    return Table(headers, rows, "utf-8", "", header_row=0)


def in_columns(
    records: Sequence[tuple[int, dict[str, str]]],
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the names of all values and a row for each record.

    Records that share no names would make a table as large as their number times itself; it is
    refused before there is one.
    """
    headers = list(dict.fromkeys(name for _number, one in records for name in one))
    if len(headers) > MOST_FIELDS or len(headers) * len(records) > MOST_CELLS:
        message = _("The records have %(fields)d different fields. That is more than can be read.")
        raise UnreadableError(message % {"fields": len(headers)})
    return headers, [(n, [one.get(name, "") for name in headers]) for n, one in records]


def _flat(record: dict[str, Any]) -> dict[str, str]:
    beside = record.get(BESIDE)
    found = {name: _cell(value) for name, value in record.items() if name != BESIDE}
    if isinstance(beside, dict):
        found |= {name: _cell(value) for name, value in beside.items() if name not in found}
    return found


def _cell(value: Any) -> str:
    """Return a value as a table would hold it."""
    if isinstance(value, dict) and "text" in value:
        return _cell(value["text"] or value.get("date"))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return written(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
