"""One row of a form as one question."""

import re
from typing import Any

from django.utils.translation import gettext as _

from surveys.formats.conditions import both, either, for_choice

from .columns import OWN, Record
from .form import Form
from .lists import Option, OptionList, choices_of
from .structure import Row
from .texts import PROSE, is_no, is_yes

MOST_RANKED = 20
MOST_CHOICES = 100
FEWEST = 2
RANGE = re.compile(r"(start|end|step)\s*=\s*(-?[0-9.]+)")
HIGHEST_RATING = 10
OTHER = "other"


def question_of(form: Form, row: Row, condition: str) -> dict[str, Any] | None:
    """Return the question that a row asks, or None, remarked upon, where it cannot be asked."""
    kind, record = row.kind, row.record
    if not kind.name:
        form.report.lose(record.place("type"), record.get("type"), kind.why)
        return None
    if kind.why:
        form.report.change(record.place("type"), record.get("type"), kind.why)
    code = form.code_of(record)
    question = _own_parts(form, row, code)
    if question is None:
        return None
    form.took(record, code)
    shown = both(condition, form.shown(record, condition))
    question |= source_of(form, record, code)
    return {**question, "show_if": shown} if shown else question


def _own_parts(form: Form, row: Row, code: str) -> dict[str, Any] | None:
    """Return a question without its condition."""
    record, name = row.record, row.kind.name
    if name == "computed":
        return _computed(form, record, code)
    if name == "note":
        text = form.texts.required(record, f"{code}.text", record.get("name"), most=PROSE)
        question: dict[str, Any] = {"code": code, "type": "note", "text": text}
        return {**question, **_help(form, record, code)}
    specific = _specific(form, row, code)
    if specific is None:
        return None
    text = form.texts.required(record, f"{code}.text", record.get("name"))
    shared = {**_help(form, record, code), **_rules(form, record, code)}
    return {"code": code, "text": text, **specific, **shared}


def _computed(form: Form, record: Record, code: str) -> dict[str, Any] | None:
    if not record.get("calculation"):
        form.report.lose(record.place("calculation"), "", _("There is nothing to compute."))
        return None
    value = form.condition(record, "calculation")
    if not value:
        return None
    text = form.texts.optional(record, "label", f"{code}.text")
    return {"code": code, "type": "computed", "value": value, **({"text": text} if text else {})}


def _help(form: Form, record: Record, code: str) -> dict[str, str]:
    found = form.texts.optional(record, "hint", f"{code}.help")
    return {"help": found} if found else {}


def source_of(form: Form, record: Record, code: str) -> dict[str, str]:
    """Return whose words a question is, where the form says so."""
    found = form.texts.optional(record, f"{OWN}source", f"{code}.source", most=PROSE)
    return {"source": found} if found else {}


def _rules(form: Form, record: Record, code: str) -> dict[str, Any]:
    """Return what the answer has to be like."""
    rules: dict[str, Any] = {}
    required = record.get("required")
    if is_yes(required):
        rules["required"] = True
    elif not is_no(required) and (found := form.condition(record, "required")):
        rules["required_if"] = found
    if found := form.condition(record, "constraint"):
        rules["constraint"] = found
        message = form.texts.optional(record, "constraint_message", f"{code}.constraint_message")
        rules |= {"constraint_message": message} if message else {}
    if record.get("calculation"):
        why = _("Only rows of the type “calculate” are computed.")
        form.report.lose(record.place("calculation"), record.get("calculation"), why)
    if is_yes(record.get(f"{OWN}dont_know")):
        rules["dont_know"] = True
    return rules


def _specific(form: Form, row: Row, code: str) -> dict[str, Any] | None:
    """Return the type of the question and what only this type has."""
    record, kind = row.record, row.kind
    match kind.name:
        case "text":
            is_long = "multiline" in record.get("appearance").lower().split()
            most = record.get(f"{OWN}max_length")
            length = {"max_length": int(most)} if most.isdecimal() else {}
            return {"type": "long_text" if is_long else "short_text", **length}
        case "number":
            return {"type": "number", **_numbers(record), **_own_texts(form, record, code, "unit")}
        case "range":
            return _range(form, record, code)
        case "date":
            days = {n: record.get(OWN + n) for n in ("min", "max") if record.get(OWN + n)}
            return {"type": "date", **days}
    return _choosing(form, row, code)


