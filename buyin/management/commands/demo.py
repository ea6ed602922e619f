"""Fills an empty portal with a living demo agency."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from buyin.demo.agency import build
from buyin.demo.city import CAST, DOMAIN, PASSWORD
from buyin.demo.history import fill_history


class Command(BaseCommand):
    """Makes the demo agency once; a second run changes nothing."""

    help = "Fill an empty portal with a demo agency: people, surveys, readiness, reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of people and the seed of the chance."""
        parser.add_argument("--people", type=int, default=1200)
        parser.add_argument("--seed", type=int, default=7)

    def handle(self, *args: Any, people: int, seed: int, **options: Any) -> None:
        """Make the agency and say who can sign in."""
        if not (settings.DEBUG or settings.EVALUATION):
            message = "The demo agency has known passwords: it is made only with EVALUATION=1."
            raise CommandError(message, returncode=1)
        agency, is_new = build(people=people, seed=seed, now=timezone.now())
        if is_new:
            fill_history(agency)
        names = ", ".join(f"{address}@{DOMAIN}" for address, *_rest in CAST)
        self.stdout.write(f"Sign in as {names} with the password {PASSWORD}")
        sys.stdout.flush()
