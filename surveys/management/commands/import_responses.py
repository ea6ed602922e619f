"""Bring in answers that were collected elsewhere."""

import json
import sys
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from buyin.lines import seen
from buyin.spreadsheets import UnreadableError
from surveys.actions import close_wave
from surveys.actions.freezing import freeze_results
from surveys.actions.importing import ANSWERED_HERE, Imported, import_new, import_rows
from surveys.actions.refusals import RefusedError
from surveys.formats.mappings import MappingError
from surveys.formats.new_surveys import read_new_survey
from surveys.formats.responses import Conversion
from surveys.management.files import REFUSED, WRONG_CALL, json_of, read_bytes
from surveys.models import Wave
from surveys.queries.importing import (
    Goal,
    goal_of,
    goal_of_new,
    initiative_for,
    owner_for,
    read_answers,
)

NEW = "new"


class Command(BaseCommand):
    """`manage.py import_responses WAVE FILE --mapping FILE [--dry-run] [--close] [--json]`."""

    help = (
        "Imports answers from a CSV file into a wave that was made for imports.\n"
        "WAVE is its number, or “new” for the survey that the mapping describes.\n"
        "The same row is never imported twice. docs/commands.md explains the mapping."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the lines of the help as they are."""
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wave, the files and the form of the answer."""
        parser.add_argument("wave", help="The id of a wave, or “new”.")
        parser.add_argument("file", type=Path, help="A CSV file with one row a person.")
        parser.add_argument("--mapping", type=Path, required=True, help="A JSON file.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen.")
        parser.add_argument("--close", action="store_true", help="Close the wave afterwards.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, **options: Any) -> None:
        """Import, print what became of every row, and exit 1 where something was refused."""
        content, mapping = read_bytes(options["file"]), _read_json(options["mapping"])
        report: dict[str, Any] = {"dry_run": options["dry_run"], "created": 0, "skipped": 0}
        try:
            goal = self._goal(options["wave"], mapping)
            found = read_answers(content, mapping, goal)
            report |= {"rows": found.total, "blank_rows": found.blank_rows, **found.report()}
            report |= self._import(goal, found, mapping, options)
        except MappingError as error:
            report["problems"] = [_problem(text) for text in error.problems]
        except (UnreadableError, RefusedError) as error:
            report["problems"] = [_problem(str(error))]
        self._print(report, as_json=options["json"])
        if report["problems"]:
            sys.exit(REFUSED)

    def _goal(self, wave: str, mapping: Any) -> Goal:
        if wave == NEW:
            return goal_of_new(read_new_survey(mapping))
        waves = Wave.objects.select_related("version", "survey")
        found = waves.filter(pk=int(wave)).first() if wave.isdecimal() else None
        if found is None:
            raise CommandError(
                _("There is no wave “%(wave)s”.") % {"wave": wave}, returncode=WRONG_CALL
            )
        if not found.takes_imports:
            raise RefusedError(ANSWERED_HERE)
        return goal_of(found)

    def _import(
        self, goal: Goal, found: Conversion, mapping: Any, options: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the counts, after importing or, in a dry run, without."""
        if options["dry_run"]:
            known = goal.known_digests()
            skipped = sum(row.digest in known for row in found.rows)
            wave = goal.wave.pk if goal.wave else None
            return {"wave": wave, "created": len(found.rows) - skipped, "skipped": skipped}
        done = self._done(goal, found, mapping)
        if options["close"]:
            close_wave(wave=done.wave.pk, by=None)
            freeze_results(wave=done.wave.pk)
        return {"wave": done.wave.pk, "created": done.created, "skipped": done.skipped}

    def _done(self, goal: Goal, found: Conversion, mapping: Any) -> Imported:
        if goal.wave is not None:
            return import_rows(wave=goal.wave, rows=found.rows)
        survey = read_new_survey(mapping)
        return import_new(owner=owner_for(initiative_for(survey)), survey=survey, rows=found.rows)

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json_of(report))
            return
        self.stdout.write(
            _("Rows: %(rows)d. Created: %(created)d. Skipped: %(skipped)d. Problems: %(problems)d.")
            % {**report, "rows": report.get("rows", 0), "problems": len(report["problems"])}
        )
        for one in report["problems"]:
            self.stdout.write(seen(_place(one) + one["message"]))
        for one in report.get("dropped", []):
            self.stdout.write(seen(_place(one) + f"“{one['value']}” – {one['why']}"))


def _problem(message: str) -> dict[str, Any]:
    return {"row": None, "column": "", "message": message}


def _place(one: dict[str, Any]) -> str:
    """Return where something is, as far as it has a place."""
    row = _("Row %(n)d. ") % {"n": one["row"]} if one["row"] else ""
    return row + (f"{one['column']}: " if one["column"] else "")


def _read_json(path: Path) -> Any:
    try:
        return json.loads(read_bytes(path))
    except ValueError as error:
        raise CommandError(f"{path}: {error}", returncode=WRONG_CALL) from None
