"""Take back what an import of stakeholders wrote."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from buyin.stakeholders.actions import undo_import
from buyin.stakeholders.models import ImportRun

REFUSED, WRONG_CALL = 1, 2
WRITTEN = (ImportRun.State.DONE, ImportRun.State.UNDOING, ImportRun.State.UNDONE)


class Command(BaseCommand):
    """`manage.py undo_import RUN [--json]`: what somebody changed since stays and is named."""

    help = "Takes back an import of stakeholders, but for those whom somebody changed since."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of the import and how to answer."""
        parser.add_argument("run", type=int, help="The number that import_stakeholders printed.")
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, **options: Any) -> None:
        """Undo, print who stays, and exit 1 where somebody does."""
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None or run.state not in WRITTEN:
            message = _("There is no import %(run)d that can be undone.") % options
            raise CommandError(message, returncode=WRONG_CALL)
        kept = undo_import(run=run)
        if options["json"]:
            self.stdout.write(json.dumps({"kept": [asdict(one) for one in kept]}, indent=1))
        else:
            self.stdout.write(_("Undone. Stay as they are: %(n)d.") % {"n": len(kept)})
            for one in kept:
                self.stdout.write(f"{one.row}: {one.name}: {one.message}")
        if kept:
            sys.exit(REFUSED)
