"""Whether two records are of one and the same: sure, perhaps, or not, and why."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from rapidfuzz.distance import OSA

from .names import Words, likeness, words_of

ALIKE = 0.82  # names that may be the same
SAME_WITH_MAIL = 0.6  # names that are, where the mail address is
MAIL_SLIPS = 2
PERSON = "person"
FULL = 2  # words of a name that means one person


class Sureness(IntEnum):
    """How sure it is that two are one."""

    NO = 0
    PERHAPS = 1
    SURE = 2


class Reason(StrEnum):
    """What speaks for it, or lets one hesitate."""

    MAIL = "mail"
    NEAR_MAIL = "near-mail"
    OTHER_MAIL = "other-mail"
    NAME = "name"
    NEAR_NAME = "near-name"
    OTHER_NAME = "other-name"
    PLACE = "place"
    OTHER_PLACE = "other-place"


@dataclass(frozen=True)
class Party:
    """What tells a person, an organisation or a group apart.

    `places` are the organisations and departments that they belong to, as folded names or codes.
    """

    key: str
    kind: str
    name: str
    mail: str = ""
    places: frozenset[str] = frozenset()
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", words_of(self.name, is_person=self.kind == PERSON))


@dataclass(frozen=True)
class Likeness:
    """How sure it is, how alike the names are, and the reasons in the order in which they count."""

    sureness: Sureness
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()


NOTHING = Likeness(Sureness.NO)


def compare(one: Party, other: Party) -> Likeness:
    """Return whether these are the same, whichever of them is asked first."""
    if one.kind != other.kind:
        return NOTHING
    score = likeness(one.words, other.words)
    same_mail = bool(one.mail) and one.mail == other.mail
    if score < ALIKE and not same_mail:
        return NOTHING
    reasons = (_of_names(one, score), *_of_mails(one, other), *_of_places(one, other))
    sureness = _judged(set(reasons), score)
    return Likeness(sureness, score, reasons) if sureness else NOTHING


def is_addressed(reasons: Collection[str]) -> bool:
    """Return whether these reasons are one mail address, and names that are alike."""
    return Reason.MAIL in reasons and Reason.OTHER_NAME not in reasons


def _judged(reasons: set[Reason], score: float) -> Sureness:
    """Weigh the reasons: an address decides, a name alone only where nothing speaks against it."""
    if Reason.MAIL in reasons:
        return Sureness.SURE if score >= SAME_WITH_MAIL else Sureness.PERHAPS
    against = reasons & {Reason.OTHER_MAIL, Reason.OTHER_PLACE}
    if Reason.NAME in reasons:
        return (Sureness.SURE, Sureness.PERHAPS, Sureness.NO)[len(against)]
    return Sureness.NO if against else Sureness.PERHAPS


def _of_names(one: Party, score: float) -> Reason:
    if score == 1 and (one.kind != PERSON or len(one.words) >= FULL):
        return Reason.NAME
    return Reason.NEAR_NAME if score >= ALIKE else Reason.OTHER_NAME


def _of_mails(one: Party, other: Party) -> tuple[Reason, ...]:
    if not one.mail or not other.mail:
        return ()
    if one.mail == other.mail:
        return (Reason.MAIL,)
    apart = OSA.distance(one.mail, other.mail, score_cutoff=MAIL_SLIPS)
    return (Reason.NEAR_MAIL if apart <= MAIL_SLIPS else Reason.OTHER_MAIL,)


def _of_places(one: Party, other: Party) -> tuple[Reason, ...]:
    if not one.places or not other.places:
        return ()
    return (Reason.PLACE if one.places & other.places else Reason.OTHER_PLACE,)
