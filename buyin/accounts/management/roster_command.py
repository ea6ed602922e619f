"""What the two import commands share."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from buyin.accounts.actions import import_roster
from buyin.accounts.models import RosterKind
from buyin.accounts.queries.roster import Plan, plan_roster
from buyin.accounts.roster import decode
from buyin.lines import seen
from buyin.spreadsheets import UnreadableError


class RosterCommand(BaseCommand):
    """Imports a CSV file, or says what it would do; exit code 1 where rows were left out."""

    kind: ClassVar[RosterKind]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="answer as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and answer in counts and problems."""
        try:
            text = decode(options["file"].read_bytes())
            if options["dry_run"]:
                plan = plan_roster(kind=self.kind, text=text)
            else:
                plan = import_roster(actor=None, kind=self.kind, text=text)
        except UnreadableError as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2) from error
        self.stdout.write(as_json(plan) if options["json"] else as_text(plan))
        if plan.left_out:
            raise CommandError(f"{plan.left_out} rows were left out.")


def as_json(plan: Plan) -> str:
    """Return the counts and the problems for a program."""
    names = ("created", "updated", "unchanged")
    counts = {name: len(getattr(plan, name)) for name in names}
    return json.dumps({**counts, "problems": [asdict(problem) for problem in plan.problems]})


def as_text(plan: Plan) -> str:
    """Return the counts and the problems for a person."""
    lines = [f"row {p.row}, {p.column or 'whole row'}: {p.message}" for p in plan.problems]
    counts = (len(plan.created), len(plan.updated), len(plan.unchanged))
    return "\n".join([*map(seen, lines), "{} created, {} updated, {} as they were".format(*counts)])
