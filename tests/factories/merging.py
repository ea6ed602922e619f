"""Two records of one person for tests, with everything that may be noted of either."""

from datetime import date

from buyin.stakeholders.actions import merge
from buyin.stakeholders.actions.engagements import note_last_contact
from buyin.stakeholders.models import (
    Assessment,
    Commitment,
    ConsentEvent,
    DiscussionPoint,
    Engagement,
    Interest,
    Participation,
    Raci,
    Relationship,
    Stakeholder,
    StakeholderTag,
)
from buyin.stakeholders.queries.comparing import mark_of
from tests.factories.stakeholders import GroupFactory, PostFactory, StakeholderFactory

DAY = date(2026, 3, 2)


def make_twins(department, **fields):
    """Write two people of one mail address and name, but for a slip."""
    found = [
        StakeholderFactory(name=name, department=department, **fields)
        for name in ("Ruth Roads", "Ruth Raods")
    ]
    for one in found:
        one.person.email = "ruth@example.org"
        one.person.save()
    return found


def merged(by, kept, absorbed, **choices):
    """Merge two as the page does, and return the record."""
    seen = mark_of(*fresh(kept, absorbed))
    return merge(actor=by, kept=kept, absorbed=absorbed, choices=choices, seen=seen)


def fresh(*stakeholders):
    """Return the same stakeholders as they are now."""
    return [Stakeholder.objects.get(pk=one.pk) for one in stakeholders]


def note(fact, whom, other, third, *, initiatives, cast):
    """Note one fact of a stakeholder; `fact` is its kind and a number that tells it from others."""
    kind, number = fact
    first = initiatives[number % len(initiatives)]
    {
        "post": lambda: PostFactory(
            person=whom.person,
            title=f"Post {number % 2}",
            department=cast.roads if number % 3 else cast.clinic,
            starts_on=None if number % 2 else DAY,
        ),
        "consent": lambda: ConsentEvent.objects.create(
            person=whom.person, kind="given" if number % 2 else "withdrawn", basis=f"Note {number}"
        ),
        "group": lambda: GroupFactory(name="Nights").members.add(whom.person, other.person),
        "tag": lambda: whom.tags.add(
            StakeholderTag.objects.get_or_create(name=f"Tag {number % 2}")[0]
        ),
        "assessed": lambda: _assess(whom, first, number),
        "met": lambda: _meet(first, [whom, other][: 1 + number % 2]),
        "promised": lambda: Commitment.objects.create(
            initiative=first, stakeholder=whom, kind="data", title=f"Data {number}", unit="sets"
        ),
        "related": lambda: _relate(whom, third if number % 3 else other, number),
        "related-to": lambda: _relate(third if number % 3 else other, whom, number),
        "part": lambda: Raci.objects.get_or_create(
            initiative=first,
            deliverable="Go-live" if number % 2 else "GO-LIVE",
            stakeholder=whom,
            part="RCI"[number % 3],
        ),
    }[kind]()


FACTS = (
    "post", "consent", "group", "tag", "assessed", "met", "promised", "related", "related-to", "part",
)  # fmt: skip


def _assess(whom, initiative, number):
    about, _is_new = Interest.objects.get_or_create(stakeholder=whom, initiative=initiative)
    said = {"power": 1 + number % 5, "current": number % 5}
    day = DAY.replace(day=1 + number % 28)
    Assessment.objects.create(about=about, assessed_on=day, rationale=f"Why {number}", **said)
    newest = about.assessments.all()[0]
    about.power, about.current, about.assessed_on = newest.power, newest.current, newest.assessed_on
    about.save()


def _meet(initiative, people):
    met = Engagement.objects.create(kind="call", day=DAY, initiative=initiative, summary="Spoke")
    Participation.objects.bulk_create(
        Participation(engagement=met, stakeholder=one) for one in people
    )
    note_last_contact(Stakeholder.objects.filter(pk__in=[one.pk for one in people]))
    DiscussionPoint.objects.create(engagement=met, text="Send the plan")


def _relate(first, second, number):
    ended = {"ends_on": DAY} if number % 2 else {}
    start = DAY.replace(month=1 + number % 2)
    known = {"first": first, "second": second, "kind": ("advises", "influences")[number % 2]}
    if not Relationship.objects.filter(**known, ends_on=ended.get("ends_on")).exists():
        Relationship.objects.create(**known, starts_on=start, strength=1 + number % 3, **ended)
