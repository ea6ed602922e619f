"""Whether anybody can ever be asked: conditions that no answers fulfil.

Answers are tried, not proved. Where the answers that matter cannot be listed, a condition counts as
one that can be met, so that nothing is called unreachable which somebody could reach.
"""

from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from surveys.definitions import Definition, Item, conditions_of
from surveys.definitions.conditions import Condition
from surveys.expressions import (
    Call,
    Chain,
    ExpressionError,
    Literal,
    Surroundings,
    Tree,
    Value,
    names_in,
    parse,
    prepare,
    to_boolean,
)
from surveys.expressions.tree import Matching, nodes_in

MOST_TRIES = 3_000
MOST_PAIRED = 8  # choices; of more, not all pairs are tried
PLAIN_CALLS = {"selected", "not", "count-selected", "true", "false"}
PLAIN_SIGNS = {"and", "or", "=", "!=", "<", "<=", ">", ">="}
# Types of which every answer is tried, and types of which those are that a plain condition can tell apart.
LISTED = {"single", "likert", "rating"}
TOLD_APART = {"multiple", "number", "short_text", "long_text"}


def unreachable(definition: Definition) -> Iterator[Condition]:
    """Yield the conditions of pages, questions, rows and choices that no answers can fulfil."""
    items = {item.code: item for item in definition.items()}
    pages = {
        item.code: number
        for number, page in enumerate(definition.pages, 1)
        for item in page.items()
    }
    lost: set[str] = set()
    for condition in conditions_of(definition):
        if condition.name != "show_if":
            continue
        asked = {
            code: item
            for code, item in items.items()
            if pages[code] <= condition.page and code not in lost
        }
        if not _can_hold(condition.source, asked, set(items)):
            yield condition
            lost |= _behind(definition, condition)


def _behind(definition: Definition, condition: Condition) -> set[str]:
    """Return the answers that nobody gives because this condition never holds."""
    page = definition.pages[condition.page - 1]
    kind = condition.about.partition(":")[0]
    if kind == "section":
        section = condition.part
        return {item.code for item in page.items() if item.question.section == section}
    if kind == "page":
        return {item.code for item in page.items()}
    if kind == "question":
        return {item.code for item in page.items() if item.question.code == condition.code}
    return {condition.part} if kind == "row" else set()


def _can_hold(source: str, asked: dict[str, Item], known: set[str]) -> bool:
    """Return whether some answers fulfil a condition, as far as that can be tried."""
    try:
        tree = parse(source)
    except ExpressionError:
        return True
    names = [name for name in names_in(tree) if name in known]
    tried: list[list[Value]] = []
    for name in names:
        values: list[Value] | None = [""]
        if name in asked:
            values = _values(asked[name], tree)
        if values is None:
            return True
        tried.append(values)
    if prod(len(values) for values in tried) > MOST_TRIES:
        return True
    holds = prepare(tree)
    return any(
        to_boolean(holds(Surroundings(dict(zip(names, values, strict=True)))))
        for values in product(*tried)
    )


def _values(item: Item, tree: Tree) -> list[Value] | None:
    """Return answers to try, None where they cannot be listed."""
    question = item.question
    if item.type in LISTED:
        numbers: list[Value] = [float(point.code) for point in question.points]
        if item.type == "rating":
            numbers = [float(n) for n in range(11)]
        codes: list[Value] = [choice.code for choice in question.choices]
        return ["", *numbers, *codes]
    if item.type not in TOLD_APART or item.is_other or not _is_plain(tree):
        return None
    if item.type == "multiple":
        return _sets([choice.code for choice in question.choices])
    literals = [node.value for node in nodes_in(tree) if isinstance(node, Literal)]
    if item.type == "number":
        return _numbers(item, literals)
    return ["", "x", *literals]


def _is_plain(tree: Tree) -> bool:
    """Return whether a condition only compares, so that a few answers tell all cases apart."""
    for node in nodes_in(tree):
        if isinstance(node, Matching):
            return False
        if isinstance(node, Call) and node.function not in PLAIN_CALLS:
            return False
        if isinstance(node, Chain) and not {sign for sign, _part in node.rest} <= PLAIN_SIGNS:
            return False
    return True


def _sets(codes: list[str]) -> list[Value]:
    """Return chosen sets: none, all, all but one, each alone, and pairs where they are few."""
    sizes = [0, 1, len(codes) - 1, len(codes)]
    if len(codes) <= MOST_PAIRED:
        sizes = list(range(len(codes) + 1))
    return list(dict.fromkeys(" ".join(one) for n in sizes for one in combinations(codes, n)))


def _numbers(item: Item, literals: list[Value]) -> list[Value]:
    """Return numbers around those that are compared with, within the limits of the question."""
    low, high = item.question.minimum, item.question.maximum
    around = [n for n in literals if isinstance(n, float) and not isinstance(n, bool)]
    tried = {float(n) + step for n in around for step in (-1, -0.5, 0, 0.5, 1)}
    tried |= {float(n) for n in (low, high) if n is not None}
    fitting = (
        n for n in sorted(tried) if (low is None or n >= low) and (high is None or n <= high)
    )
    return ["", *fitting]
