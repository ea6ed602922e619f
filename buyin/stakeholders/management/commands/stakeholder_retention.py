"""Says who among the stakeholders is proposed for removal; it removes nobody."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils.translation import ngettext

from buyin.stakeholders.queries.retention import due_for_removal, with_holds


class Command(BaseCommand):
    """A dry run: removing needs an administrator's yes in the portal."""

    help = "Lists people without any dealing for STAKEHOLDER_KEEP_DAYS days. Removes nobody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer JSON, for programs."""
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print everybody who is proposed, the longest without a dealing first."""
        due = with_holds(list(due_for_removal()))
        if options["json"]:
            found = [
                {
                    "stakeholder": one.stakeholder.pk,
                    "last_dealing": one.last.isoformat(),
                    "hold": one.hold.reason if one.hold else None,
                }
                for one in due
            ]
            told = {"keep_days": settings.STAKEHOLDER_KEEP_DAYS, "proposed": found}
            self.stdout.write(json.dumps(told))
            return
        for one in due:
            held = f" [{one.hold.reason}]" if one.hold else ""
            self.stdout.write(f"{one.stakeholder.pk}\t{one.last}\t{one.stakeholder}{held}")
        words = ngettext(
            "%(n)d person is proposed for removal. Nobody was removed.",
            "%(n)d people are proposed for removal. Nobody was removed.",
            len(due),
        )
        self.stdout.write(words % {"n": len(due)})
