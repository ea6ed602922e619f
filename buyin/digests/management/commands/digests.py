"""The weekly reports from the command line: plan them, send them, count them."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from buyin import periods
from buyin.digests import actions, queries
from buyin.outbox.sending import drain


class Command(BaseCommand):
    """`digests plan`, `digests drain` and `digests status`."""

    help = "Plan, send or count the weekly reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, the week and the form of the answer."""
        parser.add_argument("step", choices=["plan", "drain", "status"])
        parser.add_argument("--period", help="the week as 2026-W47; by default the last one")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do one step and print counts by state; a week that cannot be planned ends with 1."""
        period = options["period"]
        try:
            if period:
                periods.monday_of(period)
            counts = {"plan": _plan, "drain": _drain, "status": _status}[options["step"]](period)
        except ValueError as error:
            raise CommandError(str(error), returncode=1) from error
        if options["json"]:
            self.stdout.write(json.dumps(counts, default=str))
        else:
            lines = (f"{name.replace('_', ' ')}: {count}" for name, count in counts.items())
            self.stdout.write("\n".join(lines))


def _plan(period: str | None) -> dict[str, Any]:
    return dict(actions.plan(period=period))


def _drain(_period: str | None) -> dict[str, Any]:
    return {"sent": 0, **drain()}


def _status(period: str | None) -> dict[str, Any]:
    states = ("waiting", "sent", "kept", "skipped", "dead")
    runs = queries.recent_runs(period=period)[:1]
    found = asdict(runs[0]) if runs else {"period": period, **dict.fromkeys(states, 0)}
    return {key: found[key] for key in ("period", *states)}
