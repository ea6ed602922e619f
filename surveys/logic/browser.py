"""What the browser needs to know to show and hide questions of one page by itself."""

from collections.abc import Mapping
from typing import Any

from surveys.expressions import Value

from .piping import labels_of, patterns_of_days
from .plan import PagePlan, Plan, Step
from .state import raw_values

KINDS = {
    "likert": "point",
    "rating": "point",
    "single": "one",
    "multiple": "many",
    "number": "number",
    "ranking": "ranking",
    "computed": "computed",
}


def browser_data(plan: Plan, number: int) -> dict[str, Any] | None:
    """Return the conditions of one page for everybody who sees it; None where it has none."""
    needed = plan.on(number)
    if needed.is_plain:
        return None
    page = plan.definition.pages[number - 1]
    abouts = {gate for step in needed.steps for gate in step.gates} | set(needed.abouts)
    abouts |= {gate for step in needed.steps for _code, gate in step.choices}
    by_name: dict[str, dict[str, str]] = {"show_if": {}, "required_if": {}, "constraint": {}}
    for (about, name), source in plan.sources.items():
        if name in by_name and about in abouts:
            by_name[name][about] = source
    return {
        "steps": [_step(plan, step, number) for step in needed.steps],
        "gates": by_name["show_if"],
        "required": by_name["required_if"],
        "constraints": by_name["constraint"],
        "messages": {
            f"question:{question.code}": question.constraint_message
            for question in page.questions
            if question.constraint and question.constraint_message
        },
        "pipes": {code: _labels(plan.steps[code]) for code in needed.pipes},
        **_days(plan, needed),
    }


def _days(plan: Plan, needed: PagePlan) -> dict[str, Any]:
    """Return which repeated answers are days, and how days are written; nothing where none is."""
    days = [code for code in needed.pipes if plan.steps[code].item.type == "date"]
    return {"days": days, "months": patterns_of_days()} if days else {}


def _step(plan: Plan, step: Step, number: int) -> dict[str, Any]:
    question = step.item.question
    made: dict[str, Any] = {
        "code": step.item.code,
        "kind": KINDS.get(step.item.type, "text"),
        "gates": step.gates,
    }
    if step.page == number:
        made["here"] = True
    if step.choices:
        made["choices"] = dict(step.choices)
    if step.value is not None:
        made["value"] = plan.sources[f"question:{question.code}", "value"]
    if question.other is not None and not step.item.is_other:
        made["other"] = question.other.code
    alone = [choice.code for choice in question.choices if choice.exclusive]
    return made | ({"alone": alone} if alone else {})


def _labels(step: Step) -> dict[str, str]:
    return {} if step.item.is_other else labels_of(step.item.question)


def given_elsewhere(plan: Plan, number: int, typed: Mapping[str, Any]) -> dict[str, Value]:
    """Return the values of answers on other pages that one page looks at."""
    elsewhere = plan.on(number).elsewhere
    if not elsewhere:
        return {}
    values = raw_values(elsewhere, typed)
    return {code: value for code, value in values.items() if value != ""}
