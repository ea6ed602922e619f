"""What stands in a cell, by the field that it holds: codes of choices, lists, days, texts."""

from collections.abc import Callable, Mapping
from functools import cache

from buyin.initiatives.record.fields import BY_NAME
from buyin.initiatives.record.parts import DEPLOYED, PILOT, PRE_DEPLOYMENT, Field, Kind, Value
from buyin.lines import seen
from buyin.tables.dates import read_day
from buyin.tables.folding import folded, folded_choice, says_nothing

from .several import parts_of

# Terms of earlier inventories and of other registers that the record's own declaration does not
# know. "Implementation and Assessment" (2024) is left out: whether it is used yet, people must say.
OTHER_TERMS: dict[str, dict[str, str]] = {
    "development_stage": {
        "Initiated": PRE_DEPLOYMENT,
        "Acquisition and/or Development": PRE_DEPLOYMENT,
        "Planned": PRE_DEPLOYMENT,
        "Ideation": PRE_DEPLOYMENT,
        "In ontwikkeling": PRE_DEPLOYMENT,
        "Beta": PILOT,
        "Operation and Maintenance": DEPLOYED,
        "In production": DEPLOYED,
        "In mission": DEPLOYED,
        "In gebruik": DEPLOYED,
        "Buiten gebruik": "Retired",
    },
    # What was rights- or safety-impacting until 2024 is what is called high-impact since.
    "is_high_impact": {
        "Both": "High-impact",
        "Rights-Impacting": "High-impact",
        "Safety-Impacting": "High-impact",
        "Neither": "Not High-impact",
        "Low-impact": "Not High-impact",
        "Medium-impact": "Not High-impact",
    },
    "hi_assessment_completed": {"Planned or in-progress": "In-progress"},
    "hi_independent_review": {
        "Planned or in-progress": "In-progress",
        "Yes – by an agency AI oversight board not directly involved in the system’s development": (
            "Oversight Board Review"
        ),
        "Yes – by another appropriate agency office that was not directly involved in the system’s "
        "development": "Internal Independent Review",
    },
    "hi_appeal_process": {
        "No – Law, operational limitations, or governmentwide guidance precludes an opportunity "
        "for an individual to appeal": "Appeal Precluded by Law",
    },
    "hi_public_consultation": {"Direct user testing": "Usability Testing"},
}
CHOSEN = frozenset({Kind.CHOICE, Kind.YES_NO})
AMBIGUOUS = frozenset({"yes", "no"})
MISSING = ""
NAME = "use_case_name"

LearnedCodes = Mapping[str, str]
Read = Callable[[str], tuple[Value, bool]]


@cache
def codes_of(name: str) -> dict[str, str]:
    """Return the code of each folded text with which a choice of this field is written."""
    field = BY_NAME[name]
    found: dict[str, str] = {}
    for choice in field.choices:
        for text in (choice.value, choice.long, *choice.aliases):
            found.setdefault(folded_choice(text), choice.value)
    for text, code in OTHER_TERMS.get(name, {}).items():
        found.setdefault(folded_choice(text), code)
    for short, code in _beginnings(field).items():
        found.setdefault(short, code)
    return found


def _beginnings(field: Field) -> dict[str, str]:
    """Return what stands before the explanation in a long text, where it means one choice."""
    found: dict[str, str] = {}
    for choice in field.choices:
        short = folded_choice(choice.long.split(" – ")[0].split(": ")[0])
        if short not in AMBIGUOUS:
            found[short] = MISSING if short in found else choice.value
    return {short: code for short, code in found.items() if code}


def reader_of(name: str, learned: LearnedCodes | None = None) -> Read:
    """Return who reads the cells of this field: a value, and whether all of it was understood.

    `learned` are codes that somebody chose for texts that the field does not know (folded).
    """
    field = BY_NAME[name]
    if field.kind in CHOSEN:
        return _remembering(lambda text: _choice(text, codes_of(name), learned or {}))
    if field.kind == Kind.MULTI:
        return _remembering(lambda text: _choices(text, codes_of(name), learned or {}))
    if field.kind == Kind.DATE:
        return _remembering(_date)
    return _line if name == NAME else _text


def _remembering(read: Read) -> Read:
    """Return the same reader, which reads the same text once: columns of choices hold few."""
    known: dict[str, tuple[Value, bool]] = {}

    def reading(text: str) -> tuple[Value, bool]:
        found = known.get(text)
        if found is None:
            found = known[text] = read(text)
        value, is_whole = found
        return (list(value) if isinstance(value, list) else value), is_whole

    return reading


def _text(text: str) -> tuple[Value, bool]:
    if says_nothing(text):
        return "", True
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text), True


def _line(text: str) -> tuple[Value, bool]:
    """Read a name: one line, whatever a cell makes of it."""
    return seen(str(_text(text)[0])), True


def _choice(text: str, codes: Mapping[str, str], learned: LearnedCodes) -> tuple[Value, bool]:
    key = folded_choice(text)
    code = codes.get(key) or learned.get(key)
    if code:
        return code, True
    return ("", True) if says_nothing(text) else (_text(text)[0], False)


def _choices(text: str, codes: Mapping[str, str], learned: LearnedCodes) -> tuple[Value, bool]:
    whole, is_known = _choice(text, codes, learned)
    if is_known:
        return ([str(whole)] if whole else []), True
    read = [_choice(part, codes, learned) for part in _options(text, codes)]
    found = list(dict.fromkeys(str(value) for value, _known in read if value))
    return found, all(known for _value, known in read)


def _options(text: str, codes: Mapping[str, str]) -> list[str]:
    """Return the options in a cell; at commas only where each part is an option by itself."""
    parts = parts_of(text)
    if len(parts) == 1 and "," in parts[0]:
        by_comma = [part.strip() for part in parts[0].split(",")]
        if all(folded_choice(part) in codes for part in by_comma):
            return by_comma
    return parts


def _date(text: str) -> tuple[Value, bool]:
    if says_nothing(text):
        return "", True
    found = read_day(text)
    return found, bool(found["date"])


@cache
def foreign_terms(name: str) -> frozenset[str]:
    """Return the keys of the terms that only other registers use for this field."""
    own = {folded_choice(t) for c in BY_NAME[name].choices for t in (c.value, c.long)}
    return frozenset(folded_choice(text) for text in OTHER_TERMS.get(name, {})) - own


def is_choice(name: str) -> bool:
    """Say whether the cells of this field are chosen from a list."""
    return bool(BY_NAME[name].choices)


def key_of(text: str) -> str:
    """Return under which key a text that no choice knows is learned."""
    return folded_choice(text) or folded(text)
