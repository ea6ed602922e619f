"""What became of the file of a survey: the part that a page shows, and all of it as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from buyin.workbooks import RefusedFileError, Remark

from .accounts import MOST_SHOWN, table_of
from .reports import Converted


def account_of_survey(found: Converted) -> dict[str, Any]:
    """Return what is kept of a file that was read, with the first remarks, as plain JSON values."""
    return {
        "title": found.title,
        "purpose": found.purpose,
        "kind": found.kind,
        "translations": found.translations,
        "definition": found.definition,
        "rows": found.rows,
        "taken": found.taken,
        **_remarks(found.remarks),
        "has_table": bool(found.remarks),
    }


def account_of_refusal(error: RefusedFileError) -> dict[str, Any]:
    """Return what is kept of a file from which no survey can be made: why, and the first remarks."""
    return {
        "why": str(error),
        "more": _shown(error.reasons[1:]),
        **_remarks(error.remarks),
        "has_table": True,
    }


def remarks_csv(found: Converted | RefusedFileError) -> str:
    """Return every remark as a table; nothing where all came in as it was."""
    reasons = found.reasons if isinstance(found, RefusedFileError) else []
    count = len(reasons) + len(found.remarks)
    if not count:
        return ""
    header = [
        *(_("Sheet"), _("Row"), _("Column"), _("In the file")),
        *(_("What became of it"), _("Why")),
    ]
    return table_of(header, _lines(reasons, found.remarks), count)


def _remarks(remarks: Sequence[Remark]) -> dict[str, Any]:
    return {"remark_count": len(remarks), "remarks": _shown(remarks)}


def _shown(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    return [{**asdict(one), "place": one.place} for one in remarks[:MOST_SHOWN]]


def _lines(reasons: Sequence[Remark], remarks: Sequence[Remark]) -> Iterator[list[object]]:
    for one in reasons:
        yield _line(one, _("file refused"))
    for one in remarks:
        yield _line(one, _("left out") if one.is_lost else _("changed"))


def _line(one: Remark, fate: str) -> list[object]:
    return [one.sheet, one.row or "", one.column, one.value, fate, one.why]
