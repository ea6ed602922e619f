"""What anybody may answer: public waves, found by their address."""

from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.models import AnonymousDraft, BufferedResponse, Response, Wave
from surveys.sealing import seal_for

from .field import STEP, seconds_left_today
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
    return public_waves().filter(closes_at__gt=Now(), closed_at=None).order_by("closes_at", "pk")


def closed_to_everybody() -> QuerySet[Wave]:
    """Return the public waves that have closed, the last one first."""
    return public_waves().exclude(closed_at=None).order_by("-closed_at", "-pk")


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


def answers_so_far(wave: Wave) -> str:
    """Return roughly how many have answered a public wave, counted once a day while it runs."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    key = f"surveys.public.{wave.pk}.{today}"
    count: int | None = None if wave.closed_at else cache.get(key)
    if count is None:
        count = sum(rows.filter(wave=wave).count() for rows in _STORED)
        if not wave.closed_at:
            cache.set(key, count, timeout=seconds_left_today())
    if count < settings.SMALLEST_GROUP:
        return _("fewer than %(n)d") % {"n": settings.SMALLEST_GROUP}
    return _("at least %(n)d") % {"n": count // STEP * STEP}


_STORED: tuple[QuerySet[BufferedResponse], QuerySet[Response]] = (
    BufferedResponse.objects.all(),
    Response.objects.all(),
)
