"""Erasing the address of one guest at their wish, before its time."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind, User
from buyin.outbox.actions import forget_mails
from surveys.models import Invitation, MailStop, PersonalLink, PlannedAddress, Survey
from surveys.queries.guests import invited_as, mails_to

from .refusals import RefusedError
from .stopping import forget_addresses


@transaction.atomic
def erase_guest(*, invitation: Invitation, by: User) -> int:
    """Erase the address of a guest from all surveys that this person follows; return from how many.

    It goes from plans, invitations, mails and stops, and the links that were sent open nothing any
    more. That somebody was asked, and has answered, stays: counts stay true, and an anonymous answer
    could not be found. Of a stop a mark stays, by which nobody writes there again. Twice does no
    harm. Refused while a mail to it is being sent.
    """
    address = Invitation.objects.values_list("address", flat=True).get(pk=invitation.pk)
    if not address:
        return 0
    followed = Survey.objects.visible_to(by)
    _hold(followed, address)
    rows = invited_as(address, by).select_related("wave__survey")
    invited = list(rows.select_for_update(of=("self",)))
    if not forget_mails(mails_to(invited)):
        raise RefusedError(
            _(
                "A mail to this address is being sent right now. Nothing was erased. Try in a minute."
            )
        )
    PersonalLink.objects.filter(invitation__in=invited).delete()
    PlannedAddress.objects.filter(plan__survey__in=followed, address__iexact=address).delete()
    forget_addresses(MailStop.objects.filter(survey__in=followed, address__iexact=address))
    Invitation.objects.filter(pk__in=[one.pk for one in invited]).update(address="")
    surveys = {one.wave.survey for one in invited}
    for survey in surveys:
        detail = _("A guest of “%(survey)s”") % {"survey": survey}
        record_event(kind=EventKind.ERASED, actor=by, detail=detail)
    return len(surveys)


def _hold(followed: QuerySet[Survey], address: str) -> None:
    """Lock the surveys that know this address: none is published with it meanwhile."""
    planned = Q(plan__addresses__address__iexact=address)
    invited = Q(waves__invitations__address__iexact=address)
    known = followed.filter(planned | invited).order_by().values("pk")
    list(Survey.objects.filter(pk__in=known).select_for_update().order_by("pk"))
