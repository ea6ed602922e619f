"""The texts of a survey by key, and the same survey in another of its languages."""

import json
from collections.abc import Iterator
from typing import Any

Place = tuple[dict[str, Any], str]

PAGE = ("title", "intro")
QUESTION = ("text", "help", "unit", "constraint_message", "low", "high")


def texts_of(definition: dict[str, Any]) -> dict[str, str]:
    """Return every text that people read, by the key under which translations have it."""
    return {key: part[name] for key, (part, name) in _places(definition)}


def in_language(definition: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the definition in this language; a text without translation stays as it is."""
    texts = definition.get("translations", {}).get(language)
    if not texts:
        return definition
    translated: dict[str, Any] = json.loads(json.dumps(definition))  # no part is there twice
    for key, (part, name) in _places(translated):
        part[name] = texts.get(key) or part[name]
    return translated | {"language": language}


def _places(definition: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    """Yield each key with the part and the name where its text stands; empty texts have none."""
    if definition.get("intro"):
        yield "intro", (definition, "intro")
    for name, points in definition.get("scales", {}).items():
        yield from ((f"scales.{name}.{point['code']}", (point, "text")) for point in points)
    for page in definition["pages"]:
        yield from _named(page, PAGE)
        for section in page.get("sections", []):
            yield from _named(section, PAGE)
        for question in page["questions"]:
            yield from _named(question, QUESTION)
            for kind in ("choices", "rows"):
                stem = f"{question['code']}.{kind}"
                for part in question.get(kind, []):
                    yield f"{stem}.{part['code']}", (part, "text")


def _named(part: dict[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, Place]]:
    yield from ((f"{part['code']}.{name}", (part, name)) for name in names if part.get(name))
