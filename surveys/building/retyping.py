"""Giving a question another type: what stays of it, under which code, and what looks at it.

Answers are kept under the code of a question. Where a published version has asked it, the answers of
another type get another code, so that nobody ever counts the two together.
"""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.definitions import DONT_KNOW, OTHER, conditions_of, names_looked_at, read
from surveys.definitions.conditions import Condition

from .carrying import CHOOSING, SORTS, choices_from, needs_parts, parts_of, plain_fields, rows_from
from .changes import FIELDS
from .codes import Used, code_from, used_in
from .editing import looking_at
from .outline import Raw, question_at
from .refusing import RefusedEditError
from .scales import OWN, with_scale

TYPES = (
    *("single", "multiple", "likert", "matrix", "rating", "ranking"),
    *("short_text", "long_text", "number", "date", "note"),
)
FEWEST = {"likert": 2, "single": 2, "multiple": 2, "ranking": 2}
MOST = {"likert": 11, "ranking": 20, "matrix": 50}
LOGIC = ("show_if", "required_if", "constraint", "value")
# Conditions that the builder offers to choose, which can be said of another type too.
PICKED = re.compile(
    r"\$\{ *(?P<one>\w+) *\} *= *'?(?P<is>\w+)'?|selected\(\$\{ *(?P<many>\w+) *\}, *'(?P<has>\w+)'\)"
)
SAID = {
    "single": "${%s} = '%s'",
    "multiple": "selected(${%s}, '%s')",
    "ranking": "selected(${%s}, '%s')",
    "likert": "${%s} = %s",
}


@dataclass(frozen=True)
class Retyped:
    """A definition in which a question has another type, and its code there.

    `unfit` names the conditions that were written for answers of the old type.
    """

    definition: Raw
    code: str
    unfit: tuple[str, ...]


def types_for(definition: Raw, raw: Raw) -> list[str]:
    """Return the types that a question can be given; none for one that is computed."""
    if raw["type"] == "computed":
        return []
    n = len(parts_of(definition, raw))
    scaled = {raw["type"], "likert", "matrix"} == {"likert", "matrix"}
    return [
        kind
        for kind in TYPES
        if kind != raw["type"]
        and (
            not n
            or (scaled and kind in {"likert", "matrix"})
            or FEWEST.get(kind, 0) <= n <= MOST.get(kind, n)
        )
    ]


def retype(
    definition: Raw, published: Used, code: str, kind: str, texts: Sequence[str] = ()
) -> Retyped:
    """Give a question this type; `texts` are its choices or statements where it has none yet."""
    found = question_at(definition, code)
    if found is None:
        raise RefusedEditError(_("This question is not there any more."))
    raw = definition["pages"][found[0]]["questions"][found[1]]
    if kind not in types_for(definition, raw):
        raise RefusedEditError(_("The question cannot become one of this type."))
    is_same_text = SORTS.get(raw["type"]) == SORTS.get(kind) == "text"
    used = published | used_in([definition])
    new = code
    if code in published.answers and not is_same_text:
        new = code_from(code, used.answers, otherwise="question")
    edited, question, pairs = _made(deepcopy(definition), raw, kind, texts, new, used)
    edited["pages"][found[0]]["questions"][found[1]] = question
    _translate(edited, code, new, pairs)
    renamed = {code: new, code + OTHER: new + OTHER}
    edited = looking_at(edited, renamed)
    if is_same_text:
        return Retyped(edited, new, ())
    values = {old.rpartition(".")[2]: now.rpartition(".")[2] for old, now in pairs}
    edited["pages"] = _said_anew(edited["pages"], new, kind, values)
    is_number = SORTS.get(raw["type"]) == SORTS.get(kind) == "number"
    return Retyped(edited, new, () if is_number else tuple(_unfit(edited, new, kind)))


