"""Panels with their sizes, and whom a list of addresses stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db.models import Count, Q, QuerySet

from buyin.accounts.models import User
from surveys.models import Panel, WavePlan

AT_ONCE = 500


@dataclass
class Named:
    """The people behind a list of addresses, and addresses of nobody who could be added."""

    people: list[User] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def with_sizes(panels: QuerySet[Panel]) -> QuerySet[Any]:
    """Add `size`, the people with an open account, and `closed`, those without."""
    is_open = Q(people__is_active=True)
    return (
        panels.select_related("owner")
        .order_by("name", "pk")
        .annotate(size=Count("people", filter=is_open), closed=Count("people", filter=~is_open))
    )


def panels_to_choose(plan: WavePlan, viewer: User) -> QuerySet[Any]:
    """Return the panels that this person may put into a plan, and those that are in it."""
    visible = Q(pk__in=Panel.objects.visible_to(viewer).order_by().values("pk"))
    chosen = Q(pk__in=plan.panels.order_by().values("pk"))
    return with_sizes(Panel.objects.filter(visible | chosen))


def people_named(addresses: Sequence[str], viewer: User) -> Named:
    """Return the people with these addresses whom the viewer may look up, and the other addresses.

    Whom they may not look up and whom nobody knows are told apart by nothing.
    """
    found = Named()
    for some in batched(addresses, AT_ONCE):
        seen = User.objects.visible_to(viewer).active().filter(email__in=some)
        by_address = {person.email: person for person in seen}
        found.people += by_address.values()
        found.unknown += [address for address in some if address not in by_address]
    return found
