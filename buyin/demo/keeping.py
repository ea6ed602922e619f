"""The demo agency's stakeholders who are down twice, and the one who is kept for too long."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from buyin.features import DemoAgency
from buyin.stakeholders.actions import look_for_doubles, merge
from buyin.stakeholders.models import Assessment, Category, Interest, Level, Person, Stakeholder
from buyin.stakeholders.queries.comparing import mark_of


def fill(agency: DemoAgency) -> None:
    """Add two people who are down twice, one of them merged, and somebody long forgotten."""
    people = Stakeholder.objects.standing_alone().filter(person__isnull=False)
    _doubles(agency, list(people.exclude(person__email="").order_by("pk")[:2]))
    _forgotten(agency)
    look_for_doubles()


def _doubles(agency: DemoAgency, made: Sequence[Stakeholder]) -> None:
    """Write two people down twice; one pair is merged already, the other is for somebody to find."""
    for number, one in enumerate(made):
        name = f"{one.name[:-2]}{one.name[-1]}{one.name[-2]}"  # a slip of the pen
        address = one.person.email if one.person else ""
        person = Person.objects.create(name=name, email=address)
        twin = Stakeholder.objects.create(
            person=person, name=name, department=one.department, category=one.category
        )
        said = {"current": Level.NEUTRAL, "assessed_on": agency.now.date()}
        about = Interest.objects.create(stakeholder=twin, initiative=agency.initiatives[0], **said)
        why = _("Asked for a demonstration.")
        Assessment.objects.create(about=about, assessed_by=agency.lead, rationale=why, **said)
        if number == 0:
            seen = mark_of(one, twin)
            merge(actor=agency.lead, kept=one, absorbed=twin, choices={}, seen=seen)


def _forgotten(agency: DemoAgency) -> None:
    """Write somebody down with whom there was nothing to do for six years."""
    name = _("Otis Vanhorn")
    Stakeholder.objects.create(
        person=Person.objects.create(name=name, email="otis.vanhorn@demo.example"),
        name=name,
        category=Category.EXPERT,
        added_at=agency.now - timedelta(days=6 * 365),
    )
