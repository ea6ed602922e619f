"""Conditions that cannot hold in a survey that came in are taken out again, each with a remark."""

from collections.abc import Callable, Iterator
from typing import Any

from surveys.definitions import read, texts_of, wrong_with
from surveys.definitions.conditions import PIPE, Fault, faults_in

from .conditions import both, conjuncts
from .reports import Place, Report

Part = dict[str, Any]
LOGIC = ("show_if", "required_if", "constraint", "value")
GAP = "…"
MOST_ROUNDS = 100  # each takes out at least one; what is left then is refused


def prune(definition: Part, report: Report, place_of: Callable[[str, str], Place]) -> set[str]:
    """Take out what looks at something that is not there, or at itself.

    `place_of` tells where the field of a question or page stands in the file. A value that cannot be
    computed takes its question along; the codes of those are returned.
    """
    gone: set[str] = set()
    for _round in range(MOST_ROUNDS):
        faults = list(faults_in(read(definition)))
        if not faults:
            break
        for fault in faults:
            _mend(definition, fault, report, place_of)
        gone |= _without_value(definition)
    return gone


def _mend(
    definition: Part, fault: Fault, report: Report, place_of: Callable[[str, str], Place]
) -> None:
    """Take out the one expression, or of the one text the answers that are not there."""
    name = fault.condition.name or "show_if"
    part, owner = _part(definition, fault)
    if name not in LOGIC:
        known = {item.code for item in read(definition).items()}
        part[name] = PIPE.sub(lambda pipe: pipe[0] if pipe[1] in known else GAP, part[name])
        return
    page = definition["pages"][fault.condition.page - 1]
    sections = [s for s in page.get("sections", []) if s["code"] == owner.get("section")]
    for one in (part, owner, *_parts(owner), *sections, page):
        if name in one:
            code = one["code"] if one is part or one in sections else owner["code"]
            kept, gone = _split(one.pop(name), name, definition)
            report.lose(place_of(code, name), gone, fault.message)
            one.update({name: kept} if kept else {})
            return
    owner.pop("value", None)  # a value that looks at itself


def _split(source: str, name: str, definition: Part) -> tuple[str, str]:
    """Return what of a condition can stay, and what cannot: of several joined ones not all."""
    known = {item.code for item in read(definition).items()}
    said = conjuncts(source) if name == "show_if" else [source]
    wrong = [one for one in said if any(wrong_with(one, name, known))]
    if not wrong:  # each by itself is right, and together they lead nowhere
        return "", source
    return both(*(one for one in said if one not in wrong)), both(*wrong)


def _part(definition: Part, fault: Fault) -> tuple[Part, Part]:
    """Return the row or choice that a fault is about, and the question or page that holds it."""
    page = definition["pages"][fault.condition.page - 1]
    if not fault.condition.question:
        sections = (one for one in page.get("sections", []) if one["code"] == fault.condition.part)
        owner = next(sections, page)
        return owner, owner
    question = page["questions"][fault.condition.question - 1]
    parts = (one for one in _parts(question) if one["code"] == fault.condition.part)
    return next(parts, question), question


def _parts(question: Part) -> Iterator[Part]:
    yield from question.get("rows", [])
    yield from question.get("choices", [])


def _without_value(definition: Part) -> set[str]:
    """Drop questions that have nothing to compute any more, and pages without questions."""
    gone = set()
    for page in definition["pages"]:
        lost = [q for q in page["questions"] if q["type"] == "computed" and "value" not in q]
        gone |= {question["code"] for question in lost}
        page["questions"] = [one for one in page["questions"] if one not in lost]
        _without_empty_sections(page)
    definition["pages"] = [page for page in definition["pages"] if page["questions"]]
    return gone


def _without_empty_sections(page: Part) -> None:
    filled = {question.get("section") for question in page["questions"]}
    kept = [one for one in page.pop("sections", []) if one["code"] in filled]
    if kept:
        page["sections"] = kept


def kept_translations(definition: Part, found: dict[str, dict[str, str]]) -> dict[str, Part]:
    """Return the translations of what is still there."""
    known = texts_of(definition)
    kept = {
        language: {key: text for key, text in texts.items() if key in known}
        for language, texts in found.items()
    }
    return {language: texts for language, texts in kept.items() if texts}
