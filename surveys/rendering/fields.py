"""One answer as the templates draw it: its field, or the options to choose from."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys.answers import PREFIX, limits
from surveys.definitions import DONT_KNOW, HIGHEST_RATING, LOWEST_RATING, Choice, Item
from surveys.logic import gate_of_choice

from .gates import NOTHING, Gates
from .pieces import Slots


@dataclass(frozen=True)
class Option:
    """One answer to choose; `checked` is the place of its mark, `meaning` what a bare number means.

    One that stands alone unticks all others; `other` asks for words of one's own.
    """

    id: str
    value: str
    text: str
    checked: SafeString
    meaning: str = ""
    stands_alone: bool = False
    other: bool = False
    gate: SafeString = NOTHING
    asked_if: str = ""

    @property
    def is_dont_know(self) -> bool:
        """Whether this stands apart from the others."""
        return self.value == DONT_KNOW


@dataclass(frozen=True)
class Placed:
    """One choice of a ranking, with the places that it can be given."""

    id: str
    text: str
    places: list[Option]
    gate: SafeString = NOTHING
    asked_if: str = ""


@dataclass(frozen=True)
class Field:
    """One item as the templates draw it; what differs from person to person is a place to fill."""

    item: Item
    slots: Slots
    gates: Gates | None = None

    @property
    def name(self) -> str:
        """Return the name under which the form posts the answer."""
        return PREFIX + self.item.code

    @property
    def id(self) -> str:
        """Return the id of the input, and the stem of the ids of several."""
        return f"q-{self.item.code}"

    @property
    def box(self) -> str:
        """Return what is ticked: one of many, or any number."""
        return "radio" if self.item.type in {"likert", "single", "rating"} else "checkbox"

    @property
    def value(self) -> SafeString:
        """Return the place of a text."""
        return self.slots.place("value", self.item.code)

    @property
    def error(self) -> SafeString:
        """Return the place of a message."""
        return self.slots.place("error", self.item.code)

    @property
    def state(self) -> SafeString:
        """Return the place of the class that marks a problem."""
        return self.slots.place("state", self.item.code)

    @property
    def gate(self) -> SafeString:
        """Return the mark of a row that may be hidden."""
        return self.gates.mark(f"row:{self.item.code}") if self.gates else NOTHING

    @property
    def asked_if(self) -> str:
        """Return when this row is to be answered, for who has no script."""
        return self.gates.hint(f"row:{self.item.code}") if self.gates else ""

    @property
    def may_be_required(self) -> bool:
        """Whether other answers decide if this one is needed."""
        return self.gates is not None and self.gates.may_be_required(self.item.question)

    @property
    def unneeded(self) -> SafeString:
        """Return the place of what hides the word “required”."""
        return self.slots.place("unneeded", f"question:{self.item.question.code}")

    @property
    def described(self) -> SafeString:
        """Return the place of what a screen reader reads with the field."""
        return self.slots.place("described", self.item.code, "hint" if self.has_hint else "")

    @property
    def has_hint(self) -> bool:
        """Whether a hint belongs to this field; those of a matrix stand above all its rows."""
        is_whole = self.item.code == self.item.question.code
        return is_whole and bool(self.item.question.help or self.limits)

    @cached_property
    def limits(self) -> str:
        """Return what a number or a day may be."""
        return limits(self.item.question)

    @cached_property
    def options(self) -> list[Option]:
        """Return the answers to choose from; none where words are written or places given."""
        options = [self._option(choice) for choice in self._choices()]
        return [*options, self.dont_know] if options and self.dont_know else options

    @cached_property
    def dont_know(self) -> Option | None:
        """Return “don't know” where it is an answer."""
        choice = Choice(DONT_KNOW, _("Don’t know"))
        return self._option(choice) if self.item.dont_know else None

    @cached_property
    def ranking(self) -> list[Placed]:
        """Return the choices of a ranking."""
        choices = self.item.question.choices
        numbers = [str(n + 1) for n in range(len(choices))]
        return [
            Placed(
                f"{self.id}-{choice.code}",
                choice.text,
                [self._option(Choice(f"{choice.code}.{n}", n)) for n in numbers],
                self._gate(choice),
                self._asked_if(choice),
            )
            for choice in choices
        ]

    @property
    def anchor(self) -> str:
        """Return the id that a link from the list of problems leads to."""
        if self.item.type == "ranking":
            return self.ranking[0].id
        return self.id if self.item.is_written or not self.options else self.options[0].id

    def _choices(self) -> list[Choice]:
        question = self.item.question
        if self.item.type == "rating":
            return [Choice(str(n), str(n)) for n in range(LOWEST_RATING, HIGHEST_RATING + 1)]
        is_chosen = self.item.type in {"likert", "single", "multiple"}
        return [*(question.points or question.choices)] if is_chosen else []

    def _option(self, choice: Choice) -> Option:
        question = self.item.question
        ends = {str(LOWEST_RATING): question.low, str(HIGHEST_RATING): question.high}
        return Option(
            f"{self.id}-{choice.code}",
            choice.code,
            choice.text,
            self.slots.place("checked", self.item.code, choice.code),
            ends.get(choice.code, "") if self.item.type == "rating" else "",
            self.box == "checkbox" and (choice.exclusive or choice.code == DONT_KNOW),
            choice.other,
            self._gate(choice),
            self._asked_if(choice),
        )

    def _gate(self, choice: Choice) -> SafeString:
        about = gate_of_choice(self.item.question, choice.code)
        return self.gates.mark(about) if self.gates and choice.show_if else NOTHING

    def _asked_if(self, choice: Choice) -> str:
        about = gate_of_choice(self.item.question, choice.code)
        return self.gates.hint(about) if self.gates and choice.show_if else ""
