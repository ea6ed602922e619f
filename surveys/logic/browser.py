"""What the browser needs to know to show and hide questions of one page by itself."""

from collections.abc import Mapping
from typing import Any

from surveys.expressions import Value

from .plan import Plan, Step
from .state import raw_answers, value_of

KINDS = {
    "likert": "point",
    "rating": "point",
    "single": "one",
    "multiple": "many",
    "number": "number",
    "ranking": "ranking",
    "computed": "computed",
}


def changes_here(plan: Plan, number: int) -> bool:
    """Return whether anything that depends on an answer can change while a page is open."""
    page = plan.definition.pages[number - 1]
    abouts = set(plan.abouts_on(page))
    return any(about in abouts for about, _name in plan.sources) or bool(plan.pipes_on(page))


def browser_data(plan: Plan, number: int) -> dict[str, Any] | None:
    """Return the conditions of one page for everybody who sees it; None where it has none."""
    if not changes_here(plan, number):
        return None
    page = plan.definition.pages[number - 1]
    steps = plan.steps_for(number)
    abouts = {gate for step in steps for gate in step.gates}
    abouts |= {gate for step in steps for _code, gate in step.choices} | set(plan.abouts_on(page))
    by_name: dict[str, dict[str, str]] = {"show_if": {}, "required_if": {}, "constraint": {}}
    for (about, name), source in plan.sources.items():
        if name in by_name and about in abouts:
            by_name[name][about] = source
    return {
        "steps": [_step(plan, step, number) for step in steps],
        "gates": by_name["show_if"],
        "required": by_name["required_if"],
        "constraints": by_name["constraint"],
        "messages": {
            f"question:{question.code}": question.constraint_message
            for question in page.questions
            if question.constraint and question.constraint_message
        },
        "pipes": {code: _labels(plan.steps[code]) for code in plan.pipes_on(page)},
    }


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
    question = step.item.question
    if step.item.is_other:
        return {}
    return {choice.code: choice.text for choice in (*question.points, *question.choices)}


def given_elsewhere(plan: Plan, number: int, typed: Mapping[str, Any]) -> dict[str, Value]:
    """Return the values of answers on other pages that one page looks at."""
    steps = [step for step in plan.steps_for(number) if step.page != number]
    values = {code: value_of(answer) for code, answer in raw_answers(steps, typed).items()}
    return {code: value for code, value in values.items() if value != ""}
