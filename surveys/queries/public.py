"""What anybody may answer: public waves, found by their address."""

from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from surveys.models import AnonymousDraft, Wave
from surveys.sealing import seal_for

from .filling import Asked, Respondent

ANYBODY = Respondent("anybody")


def public_waves() -> QuerySet[Wave]:
    """Return the public waves that have opened, with what their pages say."""
    return (
        Wave.objects.public()
        .filter(opens_at__lte=Now())
        .select_related("survey", "version")
        .defer("version__definition")
    )


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
