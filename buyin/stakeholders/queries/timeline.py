"""Everything that is noted about one stakeholder, the newest first."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.stakeholders.models import Assessment, Interest, Relationship, Stakeholder

from .events import Event, engagements_read, plan_read, planned, promised, promises_read, spoken


def time_line(*, viewer: User, stakeholder: Stakeholder) -> list[Event]:
    """Return what happened and what is planned, the newest first, as far as the viewer may read it."""
    found = [
        *_assessments(viewer, stakeholder),
        *_relations(viewer, stakeholder),
        *_posts(stakeholder),
        *_consent(stakeholder),
        *spoken(engagements_read(viewer).filter(participants=stakeholder)),
        *planned(plan_read(viewer).filter(stakeholders=stakeholder)),
        *promised(promises_read(viewer).filter(commitment__stakeholder=stakeholder)),
    ]
    return sorted(found, key=lambda event: event.on, reverse=True)


def _assessments(viewer: User, stakeholder: Stakeholder) -> Iterator[Event]:
    interests = Interest.objects.visible_to(viewer).filter(stakeholder=stakeholder)
    noted = Assessment.objects.filter(about__in=interests.order_by().values("pk"))
    before: dict[int, Assessment] = {}
    events = []
    for one in noted.select_related("about__initiative", "assessed_by").order_by(
        "assessed_on", "id"
    ):
        events.append(_assessed(one, before.get(one.about_id)))
        before[one.about_id] = one
    yield from reversed(events)


def _assessed(one: Assessment, before: Assessment | None) -> Event:
    initiative = one.about.initiative.name
    now = one.current_words
    if before is not None and before.current != one.current:
        words = {"initiative": initiative, "before": before.current_words, "now": now}
        title = _("%(initiative)s: from “%(before)s” to “%(now)s”") % words
    else:
        title = _("%(initiative)s: “%(now)s”") % {"initiative": initiative, "now": now}
    why = " · ".join(text for text in (one.rationale, one.evidence) if text)
    return Event(one.assessed_on, _("Assessed"), title, why, str(one.assessed_by or ""))


def _relations(viewer: User, stakeholder: Stakeholder) -> Iterator[Event]:
    for one in relations_of(viewer=viewer, stakeholder=stakeholder):
        if one.starts_on:
            yield Event(one.starts_on, _("Relation"), str(one))
        if one.ends_on and one.ends_on <= timezone.localdate():
            yield Event(one.ends_on, _("Relation ended"), str(one))


def relations_of(*, viewer: User, stakeholder: Stakeholder) -> list[Relationship]:
    """Return a stakeholder's relations to others whom the viewer may see, ended ones as well."""
    others = Stakeholder.objects.known_to(viewer).order_by().values("pk")
    theirs = Q(first=stakeholder, second__in=others) | Q(second=stakeholder, first__in=others)
    return list(Relationship.objects.filter(theirs).select_related("first", "second"))


def _posts(stakeholder: Stakeholder) -> Iterator[Event]:
    if stakeholder.person is None:
        return
    for post in stakeholder.person.posts.select_related("department", "organisation"):
        if post.starts_on:
            yield Event(post.starts_on, _("Post"), str(post))
        if post.ends_on and post.ends_on <= timezone.localdate():
            yield Event(post.ends_on, _("Post ended"), str(post))


def _consent(stakeholder: Stakeholder) -> Iterator[Event]:
    if stakeholder.person is None:
        return
    for note in stakeholder.person.consent_events.select_related("noted_by"):
        day = timezone.localdate(note.at)
        title = str(note.get_kind_display())
        yield Event(day, _("Consent"), title, note.basis, str(note.noted_by or ""))
