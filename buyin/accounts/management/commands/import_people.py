"""Import people from a CSV file."""

from buyin.accounts.management.roster_command import RosterCommand
from buyin.accounts.models import RosterKind


class Command(RosterCommand):
    """Import people from a CSV file; the same file twice changes nothing the second time."""

    help = "Import people from a CSV file."
    kind = RosterKind.PEOPLE
