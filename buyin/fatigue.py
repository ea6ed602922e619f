"""How much contact is much: the one rule for what surveys ask and for when people meet. Pure numbers."""

from dataclasses import dataclass

DAYS = 30
# How many somebody may have had in that time before one more is worth a warning.
MUCH_SURVEYS = 2
MUCH_MAILS = 6
MUCH_MEETINGS = 4


@dataclass(frozen=True)
class Contact:
    """How many surveys, mails and meetings somebody had in the last 30 days."""

    surveys: int = 0
    mails: int = 0
    meetings: int = 0

    def __add__(self, other: "Contact") -> "Contact":
        return Contact(
            self.surveys + other.surveys,
            self.mails + other.mails,
            self.meetings + other.meetings,
        )

    @property
    def is_much(self) -> bool:
        """Whether one more would be worth a warning."""
        return (
            self.surveys >= MUCH_SURVEYS
            or self.mails >= MUCH_MAILS
            or self.meetings >= MUCH_MEETINGS
        )

    @property
    def total(self) -> int:
        """All of them together."""
        return self.surveys + self.mails + self.meetings


@dataclass(frozen=True)
class Asked:
    """How often surveys asked the people of a department: `often` is how many of them much.

    None where so few people are, or are not, that somebody would show through.
    """

    surveys: int = 0
    mails: int = 0
    people: int = 0
    often: int | None = None

    @property
    def is_much(self) -> bool:
        """Whether at least half of the people were asked much."""
        return self.often is not None and self.people > 0 and 2 * self.often >= self.people


def shown(often: int, people: int, smallest: int) -> int | None:
    """Return how many of these people were asked often, None where that would tell too much.

    Both those who were and those who were not are nobody, or as many as may be shown.
    """
    if people < smallest:
        return None
    rest = people - often
    return often if all(part == 0 or part >= smallest for part in (often, rest)) else None
