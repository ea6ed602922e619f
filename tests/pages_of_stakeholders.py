"""The pages of stakeholders, for the tests that look at every page."""

from datetime import timedelta

from auditlog.models import LogEntry
from django.utils import timezone

from buyin.stakeholders.actions import look_for_doubles
from buyin.stakeholders.actions.erasing import place_hold, remove_due
from buyin.stakeholders.models import Assessment, SavedSearch, Stakeholder
from tests.cast import Cast
from tests.factories.merging import make_twins, merged
from tests.factories.stakeholders import StakeholderFactory, make_one_of_each
from tests.shown import Shown

WRITTEN = (
    "Stakeholder 001", "Ruth Roads", "Vast Vision", "Pothole finder", "Go-live", "Head of Roads, Roads", "Head of Roads",
    "Pilot", "Saw the demo", "By mail", "My search",
)  # fmt: skip


def registry(cast: Cast) -> dict[str, object]:
    """Write a stakeholder of Roads with everything, an earlier assessment and a kept search."""
    interest = make_one_of_each(cast.roads)
    interest.initiative.name = "Pothole finder"
    interest.initiative.save()
    interest.initiative.departments.set([cast.roads])
    ruth = interest.stakeholder
    ruth.person.posts.update(title="Head of Roads")
    for one in Stakeholder.objects.order_by("pk"):
        one.name = one.party.name = "Ruth Roads" if one == ruth else "Vast Vision"
        one.party.save()
        one.save()
    today = timezone.localdate()
    Assessment.objects.update(assessed_on=today - timedelta(days=2), rationale="Saw the demo")
    Assessment.objects.create(about=interest, assessed_on=today - timedelta(days=90), current=0)
    SavedSearch.objects.create(person=cast.people["lead"], name="My search", words={"q": "r"})
    return {
        "stakeholder": ruth.pk,
        "interest": interest.pk,
        "initiative": interest.initiative_id,
        "day": today - timedelta(days=30),
    }


MERGED = ("Ruth Roads", "Ruth Raods", "R. Roads", "ruth@example.org", "Roads")


def doubles(cast: Cast) -> dict[str, object]:
    """Write two records of one person, and a merge that is in force."""
    one, other = make_twins(cast.roads)
    third, fourth = make_twins(cast.clinic)
    look_for_doubles()
    return {"one": one.pk, "other": other.pk, "merge": merged(cast.lead, third, fourth).pk}


def unchanged(cast: Cast) -> dict[str, object]:
    """Write a stakeholder whose history is over: what was written down stays as it was."""
    made = registry(cast)
    LogEntry.objects.all().delete()
    return made


def kept_too_long(cast: Cast) -> dict[str, object]:
    """Write two people without any dealing for years, one on hold, and a certificate."""
    made = [StakeholderFactory(name=name) for name in ("Olga Old", "Otto Old", "Zed Zero")]
    long_ago = timezone.now() - timedelta(days=4000)
    Stakeholder.objects.update(added_at=long_ago)
    administrator = cast.people["administrator"]
    remove_due(actor=administrator, stakeholders=[made.pop()])
    place_hold(actor=administrator, stakeholder=made[1], reason="Lawsuit 7")
    return {"free": made[0].pk, "held": made[1].pk}


STAKEHOLDERS = [
    *(
        Shown("administrator", path, kept_too_long, written=("Olga Old", "Otto Old", "Lawsuit 7"))
        for path in (
            "/stakeholders/retention/",
            "/stakeholders/retention/certificates/",
            "/stakeholders/{free}/hold/",
            "/stakeholders/{held}/hold/",
            "/stakeholders/{free}/erase/",
        )
    ),
    Shown("lead", "/stakeholders/{stakeholder}/changes/", unchanged, written=WRITTEN),
    *(
        Shown("lead", path, doubles, written=MERGED)
        for path in (
            "/stakeholders/doubles/",
            "/stakeholders/{one}/merge/?q=ruth",
            "/stakeholders/{one}/merge/{other}/",
            "/stakeholders/merges/",
            "/stakeholders/merges/{merge}/",
        )
    ),
    *(
        Shown("lead", path, registry, written=WRITTEN)
        for path in (
            "/stakeholders/?q=r",
            "/stakeholders/{stakeholder}/",
            "/stakeholders/{stakeholder}/initiatives/{interest}/",
            "/stakeholders/{stakeholder}/everything/",
            "/stakeholders/add/person/",
            "/initiatives/{initiative}/people/?day={day}",
            "/initiatives/{initiative}/people/matrix/",
            "/initiatives/{initiative}/people/network/",
            "/initiatives/{initiative}/people/parts/",
        )
    ),
]
