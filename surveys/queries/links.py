"""What a personal link opens: the survey of its invitation, and nothing else."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery, UUIDField
from django.db.models.functions import Now

from surveys.models import AnonymousDraft, Invitation, MailStop, Participation, Wave
from surveys.sealing import hashed, seal_for

from .filling import Asked, Respondent

SHORTEST = 3  # letters of a word of which the first may be shown


def invitation_behind(token: str) -> Invitation | None:
    """Return the invitation that this token was sent with; None for any other text.

    Nobody comes in with the link of an account that has been closed.
    """
    found = Invitation.objects.select_related("wave__survey", "person").defer("wave__rules")
    is_there = Q(person__is_active=True) | Q(person=None)
    return found.filter(is_there, links=hashed(token)).first()


def asked_as_guest(invitation: Invitation, *, secret: str) -> Asked | None:
    """Return the wave as it asks this guest, with their draft; None before it opens."""
    given = Participation.objects.filter(wave=OuterRef("pk"), invitation=invitation)
    wave: Any = (
        Wave.objects.filter(pk=invitation.wave_id, opens_at__lte=Now())
        .annotate(moment=Now(), receipt=Subquery(given.values("receipt"), output_field=UUIDField()))
        .select_related("survey", "version")
        .defer("version__definition")
        .first()
    )
    if wave is None:
        return None
    token = seal_for(secret, wave.pk, Respondent.guest(invitation).key).token_hash
    draft = AnonymousDraft.objects.filter(pk=token).values_list("ciphertext", flat=True).first()
    return Asked(wave, invitation.department_id, wave.receipt, wave.moment, draft)


def sent_to(invitation: Invitation) -> str:
    """Return to which address a link was sent, so that its owner knows it and nobody else learns it.

    A mail is passed on more easily than one thinks: neither name nor mail provider stands there.
    """
    address = invitation.person.email if invitation.person else invitation.address
    local, at, domain = address.rpartition("@")
    name, _dot, rest = domain.partition(".")
    last = rest.rpartition(".")[2]
    return f"{_begun(local)}{at}{_begun(name)}{'.' if last else ''}{last}" if at else ""


def _begun(word: str) -> str:
    """Return how a word begins, and of a short one nothing; never how long it is."""
    return f"{word[:1]}…" if len(word) >= SHORTEST else "…"


def is_stopped(invitation: Invitation) -> bool:
    """Return whether whoever is invited does not want mails about this survey."""
    stops = MailStop.objects.filter(survey=invitation.wave.survey_id)
    if invitation.is_of_guest:
        return stops.filter(person=None, address=invitation.address).exists()
    return stops.filter(person=invitation.person_id).exists()
