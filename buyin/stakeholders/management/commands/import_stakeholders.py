"""Bring in a list of stakeholders from a file."""

import json
import sys
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from buyin.lines import seen
from buyin.spreadsheets import UnreadableError
from buyin.stakeholders.actions import import_list
from buyin.stakeholders.contacts import BY_NAME, Learned
from buyin.stakeholders.models import Category
from buyin.stakeholders.queries.import_plan import (
    ImportWishes,
    Plan,
    learned_of_source,
    plan_import,
)
from buyin.tables.columns import Remark
from buyin.tables.folding import folded

REFUSED, WRONG_CALL = 1, 2
LONGEST_SOURCE = 200


class Command(BaseCommand):
    """`manage.py import_stakeholders FILE [--mapping FILE] [--dry-run] [--json]`: CSV, XLSX or XLS."""

    help = (
        "Brings in stakeholders from a list of any shape. Rows that may be about somebody whom the "
        "registry has stay out. The same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, what its columns mean and how to answer."""
        parser.add_argument("file", type=Path, help="A CSV file or a workbook.")
        parser.add_argument(
            "--mapping", type=Path, help="A JSON file: what columns and words mean."
        )
        parser.add_argument("--source", default="", help="Where the list comes from.")
        parser.add_argument(
            "--category", default="", choices=["", *Category.values], help="Of rows that give none."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, **options: Any) -> None:
        """Import, print what became of the rows, and exit 1 where some were refused."""
        report = {"dry_run": options["dry_run"], "run": None, **_nothing()}
        try:
            run, plan = _done(options)
            report |= {"run": run, **plan.counts, **_said(plan)}
        except UnreadableError as error:
            report["problems"] = [_line(Remark(None, "", str(error)))]
        self._print(report, as_json=options["json"])
        if report["problems"]:
            sys.exit(REFUSED)

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, indent=1))
            return
        said = _(
            "Created: %(created)d. Updated: %(updated)d. Unchanged: %(unchanged)d. "
            "Perhaps known: %(duplicates)d."
        )
        self.stdout.write(said % report)
        if report["run"]:
            self.stdout.write(_("To take it back: undo_import %(run)d") % report)
        for one in (*report["problems"], *report["doubts"], *report["remarks"]):
            row = _("Row %(n)d. ") % {"n": one["row"]} if one["row"] else ""
            column = f"{one['column']}: " if one["column"] else ""
            self.stdout.write(seen(f"{row}{column}{one['message']} {one.get('value', '')}"))


def _done(options: dict[str, Any]) -> tuple[int | None, Plan]:
    """Return the import and what it did or, in a dry run, would do."""
    path, source = options["file"], seen(options["source"])
    if len(source) > LONGEST_SOURCE:
        message = _("--source has at most %(most)d characters.") % {"most": LONGEST_SOURCE}
        raise CommandError(message, returncode=WRONG_CALL)
    content = _read(path)
    learned = _mapping(options["mapping"]) if options["mapping"] else learned_of_source(source)
    wishes = ImportWishes(source, learned, options["category"])
    if options["dry_run"]:
        return None, plan_import(content, wishes)
    run, plan = import_list(owner=None, name=seen(path.name), content=content, wishes=wishes)
    return run.pk, plan


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=WRONG_CALL) from None


def _mapping(path: Path) -> Learned:
    """Return what a file says of columns, by their headers, and of words; refuse what is none."""
    try:
        said = json.loads(_read(path))
        columns = {f"{folded(header)}#1": str(field) for header, field in said["columns"].items()}
        values = {
            str(field): {folded(text): str(code) for text, code in codes.items()}
            for field, codes in said.get("values", {}).items()
        }
    except (ValueError, TypeError, AttributeError, KeyError):
        message = _("%(file)s is no mapping: an object with “columns”, from header to field.")
        raise CommandError(message % {"file": path}, returncode=WRONG_CALL) from None
    if unknown := sorted({*columns.values(), *values} - {"", *BY_NAME}):
        message = _("There is no field %(names)s. There are: %(fields)s.")
        known = {"names": ", ".join(unknown), "fields": ", ".join(BY_NAME)}
        raise CommandError(message % known, returncode=WRONG_CALL)
    beside = {name: said[name] for name in ("sheet", "header_row") if name in said}
    return cast("Learned", {"columns": columns, "values": values, **beside})


def _nothing() -> dict[str, Any]:
    names = ("created", "updated", "unchanged", "duplicates")
    return {**dict.fromkeys(names, 0), "problems": [], "doubts": [], "remarks": []}


def _said(plan: Plan) -> dict[str, Any]:
    """Return how a file was read, and everything in it that was odd."""
    found = plan.found
    doubts = [
        Remark(
            one.contact.row, "", _("This may be %(name)s.") % {"name": one.matches[0].party.name}
        )
        for one in plan.doubts
    ]
    same = [
        Remark(row.row, "", _("The same as row %(row)d.") % {"row": first})
        for row, first in plan.duplicates
    ]
    return {
        "sheet": found.table.name,
        "encoding": found.table.encoding,
        "header_row": found.head.number,
        "columns": {one.label: one.field for one in found.columns},
        "problems": [_line(one) for one in plan.problems],
        "doubts": [_line(one) for one in (*doubts, *same)],
        "remarks": [{**_line(one), "value": one.value} for one in found.remarks],
    }


def _line(one: Remark) -> dict[str, Any]:
    return {"row": one.row, "column": one.column, "message": one.message}
