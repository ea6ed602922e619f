"""From what a person says about each column to a definition and a mapping."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .proposals import DEPARTMENT, LEAVE_OUT
from .targets import NUMBER, ONE, POINTS, SEVERAL

ON_A_PAGE = 20
LONGEST_TEXT = 500


@dataclass(frozen=True)
class ColumnChoice:
    """What a person decided for one column; labels are lines of “text” or “text = code”."""

    column: str
    occurrence: int
    kind: str
    text: str
    labels: list[str] = field(default_factory=list)
    dimension: str = ""
    is_reversed: bool = False


def build(choices: Sequence[ColumnChoice]) -> dict[str, Any]:
    """Return definition, columns and department column for these decisions, as a mapping holds them."""
    scales: dict[str, Any] = {}
    questions: list[dict[str, Any]] = []
    columns: list[dict[str, Any]] = []
    department = None
    for number, choice in enumerate(choices, start=1):
        place = {"column": choice.column, "occurrence": choice.occurrence}
        if choice.kind == DEPARTMENT:
            department = {**place, "values": pairs_of(choice.labels)}
        elif choice.kind == LEAVE_OUT:
            columns.append({**place, "leave_out": True})
        else:
            code = f"q{number}"
            questions.append(_question(code, choice, scales))
            columns.append({**place, "question": code, "values": _values(choice)})
    pages = [questions[n : n + ON_A_PAGE] for n in range(0, len(questions), ON_A_PAGE)]
    definition = {
        "schema": 1,
        "language": "en",
        "scales": scales,
        "pages": [{"code": f"p{n}", "questions": page} for n, page in enumerate(pages, start=1)],
    }
    return {"definition": definition, "department": department, "columns": columns}


def homes_of(choices: Sequence[ColumnChoice]) -> set[str]:
    """Return the codes of the departments that these decisions name."""
    return {
        code
        for choice in choices
        if choice.kind == DEPARTMENT
        for code in pairs_of(choice.labels).values()
    }


def pairs_of(lines: Sequence[str]) -> dict[str, str]:
    """Return text and code for each line “text = code”; a line without a code is its own code."""
    pairs: dict[str, str] = {}
    for line in lines:
        text, sign, code = line.rpartition("=")
        text, code = (text.strip(), code.strip()) if sign and text.strip() else (line, line)
        if code:
            pairs[text] = code
    return pairs


def _question(code: str, choice: ColumnChoice, scales: dict[str, Any]) -> dict[str, Any]:
    """Return the question for one column; a scale of its own is added to the scales."""
    question: dict[str, Any] = {"code": code, "text": choice.text[:LONGEST_TEXT]}
    if choice.kind == POINTS:
        scales[f"s_{code}"] = _numbered(choice.labels, "")
        question |= {"type": "likert", "scale": f"s_{code}"}
        if choice.dimension:
            question |= {"dimension": choice.dimension, "reversed": choice.is_reversed}
    elif choice.kind in {ONE, SEVERAL}:
        kind = "single" if choice.kind == ONE else "multiple"
        question |= {"type": kind, "choices": _numbered(choice.labels, "c")}
    else:
        question["type"] = "number" if choice.kind == NUMBER else "long_text"
    return question


def _numbered(labels: Sequence[str], before: str) -> list[dict[str, str]]:
    return [
        {"code": f"{before}{n}", "text": label[:LONGEST_TEXT]}
        for n, label in enumerate(labels, start=1)
    ]


def _values(choice: ColumnChoice) -> dict[str, Any]:
    """Return the point or code that each label stands for."""
    if choice.kind == POINTS:
        return {label: n for n, label in enumerate(choice.labels, start=1)}
    if choice.kind in {ONE, SEVERAL}:
        return {label: f"c{n}" for n, label in enumerate(choice.labels, start=1)}
    return {}
