"""Answers as expressions see them."""

from collections.abc import Mapping
from typing import NamedTuple

from surveys.answers import Answer, read
from surveys.definitions import DONT_KNOW, HIGHEST_RATING, LOWEST_RATING, Item
from surveys.expressions import Value, to_text


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


class Meaning(NamedTuple):
    """What a text means without being read: the answer to store, and its value in expressions."""

    answer: Answer
    value: Value


def meanings_of(item: Item) -> Mapping[str, Meaning]:
    """Return what each text means with which one place on a list is chosen, {} for other items.

    What can be looked up need not be read with each request; whatever else is sent is read.
    """
    question = item.question
    if question.other is not None:
        return {}
    texts = {
        "likert": [point.code for point in question.points],
        "rating": [str(n) for n in range(LOWEST_RATING, HIGHEST_RATING + 1)],
        "single": [choice.code for choice in question.choices],
    }.get(item.type, [])
    answers = {text: read([item], {item.code: text}).answers[item.code] for text in texts}
    return {text: Meaning(answer, value_of(answer)) for text, answer in answers.items()}
