"""Who changed what on one stakeholder, as the audit trail has it."""

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from buyin.accounts.models import User
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    Engagement,
    Interest,
    MergeRecord,
    Participation,
    Raci,
    Relationship,
    Stakeholder,
)


def changes_of(stakeholder: Stakeholder, *, viewer: User) -> QuerySet[LogEntry]:
    """Return the entries about a stakeholder, the newest first, with who made them.

    Of what is noted about them, only what this person may read; of those who were merged into
    them, what was changed of their own records.
    """
    about = Q()
    for rows in _rows(stakeholder, viewer):
        kind = ContentType.objects.get_for_model(rows.model)
        about |= Q(content_type=kind, object_id__in=rows.order_by().values("pk"))
    entries: QuerySet[LogEntry] = LogEntry.objects.filter(about)
    return entries.select_related("actor", "content_type").order_by("-id")


def _rows(stakeholder: Stakeholder, viewer: User) -> list[QuerySet[Model]]:
    both = Stakeholder.objects.filter(Q(pk=stakeholder.pk) | Q(merged_into=stakeholder))
    interests = Interest.objects.visible_to(viewer).filter(stakeholder=stakeholder)
    known = Stakeholder.objects.known_to(viewer).order_by().values("pk")
    relations = Relationship.objects.filter(
        Q(first=stakeholder, second__in=known) | Q(second=stakeholder, first__in=known)
    )
    readable = Initiative.objects.visible_to(viewer).order_by().values("pk")
    met = Engagement.objects.visible_to(viewer).order_by().values("pk")
    found: list[QuerySet[Model]] = [
        both,
        _party_rows(both, stakeholder),
        interests,
        Assessment.objects.filter(about__in=interests.order_by().values("pk")),
        relations,
        Raci.objects.filter(stakeholder=stakeholder, initiative__in=readable),
        Participation.objects.filter(stakeholder=stakeholder, engagement__in=met),
        Commitment.objects.visible_to(viewer).filter(stakeholder=stakeholder),
        MergeRecord.objects.visible_to(viewer).filter(kept=stakeholder),
    ]
    if stakeholder.person:
        found += [stakeholder.person.posts.all(), stakeholder.person.consent_events.all()]
    return found


def _party_rows(both: QuerySet[Stakeholder], stakeholder: Stakeholder) -> QuerySet[Model]:
    """Return the people, organisations or groups that these stakeholders are."""
    model = type(stakeholder.party)
    name = model.__name__.lower()
    found: QuerySet[Model] = model._base_manager.filter(pk__in=both.order_by().values(name))  # noqa: SLF001
    return found
