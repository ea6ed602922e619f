"""Where one person stands in a survey: what is asked of them, and what their answers amount to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from surveys.answers import read as read_typed
from surveys.definitions import Page
from surveys.expressions import Prepared, Surroundings, Value, to_boolean, to_text

from .plan import Plan, Step, gate_of_choice, in_order
from .values import value_of


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
            condition = self.plan.gates.get(gate)
            is_open = self._open[gate] = condition is None or self.holds(condition)
        return is_open

    def holds(self, condition: Prepared, own: Value = "") -> bool:
        """Return whether a condition is met."""
        around = Surroundings(self.values, own, self.today) if own != "" else self._around
        return to_boolean(condition(around))

    def asks(self, page: Page) -> bool:
        """Return whether anything on a page is there for this person to see."""
        return self.is_open(f"page:{page.code}") and any(
            self.is_open(f"section:{question.section}")
            and self.is_open(f"question:{question.code}")
            and (not question.rows or any(self.is_open(f"row:{row.code}") for row in question.rows))
            for question in page.questions
            if question.type != "computed"
        )

    def take(self, step: Step, value: Value) -> None:
        """Look at one answer; those that it needs have been looked at."""
        for gate in step.gates:
            if not self.is_open(gate):
                return
        code = step.item.code
        self.asked.add(code)
        if step.value is not None:
            self.values[code] = step.value(self._around)
            return
        self.values[code] = self._offered(step, value) if step.choices else value

    def _offered(self, step: Step, value: Value) -> Value:
        """Return what was chosen without choices that are not offered."""
        gone = {code for code, gate in step.choices if not self.is_open(gate)}
        return " ".join(code for code in to_text(value).split() if code not in gone)

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
    steps = tuple(plan.steps.values() if steps is None else steps)
    state = State(plan, timezone.localdate().isoformat())
    values = raw_values(steps, typed)
    for step in steps:
        state.take(step, values.get(step.item.code, ""))
    return state


def raw_values(steps: Iterable[Step], typed: Mapping[str, Any]) -> dict[str, Value]:
    """Return the answers in these texts whether or not they are asked; wrong ones are none."""
    values: dict[str, Value] = {}
    unread = []
    for step in steps:
        code = step.item.code
        text = typed.get(code)
        if isinstance(text, str) and text in step.meanings:
            values[code] = step.meanings[text].value
        elif code in typed or step.item.question.other is not None:
            unread.append(step)
    if unread:
        items = in_order(unread)
        texts = {item.code: typed[item.code] for item in items if item.code in typed}
        answers = read_typed(items, texts).answers
        values |= {code: value_of(answer) for code, answer in answers.items()}
    return values
