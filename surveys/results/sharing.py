"""The document that is shared: a part of what is frozen, never anything that is not.

What is frozen of a wave was released together: no sum or difference of all its tables betrays a
small cell. So any part of it may be shown to anybody beside any other part, and a document copies
such a part as it is. Counting again, or cutting otherwise, would set two tables of the same people
beside each other that were never released together.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

type Frozen = Mapping[str, Any]
SCHEMA = 1


@dataclass(frozen=True)
class Counted:
    """What is frozen of a wave: when it closed, how many answered, and each question's tables."""

    title: str
    number: int
    closed_on: str
    answers: int
    asked: int
    smallest: int
    questions: Frozen


@dataclass(frozen=True)
class Unit:
    """A department of which something is frozen."""

    id: int
    code: str
    name: str
    questions: Frozen


def document_of(
    counted: Counted, units: Iterable[Unit], needs: Iterable[Frozen], *, smallest: int
) -> dict[str, Any]:
    """Return the document, as JSON can hold it.

    Where the agency shows only larger groups than when the wave was counted, questions with fewer
    answers are left out, and so are all departments: which of them could still stand beside each
    other only the answers themselves would tell.
    """
    is_stricter = smallest > counted.smallest
    kept = {code: one for code, one in counted.questions.items() if one["n"] >= smallest}
    return {
        "schema": SCHEMA,
        "title": counted.title,
        "number": counted.number,
        "closed_on": counted.closed_on,
        "answers": counted.answers,
        "asked": counted.asked,
        "smallest_group": max(smallest, counted.smallest),
        "questions": kept,
        "departments": {} if is_stricter else {str(unit.id): _unit(unit) for unit in units},
        "needs": list(needs),
    }


def fingerprint_of(document: Frozen) -> str:
    """Return what is the same for two documents only where they say the same."""
    written = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _unit(unit: Unit) -> dict[str, Any]:
    return {"code": unit.code, "name": unit.name, "questions": unit.questions}