def _made(
    edited: Raw, raw: Raw, kind: str, texts: Sequence[str], code: str, used: Used
) -> tuple[Raw, Raw, list[tuple[str, str]]]:
    """Return the survey, the question in it, and which text of the old one became which."""
    question = {"code": code, **plain_fields(raw, kind)}
    is_new = needs_parts(raw, kind)
    parts = [{"text": text} for text in texts] if is_new else parts_of(edited, raw)
    keys = [] if is_new else _keys(raw, parts)
    news: list[str] = []
    if kind in CHOOSING:
        taken = {DONT_KNOW, *used.choices_of(code)}
        question["choices"] = _coded(choices_from(raw, parts, kind), taken, "choice")
        news = [f"{code}.choices.{one['code']}" for one in question["choices"]]
    if kind == "matrix":
        question["rows"] = _coded(rows_from(raw, parts), {*used.answers, code}, f"{code}_row")
        news = [f"{code}.rows.{one['code']}" for one in question["rows"]]
        keys = [f"{raw['code']}.text"] if raw["type"] == "likert" else keys
    if kind in {"likert", "matrix"}:
        own = (
            [part["text"] for part in parts] if raw["type"] in CHOOSING and kind == "likert" else []
        )
        edited, question["scale"] = with_scale(
            edited, OWN if own else raw.get("scale", "agree5"), own
        )
        news = [f"scales.{question['scale']}.{n}" for n in range(1, len(own) + 1)] or news
    return edited, question, list(zip(keys, news, strict=False)) if news else []


def _keys(raw: Raw, parts: Sequence[Raw]) -> list[str]:
    """Return the keys under which the choices, points or statements of a question are translated."""
    if raw["type"] == "likert":
        return [f"scales.{raw['scale']}.{n}" for n in range(1, len(parts) + 1)]
    kind = "choices" if "choices" in raw else "rows"
    return [f"{raw['code']}.{kind}.{part['code']}" for part in parts]


def _coded(parts: list[Raw], taken: set[str], otherwise: str) -> list[Raw]:
    """Return the parts with their codes, or new ones that nothing ever had."""
    coded = []
    for part in parts:
        code = part.get("code") or code_from(part["text"], taken, otherwise=otherwise)
        taken.add(code)
        coded.append({**part, "code": code})
    return coded


def _translate(edited: Raw, old: str, new: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Give the texts of the question as it is now the translations that they had."""
    for texts in edited.get("translations", {}).values():
        for key, text in list(texts.items()):
            head, dot, rest = key.partition(".")
            if head == old:
                texts.setdefault(new + dot + rest, text)
        for was, now in pairs:
            if was in texts:
                texts.setdefault(now, texts[was])


def _said_anew(part: Any, code: str, kind: str, values: Mapping[str, str], name: str = "") -> Any:
    """Return a part of the survey in which chosen conditions speak of answers of the new type."""
    if isinstance(part, dict):
        return {key: _said_anew(value, code, kind, values, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_said_anew(value, code, kind, values, name) for value in part]
    if name not in LOGIC or not isinstance(part, str) or kind not in SAID:
        return part
    found = PICKED.fullmatch(part)
    if found is None or (found["one"] or found["many"]) != code:
        return part
    value = values.get(found["is"] or found["has"])
    return SAID[kind] % (code, value) if value else part


def _unfit(definition: Raw, code: str, kind: str) -> list[str]:
    """Return where conditions stand that look at a question in words of its old type."""
    found = []
    for condition in conditions_of(read(definition)):
        is_own = condition.code == code and condition.name == "constraint"
        fits = kind in SAID and _fits(definition, code, kind, condition.source)
        if code in names_looked_at(condition.source) and not is_own and not fits:
            words = {"what": _subject(definition, condition), "rule": FIELDS[condition.name]}
            found.append(_("“%(what)s”, %(rule)s") % words)
    return found


def _fits(definition: Raw, code: str, kind: str, source: str) -> bool:
    """Return whether a condition is one that can be chosen for this type, with a value that it has."""
    found = PICKED.fullmatch(source)
    place = question_at(definition, code)
    if found is None or place is None:
        return False
    raw = definition["pages"][place[0]]["questions"][place[1]]
    value = found["is"] or found["has"]
    known = {one["code"] for one in raw.get("choices", [])}
    if kind == "likert":
        known = {str(n) for n in range(1, len(parts_of(definition, raw)) + 1)}
    return value in known and source == SAID[kind] % (code, value)


def _subject(definition: Raw, condition: Condition) -> str:
    """Return what a condition is about, as its author calls it."""
    page = definition["pages"][condition.page - 1]
    if condition.question:
        raw = page["questions"][condition.question - 1]
        return str(raw.get("text") or raw["code"])
    sections = (one for one in page.get("sections", []) if one["code"] == condition.part)
    head = next(sections, page)
    return str(head.get("title") or head["code"])
