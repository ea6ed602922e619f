"""Writing invitations and reminders into the outbox, some at a time, and to nobody twice."""

from collections import Counter
from datetime import timedelta
from typing import TypedDict

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from buyin.accounts.models import User
from buyin.outbox.actions import compose, queue_all
from buyin.outbox.models import Message
from surveys.content import Letter, letter_of, written
from surveys.models import Happening, Invitation, MailStop, PersonalLink, Wave, What
from surveys.queries.mailing import KIND, key_of, mailing_waves, to_invite, to_remind
from surveys.sealing import hashed, new_secret

from .stopping import forget_addresses

AT_ONCE = 500


class Reader(TypedDict, total=False):
    """To whom a mail goes: a person, or the address of a guest."""

    person: User
    address: str


def write_due_mails() -> Counter[str]:
    """Write all invitations and reminders that are due and return how many of each.

    Each step commits mails together with the note that they were written. So whoever is stopped in
    between, or runs beside another, leaves nobody out and writes to nobody twice.
    """
    counts: Counter[str] = Counter()
    for wave in mailing_waves():
        for number in range(wave.reminders + 1):
            while some := _write_some(wave, number):
                counts["reminded" if number else "invited"] += some
    return counts


@transaction.atomic
def forget_guests(*, days: int) -> int:
    """Forget the links and addresses of waves that closed this many days ago; return how many.

    Until then the same guests can be asked again. That somebody was asked stays on record, and of an
    address that wants no mails a mark.
    """
    over = Wave.objects.filter(closed_at__lt=timezone.now() - timedelta(days=days)).order_by()
    links, _by_model = PersonalLink.objects.filter(invitation__wave__in=over.values("pk")).delete()
    guests = Invitation.objects.filter(wave__in=over.values("pk")).exclude(address="")
    forgotten = links + guests.update(address="")
    known = {"wave__survey": OuterRef("survey"), "address": OuterRef("address")}
    forget_addresses(MailStop.objects.filter(~Exists(Invitation.objects.filter(**known))))
    return forgotten


@transaction.atomic
def _write_some(wave: Wave, number: int) -> int:
    """Write some mails of one kind and return how many people were due."""
    due = to_remind(wave, number) if number else to_invite(wave)
    people = list(_held(due).select_related("person")[:AT_ONCE])
    if not people:
        return 0
    letter = letter_of(wave, number)
    tokens = {invitation.pk: new_secret() for invitation in people}
    queue_all([_message(one, number, letter, tokens[one.pk]) for one in people])
    PersonalLink.objects.bulk_create(
        PersonalLink(token_hash=hashed(token), invitation_id=pk) for pk, token in tokens.items()
    )
    Happening.objects.bulk_create(
        [Happening(wave=wave, what=What.REMINDED if number else What.INVITED, number=number)],
        ignore_conflicts=True,
    )
    keys = Invitation.objects.filter(pk__in=[invitation.pk for invitation in people])
    if number:
        keys.update(reminded=number, last_mailed_at=Now())
    else:
        keys.update(mailed_at=Now(), last_mailed_at=Now())
    return len(people)


def _held(due: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Lock what is due, and pass over what another planner holds."""
    if connection.features.has_select_for_update_skip_locked:
        return due.select_for_update(skip_locked=True, of=("self",))
    return due


def _message(invitation: Invitation, number: int, letter: Letter, token: str) -> Message:
    person = invitation.person
    to: Reader = {"person": person} if person else {"address": invitation.address}
    return compose(
        **to,
        kind=KIND,
        key=key_of(invitation, number),
        holds_key=True,
        **written(letter, token),
    )
