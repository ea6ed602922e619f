"""Impact assessments begun, filled in page by page, brought in, finished and given up."""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.initiatives.assessment import counted
from buyin.initiatives.models import ImpactAssessment, Initiative
from buyin.initiatives.models.impact import RESULT

MEANWHILE, FINISHED, INCOMPLETE, IS_BEGUN = "meanwhile", "finished", "incomplete", "begun"


def seen(answers: Mapping[str, Any], names: Collection[str]) -> str:
    """Return what stands for the answers to these questions, to know whether they were changed."""
    told = json.dumps([[name, answers.get(name)] for name in sorted(names)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@transaction.atomic
def begin_assessment(*, actor: User, initiative: Initiative) -> ImpactAssessment:
    """Return the assessment that is being filled in; a new one begins as a copy of the last."""
    _held(actor, initiative)
    found = initiative.impact_assessments.begun().first()
    if found is not None:
        return found
    last = initiative.impact_assessments.latest_result()
    return _make(actor, initiative, last.answers if last else {})


@transaction.atomic
def bring_assessment(
    *, actor: User, initiative: Initiative, answers: Mapping[str, Any]
) -> ImpactAssessment:
    """Begin an assessment with answers from a file; refused while another one is being filled in.

    So nothing that somebody typed is ever replaced by a file.
    """
    _held(actor, initiative)
    if initiative.impact_assessments.begun().exists():
        message = _("An assessment is being filled in. Finish it or give it up first.")
        raise ValidationError(message, code=IS_BEGUN)
    return _make(actor, initiative, answers)


@transaction.atomic
def save_answers(
    *,
    actor: User,
    assessment: ImpactAssessment,
    answers: Mapping[str, Any],
    was_seen: str,
) -> ImpactAssessment:
    """Keep the answers of one page: empty ones are taken out, all others stay as they are.

    Refused with a ValidationError where somebody else has saved other answers to the same questions
    since they were seen; sending the same again is no conflict.
    """
    found = _open(actor, assessment)
    given = {name: answer for name, answer in answers.items() if answer not in ("", [], None)}
    kept = {name: found.answers[name] for name in answers if name in found.answers}
    if seen(found.answers, answers) != was_seen and kept != given:
        raise ValidationError(
            _(
                "Somebody else has saved other answers on this page since you opened it. What you "
                "typed is still here. Save again to put it in place of theirs."
            ),
            code=MEANWHILE,
        )
    others = {name: answer for name, answer in found.answers.items() if name not in answers}
    found.answers = {**others, **given}
    found.changed_at = timezone.now()
    found.save(update_fields=["answers", "changed_at"])
    return found


@transaction.atomic
def finish_assessment(*, actor: User, assessment: ImpactAssessment) -> ImpactAssessment:
    """Keep the result and let the assessment never change again.

    Answers to questions that are not asked leave: what is kept is what was counted.
    """
    found = _open(actor, assessment)
    found.answers = counted(found.questionnaire, found.answers)
    for question in found.questionnaire.questions.values():
        if question.is_required and question.name not in found.answers:
            message = _("Say first whether the system is being designed or already put to use.")
            raise ValidationError(message, code=INCOMPLETE)
    result = found.score
    for name in RESULT:
        setattr(found, name, getattr(result, name))
    found.finished_by, found.finished_at = actor, timezone.now()
    found.changed_at = found.finished_at
    found.save()
    return found


@transaction.atomic
def give_up_assessment(*, actor: User, assessment: ImpactAssessment) -> None:
    """Delete an assessment that is not finished."""
    _open(actor, assessment).delete()


def _held(actor: User, initiative: Initiative) -> None:
    """Let nobody else begin one at the same moment."""
    if not initiative.may_be_changed_by(actor):
        raise PermissionDenied
    Initiative.objects.select_for_update().get(pk=initiative.pk)


def _open(actor: User, assessment: ImpactAssessment) -> ImpactAssessment:
    """Return the assessment as it is now, held for writing; refused when it is finished."""
    if not assessment.initiative.may_be_changed_by(actor):
        raise PermissionDenied
    rows = ImpactAssessment.objects.select_for_update()
    found = rows.filter(pk=assessment.pk, finished_at=None).order_by("pk").first()
    if found is None:
        message = _("Somebody has finished this assessment or given it up meanwhile.")
        raise ValidationError(message, code=FINISHED)
    return found


def _make(actor: User, initiative: Initiative, answers: Mapping[str, Any]) -> ImpactAssessment:
    last = initiative.impact_assessments.order_by("-number").first()
    now = timezone.now()
    return ImpactAssessment.objects.create(
        initiative=initiative,
        number=last.number + 1 if last else 1,
        answers=dict(answers),
        begun_by=actor,
        begun_at=now,
        changed_at=now,
    )
