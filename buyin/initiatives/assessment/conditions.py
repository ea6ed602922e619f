"""When a question is asked: the few forms of conditions that the assessment is written in.

    {question} = "key"      {question} contains "key"      {question} contains ["key", …]

joined by `and`, which binds tighter, by `or`, and by brackets. A list of choices contains a key that
is one of them; a single choice contains what is a part of its key, as the published tool has it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

type Condition = Callable[[Mapping[str, Any]], bool]

TOKEN = re.compile(r'\s*(?:\{([\w-]+)\}|"([^"]*)"|(contains|and|or)\b|([=()\[\],]))')


class ConditionError(ValueError):
    """A condition is not in one of the known forms."""


def parse(text: str) -> Condition:
    """Return what decides from the answers whether the condition holds."""
    tokens = list(_tokens(text))
    condition = _any_of(tokens)
    if tokens:
        raise ConditionError(text)
    return condition


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place, text = 0, text.rstrip()
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            raise ConditionError(text)
        name, key, word, sign = found.groups()
        if name is not None:
            yield "name", name
        elif key is not None:
            yield "key", key
        else:
            yield word or sign, ""
        place = found.end()


def _next(tokens: list[tuple[str, str]]) -> str:
    return tokens[0][0] if tokens else ""


def _take(tokens: list[tuple[str, str]], kind: str) -> str:
    if _next(tokens) != kind:
        raise ConditionError(f"{kind} is missing")
    return tokens.pop(0)[1]


def _any_of(tokens: list[tuple[str, str]]) -> Condition:
    parts = [_all_of(tokens)]
    while _next(tokens) == "or":
        _take(tokens, "or")
        parts.append(_all_of(tokens))
    return lambda answers: any(part(answers) for part in parts)


def _all_of(tokens: list[tuple[str, str]]) -> Condition:
    parts = [_one(tokens)]
    while _next(tokens) == "and":
        _take(tokens, "and")
        parts.append(_one(tokens))
    return lambda answers: all(part(answers) for part in parts)


def _one(tokens: list[tuple[str, str]]) -> Condition:
    if _next(tokens) == "(":
        _take(tokens, "(")
        inner = _any_of(tokens)
        _take(tokens, ")")
        return inner
    name = _take(tokens, "name")
    if _next(tokens) == "=":
        _take(tokens, "=")
        key = _take(tokens, "key")
        return lambda answers: answers.get(name) == key
    _take(tokens, "contains")
    keys = _keys(tokens)
    return lambda answers: all(_contains(answers.get(name), key) for key in keys)


def _keys(tokens: list[tuple[str, str]]) -> list[str]:
    if _next(tokens) != "[":
        return [_take(tokens, "key")]
    _take(tokens, "[")
    keys = [_take(tokens, "key")]
    while _next(tokens) == ",":
        _take(tokens, ",")
        keys.append(_take(tokens, "key"))
    _take(tokens, "]")
    return keys


def _contains(answer: Any, key: str) -> bool:
    return bool(answer) and key in answer
