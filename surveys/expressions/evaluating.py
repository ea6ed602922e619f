"""Evaluating: from tree to value. A tree always has one; nothing here can fail or run long."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from .tree import Call, Chain, Literal, Matching, Name, Negative, Own, Tree
from .values import (
    LONGEST,
    NO_NUMBER,
    WHITE,
    Value,
    date_of,
    finite,
    same,
    to_boolean,
    to_number,
    to_text,
    words_in,
)

MOST_PLACES = 10
MANY = 500
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an expression looks at: answers by code, the one it belongs to, and the day."""

    values: Mapping[str, Value]
    own: Value = ""
    today: str = ""


def evaluate(tree: Tree, around: Surroundings) -> Value:
    """Return the value of an expression; answers that are not there are empty texts."""
    return EVALUATORS[type(tree)](tree, around)


def _chain(tree: Chain, around: Surroundings) -> Value:
    value = evaluate(tree.first, around)
    for operator, operand in tree.rest:
        if operator in DECIDED_BY and to_boolean(value) is DECIDED_BY[operator]:
            return DECIDED_BY[operator]
        value = OPERATORS[operator](value, evaluate(operand, around))
    return value


def _call(tree: Call, around: Surroundings) -> Value:
    if tree.function in TODAY:
        return around.today
    _least, _most, run = FUNCTIONS[tree.function]
    return run(*[evaluate(argument, around) for argument in tree.arguments])


def _matching(tree: Matching, around: Surroundings) -> Value:
    return tree.pattern.fits(to_text(evaluate(tree.text, around)))


# A table is twice as fast as asking a node for each type, and pages ask hundreds of nodes.
EVALUATORS: dict[type, Callable[[Any, Surroundings], Value]] = {
    Name: lambda tree, around: around.values.get(tree.code, ""),
    Literal: lambda tree, _around: tree.value,
    Chain: _chain,
    Call: _call,
    Own: lambda _tree, around: around.own,
    Negative: lambda tree, around: -to_number(evaluate(tree.of, around)),
    Matching: _matching,
}
DECIDED_BY = {"or": True, "and": False}


def _divide(left: float, right: float) -> float:
    return finite(left / right) if right else NO_NUMBER


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else NO_NUMBER


def _numeric(run: Callable[[float, float], float]) -> Callable[[Value, Value], Value]:
    return lambda left, right: finite(run(to_number(left), to_number(right)))


def _ordered(run: Callable[[float, float], bool]) -> Callable[[Value, Value], Value]:
    return lambda left, right: run(to_number(left), to_number(right))


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "or": lambda left, right: to_boolean(left) or to_boolean(right),
    "and": lambda left, right: to_boolean(left) and to_boolean(right),
    "=": same,
    "!=": lambda left, right: not same(left, right),
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
    "+": _numeric(lambda left, right: left + right),
    "-": _numeric(lambda left, right: left - right),
    "*": _numeric(lambda left, right: left * right),
    "div": _numeric(_divide),
    "mod": _numeric(_remainder),
}


def _selected(chosen: Value, code: Value) -> Value:
    return to_text(code).strip(WHITE) in words_in(to_text(chosen))


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else NO_NUMBER


def _nearest(number: float) -> float:
    """Return the nearest whole number, the larger one of two: so XPath has it."""
    below = _floor(number)
    return below + 1 if number - below >= HALF else below


def _round(value: Value, places: Value = 0.0) -> Value:
    wanted = to_number(places)
    if not math.isfinite(wanted):
        return NO_NUMBER
    shift = max(-MOST_PLACES, min(MOST_PLACES, math.trunc(wanted)))
    power = float(10 ** abs(shift))
    number = to_number(value)
    if shift < 0:
        return finite(_nearest(number / power) * power)
    return _nearest(finite(number * power)) / power


def _whole(value: Value) -> Value:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else NO_NUMBER


def _date(value: Value) -> Value:
    if isinstance(value, str):
        value = value.strip(WHITE)[:10]
    return date_of(to_number(value))


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., Value]:
    def run(*values: Value) -> Value:
        numbers = [to_number(value) for value in values]
        return choose(numbers) if all(map(math.isfinite, numbers)) else NO_NUMBER

    return run


def _coalesce(*values: Value) -> Value:
    return next((value for value in values if to_text(value)), "")


def _concat(*values: Value) -> Value:
    return reduce(lambda joined, value: (joined + to_text(value))[:LONGEST], values, "")


TODAY = {"today", "now"}  # of the time only the day is known, so that nobody can be timed

# Name: the least and the most that it is given, and what it does with it.
FUNCTIONS: dict[str, tuple[int, int, Callable[..., Value]]] = {
    "selected": (2, 2, _selected),
    "count-selected": (1, 1, lambda value: float(len(words_in(to_text(value))))),
    "string-length": (1, 1, lambda value: float(len(to_text(value)))),
    "normalize-space": (1, 1, lambda value: " ".join(words_in(to_text(value)))),
    "concat": (1, MANY, _concat),
    "string": (1, 1, to_text),
    "number": (1, 1, to_number),
    "boolean": (1, 1, to_boolean),
    "int": (1, 1, _whole),
    "round": (1, 2, _round),
    "min": (1, MANY, _extreme(min)),
    "max": (1, MANY, _extreme(max)),
    "if": (3, 3, lambda test, yes, no: yes if to_boolean(test) else no),
    "coalesce": (1, MANY, _coalesce),
    "not": (1, 1, lambda value: not to_boolean(value)),
    "true": (0, 0, lambda: True),
    "false": (0, 0, lambda: False),
    "date": (1, 1, _date),
    "today": (0, 0, str),
    "now": (0, 0, str),
    "regex": (2, 2, str),
}
