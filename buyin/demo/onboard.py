"""Who is on board in the demo agency, and the few cases in which somebody is missing or has changed.

Most initiatives have everybody whom their stage needs; some lack a union, a sponsor or somebody who
answers for it. Of a few stakeholders something happened since they were assessed.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User
from buyin.features import DemoAgency
from buyin.initiatives.models import Initiative
from buyin.stakeholders.models import (
    ASSESSED,
    Assessment,
    Category,
    Commitment,
    CommitmentEntry,
    Engagement,
    Interest,
    Level,
    Participation,
    Raci,
    Stakeholder,
)
from buyin.stakeholders.representation import RULES, SPONSORING

ACCOUNTS = 24  # stakeholders who have an account, so that surveys ask them by it
OFTEN = 5  # how often the two who are met too often were met this month
# Every so many initiatives of the inventory something is missing.
NOBODY, NO_UNION, NO_CHAMPION, NO_PART, NO_SPONSOR = 14, 9, 11, 13, 10


def fill(agency: DemoAgency) -> None:
    """Put people on the lists that are empty, and let things happen since some were assessed."""
    rng = random.Random(agency.seed)  # noqa: S311 - invented people, no secrets
    today = agency.now.date()
    _accounts(agency)
    _lists(agency, rng, today)
    _changed(agency, today)


def _accounts(agency: DemoAgency) -> None:
    """Let some people of the registry be people of the agency, by the name of their account."""
    office = agency.departments.get("permits")
    if office is None:
        return
    near = Department.objects.filter(pk=office.pk) | Department.objects.filter(parent=office)
    users = list(User.objects.active().filter(department__in=near).order_by("-pk")[:ACCOUNTS])
    rows = Stakeholder.objects.filter(department__in=near, person__user=None, person__isnull=False)
    for one, user in zip(rows.order_by("pk")[:ACCOUNTS], users, strict=False):
        if one.person:
            one.name = one.person.name = user.name
            one.person.user, one.person.email = user, user.email
            one.person.save()
            one.save()


def _lists(agency: DemoAgency, rng: random.Random, today: date) -> None:
    """Put one of each category on the list of each initiative that has none, with few gaps."""
    people: dict[str, list[Stakeholder]] = defaultdict(list)
    for one in Stakeholder.objects.current().order_by("pk"):
        people[one.category].append(one)
    bare = Initiative.objects.filter(interests=None).prefetch_related("departments")
    made: list[Interest] = []
    parts: list[Raci] = []
    for number, initiative in enumerate(bare.order_by("pk"), start=1):
        if number % NOBODY:
            listed = list(_listed(initiative, number, people, rng))
            made += listed
            if listed and number % NO_PART:
                parts.append(
                    Raci(
                        initiative=initiative,
                        deliverable=_("Go-live decision"),
                        stakeholder=listed[0].stakeholder,
                        part="A",
                    )
                )
    for interest in made:
        interest.assessed_on = today - timedelta(days=rng.randrange(5, 120))
    Interest.objects.bulk_create(made, batch_size=500)
    Assessment.objects.bulk_create(
        (_assessment(one, agency.lead, _("Came to the first meeting.")) for one in made),
        batch_size=500,
    )
    Raci.objects.bulk_create(parts)


def _listed(
    initiative: Initiative, number: int, people: dict[str, list[Stakeholder]], rng: random.Random
) -> Iterator[Interest]:
    """Yield who is on an initiative's list: one of each category, one for each department."""
    homes = [one.pk for one in initiative.departments.all()]
    chosen: dict[int, Stakeholder] = {}
    for rule in RULES:
        if rule.category == Category.UNION and not number % NO_UNION:
            continue
        there = people[rule.category]
        in_each = rule.in_each_department or rule.category in SPONSORING
        for home in homes if in_each else [None]:
            near = [one for one in there if home in {None, one.department_id}]
            if near:
                one = rng.choice(near)
                chosen[one.pk] = one
    for position, one in enumerate(chosen.values()):
        level = Level.SUPPORTIVE
        if one.category in SPONSORING and not number % NO_SPONSOR:
            level = Level.NEUTRAL
        elif not position and number % NO_CHAMPION:
            level = Level.LEADING
        yield Interest(
            stakeholder=one,
            initiative=initiative,
            power=rng.randint(2, 5),
            interest=rng.randint(2, 5),
            current=level,
            desired=max(level, Level.SUPPORTIVE),
        )


