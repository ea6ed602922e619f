"""Questionnaires that the portal ships as templates: one JSON file each, read when asked for."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Instrument:
    """A ready-made questionnaire with what an author has to know before using it."""

    code: str
    title: str
    kind: str
    description: str
    attribution: str
    licence: str
    minutes: int
    definition: dict[str, Any]


def _read(path: Path) -> Instrument:
    return Instrument(code=path.stem, **json.loads(path.read_text(encoding="utf-8")))


def all_instruments() -> list[Instrument]:
    """Return every questionnaire, the portal's own first, then by title; each a fresh copy."""
    found = [_read(path) for path in FOLDER.glob("*.json")]
    return sorted(found, key=lambda one: (one.attribution != "", one.title))


def instrument(code: str) -> Instrument | None:
    """Return the questionnaire with this code, or None where there is none."""
    return next((one for one in all_instruments() if one.code == code), None)
