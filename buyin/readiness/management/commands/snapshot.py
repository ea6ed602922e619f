"""Take the readiness snapshots of a week and print what may be shown of them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin import periods
from buyin.readiness import actions, queries
from buyin.readiness.models import Snapshot


class Command(BaseCommand):
    """Take snapshots: `manage.py snapshot [--period 2026-W47] [--json]`."""

    help = "Takes the readiness snapshots that are missing for a week and prints them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the week and the form of the answer."""
        parser.add_argument(
            "--period", default="", help="A week such as 2026-W47; this week if left out."
        )
        parser.add_argument("--json", action="store_true", help="Print JSON.")

    def handle(self, **options: Any) -> None:
        """Take, then print every snapshot that the week has."""
        now = timezone.now()
        try:
            made = actions.take_snapshots(now=now, period=options["period"])
        except ValueError as refusal:
            raise CommandError(str(refusal)) from None
        period = options["period"] or periods.week_of(now)
        snapshots = list(queries.snapshots_of(period))
        if options["json"]:
            found = [_as_json(snapshot) for snapshot in snapshots]
            answer = {"period": period, "made": len(made), "snapshots": found}
            self.stdout.write(json.dumps(answer, indent=1))
            return
        for snapshot in snapshots:
            cells = list(snapshot.cells.all())
            self.stdout.write(
                _("%(snapshot)s from %(source)s: %(shown)d of %(all)d figures may be shown.")
                % {
                    "snapshot": snapshot,
                    "source": snapshot.source,
                    "shown": sum(cell.is_released for cell in cells),
                    "all": len(cells),
                }
            )
        if not snapshots:
            self.stdout.write(_("No closed survey has answers about readiness yet."))


def _as_json(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "initiative": snapshot.initiative.name,
        "source": snapshot.source,
        "closed_on": snapshot.closed_on.isoformat() if snapshot.closed_on else None,
        "ready_from": snapshot.ready_from,
        "smallest_group": snapshot.smallest_group,
        "formula": snapshot.formula,
        "cells": [
            {
                "department": cell.department.code,
                "dimension": cell.dimension or "overall",
                "n": cell.answered,
                "N": cell.asked,
                "value": cell.value,
                "low": cell.low,
                "high": cell.high,
                "band": cell.band,
                "released": cell.is_released,
            }
            for cell in snapshot.cells.all()
        ],
    }
