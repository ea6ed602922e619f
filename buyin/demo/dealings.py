"""What the demo agency's stakeholders were asked for and gave, and when people met."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.features import DemoAgency
from buyin.initiatives.models import Initiative
from buyin.stakeholders.actions.engagements import note_last_contact
from buyin.stakeholders.models import (
    Category,
    Commitment,
    CommitmentEntry,
    DiscussionPoint,
    Engagement,
    Interest,
    Participation,
    Person,
    Stakeholder,
)

from .city import DOMAIN

Kind, Step = Commitment.Kind, CommitmentEntry.Step
type Asked = tuple[Commitment.Kind, str, str, int, dict[Any, float]]
# What, in which unit, how much is requested, and which share of it stands at each step.
ASKED: tuple[Asked, ...] = (
    (Kind.FUNDING, "Money for the pilot", "USD", 180_000, {Step.PLEDGED: 1, Step.COMMITTED: 0.8}),
    (
        Kind.PERSONNEL,
        "Two case workers who test",
        "posts",
        2,
        {Step.PLEDGED: 1, Step.RECEIVED: 0.5},
    ),
    (Kind.INFRASTRUCTURE, "Test servers", "months", 12, {Step.COMMITTED: 1, Step.RECEIVED: 1}),
    (Kind.DATA, "Two years of closed cases", "data sets", 2, {}),
)
OF_EXECUTIVE: tuple[Asked, ...] = (
    (Kind.FUNDING, "Money for the second year", "USD", 240_000, {}),
    (Kind.SPONSORSHIP, "A word to all heads of departments", "mail", 1, {Step.RECEIVED: 1}),
)
SAID = (
    "They want to see it with their own cases first.",
    "Worried that errors land on their desk. Liked that every reason can be read.",
    "Asked who answers when it is wrong. We promised a page on it.",
    "Would lend two people for a month if the counter stays open.",
    "Content with the pace; wants numbers at the next meeting.",
)
POINTS = ("Send the plan of the pilot", "Show the figures of the last quarter", "Name a contact")
MEETINGS = 48
IN_TIME = 0.8  # of those who are to be spoken with now and then, somebody has spoken with
SHORTLY = (
    "A short call: no news on either side.",
    "Sent the newest figures; thanked for them.",
    "Met in the corridor. Asked when their unit is next.",
)


def fill(agency: DemoAgency) -> None:
    """Add commitments and engagements to the stakeholders that are there."""
    rng = random.Random(agency.seed)  # noqa: S311 - invented dealings, no secrets
    today = agency.now.date()
    for initiative in agency.initiatives:
        givers = _of(initiative, Category.BUDGET_HOLDER, Category.DECISION_MAKER)
        for giver, asked in zip(givers, ASKED, strict=False):
            _ask(initiative, giver, asked, today, agency.lead)
    main = agency.initiatives[0]
    executive = _executive(main)
    for asked in OF_EXECUTIVE:
        _ask(main, executive, asked, today, agency.lead)
    _meet(agency, rng, today)
    _stay_in_touch(agency, today)


def _of(initiative: Initiative, *categories: Category) -> list[Stakeholder]:
    found = Stakeholder.objects.filter(
        interests__initiative=initiative, category__in=categories, person__isnull=False
    )
    return list(found.order_by("name", "pk"))


def _executive(initiative: Initiative) -> Stakeholder:
    """Return the executive of the tour as a stakeholder, who finds there what is asked of them."""
    user = User.objects.get(email=f"executive@{DOMAIN}")
    person, _is_new = Person.objects.get_or_create(
        user=user, defaults={"name": user.name, "email": user.email}
    )
    giver, _is_new = Stakeholder.objects.get_or_create(
        person=person,
        defaults={
            "name": user.name,
            "department": user.department,
            "category": Category.BUDGET_HOLDER,
        },
    )
    Interest.objects.get_or_create(stakeholder=giver, initiative=initiative)
    return giver


def _ask(initiative: Initiative, giver: Stakeholder, asked: Asked, today: date, by: User) -> None:
    kind, title, unit, requested, shares = asked
    made = Commitment.objects.create(
        initiative=initiative,
        stakeholder=giver,
        kind=kind,
        title=_(title),
        unit=_(unit),
        needed_by=today + timedelta(days=-20 if kind == Kind.PERSONNEL else 90),
        requested=requested,
    )
    amounts = {Step.REQUESTED: 1, **shares}
    entries = [
        CommitmentEntry(
            commitment=made,
            step=step,
            amount=Decimal(requested) * Decimal(str(share)),
            day=today - timedelta(days=150 - 40 * number),
            entered_by=by,
        )
        for number, (step, share) in enumerate(amounts.items())
    ]
    CommitmentEntry.objects.bulk_create(entries)
    for entry in entries:
        setattr(made, entry.step, entry.amount)
    made.save()


def _meet(agency: DemoAgency, rng: random.Random, today: date) -> None:
    """Add two years of meetings and calls, with what came up in the last of them."""
    kinds = list(Engagement.Kind)
    for number in range(MEETINGS):
        initiative = agency.initiatives[number % len(agency.initiatives)]
        people = list(
            Stakeholder.objects.filter(interests__initiative=initiative).order_by("pk")[:60]
        )
        if not people:
            continue
        met = Engagement.objects.create(
            kind=rng.choice(kinds),
            day=today - timedelta(days=2 + 15 * number),
            initiative=initiative,
            summary=_(rng.choice(SAID)),
            sentiment=rng.choice([None, -1, 0, 1, 1, 2]),
            entered_by=agency.lead,
        )
        Participation.objects.bulk_create(
            Participation(engagement=met, stakeholder=one)
            for one in rng.sample(people, k=min(len(people), rng.randint(1, 4)))
        )
        if number < len(POINTS):
            due = timezone.localdate() + timedelta(days=7 * (number + 1))
            text = _(POINTS[number])
            DiscussionPoint.objects.create(engagement=met, text=text, owner=agency.lead, due_on=due)


def _stay_in_touch(agency: DemoAgency, today: date) -> None:
    """Note a short word with most of those who are to be spoken with, within their time."""
    rng = random.Random(agency.seed + 1)  # noqa: S311 - invented dealings, no secrets
    rows = Stakeholder.objects.current().filter(cadence__isnull=False)
    rows = rows.exclude(person__contact_permitted=False).order_by("pk")
    spoken = [
        (one, today - timedelta(days=rng.randrange(one.cadence or 1)))
        for one in rows.select_related("owner")
        if rng.random() < IN_TIME
    ]
    made = Engagement.objects.bulk_create(
        Engagement(
            kind=rng.choice([Engagement.Kind.CALL, Engagement.Kind.MAIL, Engagement.Kind.MEETING]),
            day=day,
            summary=_(rng.choice(SHORTLY)),
            entered_by=one.owner or agency.lead,
        )
        for one, day in spoken
    )
    Participation.objects.bulk_create(
        Participation(engagement=met, stakeholder=one)
        for met, (one, _day) in zip(made, spoken, strict=True)
    )
    note_last_contact(Stakeholder.objects.all())
