"""Sharing the results of a wave with the people who were asked, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.models import Need, SharedDepartment, SharedResult, Wave, WaveResult
from surveys.queries.sharing import document_for, everybody_under
from surveys.results.sharing import fingerprint_of

from .naming import next_number
from .refusals import ChangedMeanwhileError, RefusedError


@dataclass(frozen=True)
class Message:
    """What people are told with the figures, and who reads it.

    `departments` are those whose people read it, with everything under them; None stands for
    everybody who was asked.
    """

    learned: str
    next_steps: str
    different: str = ""
    departments: Sequence[int] | None = None
    needs: Sequence[Need] = ()


@transaction.atomic
def share_results(
    *, wave: int, by: User, message: Message, seen: str, made_by_form: UUID
) -> SharedResult:
    """Share what is frozen of a wave as a document that never changes.

    `seen` is the fingerprint of the document that the person looked at before. The same form sent
    again gives what it made. A RefusedError says that the wave takes answers again, that its
    results are shared already or too few, or that the document differs from the one looked at.
    """
    locked = Wave.objects.select_for_update(of=("self",)).get(pk=wave)
    made = SharedResult.objects.filter(made_by_form=made_by_form, result__wave=locked).first()
    if made is not None:
        return made
    results = WaveResult.objects.select_related("wave__survey", "wave__version")
    result = results.defer("wave__version__definition").filter(wave=locked).first()
    _check(locked, result)
    assert result is not None  # noqa: S101 - `_check` refuses where there is none
    under = None
    if message.departments is not None:
        under = everybody_under(result, message.departments)
    document = document_for(result, departments=under, needs=message.needs)
    if fingerprint_of(document) != seen:
        raise ChangedMeanwhileError(
            _("What would be shared has changed since you looked at it. Look at it once more.")
        )
    share = SharedResult.objects.create(
        result=result,
        number=next_version(result),
        document=document,
        learned=message.learned,
        next_steps=message.next_steps,
        different=message.different,
        is_for_all=under is None,
        shared_by=by,
        made_by_form=made_by_form,
    )
    SharedDepartment.objects.bulk_create(
        SharedDepartment(share=share, department_id=department) for department in under or ()
    )
    return share


@transaction.atomic
def withdraw_results(*, share: SharedResult, by: User, because: str) -> bool:
    """Take a version back; False where somebody was first. What it said stays in the history."""
    locked = SharedResult.objects.select_for_update(of=("self",)).get(pk=share.pk)
    if locked.withdrawn_at is not None:
        return False
    locked.withdrawn_by, locked.withdrawn_because = by, because
    locked.withdrawn_at = Now()
    locked.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    return True


def next_version(result: WaveResult) -> int:
    """Return the number of the next version that is shared of these results."""
    return next_number(result.shared.all())


def _check(wave: Wave, result: WaveResult | None) -> None:
    """Refuse where nothing can be shared of a wave now."""
    if wave.closed_at is None:
        raise RefusedError(_("This wave takes answers. Its results can be shared once it closes."))
    if result is None:
        raise RefusedError(_("The answers are being counted. Try again in a minute or two."))
    if result.answers is None or result.answers < settings.SMALLEST_GROUP:
        raise RefusedError(_("Too few people have answered: there is nothing to share."))
    if SharedResult.objects.standing().filter(result=result).exists():
        raise RefusedError(
            _("These results have been shared meanwhile. Take them back first to share them anew.")
        )
