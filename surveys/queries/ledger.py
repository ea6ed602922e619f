"""What stands of surveys beside how somebody stands to an initiative: how often they were asked.

Whether somebody has answered is told of surveys by name only, and to the survey team only. Of the
others it is not even counted: a number that grows would tell it.
"""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.features import Evidence
from buyin.initiatives.models import Initiative
from surveys.models import Anonymity, Invitation, Participation, Signature

IS_NAMED = Q(wave__version__anonymity=Anonymity.NAMED)


def evidence_on(people: Collection[int], *, viewer: User, until: date) -> Iterator[Evidence]:
    """Yield for each person and initiative how many surveys asked them by a day; three queries."""
    asked = Invitation.objects.filter(
        person__in=people, wave__opens_at__date__lte=until, wave__opens_at__lte=Now()
    ).order_by()
    place = "wave__survey__initiative"
    counted = asked.values("person", place).annotate(
        named=Count("pk", filter=IS_NAMED), others=Count("pk", filter=~IS_NAMED)
    )
    answered = _answered(people, until)
    teams = _teams(viewer)
    rows = counted.order_by("person", place).values_list("person", place, "named", "others")
    for person, initiative, named, others in rows:
        if named:
            done = answered.get((person, initiative), 0)
            told = done if teams is None or initiative in teams else None
            yield Evidence(person, initiative, _("Surveys by name"), named, told)
        if others:
            yield Evidence(person, initiative, _("Surveys without names"), others)


def _answered(people: Collection[int], until: date) -> dict[tuple[int, int], int]:
    """Return how many surveys by name were answered by a day, also where the answers are deleted now.

    A number that shrinks would tell whose were. When those were given is not known any more: they
    count from the day on which the wave opened.
    """
    signed = Signature.objects.filter(
        person=OuterRef("person"), response__wave=OuterRef("wave"), submitted_at__date__lte=until
    )
    deleted = Q(is_withdrawn=True, wave__opens_at__date__lte=until)
    given = Participation.objects.filter(IS_NAMED, deleted | Exists(signed), person__in=people)
    place = "wave__survey__initiative"
    counted = given.order_by().values("person", place).annotate(n=Count("pk"))
    rows = counted.values_list("person", place, "n")
    return {(person, initiative): n for person, initiative, n in rows}


def _teams(viewer: User) -> set[int] | None:
    """Return the initiatives whose survey team the viewer belongs to; None for all of them."""
    if viewer.leads_agency:
        return None
    led = Initiative.objects.filter(lead=viewer) if viewer.is_active else Initiative.objects.none()
    return set(led.order_by().values_list("pk", flat=True))
