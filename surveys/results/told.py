"""One answer of a frozen result that something else may point to: what it was, and how many gave it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .reading import ItemResult, Table, tables_in

ALL = 100


@dataclass(frozen=True)
class ToldAnswer:
    """An answer, or several that may only be told together; `people` is a lower limit at an edge."""

    result: ItemResult
    part: str
    codes: tuple[str, ...]
    people: int
    of: int
    share: str = ""

    @property
    def answer(self) -> str:
        """Return the code by which it is found again: its first, as the cells share no code."""
        return self.codes[0]

    @property
    def percent(self) -> int:
        """Return the share in percent, at an edge its limit."""
        return round(ALL * self.people / self.of) if self.of else 0


def told_answers(result: ItemResult) -> list[ToldAnswer]:
    """Return every answer to an item of which the number of people may be told."""
    return list(_answers(result, result.tables))


def told_in_department(result: ItemResult, frozen: Mapping[str, Any]) -> list[ToldAnswer]:
    """Return the same of one department, from its frozen questions by code."""
    tables = tables_in(result.item, frozen.get(result.item.code, {}))
    return [one for one in _answers(result, tables) if not one.share]


def told_answer(answers: list[ToldAnswer], *, part: str, answer: str) -> ToldAnswer | None:
    """Return the answer that holds this code, nothing where it may not be told."""
    return next((one for one in answers if one.part == part and answer in one.codes), None)


def _answers(result: ItemResult, tables: Mapping[str, Table]) -> Iterator[ToldAnswer]:
    for part, table in tables.items():
        for cell in table.cells:
            yield ToldAnswer(result, part, cell.codes, cell.count, table.n)
        if table.edge and result.n:
            limit = int(table.edge.share.split()[-1])
            people = result.n * limit // ALL
            yield ToldAnswer(result, part, table.edge.codes, people, result.n, table.edge.share)
