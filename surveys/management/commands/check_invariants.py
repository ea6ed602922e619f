"""Say which rules the stored answers break."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from surveys.queries.invariants import broken_rules


class Command(BaseCommand):
    """Exit 0 when all is well, 2 with a list when stored data break a rule."""

    help = "Check that stored answers keep every rule; exit 2 with a list when they do not."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each broken rule."""
        broken = broken_rules()
        for sentence in broken:
            self.stderr.write(sentence)
        if broken:
            sys.exit(2)
        self.stdout.write("All rules hold.")
