"""Frozen results as plain objects, beside the questions that they answer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from surveys.definitions import HIGHEST_RATING, LOWEST_RATING, Definition, Item, Question

from .bins import Bin

TEXTS = ("short_text", "long_text")
FEWEST_TEXTS = 10  # of fewer, none is shown


@dataclass(frozen=True)
class Cell:
    """How many gave one of these answers; several where they may only be told together."""

    codes: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Edge:
    """That nearly everybody gave one of these answers, as far as that may be told."""

    codes: tuple[str, ...]
    share: str


@dataclass(frozen=True)
class Table:
    """The answers to one question, or to one choice of it, as finely as they may be shown."""

    part: str
    cells: tuple[Cell, ...]
    edge: Edge | None = None

    @property
    def n(self) -> int:
        """Return how many people are in it."""
        return sum(cell.count for cell in self.cells)

    def among(self, codes: Collection[str]) -> int | None:
        """Return how many gave one of these answers, None where the cut runs through them."""
        inside = [cell for cell in self.cells if set(cell.codes) & set(codes)]
        if not inside or not all(set(cell.codes) <= set(codes) for cell in inside):
            return None
        return sum(cell.count for cell in inside)


@dataclass(frozen=True)
class Places:
    """Which places the choices of a ranking got: for each choice how many people, by block."""

    blocks: tuple[tuple[int, ...], ...]
    counts: Mapping[str, tuple[int, ...]]

    def mean(self, code: str) -> float | None:
        """Return the mean place of a choice, None where several places are only told together."""
        if any(len(block) > 1 for block in self.blocks):
            return None
        counts = self.counts[code]
        return sum(n * block[0] for n, block in zip(counts, self.blocks, strict=True)) / sum(counts)


@dataclass(frozen=True)
class ItemResult:
    """What came out of one item; without `n` too few have answered it to be shown."""

    item: Item
    n: int | None = None
    missing: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    bins: tuple[Bin, ...] = ()
    mean: tuple[float, float, float] | None = None
    error: float | None = None
    places: Places | None = None

    @property
    def table(self) -> Table:
        """Return the one table of a question of which people give one answer."""
        return self.tables.get("", Table("", ()))

    @cached_property
    def upper(self) -> tuple[str, ...]:
        """Return the codes of the upper half of a scale, nothing for other types."""
        return upper_half(self.item)

    @property
    def upper_count(self) -> int | None:
        """Return how many answered in the upper half of the scale."""
        return self.table.among(self.upper)


@dataclass(frozen=True)
class QuestionResult:
    """One question with what came out of each of its items; `page` counts from 1.

    `heading` is the title of its section where it is the first question in it.
    """

    question: Question
    page: int
    items: tuple[ItemResult, ...]
    heading: str = ""

    @property
    def main(self) -> ItemResult:
        """Return the first item: the question itself, or the first row of a matrix."""
        return self.items[0]

    @property
    def rows(self) -> list[ItemResult]:
        """Return the items that are counted, without what was written beside a choice."""
        return [one for one in self.items if one.item.type not in TEXTS]

    @property
    def written(self) -> list[ItemResult]:
        """Return the items to which people wrote a text."""
        return [one for one in self.items if one.item.type in TEXTS]

    @property
    def is_scale(self) -> bool:
        """Whether people answer on a scale with an order."""
        return self.main.item.type in ("likert", "rating")

    @property
    def is_shown(self) -> bool:
        """Whether enough people have answered any of it."""
        return any(one.n is not None for one in self.items)


@dataclass(frozen=True)
class Section:
    """One page of a survey with its questions, as an index lists it."""

    number: int
    title: str
    questions: list[QuestionResult]


def sections_in(definition: Definition, questions: Sequence[QuestionResult]) -> list[Section]:
    """Return the pages of a survey that ask something, counted from 1."""
    found = [
        Section(number, page.title, [one for one in questions if one.page == number])
        for number, page in enumerate(definition.pages, start=1)
    ]
    return [section for section in found if section.questions]


def questions_in(definition: Definition, frozen: Mapping[str, Any]) -> list[QuestionResult]:
    """Return every question that people answer, in order, with what was frozen of it."""
    found = []
    for number, page in enumerate(definition.pages, start=1):
        for section, questions in page.runs():
            heading = section.title if section else ""
            for question in questions:
                items = tuple(item_result(i, frozen) for i in question.items() if i.is_typed)
                if items:
                    found.append(QuestionResult(question, number, items, heading))
                    heading = ""
    return found


def item_result(item: Item, frozen: Mapping[str, Any]) -> ItemResult:
    """Return what was frozen of one item."""
    found = frozen.get(item.code)
    if not found:
        return ItemResult(item)
    mean = found.get("mean")
    return ItemResult(
        item=item,
        n=found["n"],
        missing=found.get("missing", {}),
        tables=tables_in(item, found.get("tables", {})),
        bins=tuple((low, high) for low, high in found.get("bins", [])),
        mean=(mean[0], mean[1], mean[2]) if mean else None,
        error=found.get("error"),
        places=_places(item, found.get("places")),
    )


def _places(item: Item, frozen: Mapping[str, Any] | None) -> Places | None:
    if frozen is None:
        return None
    codes = [choice.code for choice in item.question.choices if choice.code in frozen["counts"]]
    return Places(
        tuple(tuple(block) for block in frozen["blocks"]),
        {code: tuple(frozen["counts"][code]) for code in codes},
    )


def tables_in(item: Item, frozen: Mapping[str, Any]) -> dict[str, Table]:
    """Return an item's frozen tables by their part, in the order of its choices.

    What was frozen cannot tell that order: PostgreSQL keeps the keys of JSON in one of its own.
    """
    parts = ["", *(choice.code for choice in item.question.choices)]
    return {
        part: Table(part, tuple(_cells(frozen[part])), _edge(frozen[part]))
        for part in parts
        if part in frozen
    }


def upper_half(item: Item) -> tuple[str, ...]:
    """Return the codes of the upper half of an item's scale, nothing for other types."""
    if item.type == "rating":
        codes = [str(n) for n in range(LOWEST_RATING, HIGHEST_RATING + 1)]
    elif item.type == "likert":
        codes = [point.code for point in item.question.points]
    else:
        return ()
    return tuple(codes[len(codes) - len(codes) // 2 :])


def _cells(frozen: Mapping[str, Any]) -> Iterator[Cell]:
    for block, count in zip(frozen["blocks"], frozen["counts"], strict=True):
        yield Cell(tuple(block), count)


def _edge(frozen: Mapping[str, Any]) -> Edge | None:
    if "edge" not in frozen:
        return None
    codes, share = frozen["edge"]
    return Edge(tuple(codes), share)
