"""What a personal link opens: the survey of its invitation, and nothing else."""

from surveys.models import Invitation, MailStop
from surveys.sealing import hashed


def invitation_behind(token: str) -> Invitation | None:
    """Return the invitation that this token was sent with; None for any other text.

    Nobody comes in with the link of an account that has been closed.
    """
    found = Invitation.objects.select_related("wave__survey", "person").defer("wave__rules")
    return found.filter(links=hashed(token), person__is_active=True).first()


def is_stopped(invitation: Invitation) -> bool:
    """Return whether whoever is invited does not want mails about this survey."""
    stops = MailStop.objects.filter(survey=invitation.wave.survey_id)
    return stops.filter(person=invitation.person_id).exists()
