"""Reading a workbook of the old kind (.xls), by xlrd in a process of its own.

Such a file can say much in little (names that are made of names, sheets that are the same place), and
xlrd follows. So it has a process that ends when it takes too much memory or time.
"""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .refusals import RefusedFileError
from .sheets import MOST_CELLS, MOST_SHEETS, MOST_TEXT, Sheet, all_of, text_of

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
PROCESS = Path(__file__).with_name("old_process.py")
MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 30  # of the processor
PATIENCE = 120  # seconds on the clock


def read_old_workbook(content: bytes) -> list[Sheet]:
    """Return the sheets of a workbook; raise RefusedFileError where it cannot be read."""
    found = _read(content)
    sheets = all_of(map(_sheet, found["sheets"]))
    if found["is_cut"]:
        raise RefusedFileError(_("The file is larger than any that people fill."))
    return sheets


def _read(content: bytes) -> dict[str, Any]:
    """Return what the process found; raise RefusedFileError where it gave up or was ended."""
    limits = (MOST_MEMORY, MOST_SECONDS, MOST_SHEETS, MOST_CELLS, MOST_TEXT)
    command = [sys.executable, "-I", str(PROCESS), *map(str, limits)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and numbers
            command, input=content, capture_output=True, timeout=PATIENCE, check=True
        )
        return dict(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError) as error:
        raise RefusedFileError(
            _(
                "This workbook of the old kind (.xls) is damaged, has a password or takes too long "
                "to read. Open it, save it as .xlsx without a password and try again."
            )
        ) from error


def _sheet(found: dict[str, Any]) -> Sheet:
    sheet = Sheet(found["name"].strip())
    sheet.formulas = [(row, column) for row, column in found["formulas"]]
    for row, column, value in found["cells"]:
        sheet.put(row, column, text_of(_value(value)))
    return sheet


def _value(value: Any) -> Any:
    """Return a value of a cell: days and times come as a list with their text."""
    if not isinstance(value, list):
        return value
    moment = dt.datetime.fromisoformat(value[0])
    return moment if moment.year >= 1900 else moment.time()  # noqa: PLR2004
