"""What is wrong with a definition, in plain words and with its place."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from .reading import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a definition: where, and what."""

    where: str
    message: str


def check(definition: Any) -> list[Problem]:
    """Return everything that is wrong with a definition, in the order of its pages."""
    found = sorted(_validator().iter_errors(definition), key=_place_in_order)
    if found:
        return [Problem(_where(definition, error), _plain(error)) for error in found]
    problems: list[Problem] = []
    for name, points in definition.get("scales", {}).items():
        if [point["code"] for point in points] != [str(n + 1) for n in range(len(points))]:
            message = _("The points must have the codes 1, 2, 3 and so on, in this order.")
            problems.append(Problem(_("Scale “%s”") % name, message))
    seen: dict[str, str] = {}
    for number, page in enumerate(definition["pages"], 1):
        for position, raw in enumerate(page["questions"], 1):
            where = _place(number, position, raw)
            problems += [Problem(where, text) for text in _rules(raw, definition, seen)]
            seen.update(dict.fromkeys(_codes(raw), where))
    codes = [page["code"] for page in definition["pages"]]
    problems += [
        Problem(_("Page %d") % (n + 1), _("The page code “%s” is used twice.") % code)
        for n, code in enumerate(codes)
        if code in codes[:n]
    ]
    return problems


def _place_in_order(error: ValidationError) -> list[str]:
    """Return a path that sorts the tenth page behind the second."""
    return [f"{part:04}" if isinstance(part, int) else part for part in error.path]


def _codes(raw: dict[str, Any]) -> list[str]:
    return [raw["code"], *(row["code"] for row in raw.get("rows", []))]


def _rules(raw: dict[str, Any], definition: dict[str, Any], seen: dict[str, str]) -> Iterator[str]:
    """Yield what a schema cannot say about one question."""
    yield from _repeated(raw, seen)
    if "scale" in raw and raw["scale"] not in definition.get("scales", {}):
        yield _("There is no scale “%s”.") % raw["scale"]
    for part in (raw, *raw.get("rows", [])):
        if part.get("dimension", "") not in ("", *DIMENSIONS):
            yield _("There is no dimension “%(name)s”. Known are: %(known)s.") % {
                "name": part["dimension"],
                "known": ", ".join(DIMENSIONS),
            }
    low, high = raw.get("min"), raw.get("max")
    if low is not None and high is not None and low > high:
        yield _("The smallest number allowed is larger than the largest.")


def _repeated(raw: dict[str, Any], seen: dict[str, str]) -> Iterator[str]:
    """Yield codes of this question that stand for something else already."""
    codes = _codes(raw)
    for n, code in enumerate(codes):
        if code in seen:
            yield _("The code “%(code)s” is used already, at: %(where)s.") % {
                "code": code,
                "where": seen[code],
            }
        elif code in codes[:n]:
            yield _("The code “%s” is used twice.") % code
    choices = [choice["code"] for choice in raw.get("choices", [])]
    for code in sorted({code for code in choices if choices.count(code) > 1}):
        yield _("The choice code “%s” is used twice.") % code


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((Path(__file__).parent.parent / "definition.schema.json").read_text())
    return Draft202012Validator(schema)


def _place(page: int, position: int, raw: Any) -> str:
    """Return where a question stands, with its code when it has one."""
    where = _("Page %(page)d, question %(question)d") % {"page": page, "question": position}
    code = raw.get("code") if isinstance(raw, dict) else None
    return f"{where} ({code})" if code else where


def _where(definition: Any, error: ValidationError) -> str:
    """Return the part of the survey that a schema error is about, as a person would say it."""
    path = list(error.absolute_path)
    match path:
        case ["pages", int(page), "questions", int(question), *rest]:
            raw = definition["pages"][page]["questions"][question]
            where = _place(page + 1, question + 1, raw)
            return ", ".join([where, *_parts(rest)])
        case ["pages", int(page), *rest]:
            return ", ".join([_("Page %d") % (page + 1), *_parts(rest)])
        case ["scales", str(name), *rest]:
            return ", ".join([_("Scale “%s”") % name, *_parts(rest)])
        case _:
            return ", ".join([_("Survey"), *_parts(path)])


def _parts(rest: list[str | int]) -> list[str]:
    """Return what is left of a path: “rows 2” of a list, else the name."""
    numbered = [f"{name} {part + 1}" for name, part in pairwise(rest) if isinstance(part, int)]
    return numbered or [str(part) for part in rest[:1]]


# What each rule of the schema means, with the words that `_plain` fills in.
PLAIN = {
    "required": _lazy("“%(quoted)s” is missing."),
    "additionalProperties": _lazy("Unknown here: “%(quoted)s”."),
    "enum": _lazy("“%(value)s” is not known. Known are: %(rule)s."),
    "minItems": _lazy("“%(field)s” needs at least %(rule)s."),
    "maxLength": _lazy("“%(field)s” is too long: at most %(rule)s characters."),
    "maxItems": _lazy("“%(field)s” has too many parts: at most %(rule)s."),
    "type": _lazy("“%(field)s” must be of the type “%(rule)s”."),
    "const": _lazy("“%(field)s” must be %(rule)s."),
}
OTHER = _lazy("“%(field)s” is not allowed: %(message)s")


def _pattern(field: str, rule: str) -> str:
    """Return what a text that does not fit a pattern does wrong."""
    if field == "code":
        return _("The code “%(value)s” may have small letters, digits and _ only, a letter first.")
    if rule == r"\S":
        return _("“%(field)s” is empty.")
    if rule.startswith("^[^"):
        return _("“%(field)s” holds characters that cannot be shown.")
    return _("“%(value)s” does not fit “%(field)s”.")


def _plain(error: ValidationError) -> str:
    """Return a schema error in plain words."""
    field = str(error.absolute_path[-1]) if error.absolute_path else _("the survey")
    rule = error.validator_value
    is_pattern = error.validator == "pattern"
    words = _pattern(field, str(rule)) if is_pattern else PLAIN.get(str(error.validator), OTHER)
    return str(words) % {
        "field": field,
        "value": error.instance,
        "rule": ", ".join(map(str, rule)) if isinstance(rule, list) else rule,
        "quoted": "”, “".join(re.findall(r"'([^']*)'", error.message)),
        "message": error.message,
    }
