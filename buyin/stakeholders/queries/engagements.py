"""Engagements as the log shows them, and whom somebody most likely met."""

from typing import Any

from django.db.models import Q, QuerySet

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Engagement, Stakeholder

LIKELY = 12  # stakeholders offered to be ticked


def log(user: User, **wanted: Any) -> QuerySet[Engagement]:
    """Return the engagements that this person may read and that are wanted, the newest first.

    What may be wanted: `search` in what was said and in names, `kind`, `initiative`, `stakeholder`.
    """
    rows: QuerySet[Engagement] = Engagement.objects.visible_to(user)
    if search := wanted.pop("search", ""):
        named = Engagement.objects.filter(participants__name__icontains=search).order_by()
        rows = rows.filter(Q(summary__icontains=search) | Q(pk__in=named.values("pk")))
    if stakeholder := wanted.pop("stakeholder", None):
        rows = rows.filter(participants=stakeholder)
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.select_related("initiative", "entered_by").prefetch_related("participants")


def likely(
    user: User,
    *,
    initiative: Initiative | None,
    first: int | None,
    among: QuerySet[Stakeholder] | None = None,
) -> list[Stakeholder]:
    """Return whom this person most likely met: the one named, those of the initiative, their own.

    At most twelve, by name; the one named always among them. `among` are those who are offered at
    all, whom they work with unless others are given.
    """
    known = Stakeholder.objects.known_to(user) if among is None else among
    known = known.filter(archived_at=None).select_related("person")
    own = known.filter(owner=user)
    if initiative:
        own = known.filter(interests__initiative=initiative)
    found = {one.pk: one for one in own.order_by("name", "pk")[:LIKELY]}
    if first and first not in found:
        found = {one.pk: one for one in known.filter(pk=first)} | found
    return sorted(list(found.values())[:LIKELY], key=lambda one: (one.name, one.pk))
