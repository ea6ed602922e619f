"""From a plan to a wave that asks people, and changing how long it runs."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.definitions import fingerprint
from surveys.models import (
    DraftStep,
    Happening,
    Invitation,
    Survey,
    SurveyVersion,
    Wave,
    WaveDepartment,
    WavePlan,
    What,
)
from surveys.queries.audience import guests_of, people_asked, rules_of
from surveys.queries.authoring import (
    end_of,
    last_moment_of,
    opening_and_closing,
)
from surveys.queries.publication import check_publication

from .naming import claim_name, next_number
from .refusals import RefusedError

GRACE = timedelta(minutes=30)
BATCH = 1000


@transaction.atomic
def publish(*, survey: Survey, by: User) -> Wave:
    """Freeze the version, make the wave with its audience and forget the plan; once, whoever asks.

    Of two people who publish at the same moment one makes the wave and the other is refused.
    """
    current = Survey.objects.select_for_update().get(pk=survey.pk)
    plan = WavePlan.objects.filter(survey=current).first()
    if plan is None:
        raise RefusedError(_("This wave has been published already. Nothing was done twice."))
    ready = check_publication(current, plan)
    if ready.problems:
        raise RefusedError(" ".join(ready.problems))
    opens_at, closes_at = opening_and_closing(plan, timezone.now())
    number = next_number(current.waves.all())
    wave = Wave.objects.create(
        survey=current,
        version=published_version(current, plan.anonymity),
        number=number,
        called=claim_name(current),
        opens_at=opens_at,
        closes_at=closes_at,
        grace=_grace(closes_at, last_moment_of(current) if plan.is_public else None),
        address=public_address(current, number) if plan.is_public else None,
        sends_mail=plan.sends_mail and not plan.is_public,
        reminders=plan.reminders if plan.sends_mail else 0,
        remind_every=plan.remind_every,
        target=plan.target,
        rules={} if plan.is_public else rules_of(plan),
    )
    WaveDepartment.objects.bulk_create(
        WaveDepartment(
            wave=wave, department=group.department, asked=group.asked, is_whole=group.is_whole
        )
        for group in ready.groups
    )
    _invite(wave, plan)
    Happening.objects.create(wave=wave, what=What.PUBLISHED, by=by)
    plan.delete()
    DraftStep.objects.filter(survey=current).delete()  # what is out cannot be undone
    return wave


@transaction.atomic
def extend_wave(*, wave: Wave, closes_on: date, by: User) -> Wave:
    """Give people until the end of this day; only a wave that is not closed, and only later."""
    current = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    lengthen(current, closes_on)
    current.save(update_fields=["closes_at", "grace"])
    Happening.objects.create(wave=current, what=What.EXTENDED, by=by, until=current.closes_at)
    return current


def lengthen(current: Wave, closes_on: date) -> None:
    """Set the end of a locked wave to that of a later day, not saved yet; else RefusedError."""
    closes_at = end_of(closes_on)
    last = last_moment_of(current.survey) if current.is_public else None
    if current.closed_at is not None:
        raise RefusedError(_("This wave has been closed. Ask again in a new wave."))
    if closes_at <= max(current.closes_at, timezone.now()):
        raise RefusedError(_("Choose a day after the last day that people have now."))
    if last and closes_at > last:
        raise RefusedError(
            _("The approval of this questionnaire ends on %(day)s. Choose that day at the latest.")
            % {"day": date_format(timezone.localtime(last), "DATE_FORMAT")}
        )
    current.closes_at, current.grace = closes_at, _grace(closes_at, last)


def _grace(closes_at: datetime, last: datetime | None) -> timedelta:
    """Return how long answers are taken after closing: nothing is collected past its approval."""
    return GRACE if last is None else max(timedelta(0), min(GRACE, last - closes_at))


def public_address(survey: Survey, number: int) -> str:
    """Return the address of a public wave: words that say what it asks, and numbers of its own."""
    words = slugify(survey.title)[:50].strip("-") or "questionnaire"
    return f"{words}-{survey.pk}-{number}"


def _invite(wave: Wave, plan: WavePlan) -> None:
    """Write down whom this wave asks, as the plan chooses them now."""
    listed = set(plan.addresses.order_by().values_list("address", flat=True))
    people = people_asked(plan).order_by().values_list("pk", "department_id", "email")
    Invitation.objects.bulk_create(
        (
            Invitation(wave=wave, person_id=pk, department_id=home, by_address=email in listed)
            for pk, home, email in people
        ),
        batch_size=BATCH,
    )
    Invitation.objects.bulk_create(
        (
            Invitation(wave=wave, address=address, department_id=home, by_address=True)
            for address, home in guests_of(plan).order_by().values_list("address", "department_id")
        ),
        batch_size=BATCH,
    )


def published_version(survey: Survey, anonymity: str) -> SurveyVersion:
    """Return a published version with the latest questions and this anonymity, made if needed."""
    latest = survey.latest_version
    if latest.is_published and latest.anonymity == anonymity:
        return latest
    if latest.is_published:
        latest = SurveyVersion(
            survey=survey, number=latest.number + 1, definition=latest.definition
        )
    latest.anonymity = anonymity
    latest.fingerprint = fingerprint(latest.definition, anonymity)
    latest.published_at = Now()
    latest.save()
    latest.refresh_from_db(fields=["published_at"])
    return latest
