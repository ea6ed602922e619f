"""The guests of a wave, as whoever follows it may see them: never whether they have answered."""

from django.db.models import QuerySet

from buyin.accounts.models import User
from buyin.outbox.models import Message, MessageQuerySet
from surveys.models import Invitation, Survey, Wave
from surveys.models.mailing import MOST_REMINDERS

from .mailing import key_of


def guests_in(wave: Wave) -> QuerySet[Invitation]:
    """Return the guests of a wave whose address is known, in its order; nothing of their answers."""
    known = wave.invitations.filter(person=None).exclude(address="")
    return known.select_related("department").order_by("address")


def forgotten_in(wave: Wave) -> int:
    """Return how many guests of a wave are known by no address any more."""
    return wave.invitations.filter(person=None, address="").count()


def invited_as(address: str, user: User) -> QuerySet[Invitation]:
    """Return the invitations of a guest by this address, in all surveys that a person follows."""
    followed = Survey.objects.visible_to(user).values("pk")
    return Invitation.objects.filter(
        wave__survey__in=followed, person=None, address__iexact=address
    ).order_by("pk")


def mails_to(invitations: list[Invitation]) -> MessageQuerySet:
    """Return every mail that was written for these invitations."""
    keys = [key_of(one, number) for one in invitations for number in range(MOST_REMINDERS + 1)]
    return Message.objects.filter(key__in=keys)
