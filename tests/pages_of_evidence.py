"""Pages of who is missing and of evidence beside levels, for the tests that look at every page."""

from datetime import timedelta

from django.utils import timezone

from buyin.stakeholders.actions import look_at_levels, look_for_lacks
from buyin.stakeholders.models import DiscussionPoint, Interest, Stakeholder
from tests.cast import Cast
from tests.factories.commitments import make_commitment
from tests.factories.initiatives import make_change
from tests.factories.people_on_board import make_met, make_on_board
from tests.factories.stakeholders import make_assessed
from tests.shown import Shown

WRITTEN = (
    "The decision-maker of Roads",
    "Pothole finder",
    "Ruth Roads",
    "Clara Clinic",
    "Go-live",
    "Money for the pilot",
    "They want a trial first.",
)


def on_board(cast: Cast) -> dict[str, object]:
    """Write a pilot in which somebody is missing, with a leader of whom nobody has heard for long.

    Ruth of Roads leads and is late; Clara of Clinic was met much.
    """
    today = timezone.localdate()
    ours = make_on_board(cast.roads, cast.clinic, without=["union"], name="Pothole finder")
    make_change(ours, "", "pre-deployment", day=today - timedelta(days=400))
    make_change(ours, "pre-deployment", "pilot", day=today - timedelta(days=90))
    ruth, clara = Stakeholder.objects.filter(category="budget-holder").order_by("pk")
    for one, name in ((ruth, "Ruth Roads"), (clara, "Clara Clinic")):
        one.name = one.party.name = name
        one.party.save()
        one.save()
    Interest.objects.filter(stakeholder=ruth, initiative=ours).delete()
    long_ago = today - timedelta(days=300)
    interest = make_assessed(stakeholder=ruth, initiative=ours, on=long_ago, current=4, desired=4)
    make_commitment(
        initiative=ours, stakeholder=ruth, title="Money for the pilot", entries=[("pledged", 5)],
        needed_by=today - timedelta(days=9),
    )  # fmt: skip
    met = make_met(ruth, initiative=ours, day=today - timedelta(days=215), sentiment=1)
    DiscussionPoint.objects.create(engagement=met, text="Send the plan", owner=cast.people["lead"])
    Interest.objects.filter(stakeholder=clara).update(current=2)
    for days in range(4):
        make_met(clara, initiative=ours, day=today - timedelta(days=days))
    look_at_levels()
    look_for_lacks()
    return {
        "initiative": ours.pk,
        "stakeholder": ruth.pk,
        "interest": interest.pk,
        "clara": clara.pk,
        "day": today - timedelta(days=30),
    }


EVIDENCE_PAGES = [
    Shown("lead", path, on_board, written=WRITTEN)
    for path in (
        "/initiatives/{initiative}/",
        "/initiatives/{initiative}/people/missing/",
        "/initiatives/{initiative}/people/sponsors/",
        "/stakeholders/missing/",
        "/stakeholders/evidence/",
        "/stakeholders/contact/",
        "/stakeholders/contact/departments/",
        "/stakeholders/{stakeholder}/",
        "/stakeholders/{clara}/",
        "/stakeholders/log/new/?stakeholder={clara}",
    )
]
