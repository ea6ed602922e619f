"""Changing the questions of a draft: one edit at a time, each of which can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.building import RefusedEditError, Used, accepted, used_in
from surveys.building.outdated import outdated_after, restored, without
from surveys.building.refusing import tidied
from surveys.models import DraftStep, Survey, SurveyVersion, WavePlan
from surveys.queries.outdated import outdated_of

from .authoring import (
    Listed,
    Texts,
    choose_as_before,
    create_survey,
    draft_after,
    everybody,
    field_work_of,
    list_addresses,
)
from .editing import claim
from .outdated import keep_outdated, own_of
from .refusals import RefusedError

MOST_STEPS = 30

# An edit gets the questions and the codes that published versions have, and returns the questions.
Edit = Callable[[dict[str, Any], Used], dict[str, Any]]


@dataclass(frozen=True)
class Translated:
    """What an edit says of translations beside the questions.

    `still_right` is the language and the key of one that somebody has found to be right; `own` are
    those of title and purpose by language, where they change too, which is not undone.
    """

    still_right: tuple[str, str] | None = None
    own: Mapping[str, Mapping[str, str]] | None = None


@transaction.atomic
def edit_questions(
    *,
    survey: Survey,
    revision: int,
    edit: Edit,
    told: str,
    by: User,
    translated: Translated | None = None,
) -> SurveyVersion:
    """Apply an edit to the draft, which a published version makes first, and remember what was.

    `told` says what the edit did. Refused where somebody else has saved since `revision`, and where
    something would be left that cannot be asked.
    """
    translated = translated or Translated()
    current = claim(survey, revision, by)
    latest = current.latest_version
    before = latest.definition
    try:
        after = accepted(before, edit(before, published_codes(current)))
    except RefusedEditError as error:
        raise RefusedError(str(error)) from error
    known = outdated_of(current)
    was, now = own_of(current), own_of(current, translated.own)
    outdated = outdated_after(before, after, known, was, now)
    if translated.still_right is not None:
        outdated = without(outdated, *translated.still_right)
    if now != was:
        current.translations = now.translations
        current.save(update_fields=["translations"])
    keep_outdated(current, outdated)
    if after == before and outdated == restored(known, outdated):
        return latest  # at most something that is not undone with the questions
    _remember(DraftStep(survey=current, definition=before, outdated=known, told=told[:200]))
    return _changed(latest, after)


def _changed(latest: SurveyVersion, after: dict[str, Any]) -> SurveyVersion:
    """Return the draft with these questions; the version that there is where they are the same."""
    if after == latest.definition:
        return latest
    draft = draft_after(latest)
    draft.definition = after
    draft.save()
    return draft


def _remember(step: DraftStep) -> None:
    """Keep what was before an edit, and of older steps only as many as can be undone."""
    step.save()
    kept = DraftStep.objects.filter(survey=step.survey).values_list("pk", flat=True)[:MOST_STEPS]
    DraftStep.objects.filter(survey=step.survey).exclude(pk__in=list(kept)).delete()


@transaction.atomic
def undo_edit(*, survey: Survey, revision: int, by: User) -> str:
    """Take the last edit back and return what it had done."""
    current = claim(survey, revision, by)
    step = DraftStep.objects.filter(survey=current).first()
    if step is None:
        raise RefusedError(_("There is nothing left to undo."))
    latest = current.latest_version
    _changed(latest, _with_intro_of(latest.definition, step.definition))
    keep_outdated(current, restored(step.outdated, outdated_of(current)))
    step.delete()
    return step.told


def _with_intro_of(current: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Return the questions of before; the introduction is written elsewhere and stays as it is."""
    rest = {name: part for name, part in before.items() if name != "intro"}
    return tidied({**rest, **({"intro": current["intro"]} if "intro" in current else {})})


def published_codes(survey: Survey) -> Used:
    """Return every code that a published version of this survey has used."""
    published = survey.versions.filter(published_at__isnull=False).order_by("number")
    return used_in(published.values_list("definition", flat=True))


@transaction.atomic
def copy_survey(*, survey: Survey, owner: User, texts: Texts) -> Survey:
    """Make a survey of the newest questions, with audience, anonymity, mails and aim of this one.

    Days are not copied, nor what a public questionnaire rests on: both hold for one collection.
    """
    latest = survey.latest_version
    copied = create_survey(owner=owner, kind=survey.kind, definition=latest.definition, texts=texts)
    plan = WavePlan.objects.filter(survey=survey).first()
    last = survey.waves.select_related("version").order_by("-number").first()
    copied.translations = _kept_translations(survey, copied)
    copied.save(update_fields=["translations"])
    keep_outdated(copied, outdated_of(survey))
    made = copied.plan
    before = plan or last
    if before is not None:
        for name, value in field_work_of(before).items():
            setattr(made, name, value)
    if plan is not None:
        made.anonymity, made.is_public = plan.anonymity, plan.is_public
        made.asks_everybody, made.roles = plan.asks_everybody, plan.roles
        made.departments.set(plan.departments.all())
        made.tags.set(plan.tags.all())
        made.panels.set(plan.panels.all())
        listed = plan.addresses.values_list("address", "department_id")
        list_addresses(made, [Listed(*one) for one in listed])
    elif last is not None and last.rules:
        made.anonymity = last.version.anonymity
        choose_as_before(made, last)
    elif last is not None:
        made.anonymity, made.is_public = last.version.anonymity, last.is_public
        asked = set(last.groups.order_by().values_list("department", flat=True)) - {None}
        made.asks_everybody = not made.is_public and asked == everybody()
        made.departments.set(asked)
    made.save()
    SurveyVersion.objects.filter(survey=copied).update(anonymity=made.anonymity)
    return copied


def _kept_translations(survey: Survey, copied: Survey) -> dict[str, dict[str, str]]:
    """Return the translations of what a copy says in the same words."""
    same = {name for name, text in survey.own_texts.items() if copied.own_texts.get(name) == text}
    return {
        language: {name: text for name, text in texts.items() if name in same}
        for language, texts in survey.translations.items()
    }
