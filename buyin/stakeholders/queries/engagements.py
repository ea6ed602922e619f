"""Engagements as the log shows them, and whom somebody most likely met."""

from typing import Any

from django.db.models import F, Max, Q, QuerySet

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import Engagement, Participation, Stakeholder

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

    Their own are those whose relations they own and those of whom they noted something before. At most
    twelve: the one named first, then those who were met last. `among` are those who are offered at all,
    whom they work with unless others are given.
    """
    known = Stakeholder.objects.known_to(user) if among is None else among
    known = known.filter(archived_at=None).select_related("person")
    if initiative:
        own = known.filter(interests__initiative=initiative)
    else:
        noted = Participation.objects.filter(engagement__entered_by=user).order_by()
        own = known.filter(Q(owner=user) | Q(pk__in=noted.values("stakeholder")))
    met = "participations__engagement"
    readable = Q(**{f"{met}__is_confidential": False}) | Q(**{f"{met}__entered_by": user})
    own = own.annotate(met_on=Max(f"{met}__day", filter=readable))
    lately = own.order_by(F("met_on").desc(nulls_last=True), "name", "pk")[:LIKELY]
    named = known.filter(pk=first) if first else ()
    return list({one.pk: one for one in (*named, *lately)}.values())[:LIKELY]
