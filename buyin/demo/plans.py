"""The demo agency's engagement plan: two years of it, some overdue, and gaps with nothing planned."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.features import DemoAgency
from buyin.initiatives.models import Initiative
from buyin.stakeholders.forms.proposals import proposal_for
from buyin.stakeholders.models import Engagement, Interest, PlannedActivity

State = PlannedActivity.State
PURPOSES = (
    "Hear what stands in the way",
    "Show them what has changed since the last time",
    "Agree on who tests, and when",
    "Answer what they asked in the steering group",
)
REASONS = (
    "They left the agency; the new head is met first.",
    "The budget talks came in between. We wait for the decision.",
)
SPOKEN_AS_PLANNED = 3  # of four meetings were planned before
PLANNED_GAPS = 5  # of each initiative; the others are for whoever tries the portal
SERIES = 3
MONTHLY = 30


def fill(agency: DemoAgency) -> None:
    """Plan what was done, what is to be done, and what came to nothing."""
    rng = random.Random(agency.seed)  # noqa: S311 - invented plans, no secrets
    today = agency.now.date()
    _done(agency, rng)
    _dropped(agency, today)
    _series(agency, today)
    _open(agency, today)


def _done(agency: DemoAgency, rng: random.Random) -> None:
    """Say of most meetings that they were planned, some for an earlier day than they took place."""
    about = Engagement.objects.filter(initiative__isnull=False)
    meetings = about.prefetch_related("participants").order_by("-day", "-pk")
    for number, met in enumerate(meetings):
        if number % 4 == SPOKEN_AS_PLANNED:
            continue
        made = PlannedActivity.objects.create(
            initiative=met.initiative,
            kind=met.kind,
            purpose=_(rng.choice(PURPOSES)),
            owner=agency.lead,
            planned_by=agency.lead,
            due_on=met.day + timedelta(days=rng.choice((-6, 0, 0, 3))),
            state=State.DONE,
            closed_on=met.day,
            closed_by=agency.lead,
            engagement=met,
        )
        made.stakeholders.set(met.participants.all())


def _dropped(agency: DemoAgency, today: date) -> None:
    for number, initiative in enumerate(agency.initiatives):
        for interest in _gaps(initiative)[:1]:
            day = today - timedelta(days=40 + 150 * number)
            made = _made(interest, agency.lead, day, _(PURPOSES[number % len(PURPOSES)]))
            made.state, made.closed_on, made.closed_by = State.DROPPED, day, agency.lead
            made.dropped_why = _(REASONS[number % len(REASONS)])
            made.save()


def _series(agency: DemoAgency, today: date) -> None:
    """Speak with somebody each month: the last ones are done, the next is planned."""
    for interest in _gaps(agency.initiatives[0])[1:2]:
        before: PlannedActivity | None = None
        for number in range(SERIES):
            day = today - timedelta(days=MONTHLY * (SERIES - 1 - number) - 9)
            made = _made(
                interest, agency.lead, day, _("Tell them what is new, and ask what they hear")
            )
            made.cadence, made.follows = MONTHLY, before
            if number < SERIES - 1:
                made.state, made.closed_on, made.closed_by = State.DONE, day, agency.lead
            made.save()
            before = made


def _open(agency: DemoAgency, today: date) -> None:
    """Plan for some gaps of each initiative what the portal proposes; one of each is overdue."""
    people = {one.email: one for one in User.objects.active().exclude(role_assignments=None)}
    for initiative in agency.initiatives:
        for number, interest in enumerate(_gaps(initiative)[2 : 2 + PLANNED_GAPS]):
            begun, _why = proposal_for(interest, agency.lead)
            day = begun["due_on"] if number else today - timedelta(days=9)
            owner = people.get(begun["owner"], agency.lead)
            made = _made(interest, owner, day, str(begun["purpose"]))
            made.kind, made.cadence = begun["kind"], begun["cadence"]
            made.planned_by = agency.lead
            made.save()


def _gaps(initiative: Initiative) -> Sequence[Interest]:
    rows = Interest.objects.behind().filter(initiative=initiative)
    ordered = rows.order_by(F("power").desc(nulls_last=True), "pk")
    return list(ordered.select_related("stakeholder__owner", "initiative__lead"))


def _made(interest: Interest, owner: User, day: date, purpose: str) -> PlannedActivity:
    made = PlannedActivity.objects.create(
        initiative=interest.initiative,
        kind=Engagement.Kind.MEETING,
        purpose=purpose,
        owner=owner,
        planned_by=owner,
        due_on=day,
    )
    made.stakeholders.add(interest.stakeholder)
    return made
