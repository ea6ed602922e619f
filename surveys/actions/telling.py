"""Addresses that were left on public pages: kept apart from answers, confirmed, told, forgotten."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac

from buyin.outbox.actions import compose, queue_all
from buyin.outbox.models import Message
from buyin.periods import week_of
from surveys.mail import confirmation, publication
from surveys.models import BufferedResponse, ToldAddress, Wave
from surveys.queries.telling import KEPT, waves_to_pass_on, waves_to_tell
from surveys.sealing import shuffled

KIND = "public"
UNCONFIRMED = timedelta(days=14)
BATCH = 500
DAY = 24 * 3600
MOST_A_DAY = 3
State = ToldAddress.State


@transaction.atomic
def leave_address(*, wave: int, address: str) -> None:
    """Take an address to be told about the result of a public wave. Twice is the same as once.

    Nothing is written to it yet: see `pass_on`. An address that was confirmed stays as it is; to one
    that was not, another mail may go in another week. What was left too often today is not taken,
    and nobody is told: else the page would tell what others have done.
    """
    if not _is_wanted(address.lower()):
        return
    locked = Wave.objects.select_for_update(no_key=True).get(pk=wave)
    rows = ToldAddress.objects.filter(wave=locked)
    known = rows.filter(address=address.lower()).first()
    if known is not None and known.state == State.CONFIRMED:
        return
    joining = known or ToldAddress(wave=locked, address=address.lower())
    joining.state, joining.forgotten_on = State.WAITING, None
    waiting = list(rows.waiting().exclude(pk=joining.pk))
    rows.filter(pk__in=[joining.pk, *(one.pk for one in waiting)]).delete()
    _write([*waiting, joining])


def pass_on_addresses() -> None:
    """Ask those whose addresses wait although no answer does; where one does, they go with it."""
    for wave in waves_to_pass_on():
        _pass_on_unless_unshuffled(wave)


def pass_on(wave: Wave) -> int:
    """Write to all addresses of a wave that wait, and return to how many; the wave is locked.

    Called where answers have just been shuffled, or none wait: so whoever reads the whole database
    finds beside an address no fewer answers than are always shuffled together.
    """
    rows = ToldAddress.objects.filter(wave=wave).waiting()
    waiting = list(rows)
    if not waiting:
        return 0
    rows.delete()
    for one in waiting:
        one.state, one.forgotten_on = State.ASKED, timezone.localdate() + UNCONFIRMED
    with translation.override(settings.LANGUAGE_CODE):
        queue_all([_asking(wave, one) for one in shuffled(waiting)])
    _write(waiting)
    return len(waiting)


def tell_results() -> int:
    """Write to everybody who said yes that results are published; forget their addresses with it.

    Each step commits mails together with the forgetting: nobody is told twice or left out.
    """
    told = 0
    for wave in waves_to_tell():
        while some := _tell_some(wave):
            told += some
    return told


@transaction.atomic
def confirm_address(*, key: UUID) -> ToldAddress | None:
    """Note that the owner of an address said yes; None where the address is forgotten."""
    ToldAddress.objects.filter(pk=key).update(state=State.CONFIRMED, forgotten_on=None)
    return ToldAddress.objects.filter(pk=key).first()


@transaction.atomic
def withdraw_address(*, key: UUID) -> None:
    """Forget an address at the wish of its owner."""
    ToldAddress.objects.filter(pk=key).delete()


@transaction.atomic
def forget_addresses() -> None:
    """Forget addresses that nobody confirmed, and those of waves that ended long ago."""
    ToldAddress.objects.filter(forgotten_on__lt=timezone.localdate()).delete()
    ToldAddress.objects.filter(wave__closed_at__lt=Now() - KEPT).delete()


@transaction.atomic
def _tell_some(wave: int) -> int:
    locked = Wave.objects.select_for_update(no_key=True, of=("self",)).select_related("survey")
    about = locked.get(pk=wave)
    confirmed = list(ToldAddress.objects.filter(wave=about).confirmed().order_by("pk")[:BATCH])
    with translation.override(settings.LANGUAGE_CODE):
        queue_all(
            [
                compose(
                    kind=KIND,
                    address=one.address,
                    key=f"{KIND}:{one.pk}:result",
                    **publication(about),
                )
                for one in confirmed
            ]
        )
    ToldAddress.objects.filter(pk__in=[one.pk for one in confirmed]).delete()
    return len(confirmed)


@transaction.atomic
def _pass_on_unless_unshuffled(wave: int) -> None:
    # Whoever leaves an address after answering holds this lock after the answer is there.
    locked = Wave.objects.select_for_update(no_key=True).get(pk=wave)
    if not BufferedResponse.objects.filter(wave=locked, department=None).exists():
        pass_on(locked)


def _asking(wave: Wave, told: ToldAddress) -> Message:
    """Return the mail that asks an address; one a week for each, however often it is left."""
    return compose(
        kind=KIND,
        address=told.address,
        key=f"{KIND}:{told.pk}:{week_of(timezone.now())}",
        holds_key=True,
        **confirmation(wave, told),
    )


def _is_wanted(address: str) -> bool:
    """Return whether an address may be left once more today, in any questionnaire, and count it.

    It is counted in the cache, by a name from which nobody can tell the address.
    """
    name = f"surveys.told.{salted_hmac(KIND, address, algorithm='sha256').hexdigest()}"
    cache.add(name, 0, timeout=DAY)
    return cache.incr(name) <= MOST_A_DAY


def _write(rows: Sequence[ToldAddress]) -> None:
    """Write addresses in random order; what they were written as before is gone."""
    ToldAddress.objects.bulk_create(shuffled(rows), batch_size=BATCH)
