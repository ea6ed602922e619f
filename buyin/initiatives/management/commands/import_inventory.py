"""Bring in an inventory of AI systems from a file."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from buyin.initiatives.actions import import_inventory
from buyin.initiatives.inventory.identity import LONGEST_SOURCE
from buyin.initiatives.inventory.reading import Inventory
from buyin.initiatives.queries.inventories import Plan, Wishes, learned_of, plan_inventory
from buyin.lines import seen
from buyin.spreadsheets import UnreadableError
from buyin.tables.columns import Remark

REFUSED, WRONG_CALL = 1, 2


class Command(BaseCommand):
    """`manage.py import_inventory FILE [--dry-run] [--json]`: CSV of any year, ATRS or our JSON."""

    help = (
        "Brings in AI systems from an inventory: federal forms, agencies' own tables, ATRS or JSON. "
        "The same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, where it comes from and how to answer."""
        parser.add_argument("file", type=Path, help="A CSV or JSON file.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")
        parser.add_argument("--source", default="", help="Whose inventory it is, if not ours.")
        parser.add_argument(
            "--public-mailbox",
            action="store_true",
            help="Put the agency's public mailbox for every other contact.",
        )

    def handle(self, **options: Any) -> None:
        """Import, print what became of the rows, and exit 1 where some were refused."""
        report = {"dry_run": options["dry_run"], **_nothing()}
        try:
            plan = _done(options)
            report |= {**plan.counts, **_said(plan.inventory)}
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
            "Duplicates: %(duplicates)d."
        )
        self.stdout.write(said % report)
        for one in (*report["problems"], *report["remarks"]):
            row = _("Row %(n)d. ") % {"n": one["row"]} if one["row"] else ""
            column = f"{one['column']}: " if one["column"] else ""
            self.stdout.write(seen(f"{row}{column}{one['message']} {one.get('value', '')}"))


def _done(options: dict[str, Any]) -> Plan:
    """Return what an import did or, in a dry run, would do."""
    path, source = options["file"], seen(options["source"])
    if len(source) > LONGEST_SOURCE:
        message = _("--source has at most %(most)d characters.") % {"most": LONGEST_SOURCE}
        raise CommandError(message, returncode=WRONG_CALL)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=WRONG_CALL) from None
    wishes = Wishes(source, learned_of(source), options["public_mailbox"])
    if options["dry_run"]:
        return plan_inventory(content, wishes)
    return import_inventory(owner=None, name=seen(path.name), content=content, wishes=wishes)


def _nothing() -> dict[str, Any]:
    names = ("created", "updated", "unchanged", "duplicates")
    return {**dict.fromkeys(names, 0), "problems": [], "remarks": []}


def _said(found: Inventory) -> dict[str, Any]:
    """Return how a file was read, and everything in it that was odd."""
    return {
        "encoding": found.encoding,
        "header_row": found.header_row,
        "columns": {one.label: one.field for one in found.columns if one.header},
        "choices": {"cells": found.chosen, "understood": found.understood},
        "problems": [_line(one) for one in found.problems],
        "remarks": [{**_line(one), "value": one.value} for one in found.remarks],
    }


def _line(one: Remark) -> dict[str, Any]:
    return {"row": one.row, "column": one.column, "message": one.message}
