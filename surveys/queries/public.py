"""What anybody may answer: public waves, found by their address."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from surveys.models import AnonymousDraft, BufferedResponse, Response, SharedResult, Wave
from surveys.sealing import seal_for

from .daily import counted_daily
from .field import STEP
from .filling import Asked, Respondent

ANYBODY = Respondent("anybody")


def public_waves() -> QuerySet[Wave]:
    """Return the public waves that have opened, with what their pages say."""
    return (
        Wave.objects.public()
        .filter(opens_at__lte=Now())
        .select_related("survey__initiative", "survey__basis", "version")
        .defer("version__definition")
    )


def open_to_everybody() -> QuerySet[Wave]:
    """Return the public waves that take answers now, the first to close first."""
    waves = public_waves().filter(closes_at__gt=Now(), closed_at=None, paused_at=None)
    return waves.order_by("closes_at", "pk")


def closed_to_everybody() -> QuerySet[Wave]:
    """Return the public waves that have closed, the last one first, with `is_published`."""
    closed = public_waves().exclude(closed_at=None).order_by("-closed_at", "-pk")
    return closed.annotate(is_published=Exists(standing_results()))


def standing_results() -> QuerySet[SharedResult]:
    """Return what is published of a public wave now, for a query about waves."""
    return SharedResult.objects.published().standing().filter(result__wave=OuterRef("pk"))


def is_published(wave: Wave) -> bool:
    """Return whether everybody can read what came of this wave."""
    return Wave.objects.filter(Exists(standing_results()), pk=wave.pk).exists()


def asked_publicly(address: str, *, secret: str, receipt: UUID | None) -> Asked | None:
    """Return the wave at this address with the draft that this secret opens; None if there is none.

    The receipt is what this browser remembers of having answered; the database knows of nobody.
    """
    wave = public_waves().annotate(moment=Now()).filter(address=address).first()
    if wave is None:
        return None
    sealed = AnonymousDraft.objects.filter(pk=seal_for(secret, wave.pk, ANYBODY.key).token_hash)
    draft = sealed.values_list("ciphertext", flat=True).first()
    return Asked(wave, None, receipt, wave.moment, draft)


def answers_so_far(waves: Collection[Wave]) -> dict[int, str]:
    """Return roughly how many have answered each of these waves that are public, by its key.

    They are counted once a day while they run, all by the same few queries.
    """
    public = [wave for wave in waves if wave.is_public]
    counts = counted_daily("public", public, _counted)
    return {pk: _roughly(count) for pk, count in counts.items()}


def _counted(waves: Collection[Wave]) -> dict[int, int]:
    """Return how many answers of these waves are stored, in the buffer or beyond it."""
    counts = dict.fromkeys((wave.pk for wave in waves), 0)
    for rows in _STORED if waves else ():
        found = rows.filter(wave__in=waves).order_by().values("wave").annotate(n=Count("pk"))
        for wave, count in found.values_list("wave", "n"):
            counts[wave] += count
    return counts


def _roughly(count: int) -> str:
    if count < settings.SMALLEST_GROUP:
        return _("fewer than %(n)d") % {"n": settings.SMALLEST_GROUP}
    return _("at least %(n)d") % {"n": count // STEP * STEP}


_STORED: tuple[QuerySet[BufferedResponse], QuerySet[Response]] = (
    BufferedResponse.objects.all(),
    Response.objects.all(),
)
