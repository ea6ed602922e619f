"""Tables about stakeholders that leave as files: commitments, and the engagement plan."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from .models import Commitment, PlannedActivity


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


def plan_columns() -> Sequence[str]:
    """Return the heads of the columns of `plan_rows`."""
    return [
        *(_("Until"), _("What it is"), _("What it is for"), _("With whom"), _("Initiative")),
        *(_("Who does it"), _("How often (days)"), _("State"), _("Overdue"), _("Closed on")),
        _("Why it was dropped"),
    ]


def plan_rows(activities: Iterable[PlannedActivity]) -> Iterator[Sequence[object]]:
    """Yield a row for each planned activity; states and kinds as programs read them, days ISO 8601."""
    for one in activities:
        yield [
            *(one.due_on, one.kind, one.purpose, "; ".join(map(str, one.stakeholders.all()))),
            *(one.initiative or "", one.owner or "", one.cadence or "", one.state),
            *(_("yes") if one.is_overdue else _("no"), one.closed_on or "", one.dropped_why),
        ]
