"""The registry and the initiatives of a large agency, for the measurements of lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from buyin.accounts.models import Department, User
from buyin.fatigue import MUCH_MEETINGS
from buyin.initiatives.models import (
    Benefit,
    Initiative,
    Publication,
    RecordVersion,
    Stage,
    SystemRecord,
)
from buyin.stakeholders.actions import look_at_levels, look_for_doubles, look_for_lacks
from buyin.stakeholders.actions.engagements import note_last_contact
from buyin.stakeholders.models import (
    Cadence,
    Commitment,
    CommitmentEntry,
    Engagement,
    Interest,
    Participation,
    Person,
    Post,
    Stakeholder,
)
from tests.bench.models import BareAnswers
from tests.bench.site import settle


@dataclass(frozen=True)
class Size:
    """How many there are; `others` are engagements, commitments and benefits."""

    stakeholders: int
    initiatives: int
    others: int


SMALL, LARGE = Size(50, 50, 50), Size(20_000, 4_000, 4_000)
TIRED = 50  # of them, with whom contact was much lately
BATCH = 2_000
WORDS = "It reads what people send in letters and says who should answer. People decide."


def fill(departments: Sequence[Department], lead: User, size: Size) -> None:
    """Write initiatives with records that are published, and stakeholders who deal with them."""
    initiatives = _initiatives(departments, size.initiatives)
    _published(initiatives, departments, lead)
    made = _stakeholders(departments, lead, size.stakeholders)
    _interests(made, initiatives)
    _dealings(made, initiatives, lead, size.others)
    look_for_doubles()
    look()
    settle()


def look() -> None:
    """Look for what is kept of the registry, as the clock does each minute."""
    look_at_levels()
    look_for_lacks()


def _much_contact(made: Sequence[Stakeholder], lead: User) -> None:
    """Have these met so often within a month that one more time may be too much."""
    today = timezone.localdate()
    spoken = Engagement.objects.bulk_create(
        Engagement(kind="call", day=today - timedelta(n), summary=WORDS, entered_by=lead)
        for n in range(MUCH_MEETINGS)
        for _one in made
    )
    Participation.objects.bulk_create(
        Participation(engagement=one, stakeholder=made[n % len(made)])
        for n, one in enumerate(spoken)
    )


def fill_bare(length: int) -> None:
    """Write as many bare rows as there are stakeholders, of this many bytes each in their list."""
    BareAnswers.objects.all().delete()
    row = {"name": "Person", "text": "x" * max(length - 60, 0)}
    BareAnswers.objects.bulk_create(
        (BareAnswers(answers=row) for _number in range(LARGE.stakeholders)), batch_size=BATCH
    )


def _initiatives(departments: Sequence[Department], many: int) -> list[Initiative]:
    stages = list(Stage)
    initiatives = Initiative.objects.bulk_create(
        (
            Initiative(name=f"Letters {n * 7 % many:04}", summary=WORDS, stage=stages[n % 5])
            for n in range(many)
        ),
        batch_size=BATCH,
    )
    through = Initiative.departments.through
    through._default_manager.bulk_create(
        through(initiative_id=one.pk, department_id=departments[n % len(departments)].pk)
        for n, one in enumerate(initiatives)
    )
    return initiatives


def _published(
    initiatives: Sequence[Initiative], departments: Sequence[Department], lead: User
) -> None:
    values = {"description": WORDS, "problem_solved": WORDS, "topic_area": "Service Delivery"}
    records = SystemRecord.objects.bulk_create(
        (SystemRecord(initiative=one, values=values, revision=1) for one in initiatives),
        batch_size=BATCH,
    )
    versions = RecordVersion.objects.bulk_create(
        (RecordVersion(record=one, number=1, values=values, by=lead) for one in records),
        batch_size=BATCH,
    )
    Publication.objects.bulk_create(
        (
            Publication(
                record=one.record,
                version=one,
                values=values,
                name=one.record.initiative.name,
                stage="Deployed",
                topic="Service Delivery",
                department=departments[n % len(departments)].name,
                words=f"{one.record.initiative.name} {WORDS}".lower(),
            )
            for n, one in enumerate(versions)
        ),
        batch_size=BATCH,
    )


def _stakeholders(departments: Sequence[Department], lead: User, many: int) -> list[Stakeholder]:
    people = Person.objects.bulk_create(
        (Person(name=f"Person {n * 7919 % many:05}") for n in range(many)),
        batch_size=BATCH,
    )
    made = Stakeholder.objects.bulk_create(
        (
            Stakeholder(
                person=one,
                name=one.name,
                department=departments[n % len(departments)],
                category="end-user",
                owner=lead if n % 3 else None,
                cadence=Cadence.MONTHLY if n % 2 else None,
            )
            for n, one in enumerate(people)
        ),
        batch_size=BATCH,
    )
    Post.objects.bulk_create(
        (
            Post(person=one.person, department=one.department, title="Clerk")
            for one in made
            if one.person
        ),
        batch_size=BATCH,
    )
    return made


def _interests(made: Sequence[Stakeholder], initiatives: Sequence[Initiative]) -> None:
    Interest.objects.bulk_create(
        (
            Interest(
                stakeholder=one,
                initiative=initiatives[n % len(initiatives)],
                power=n % 5 + 1,
                interest=n // 5 % 5 + 1,
                current=n % 5,
                desired=3,
                assessed_on=date(2026, 3, 2),
            )
            for n, one in enumerate(made)
        ),
        batch_size=BATCH,
    )


def _dealings(
    made: Sequence[Stakeholder], initiatives: Sequence[Initiative], lead: User, many: int
) -> None:
    today = timezone.localdate()
    spoken = Engagement.objects.bulk_create(
        (
            Engagement(
                kind="meeting",
                day=today - timedelta(n * 700 // many),  # as long ago in a small agency
                initiative=initiatives[n % len(initiatives)],
                summary=WORDS,
                sentiment=n % 5 - 2,
                entered_by=lead,
            )
            for n in range(many)
        ),
        batch_size=BATCH,
    )
    Participation.objects.bulk_create(
        (
            Participation(engagement=one, stakeholder=made[(n * 3 + more) % len(made)])
            for n, one in enumerate(spoken)
            for more in range(2)
        ),
        batch_size=BATCH,
    )
    _much_contact(made[::2][-TIRED:], lead)  # of those with whom no cadence is set
    note_last_contact(Stakeholder.objects.all())
    promised = Commitment.objects.bulk_create(
        (
            Commitment(
                initiative=initiatives[n % len(initiatives)],
                stakeholder=made[n % len(made)],
                kind="funding",
                title=f"Money {n}",
                unit="USD",
                needed_by=today + timedelta(n % 400 - 200),
                requested=1000,
                pledged=n % 1000,
            )
            for n in range(many)
        ),
        batch_size=BATCH,
    )
    CommitmentEntry.objects.bulk_create(
        (
            CommitmentEntry(
                commitment=one, step="pledged", amount=one.pledged, day=today - timedelta(n % 500)
            )
            for n, one in enumerate(promised)
        ),
        batch_size=BATCH,
    )
    Benefit.objects.bulk_create(
        (
            Benefit(
                initiative=initiatives[n % len(initiatives)],
                title=f"Sooner {n}",
                category="service",
                kind="qualitative",
                owner=lead,
            )
            for n in range(many)
        ),
        batch_size=BATCH,
    )
