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

from .conditions import faults_in
from .reading import read
from .rules import broken_rules, codes_of
from .sections import broken_sections
from .translating import texts_of


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
    return [
        *_scales(definition),
        *_questions(definition),
        *_pages(definition),
        *_texts(definition),
        *_conditions(definition),
    ]


def _scales(definition: dict[str, Any]) -> Iterator[Problem]:
    for name, points in definition.get("scales", {}).items():
        if [point["code"] for point in points] != [str(n + 1) for n in range(len(points))]:
            message = _("The points must have the codes 1, 2, 3 and so on, in this order.")
            yield Problem(_("Scale “%s”") % name, message)


def _questions(definition: dict[str, Any]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for number, page in enumerate(definition["pages"], 1):
        for position, raw in enumerate(page["questions"], 1):
            where = _place(number, position, raw)
            yield from (Problem(where, text) for text in broken_rules(raw, definition, seen))
            seen.update(dict.fromkeys(codes_of(raw), where))


def _pages(definition: dict[str, Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, page in enumerate(definition["pages"], 1):
        where = _("Page %d") % number
        if page["code"] in seen:
            yield Problem(where, _("The page code “%s” is used twice.") % page["code"])
        seen.add(page["code"])
        yield from (Problem(where, text) for text in broken_sections(page, seen))
        seen |= {section["code"] for section in page.get("sections", [])}


def _texts(definition: dict[str, Any]) -> Iterator[Problem]:
    """Yield translations of nothing, and those into the language of the survey itself."""
    known = texts_of(definition)
    for language, texts in definition.get("translations", {}).items():
        where = _("Translation “%s”") % language
        if language == definition["language"]:
            yield Problem(where, _("This is the language of the survey itself."))
        for key in texts:
            if key not in known:
                yield Problem(where, _("There is no text “%s” to translate.") % key)


def _conditions(definition: dict[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with expressions and with answers that are put into texts."""
    for fault in faults_in(read(definition)):
        stands = fault.condition
        where = _("Page %d") % stands.page
        if stands.question:
            where = _place(stands.page, stands.question, {"code": stands.code})
        part = stands.part if stands.part != stands.code else ""
        yield Problem(", ".join(filter(None, [where, part, stands.name])), fault.message)


def _place_in_order(error: ValidationError) -> list[str]:
    """Return a path that sorts the tenth page behind the second."""
    return [f"{part:04}" if isinstance(part, int) else part for part in error.path]


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
        case ["pages", int(page), "sections", int(section), *rest]:
            where = _("Page %(page)d, section %(section)d")
            return ", ".join([where % {"page": page + 1, "section": section + 1}, *_parts(rest)])
        case ["pages", int(page), *rest]:
            return ", ".join([_("Page %d") % (page + 1), *_parts(rest)])
        case ["scales", str(name), *rest]:
            points = (_("point %d") % (n + 1) for n in rest[:1] if isinstance(n, int))
            return ", ".join([_("Scale “%s”") % name, *points])
        case ["translations", str(language), *rest]:
            return ", ".join([_("Translation “%s”") % language, *_parts(rest)])
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