def _assessment(interest: Interest, by: User, why: str) -> Assessment:
    """Return what an interest says now as an assessment, which is not written yet."""
    said = {name: getattr(interest, name) for name in ASSESSED}
    said["assessed_on"] = interest.assessed_on
    return Assessment(about=interest, rationale=why, assessed_by=by, **said)


def _changed(agency: DemoAgency, today: date) -> None:
    """Let something happen since some of the first initiative's stakeholders were assessed."""
    main = agency.initiatives[0]
    free = Interest.objects.filter(initiative=main, stakeholder__commitments=None)
    unmet = free.filter(stakeholder__engagements=None).select_related("stakeholder")
    rows = list(unmet.order_by("pk")[:12])
    if len(rows) < len(_CASES) + 2:
        return
    for interest, (level, days, moods) in zip(rows, _CASES, strict=False):
        _stood(interest, level, today - timedelta(days=days), agency.lead)
        for number, mood in enumerate(moods):
            day = today - timedelta(days=6 + 9 * (len(moods) - number))
            _met(interest.stakeholder, main, day, mood, agency.lead)
    _declined(rows[0], today, agency.lead)
    for interest in rows[-2:]:
        for number in range(OFTEN):
            day = today - timedelta(days=2 + 5 * number)
            _met(interest.stakeholder, main, day, None, agency.lead)


# The level that was noted, how many days ago, and how the engagements since then went.
_CASES: Sequence[tuple[Level, int, Sequence[int | None]]] = (
    (Level.SUPPORTIVE, 200, (0,)),
    (Level.LEADING, 230, ()),
    (Level.SUPPORTIVE, 300, ()),
    (Level.UNAWARE, 80, (0,)),
    (Level.LEADING, 90, (-1, -2)),
    (Level.RESISTANT, 120, (1, 2)),
)


def _stood(interest: Interest, level: Level, day: date, by: User) -> None:
    """Let nothing newer than this be noted of somebody's level."""
    interest.assessments.filter(assessed_on__gte=day).delete()
    interest.current, interest.desired, interest.assessed_on = level, Level.SUPPORTIVE, day
    interest.save()
    _assessment(interest, by, _("Said so in the steering group.")).save()


def _met(who: Stakeholder, initiative: Initiative, day: date, mood: int | None, by: User) -> None:
    met = Engagement.objects.create(
        kind=Engagement.Kind.CALL,
        day=day,
        initiative=initiative,
        summary=_("Asked what changes for their people, and when."),
        sentiment=mood,
        entered_by=by,
    )
    Participation.objects.create(engagement=met, stakeholder=who)


def _declined(interest: Interest, today: date, by: User) -> None:
    """Let somebody who is supportive decline what was asked of them."""
    day = today - timedelta(days=40)
    made = Commitment.objects.create(
        initiative=interest.initiative,
        stakeholder=interest.stakeholder,
        kind=Commitment.Kind.PERSONNEL,
        title=_("A trainer for two weeks"),
        unit=_("weeks"),
        requested=2,
        declined_on=day,
    )
    step = CommitmentEntry.Step
    CommitmentEntry.objects.create(
        commitment=made, step=step.REQUESTED, amount=2, day=day - timedelta(days=30), entered_by=by
    )
    CommitmentEntry.objects.create(
        commitment=made, step=step.DECLINED, day=day, note=_("Nobody can be spared."), entered_by=by
    )
