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


type Prepared = Callable[[Surroundings], Value]


def evaluate(tree: Tree, around: Surroundings) -> Value:
    """Return the value of an expression; answers that are not there are empty texts."""
    return prepare(tree)(around)


def prepare(tree: Tree) -> Prepared:
    """Return a function that gives the value of an expression again and again.

    It knows at once what a walk along the tree has to find out at each node.
    """
    return PREPARERS[type(tree)](tree)


def _name(tree: Name) -> Prepared:
    code = tree.code
    return lambda around: around.values.get(code, "")


def _literal(tree: Literal) -> Prepared:
    value = tree.value
    return lambda _around: value


def _negative(tree: Negative) -> Prepared:
    of = prepare(tree.of)
    return lambda around: -to_number(of(around))


def _chain(tree: Chain) -> Prepared:
    first, rest = prepare(tree.first), [(name, prepare(operand)) for name, operand in tree.rest]
    operators = {name for name, _operand in rest}
    if operators <= DECIDED_BY.keys():
        return _decided(first, [operand for _name, operand in rest], DECIDED_BY[operators.pop()])
    steps = [(OPERATORS[name], operand) for name, operand in rest]
    if len(steps) == 1:
        [(operate, operand)] = steps
        return lambda around: operate(first(around), operand(around))
    return lambda around: reduce(
        lambda value, step: step[0](value, step[1](around)), steps, first(around)
    )


def _decided(first: Prepared, rest: list[Prepared], by: bool) -> Prepared:
    """Return whether any of these is this; what comes after the one that decides is not asked."""

    def run(around: Surroundings) -> Value:
        if to_boolean(first(around)) is by:
            return by
        for operand in rest:
            if to_boolean(operand(around)) is by:
                return by
        return not by

    return run


def _call(tree: Call) -> Prepared:
    if tree.function in TODAY:
        return lambda around: around.today
    _least, _most, run = FUNCTIONS[tree.function]
    arguments = [prepare(argument) for argument in tree.arguments]
    return lambda around: run(*[argument(around) for argument in arguments])


def _matching(tree: Matching) -> Prepared:
    text, pattern = prepare(tree.text), tree.pattern
    return lambda around: pattern.fits(to_text(text(around)))


PREPARERS: dict[type, Callable[[Any], Prepared]] = {
    Name: _name,
    Literal: _literal,
    Chain: _chain,
    Call: _call,
    Own: lambda _tree: lambda around: around.own,
    Negative: _negative,
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
