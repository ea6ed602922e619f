"""Deleting somebody's own answers at their wish: possible wherever they were stored with a name."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind, User
from buyin.readiness.actions import take_snapshots
from surveys.models import Draft, Participation, Response, Wave, WaveResult, WrittenAnswer
from surveys.queries.filling import definition_of
from surveys.queries.own import signature_of
from surveys.queries.results import is_measured
from surveys.results.reading import FEWEST_TEXTS, TEXTS


def withdraw_answers(*, wave: int, person: User) -> bool:
    """Delete what this person answered in a wave; False where nothing of theirs is stored.

    That they have answered stays, so that rates stay true and nobody asks them again. Figures that
    were counted before stay as they were counted; what they wrote goes from the results too. The log
    of events says that answers of the wave were deleted, not whose: beside an older file of the
    answers a name would tell what this person had said.
    """
    if signature_of(wave, person) is None:
        return False
    _measure_first(wave)
    return _withdraw(wave, person)


def _measure_first(wave: int) -> None:
    """Have readiness measured where results are counted and it is not: later it would lack a person."""
    counted = Wave.objects.filter(pk=wave, result__answers__isnull=False)
    if any(not is_measured(one) for one in counted.select_related("survey", "version")):
        take_snapshots(now=timezone.now())


@transaction.atomic
def _withdraw(wave: int, person: User) -> bool:
    locked = Wave.objects.select_for_update(of=("self",)).select_related("version", "survey")
    found = locked.filter(pk=wave).first()
    signature = signature_of(wave, person) if found else None
    if found is None or signature is None:
        return False
    _take_out_texts(found, signature.response)
    Response.objects.filter(pk=signature.pk).delete()
    Draft.objects.filter(wave=found, person=person).delete()
    Participation.objects.filter(wave=found, person=person).update(is_withdrawn=True)
    detail = _("Somebody’s answers to “%(wave)s”") % {"wave": found}
    record_event(kind=EventKind.ERASED, detail=detail)
    return True


def _take_out_texts(wave: Wave, response: Response) -> None:
    """Take what one person wrote out of counted results, and with it the rest where it is too few.

    A text stands there on its own; of several that are the same one goes.
    """
    result = WaveResult.objects.filter(wave=wave).first()
    if result is None:
        return
    fewest = max(FEWEST_TEXTS, result.smallest_group, settings.SMALLEST_GROUP)
    for item in definition_of(wave.version).items():
        text = response.answers.get(item.code)
        if item.type not in TEXTS or not isinstance(text, str):
            continue
        texts = WrittenAnswer.objects.filter(result=result, code=item.code).order_by("pk")
        one = texts.filter(text=text).first()
        if one is None:
            continue
        one.delete()
        if texts.count() < fewest:
            texts.delete()
