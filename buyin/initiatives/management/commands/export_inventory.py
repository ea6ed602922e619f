"""Write the agency's inventory of AI systems to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from buyin.initiatives.queries.inventory_written import (
    FORMATS,
    inventory_text,
    transparency_page,
    wishes_of_agency,
)

WRONG_CALL = 2
PAGES = (".html", ".htm")


class Command(BaseCommand):
    """`manage.py export_inventory --format omb|omb-agency|atrs|json [--out FILE]`."""

    help = (
        "Writes the inventory: the consolidated table (omb), the agency's public form (omb-agency), "
        "the UK's attributes (atrs; as a page where FILE ends with .html) or all of it (json)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form and where to write it."""
        parser.add_argument("--format", choices=sorted(FORMATS), required=True)
        parser.add_argument("--out", type=Path, help="Else standard output.")
        parser.add_argument(
            "--without-numbers", action="store_true", help="Leave out the numbers (omb-agency)."
        )
        parser.add_argument(
            "--harmless",
            action="store_true",
            help="Put an apostrophe before what a spreadsheet would run; an import takes it away.",
        )

    def handle(self, **options: Any) -> None:
        """Write the inventory."""
        form, path = options["format"], options["out"]
        wishes = wishes_of_agency(
            harmless=options["harmless"], with_numbers=not options["without_numbers"]
        )
        is_page = form == "atrs" and path and path.suffix.lower() in PAGES
        text = transparency_page(wishes) if is_page else inventory_text(form, wishes)
        if path is None:
            self.stdout.write(text, ending="")
            return
        try:
            path.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=WRONG_CALL) from None
