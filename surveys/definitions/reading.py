"""From the JSON of a definition to frozen objects, and the fingerprint that tells versions apart."""

import hashlib
import json
from typing import Any

from .parts import Choice, Definition, Page, Question, Row, Section

DEFAULT_LENGTH = {"short_text": 200, "long_text": 4000}
SAME_NAME = (
    *("help", "required", "reversed", "dimension", "dont_know", "unit", "low", "high", "show_if"),
    *("required_if", "constraint", "constraint_message", "value", "source", "section"),
)


def read(definition: dict[str, Any]) -> Definition:
    """Return the typed form of a definition in which `check` finds no problem."""
    scales = {
        name: tuple(Choice(point["code"], point["text"]) for point in points)
        for name, points in definition.get("scales", {}).items()
    }
    pages = tuple(
        Page(
            code=page["code"],
            title=page.get("title", ""),
            intro=page.get("intro", ""),
            questions=tuple(_question(raw, scales) for raw in page["questions"]),
            show_if=page.get("show_if", ""),
            sections=tuple(_section(raw) for raw in page.get("sections", [])),
        )
        for page in definition["pages"]
    )
    return Definition(
        language=definition["language"],
        intro=definition.get("intro", ""),
        scales=scales,
        pages=pages,
        languages=tuple(definition.get("translations", {})),
    )


def _section(raw: dict[str, Any]) -> Section:
    names = ("code", "title", "intro", "show_if")
    return Section(**{name: raw[name] for name in names if name in raw})


def _question(raw: dict[str, Any], scales: dict[str, tuple[Choice, ...]]) -> Question:
    is_date = raw["type"] == "date"
    return Question(
        code=raw["code"],
        type=raw["type"],
        text=raw.get("text", ""),
        points=scales.get(raw.get("scale", ""), ()),
        choices=tuple(Choice(**choice) for choice in raw.get("choices", [])),
        rows=tuple(Row(**row) for row in raw.get("rows", [])),
        minimum=None if is_date else raw.get("min"),
        maximum=None if is_date else raw.get("max"),
        earliest=raw.get("min", "") if is_date else "",
        latest=raw.get("max", "") if is_date else "",
        max_length=raw.get("max_length", DEFAULT_LENGTH.get(raw["type"], 0)),
        **{name: raw[name] for name in SAME_NAME if name in raw},
    )


def fingerprint(definition: dict[str, Any], anonymity: str) -> str:
    """Return the SHA-256 of a definition and its anonymity, however the JSON is spelled."""
    text = json.dumps([definition, anonymity], sort_keys=True, ensure_ascii=False)
    same = json.loads(text, parse_float=lambda n: int(float(n)) if float(n) % 1 == 0 else float(n))
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()
