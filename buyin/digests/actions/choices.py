"""How often a person wants the report."""

from django.db import transaction

from buyin.accounts.models import User
from buyin.digests.models import DigestPreference

Frequency = DigestPreference.Frequency


@transaction.atomic
def set_frequency(*, person: User, frequency: str) -> DigestPreference:
    """Record how often this person wants the report."""
    return _set(person.pk, frequency)


@transaction.atomic
def unsubscribe(*, person_id: int) -> None:
    """Send this person no more reports; doing it again, or for an account that is gone, is fine."""
    if User.objects.filter(pk=person_id).exists():
        _set(person_id, Frequency.OFF)


@transaction.atomic
def resubscribe(*, person_id: int) -> None:
    """Take an unsubscription back; leave any other choice as it is."""
    DigestPreference.objects.off().filter(person=person_id).update(frequency=Frequency.WEEKLY)


def _set(person_id: int, frequency: str) -> DigestPreference:
    preference, _is_new = DigestPreference.objects.update_or_create(
        person_id=person_id, defaults={"frequency": frequency}
    )
    return preference
