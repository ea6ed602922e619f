"""Tables of stakeholders' commitments that leave as files."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from .models import Commitment


def commitment_columns() -> Sequence[str]:
    """Return the heads of the columns of `commitment_rows`."""
    return [
        *(_("Initiative"), _("Kind"), _("What"), _("Who gives"), _("Unit")),
        *(_("Requested"), _("Pledged"), _("Committed"), _("Received"), _("Declined on")),
        *(_("Needed by"), _("The promise ends on"), _("Conditions")),
    ]


def commitment_rows(commitments: Iterable[Commitment]) -> Iterator[Sequence[object]]:
    """Yield a row for each commitment; amounts as plain numbers, days as ISO 8601."""
    for one in commitments:
        yield [
            *(one.initiative.name, one.kind, one.title, one.stakeholder.name, one.unit),
            *(f"{one.requested:f}", f"{one.pledged:f}", f"{one.committed:f}", f"{one.received:f}"),
            *(one.declined_on or "", one.needed_by or "", one.expires_on or "", one.conditions),
        ]
