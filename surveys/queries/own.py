"""What somebody answered themselves, where answers are stored with a name."""

from collections.abc import Iterator

from buyin.accounts.models import User
from surveys.models import Participation, Signature


def signature_of(wave: int, person: User) -> Signature | None:
    """Return what ties this person to their response in a wave, with the response; else None."""
    mine = Signature.objects.filter(response__wave=wave, person=person)
    return mine.select_related("response").first()


def signatures_of(person: User) -> Iterator[Signature]:
    """Yield this person's signatures with wave and survey, the oldest wave first."""
    mine = Signature.objects.filter(person=person).order_by("response__wave_id")
    yield from mine.select_related("response__wave__survey")


def is_withdrawn(wave: int, person: User) -> bool:
    """Return whether this person has had their answers in a wave deleted."""
    return Participation.objects.filter(wave=wave, person=person, is_withdrawn=True).exists()
