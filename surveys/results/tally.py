"""Counting answers: how many in each department gave which answer to which question."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from buyin.readiness.release import SMALLEST_CATEGORY, Chain
from surveys.definitions import DONT_KNOW, HIGHEST_RATING, LOWEST_RATING, Item

from .bins import Bin, day_bins, number_bins, place_of
from .cuts import chain_of_bins, chain_of_choices, chain_of_points

ANSWERED, SKIPPED, NOT_ASKED = "answered", "skipped", "not-asked"
CHOSEN, LEFT = "chosen", "left"
NOWHERE = 0  # the whole, and whoever belongs to no department

type ByHome = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Table:
    """Counts of one set of answers that exclude each other, by department and in this order."""

    part: str
    codes: list[str]
    counts: ByHome
    chain: Chain

    @property
    def whole(self) -> list[int]:
        """Return the counts of all together."""
        return [sum(column) for column in zip(*self.counts.values(), strict=True)]


@dataclass
class Column:
    """Everything that was answered to one item, as it comes in.

    `is_gated` says that other answers decide who is asked it.
    """

    item: Item
    values: dict[int, Counter[Any]] = field(default_factory=lambda: defaultdict(Counter))
    states: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    texts: list[str] = field(default_factory=list)
    placed: Counter[tuple[str, int]] = field(default_factory=Counter)
    is_gated: bool = False
    _seen: dict[Any, tuple[str, Sequence[Any]]] = field(default_factory=dict)

    def add(self, home: int, answers: Mapping[str, Any]) -> None:
        """Count one person's answer."""
        if self.item.code not in answers:
            self.states[home][NOT_ASKED] += 1
            return
        state, found = self._known(answers[self.item.code])
        self.states[home][state] += 1
        for one in found:
            self.values[home][one] += 1

    def _known(self, answer: Any) -> tuple[str, Sequence[Any]]:
        """Return state and what is counted of an answer; few differ, so each is read once."""
        if self.item.is_written or not isinstance(answer, int | str):
            return self._looked_at(answer)
        key = (type(answer), answer)
        if key not in self._seen:
            self._seen[key] = self._looked_at(answer)
        return self._seen[key]

    def _looked_at(self, answer: Any) -> tuple[str, Sequence[Any]]:
        if answer == DONT_KNOW and self.item.dont_know:
            return DONT_KNOW, ()
        found = tuple(self._read(answer))
        return ANSWERED if found else SKIPPED, found

    def _read(self, answer: Any) -> Iterable[Any]:
        """Return what is counted of an answer, nothing where it is none that the question has."""
        kind = self.item.type
        if answer in (None, "", []):
            return []
        if kind in ("short_text", "long_text"):
            self.texts.append(str(answer))
            return [""]
        if kind == "number":
            is_number = isinstance(answer, int | float) and not isinstance(answer, bool)
            return [float(answer)] if is_number else []
        if kind == "date":
            return [answer] if isinstance(answer, str) else []
        if kind == "ranking" and isinstance(answer, list):
            self._place(answer)
        if isinstance(answer, list):
            chosen = answer if kind == "multiple" else answer[:1]
            return [code for code in self.codes if code in chosen]
        return [str(answer)] if str(answer) in self.codes and kind != "multiple" else []

    def _place(self, answer: Sequence[Any]) -> None:
        """Count which place each choice of a ranking got; who got none stands last."""
        if answer[0] not in self.codes:
            return
        places = {code: place for place, code in enumerate(answer, start=1)}
        last = len(self.codes)
        self.placed.update((code, min(places.get(code, last), last)) for code in self.codes)

    @cached_property
    def codes(self) -> list[str]:
        """Return the codes of the answers in their order; of a ranking, what was put first."""
        kind, question = self.item.type, self.item.question
        if kind == "rating":
            return [str(n) for n in range(LOWEST_RATING, HIGHEST_RATING + 1)]
        if kind == "likert":
            return [point.code for point in question.points]
        return [choice.code for choice in question.choices] if not self.item.is_written else []

    @property
    def tells_of_its_gate(self) -> bool:
        """Whether its number of answers would say that all, or all but one or two, opened its gate."""
        return self.is_gated and self.state(NOT_ASKED) < SMALLEST_CATEGORY

    def state(self, name: str) -> int:
        """Return how many people are in this state, in all departments."""
        return sum(counter[name] for counter in self.states.values())

    def in_state(self, name: str) -> dict[int, int]:
        """Return how many people of each department are in this state."""
        return {home: counter[name] for home, counter in self.states.items()}

    def numbers(self) -> Counter[Any]:
        """Return how often each value was given by anybody."""
        return sum(self.values.values(), start=Counter())

    def bins(self) -> list[Bin]:
        """Return the ranges of numbers or days; none for other types."""
        counts = self.numbers()
        if not counts or self.item.type not in ("number", "date"):
            return []
        return [*(number_bins(counts) if self.item.type == "number" else day_bins(counts))]

    def tables(self) -> list[Table]:
        """Return the tables that the answers make: one, or one for each choice of several."""
        kind = self.item.type
        if kind in ("number", "date"):
            return self._binned()
        if kind == "multiple":
            return [self._two(code) for code in self.codes]
        counts = {h: [self.values[h][code] for code in self.codes] for h in self.states}
        whole = [sum(column) for column in zip(*counts.values(), strict=True)]
        makes = chain_of_points if kind in ("likert", "rating") else chain_of_choices
        return [Table("", self.codes, counts, makes(whole))]

    def _two(self, code: str) -> Table:
        chosen = {h: self.values[h][code] for h in self.states}
        counts = {h: [n, self.states[h][ANSWERED] - n] for h, n in chosen.items()}
        return Table(code, [CHOSEN, LEFT], counts, [[(0,), (1,)], []])

    def _binned(self) -> list[Table]:
        bins = self.bins()
        counts = {home: [0] * len(bins) for home in self.states}
        for home, values in self.values.items():
            for value, n in values.items():
                counts[home][place_of(value, bins)] += n
        whole = [sum(column) for column in zip(*counts.values(), strict=True)]
        return [Table("", [str(n) for n in range(len(bins))], counts, chain_of_bins(whole))]
