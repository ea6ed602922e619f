"""Delete what one person answered with their name, for somebody who cannot sign in to do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.lines import seen
from surveys.actions.withdrawing import withdraw_answers
from surveys.management.files import WRONG_CALL
from surveys.queries.own import signatures_of


class Command(BaseCommand):
    """`manage.py delete_answers ADDRESS [--wave ID] [--dry-run]`."""

    help = (
        "Deletes what the person with this mail address answered in confidential and named surveys."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose answers, in which wave, and whether only to list them."""
        parser.add_argument("address", help="The mail address of the person's account.")
        parser.add_argument("--wave", type=int, help="The number of one wave; else all of them.")
        parser.add_argument("--dry-run", action="store_true", help="List them and change nothing.")

    def handle(self, **options: Any) -> None:
        """Delete wave by wave and name each; exit 2 where there is no such person."""
        person = User.objects.filter(email__iexact=options["address"]).first()
        if person is None:
            unknown = _("There is nobody with the address %s.") % options["address"]
            raise CommandError(unknown, returncode=WRONG_CALL)
        wanted = options["wave"]
        waves = [one.response.wave for one in signatures_of(person)]
        for wave in waves:
            if wanted not in (None, wave.pk):
                continue
            line = {"wave": seen(str(wave)), "n": wave.pk}
            if options["dry_run"]:
                self.stdout.write(_("Would be deleted: %(wave)s (%(n)d)") % line)
            elif withdraw_answers(wave=wave.pk, person=person):
                self.stdout.write(_("Deleted: %(wave)s (%(n)d)") % line)
        if not any(wanted in (None, wave.pk) for wave in waves):
            self.stdout.write(_("Nothing with this person's name is stored there."))
