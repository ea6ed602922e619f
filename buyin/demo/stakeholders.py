"""The demo agency's stakeholders: four hundred of them, with two years of history."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User
from buyin.features import DemoAgency
from buyin.stakeholders.models import (
    ASSESSED,
    SCORES,
    Assessment,
    Cadence,
    Category,
    Channel,
    ConsentEvent,
    Group,
    Interest,
    Level,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    Raci,
    Relationship,
    Stakeholder,
    StakeholderTag,
)

from .city import FAMILY_NAMES, GIVEN_NAMES

PEOPLE, ORGANISATIONS, GROUPS = 340, 36, 24
YEARS = 2
QUARTER = 91
INSIDE = (
    Category.DECISION_MAKER,
    Category.BUDGET_HOLDER,
    Category.IT,
    Category.DATA_SCIENTIST,
    Category.EXPERT,
    Category.REPRESENTATIVE,
    Category.END_USER,
)
OUTSIDE = {
    OrganisationKind.VENDOR: Category.VENDOR,
    OrganisationKind.UNION: Category.UNION,
    OrganisationKind.CITIZENS: Category.CITIZENS,
    OrganisationKind.CIVIL_SOCIETY: Category.CITIZENS,
    OrganisationKind.ACADEMIA: Category.EXPERT,
    OrganisationKind.OVERSIGHT: Category.DECISION_MAKER,
}


def fill(agency: DemoAgency) -> None:
    """Fill the registry of an agency that has none; the same seed always makes the same one."""
    rng = random.Random(agency.seed)  # noqa: S311 - invented people, no secrets
    made = _stakeholders(agency, rng)
    _tags(made, rng)
    interests = _interests(agency, made, rng)
    _history(agency, interests, rng)
    _relations(agency, made, rng)
    _parts(interests)


def _stakeholders(agency: DemoAgency, rng: random.Random) -> list[Stakeholder]:
    owners = list(User.objects.active().filter(role_assignments__isnull=False).order_by("pk"))
    units = list(agency.departments.values())
    rows = [*_people(agency, units, rng), *_organisations(units, rng), *_groups(units)]
    for row in rows:
        row.owner = rng.choice(owners) if owners and _one_of(rng, percent=80) else None
        row.channel = rng.choice(Channel.values)
        row.cadence = rng.choice(Cadence.values)
    return list(Stakeholder.objects.bulk_create(rows))


def _people(
    agency: DemoAgency, units: Sequence[Department], rng: random.Random
) -> Iterator[Stakeholder]:
    people = Person.objects.bulk_create(
        Person(
            name=f"{rng.choice(GIVEN_NAMES)} {rng.choice(FAMILY_NAMES)}",
            email=f"stakeholder{number}@demo.example",
            contact_permitted=rng.choice((True, True, True, None, False)),
        )
        for number in range(PEOPLE)
    )
    titles = (_("Head of unit"), _("Team lead"), _("Analyst"), _("Case worker"), _("Adviser"))
    posts, notes = [], []
    for person in people:
        unit = rng.choice(units)
        since = agency.now.date() - timedelta(days=rng.randrange(40, 365 * YEARS))
        posts.append(
            Post(person=person, department=unit, title=rng.choice(titles), starts_on=since)
        )
        if person.contact_permitted is not None:
            kind = "given" if person.contact_permitted else "withdrawn"
            notes.append(
                ConsentEvent(person=person, kind=kind, basis=_("Asked by mail"), at=_noon(since))
            )
        yield Stakeholder(
            person=person, name=person.name, department=unit, category=rng.choice(INSIDE)
        )
    Post.objects.bulk_create(posts)
    ConsentEvent.objects.bulk_create(notes)


def _one_of(rng: random.Random, *, percent: int) -> bool:
    return rng.randrange(100) < percent


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _organisations(units: Sequence[Department], rng: random.Random) -> Iterator[Stakeholder]:
    kinds = list(OUTSIDE)
    made = Organisation.objects.bulk_create(
        Organisation(
            name=f"{rng.choice(FAMILY_NAMES)} {kinds[n % len(kinds)].label} {n + 1}",
            kind=kinds[n % len(kinds)],
            department=rng.choice(units) if n % 3 == 0 else None,
        )
        for n in range(ORGANISATIONS)
    )
    for one in made:
        yield Stakeholder(
            organisation=one,
            name=one.name,
            department=one.department,
            category=OUTSIDE[OrganisationKind(one.kind)],
        )


def _groups(units: Sequence[Department]) -> Iterator[Stakeholder]:
    made = Group.objects.bulk_create(
        Group(
            name=_("Users of %(unit)s, group %(number)d")
            % {"unit": units[n % len(units)].name, "number": n // len(units) + 1},
            department=units[n % len(units)],
        )
        for n in range(GROUPS)
    )
    for one in made:
        yield Stakeholder(
            group=one, name=one.name, department=one.department, category=Category.END_USER
        )


def _tags(made: Sequence[Stakeholder], rng: random.Random) -> None:
    names = (_("Pilot"), _("Steering group"), _("Early adopter"), _("Works at night"))
    tags = StakeholderTag.objects.bulk_create(StakeholderTag(name=name) for name in names)
    through = Stakeholder.tags.through
    through.objects.bulk_create(
        through(stakeholder_id=one.pk, stakeholdertag_id=rng.choice(tags).pk)
        for one in made
        if _one_of(rng, percent=40)
    )


def _interests(
    agency: DemoAgency, made: Sequence[Stakeholder], rng: random.Random
) -> list[Interest]:
    """Put everybody on one or two lists; most of them on that of the first initiative."""
    rows = []
    for one in made:
        first, *others = agency.initiatives
        chosen = {first} if _one_of(rng, percent=40) else set()
        chosen.add(rng.choice(others or [first]))
        rows += [
            Interest(stakeholder=one, initiative=initiative)
            for initiative in sorted(chosen, key=lambda initiative: initiative.pk)
        ]
    return list(Interest.objects.bulk_create(rows))


def _history(agency: DemoAgency, interests: Sequence[Interest], rng: random.Random) -> None:
    """Assess nearly everybody each quarter or so; who is worked with moves towards support."""
    today = agency.now.date()
    rows = []
    for interest in interests:
        if _one_of(rng, percent=10):
            continue  # not assessed yet
        said = {score: rng.randint(1, 5) for score in SCORES}
        said |= {"current": rng.choice((0, 1, 1, 2, 2, 3)), "desired": rng.choice((2, 3, 3, 4))}
        day = today - timedelta(days=rng.randrange(200, 365 * YEARS))
        while day < today:
            rows.append(_assessment(interest, day, said, agency.lead, rng))
            for name in ASSESSED:
                setattr(interest, name, said.get(name))
            interest.assessed_on = day
            day += timedelta(days=rng.randrange(QUARTER // 2, 2 * QUARTER))
            said = _moved(said, rng)
    Assessment.objects.bulk_create(rows, batch_size=500)
    Interest.objects.bulk_update(interests, [*ASSESSED, "assessed_on"], batch_size=200)


def _moved(said: dict[str, int], rng: random.Random) -> dict[str, int]:
    step = rng.choice((0, 0, 1, 1, -1))
    lowest = min(Level.RESISTANT, said["current"])  # whom nobody has told yet may stay unaware
    level = min(Level.LEADING, max(lowest, said["current"] + step))
    score = min(5, max(1, said["interest"] + rng.choice((-1, 0, 0, 1))))
    return {**said, "current": int(level), "interest": score}


def _assessment(
    interest: Interest, day: date, said: dict[str, int], by: User, rng: random.Random
) -> Assessment:
    reasons = (
        _("Said so in the steering group."),
        _("Asked many questions at the demonstration, and stayed."),
        _("Worried about the work that would go."),
        _("Offered two people for the pilot."),
        _("Did not answer three invitations."),
    )
    return Assessment(
        about=interest,
        assessed_on=day,
        rationale=rng.choice(reasons),
        confidence=rng.randint(1, 3),
        assessed_by=by,
        **said,
    )


def _relations(agency: DemoAgency, made: Sequence[Stakeholder], rng: random.Random) -> None:
    kinds = ("influences", "influences", "advises", "reports-to", "represents")
    found: dict[tuple[int, int], Relationship] = {}
    leading = made[:30]
    for one in made[30:200]:
        other = rng.choice(leading)
        found[one.pk, other.pk] = Relationship(
            first=one,
            second=other,
            kind=rng.choice(kinds),
            strength=rng.randint(1, 3),
            starts_on=agency.now.date() - timedelta(days=rng.randrange(30, 365 * YEARS)),
        )
    Relationship.objects.bulk_create(found.values())


def _parts(interests: Sequence[Interest]) -> None:
    """Give each initiative three deliverables; nobody is accountable for the last one yet."""
    lists: dict[int, list[Interest]] = {}
    for one in interests:
        lists.setdefault(one.initiative_id, []).append(one)
    rows = []
    names = (_("Go-live decision"), _("Training plan"), _("Rules for appeals"))
    for there in lists.values():
        for number, name in enumerate(names):
            letters = "RCI" if number == len(names) - 1 else "ARCI"
            rows += [
                Raci(
                    initiative=there[0].initiative,
                    deliverable=name,
                    stakeholder=one.stakeholder,
                    part=letter,
                )
                for letter, one in zip(letters, there[number * 4 :], strict=False)
            ]
    Raci.objects.bulk_create(rows)
