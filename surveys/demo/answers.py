"""Made-up answers around a department's mood.

Chance spreads them over people and items, so that scores, intervals and reliability look as they
do in a real agency.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from surveys.definitions import DIMENSIONS

DO_NOT_KNOW, SKIPPED, WRITES = 0.03, 0.02, 0.12
PERSON_SPREAD, ANSWER_SPREAD = 20.0, 18.0
COMMENTS = (
    "Show us what happens when the tool is wrong, and who fixes it.",
    "The practice session helped more than the slides.",
    "I would like to see its reasons in short sentences.",
    "We need time to learn this; the queue does not get shorter meanwhile.",
    "Who checks a refusal before it goes out?",
    "It saves me the boring part. Please keep a person at the end.",
    "Older applications are scanned badly; will it read them?",
    "Tell residents that it is used. People ask at the counter.",
)


@dataclass(frozen=True)
class Item:
    """One scale item as the generator sees it: its code, its steps and which way it points."""

    code: str
    steps: int
    dimension: int
    is_reversed: bool
    may_not_know: bool


def scale_items(definition: dict[str, Any]) -> list[Item]:
    """Return the Likert questions and matrix rows of a definition, in order."""
    found: list[Item] = []
    for page in definition["pages"]:
        for question in page["questions"]:
            if question["type"] not in ("likert", "matrix"):
                continue
            steps = len(definition["scales"][question["scale"]])
            for item in question.get("rows", [question]):
                dimension = item.get("dimension", DIMENSIONS[0])
                found.append(
                    Item(
                        code=item["code"],
                        steps=steps,
                        dimension=list(DIMENSIONS).index(dimension),
                        is_reversed=bool(item.get("reversed")),
                        may_not_know=bool(question.get("dont_know")),
                    )
                )
    return found


def answer_sheets(
    definition: dict[str, Any],
    *,
    mood: Sequence[float],
    people: int,
    chance: np.random.Generator,
) -> Iterator[dict[str, Any]]:
    """Yield the answers of this many people whose averages lie around `mood` (0 to 100 each)."""
    items = scale_items(definition)
    person = chance.normal(0, PERSON_SPREAD, size=(people, 1))
    target = np.array([mood[item.dimension] for item in items])
    leaning = chance.normal(0, 4, size=(1, len(items)))
    noise = chance.normal(0, ANSWER_SPREAD, size=(people, len(items)))
    share = np.clip((target + person + leaning + noise) / 100, 0, 1)
    luck = chance.random((people, len(items)))
    for row in range(people):
        sheet = {
            item.code: _point(item, float(share[row, column]), float(luck[row, column]))
            for column, item in enumerate(items)
        }
        yield sheet | _other_answers(definition, chance)


def _point(item: Item, share: float, luck: float) -> int | str | None:
    """Return the step for a position from 0 to 1, or that the person does not know or skipped."""
    if luck < SKIPPED:
        return None
    if item.may_not_know and luck < SKIPPED + DO_NOT_KNOW:
        return "dk"
    point = 1 + round(share * (item.steps - 1))
    return item.steps + 1 - point if item.is_reversed else point


def _other_answers(definition: dict[str, Any], chance: np.random.Generator) -> dict[str, Any]:
    """Return answers to the questions that are not scales."""
    sheet: dict[str, Any] = {}
    for page in definition["pages"]:
        for question in page["questions"]:
            codes = [choice["code"] for choice in question.get("choices", [])]
            if question["type"] == "single":
                sheet[question["code"]] = str(chance.choice(codes))
            elif question["type"] == "multiple":
                picked = chance.choice(codes, size=min(len(codes), 2), replace=False)
                alone = {c["code"] for c in question["choices"] if c.get("exclusive")}
                sheet[question["code"]] = sorted(str(code) for code in picked if code not in alone)
            elif question["type"] == "long_text":
                says = chance.random() < WRITES
                sheet[question["code"]] = str(chance.choice(COMMENTS)) if says else None
    return sheet
