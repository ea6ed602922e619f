"""Earlier answers inside later texts: “You said: too little time. What would help?”."""

from surveys.definitions import OTHER, PIPE
from surveys.expressions import to_text

from .state import State


def piped(text: str, state: State | None) -> str:
    """Return a text with answers in place of `${code}`; a code of no question stays as it is."""
    if state is None or "${" not in text:
        return text
    return PIPE.sub(
        lambda found: label_of(found[1], state) if found[1] in state.plan.steps else found[0], text
    )


def label_of(code: str, state: State) -> str:
    """Return an answer as its person would say it, nothing where there is none."""
    value = to_text(state.values.get(code, ""))
    question = state.plan.steps[code].item.question
    if not value or (code != question.code and question.type != "matrix"):
        return value
    labels = {choice.code: choice.text for choice in (*question.points, *question.choices)}
    words = to_text(state.values.get(code + OTHER, ""))
    if question.other is not None and words:
        labels[question.other.code] = words
    codes = value.split(" ") if question.type in {"multiple", "ranking"} else [value]
    return ", ".join(labels.get(one, one) for one in codes)
