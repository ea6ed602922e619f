"""What a question takes along when it gets another type, and what it leaves behind."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .changes import FIELDS
from .outline import Raw
from .scales import points_of

CHOOSING = ("single", "multiple", "ranking")
LISTING = (*CHOOSING, "likert", "matrix")  # types that have choices, points or statements
WORDS = ("text", "help", "show_if", "source", "section")
ANSWERED = (*WORDS, "required", "required_if", "dont_know")
RULES = ("constraint", "constraint_message")
# Types whose answers are of one sort keep what limits them.
SORTS = {"short_text": "text", "long_text": "text", "number": "number", "rating": "number"}
OWN = {"short_text": ("max_length",), "long_text": ("max_length",)}
MARKS = {"single": ("other",), "multiple": ("other", "exclusive"), "ranking": ()}
OF_ROWS = ("dimension", "reversed", "required", "show_if")
TEN = {"min": 0, "max": 10}


def needs_parts(raw: Raw, kind: str) -> bool:
    """Return whether choices or statements have to be written for this type: there are none yet."""
    return kind in {*CHOOSING, "matrix"} and raw["type"] not in LISTING


def parts_of(definition: Raw, raw: Raw) -> list[Raw]:
    """Return the choices, points or statements of a question, as parts with a text."""
    if raw["type"] == "likert":
        return [{"text": text} for text in points_of(definition, raw["scale"])]
    parts: list[Raw] = raw.get("choices") or raw.get("rows") or []
    return parts


def plain_fields(raw: Raw, kind: str) -> Raw:
    """Return what stays of a question beside its choices, points and statements."""
    names = set(WORDS if kind == "note" else ANSWERED)
    sort = SORTS.get(raw["type"])
    if sort and sort == SORTS.get(kind):
        names |= {*RULES, *OWN.get(kind, ())}
    kept = {name: part for name, part in raw.items() if name in names}
    return {**kept, "type": kind, **(TEN if (raw["type"], kind) == ("rating", "number") else {})}


def choices_from(raw: Raw, parts: Sequence[Raw], kind: str) -> list[Raw]:
    """Return the parts as choices for this type, with what a choice of it may have."""
    if raw["type"] not in CHOOSING:
        return [{"text": part["text"]} for part in parts]
    names = ("code", "text", "show_if", *MARKS[kind])
    return [{name: part[name] for name in names if name in part} for part in parts]


def rows_from(raw: Raw, parts: Sequence[Raw]) -> list[Raw]:
    """Return the statements of a matrix that this question becomes."""
    if raw["type"] == "likert":
        measured: Raw = {n: raw[n] for n in ("dimension", "reversed") if n in raw}
        return [{"text": raw["text"], **measured}]
    return [{"text": part["text"]} for part in parts]


def losses(definition: Raw, raw: Raw, kind: str) -> list[str]:
    """Return in words what a question would lose with this type."""
    return [*_fields(raw, kind), *_lists(definition, raw, kind), *_marks(raw, kind)]


def _fields(raw: Raw, kind: str) -> Iterator[str]:
    kept = plain_fields(raw, kind)
    for name, label in FIELDS.items():
        goes_to_row = (raw["type"], kind) == ("likert", "matrix") and name in OF_ROWS
        if _is_said(raw.get(name)) and name not in kept and not goes_to_row:
            yield _with_value(str(label), raw[name])


def _lists(definition: Raw, raw: Raw, kind: str) -> Iterator[str]:
    """Yield the choices, points or statements that the new type has no place for."""
    texts = " · ".join(part["text"] for part in parts_of(definition, raw))
    is_kept = kind in LISTING
    if raw["type"] in CHOOSING and not is_kept:
        yield _("Choices: %s") % texts
    if raw["type"] == "matrix" and kind not in CHOOSING:
        yield _("Statements: %s") % texts
    if "scale" in raw and kind not in {"likert", "matrix"}:
        points = " · ".join(points_of(definition, raw["scale"]))
        if not (raw["type"] == "likert" and kind in CHOOSING):
            yield _("Scale: %s") % points


def _marks(raw: Raw, kind: str) -> Iterator[str]:
    """Yield what is said of single choices or statements and has no place in the new type."""
    if kind not in LISTING:
        return
    kept = ("show_if", *MARKS[kind]) if kind in CHOOSING and raw["type"] in CHOOSING else ()
    for part in (*raw.get("choices", []), *raw.get("rows", [])):
        for name, label in FIELDS.items():
            if part.get(name) and name not in kept:
                yield f"{part['text']}: {_with_value(str(label), part[name])}"


def _is_said(value: Any) -> bool:
    """Return whether something is said: a smallest number of 0 is."""
    return value is not None and value is not False and value != ""


def _with_value(label: str, value: Any) -> str:
    return label if value is True else f"{label}: {value}"