def _numbers(record: Record) -> dict[str, float]:
    texts = {name: record.get(OWN + name) for name in ("min", "max")}
    return {name: number_of(text) for name, text in texts.items() if is_number(text)}


def is_number(text: str) -> bool:
    """Return whether a cell holds a number."""
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", text.lower()) is not None


def number_of(text: str) -> float:
    """Return the number in a cell, without a fraction where there is none."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _own_texts(form: Form, record: Record, code: str, *names: str) -> dict[str, str]:
    found = {name: form.texts.optional(record, OWN + name, f"{code}.{name}") for name in names}
    return {name: text for name, text in found.items() if text}


def _range(form: Form, record: Record, code: str) -> dict[str, Any]:
    """Return 0 to 10 in steps of one as a rating, and every other range as a number."""
    said = {
        name: float(text)
        for name, text in RANGE.findall(record.get("parameters"))
        if is_number(text)
    }
    low, high, step = said.get("start", 1), said.get("end", 10), said.get("step", 1)
    if (low, high, step) == (0, HIGHEST_RATING, 1):
        return {"type": "rating", **_own_texts(form, record, code, "low", "high")}
    why = _("The slider is asked for as a number from %(low)s to %(high)s.")
    words = {"low": number_of(str(low)), "high": number_of(str(high))}
    column = "parameters" if record.get("parameters") else "type"
    form.report.change(record.place(column), record.get(column), why % words)
    return {"type": "number", "min": words["low"], "max": words["high"]}


def _choosing(form: Form, row: Row, code: str) -> dict[str, Any] | None:
    record, kind = row.record, row.kind
    found = form.lists.get(kind.list)
    if found is None:
        why = _("There is no list “%s” in the sheet of choices.") % kind.list
        form.report.lose(record.place("type"), record.get("type"), why)
        return None
    if is_statement(row, found):
        return {"type": "likert", "scale": form.scale_of(found), **measured(record)}
    if kind.name == "single" and found.is_rating and _looks_like_scale(record):
        return {"type": "rating"}
    choices = _choices(form, row, found, code)
    most = MOST_RANKED if kind.name == "ranking" else MOST_CHOICES
    if not FEWEST <= len(choices) <= most:
        why = _("Here %(there)d choices stand; there may be 2 to %(most)d.")
        words = {"there": len(choices), "most": most}
        form.report.lose(record.place("type"), record.get("type"), why % words)
        return None
    return {"type": kind.name, "choices": choices}


def is_statement(row: Row, found: OptionList) -> bool:
    """Return whether a row is a statement that is answered on a scale."""
    fits = found.is_marked or found.can_be_scale
    return row.kind.name == "single" and fits and _looks_like_scale(row.record)


def _looks_like_scale(record: Record) -> bool:
    return "likert" in record.get("appearance").lower().split()


def measured(record: Record) -> dict[str, Any]:
    """Return what a statement measures, which only our own columns say."""
    reverse = {"reversed": True} if is_yes(record.get(f"{OWN}reversed")) else {}
    dimension = record.get(f"{OWN}dimension")
    return {**reverse, **({"dimension": dimension} if dimension else {})}


def _choices(form: Form, row: Row, found: OptionList, code: str) -> list[dict[str, Any]]:
    """Return the choices of this question, each offered when the filter of the row lets it through."""
    record = row.record
    filter_text = record.get("choice_filter")

    def condition(option: Option) -> str:
        if not filter_text:
            return ""
        said = [for_choice(filter_text, columns) for columns in option.conditions]
        return form.conditions.rewritten(
            either(*said), option.record.place("name"), own=record.get("name")
        )

    choices = choices_of(found, code, form.texts, condition)
    if row.kind.has_other and all(choice["code"] != OTHER for choice in choices):
        extra = {} if row.kind.name == "ranking" else {"other": True}
        choices.append({"code": OTHER, "text": _("Other"), **extra})
    return choices
