"""Where one person stands in a survey: what is asked of them, and what their answers amount to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from surveys.answers import Answer
from surveys.answers import read as read_typed
from surveys.definitions import DONT_KNOW, Item, Page
from surveys.expressions import Surroundings, Tree, Value, evaluate, to_boolean, to_text

from .plan import Plan, Step, gate_of_choice, in_order


@dataclass
class State:
    """The values of all answers that were looked at, and the codes of those that are asked."""

    plan: Plan
    today: str
    values: dict[str, Value] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    _open: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make what conditions look at; it sees each answer as soon as that is looked at."""
        self._around = Surroundings(self.values, "", self.today)

    def is_open(self, gate: str) -> bool:
        """Return whether what stands behind a gate is shown."""
        is_open = self._open.get(gate)
        if is_open is None:
            tree = self.plan.gates.get(gate)
            is_open = self._open[gate] = tree is None or self.holds(tree)
        return is_open

    def holds(self, tree: Tree, own: Value = "") -> bool:
        """Return whether a condition is met."""
        around = Surroundings(self.values, own, self.today) if own != "" else self._around
        return to_boolean(evaluate(tree, around))

    def asks(self, page: Page) -> bool:
        """Return whether anything on a page is there for this person to see."""
        return self.is_open(f"page:{page.code}") and any(
            self.is_open(f"section:{question.section}")
            and self.is_open(f"question:{question.code}")
            and (not question.rows or any(self.is_open(f"row:{row.code}") for row in question.rows))
            for question in page.questions
            if question.type != "computed"
        )

    def take(self, step: Step, answer: Answer) -> None:
        """Look at one answer; those that it needs have been looked at."""
        for gate in step.gates:
            if not self.is_open(gate):
                return
        code = step.item.code
        self.asked.add(code)
        if step.value is not None:
            self.values[code] = evaluate(step.value, self._around)
            return
        self.values[code] = value_of(self._offered(step, answer) if step.choices else answer)

    def _offered(self, step: Step, answer: Answer) -> Answer:
        """Return an answer without choices that are not offered."""
        gone = {code for code, gate in step.choices if not self.is_open(gate)}
        if isinstance(answer, list):
            return [code for code in answer if code not in gone]
        return None if answer in gone else answer

    def typed(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return of what was typed only what is asked, without choices that are not offered."""
        return {
            code: self._typed_in(self.plan.steps[code], value)
            for code, value in kept.items()
            if code in self.asked and not self._is_beside_hidden(code)
        }

    def _typed_in(self, step: Step, value: Any) -> Any:
        gone = {code for code, gate in step.choices if not self.is_open(gate)}
        if not gone:
            return value
        if isinstance(value, list):
            return [one for one in value if one.partition(".")[0] not in gone]
        return "" if value in gone else value

    def _is_beside_hidden(self, code: str) -> bool:
        """Return whether these are words beside a choice “other” that is not offered."""
        item = self.plan.steps[code].item
        other = item.question.other if item.is_other else None
        return other is not None and not self.is_open(gate_of_choice(item.question, other.code))


def state_of(plan: Plan, typed: Mapping[str, Any], steps: Iterable[Step] | None = None) -> State:
    """Return where a person with these texts stands, as far as these steps go, all by default."""
    everywhere = steps is None
    steps = plan.steps.values() if steps is None else list(steps)
    state = State(plan, timezone.localdate().isoformat())
    answers = _answers(plan.read if everywhere else in_order(steps), typed)
    for step in steps:
        state.take(step, answers.get(step.item.code))
    return state


def raw_answers(steps: Iterable[Step], typed: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers in these texts whether or not they are asked; wrong ones are none."""
    return _answers(in_order(steps), typed)


def _answers(items: Iterable[Item], typed: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers of those items about which anything was typed."""
    about = [item for item in items if item.code in typed or item.question.other is not None]
    codes = {item.code for item in about}
    return read_typed(about, {code: typed[code] for code in codes & typed.keys()}).answers


def value_of(answer: Answer) -> Value:
    """Return what an answer is in expressions: nothing and “don't know” are an empty text."""
    if answer is None or answer == DONT_KNOW:
        return ""
    if isinstance(answer, list):
        return " ".join(answer)
    return answer if isinstance(answer, str) else float(answer)


def stored(value: Value) -> Answer:
    """Return what is stored of a computed value: a number, a text, or nothing."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return value or None
    if not to_text(value):
        return None
    return int(value) if value.is_integer() else value
