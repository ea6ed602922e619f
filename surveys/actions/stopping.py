"""Writing to somebody about a survey no more, and writing again."""

from django.db import transaction
from django.db.models import QuerySet

from surveys.models import ForgottenStop, Invitation, MailStop
from surveys.sealing import marks_of


@transaction.atomic
def stop_mails(*, invitation: Invitation) -> None:
    """Write no more mails about this survey, in no wave of it, to whoever is invited here.

    People are still asked: the portal shows the survey to them. Guests, who are asked by mail only,
    are not asked in later waves. Twice changes nothing more, nor does it for a guest whose address
    has been forgotten: nobody writes there anyway.
    """
    if invitation.person or invitation.address:
        MailStop.objects.get_or_create(
            survey=invitation.wave.survey, person=invitation.person, address=invitation.address
        )


@transaction.atomic
def write_again(*, invitation: Invitation) -> None:
    """Let mails about this survey go to whoever is invited here once more."""
    MailStop.objects.filter(
        survey=invitation.wave.survey, person=invitation.person, address=invitation.address
    ).delete()


@transaction.atomic
def forget_addresses(stops: QuerySet[MailStop]) -> None:
    """Keep of these stops of guests a mark in place of the address: it is still not written to."""
    rows = list(stops.exclude(address="").values_list("pk", "survey", "address"))
    ForgottenStop.objects.bulk_create(
        (
            ForgottenStop(survey_id=survey, mark=marks_of(address, survey)[0])
            for _pk, survey, address in rows
        ),
        ignore_conflicts=True,
    )
    MailStop.objects.filter(pk__in=[pk for pk, _survey, _address in rows]).delete()
