"""Making surveys: from a template to a draft, and changing the draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, Tag, User
from buyin.initiatives.models import Initiative
from buyin.lines import seen
from surveys.building.outdated import outdated_after
from surveys.building.refusing import tidied
from surveys.models import Kind, Panel, PlannedAddress, Survey, SurveyVersion, Wave, WavePlan
from surveys.models.mailing import TARGET
from surveys.queries.outdated import outdated_of

from .editing import claim
from .naming import claim_name, next_number
from .outdated import keep_outdated, own_of
from .refusals import RefusedError

BATCH = 1000


@dataclass(frozen=True)
class Texts:
    """What a survey is called and why it asks."""

    title: str
    purpose: str
    initiative: Initiative
    intro: str = ""


class Listed(NamedTuple):
    """A listed address, and where it counts if nobody has an account with it."""

    address: str
    department: int | None = None


@dataclass(frozen=True)
class Plan:
    """Whom the next wave asks, when, and what the agency will know of who answered."""

    asks_everybody: bool
    departments: Iterable[Department]
    opens_on: date | None
    closes_on: date | None
    anonymity: str
    is_public: bool = False
    roles: Sequence[str] = ()
    tags: Iterable[Tag] = ()
    panels: Iterable[Panel] = ()
    addresses: Iterable[Listed] = ()
    sends_mail: bool = False
    reminders: int = 0
    remind_every: int = 5
    target: int = TARGET


@transaction.atomic
def create_survey(*, owner: User, kind: str, definition: dict[str, Any], texts: Texts) -> Survey:
    """Make a survey with a first draft of these questions, and a plan for its first wave.

    Interviews and usability tests are held in sessions and have no waves.
    """
    survey = Survey.objects.create(
        title=seen(texts.title),
        purpose=texts.purpose,
        initiative=texts.initiative,
        kind=kind,
        owner=owner,
    )
    SurveyVersion.objects.create(survey=survey, number=1, definition=definition)
    if not survey.is_in_sessions:
        WavePlan.objects.create(survey=survey, is_public=kind == Kind.CONSULTATION)
    return survey


@transaction.atomic
def edit_texts(*, survey: Survey, revision: int, texts: Texts, by: User) -> Survey:
    """Change the texts; a changed introduction goes into the draft, never into what is out."""
    current = claim(survey, revision, by)
    own = own_of(current)
    current.title, current.purpose = seen(texts.title), texts.purpose
    has_moved = current.initiative_id != texts.initiative.pk
    current.initiative = texts.initiative
    current.save(update_fields=["title", "purpose", "initiative"])
    if has_moved:  # what is measured is measured again there, and needs a name of its own
        current.waves.update(called=claim_name(current))
    latest = current.latest_version
    before = after = latest.definition
    if before.get("intro", "") != texts.intro:
        draft = draft_after(latest)
        draft.definition = after = tidied({**before, "intro": texts.intro})
        draft.save()
    if before.get("translations"):
        known = outdated_of(current)
        keep_outdated(current, outdated_after(before, after, known, own, own_of(current)))
    return current


@transaction.atomic
def edit_plan(*, survey: Survey, revision: int, plan: Plan, by: User) -> WavePlan:
    """Change whom the next wave asks and when."""
    current = claim(survey, revision, by)
    stored = WavePlan.objects.filter(survey=current).first()
    if stored is None:
        raise RefusedError(_("This wave has been published. Its audience can no longer change."))
    stored.asks_everybody, stored.is_public = plan.asks_everybody, plan.is_public
    stored.opens_on, stored.closes_on = plan.opens_on, plan.closes_on
    stored.anonymity, stored.roles = plan.anonymity, list(plan.roles)
    stored.sends_mail, stored.reminders = plan.sends_mail, plan.reminders
    stored.remind_every, stored.target = plan.remind_every, plan.target
    stored.save()
    stored.departments.set(plan.departments)
    stored.tags.set(plan.tags)
    stored.panels.set(plan.panels)
    list_addresses(stored, plan.addresses)
    return stored


@transaction.atomic
def plan_again(*, survey: Survey) -> WavePlan:
    """Start preparing a wave, with the audience and the anonymity of the last one if there is one."""
    current = Survey.objects.select_for_update().get(pk=survey.pk)
    if current.is_in_sessions:
        raise RefusedError(_("This is held in sessions, not asked in waves."))
    last = survey.waves.select_related("version").order_by("-number").first()
    if last is None:
        return WavePlan.objects.get_or_create(survey=survey)[0]
    if last.takes_imports or last.closed_at is None:
        raise RefusedError(
            _("The last wave has not been closed yet. Close it before asking again.")
        )
    plan, is_new = WavePlan.objects.get_or_create(
        survey=survey,
        defaults={
            "anonymity": last.version.anonymity,
            "is_public": last.is_public,
            **field_work_of(last),
        },
    )
    if is_new and last.rules and not plan.is_public:
        choose_as_before(plan, last)
    elif is_new and not plan.is_public:
        asked = set(last.groups.order_by().values_list("department", flat=True)) - {None}
        plan.asks_everybody = asked == everybody()
        plan.save(update_fields=["asks_everybody"])
        plan.departments.set(asked)
    return plan


def field_work_of(asked: Wave | WavePlan) -> dict[str, Any]:
    """Return how a wave is asked for and what it aims at; the next one begins with the same."""
    return {n: getattr(asked, n) for n in ("sends_mail", "reminders", "remind_every", "target")}


def everybody() -> set[int]:
    """Return the departments of the whole agency."""
    return set(Department.objects.order_by().values_list("pk", flat=True))


def choose_as_before(plan: WavePlan, wave: Wave) -> None:
    """Give a plan the rules of a wave, as far as what they speak of is still there."""
    rules = wave.rules
    plan.asks_everybody, plan.roles = rules["everybody"], rules["roles"]
    plan.save(update_fields=["asks_everybody", "roles"])
    plan.departments.set(Department.objects.filter(pk__in=rules["departments"]))
    plan.tags.set(Tag.objects.filter(pk__in=rules["tags"]))
    plan.panels.set(Panel.objects.filter(pk__in=rules["panels"]))
    listed = wave.invitations.filter(by_address=True).order_by("person__email", "address")
    list_addresses(
        plan,
        [
            Listed(email or address, None if email else home)
            for email, address, home in listed.values_list(
                "person__email", "address", "department_id"
            )
            if email or address  # that of a guest may have been forgotten
        ],
    )


def list_addresses(plan: WavePlan, addresses: Iterable[Listed]) -> None:
    """Keep these addresses and no others."""
    plan.addresses.all().delete()
    PlannedAddress.objects.bulk_create(
        (
            PlannedAddress(plan=plan, address=one.address, department_id=one.department)
            for one in addresses
        ),
        batch_size=BATCH,
    )


def draft_after(latest: SurveyVersion) -> SurveyVersion:
    """Return the draft: the latest version if it is not out, else a new one that starts from it."""
    if not latest.is_published:
        return latest
    return SurveyVersion(
        survey_id=latest.survey_id,
        number=next_number(SurveyVersion.objects.filter(survey=latest.survey_id)),
        definition=latest.definition,
        anonymity=latest.anonymity,
    )
