"""The shared cases of the expression language, and generated ones; both languages are held to them."""

import json
import math
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from surveys.expressions import ExpressionError, Surroundings, Value, evaluate, parse

TODAY = "2026-11-24"
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "expression_cases.json").read_text()
)


def number(value: Any) -> Value:
    """JSON knows whole numbers; values know numbers, texts and booleans only."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def outcome(case: dict[str, Any]) -> dict[str, Any]:
    """What the language makes of a case: a value (None for the number that is none) or an error."""
    values = {code: number(value) for code, value in case.get("values", {}).items()}
    around = Surroundings(values, number(case.get("own", "")), TODAY)
    try:
        value = evaluate(parse(case["expression"]), around)
    except ExpressionError as error:
        return {"error": error.code, "position": error.position}
    is_none = isinstance(value, float) and math.isnan(value)
    return {"expected": None if is_none else value}


TEXTS = [
    "",
    "a",
    "a b",
    "yes no yes",
    "2026-11-24",
    "2024-02-29",
    "  x ",
    "é😀",
    "12",
    "-3.5",
    "1e5",
]
NUMBERS = ["0", "1", "2.5", "100", "0.1", "3", "1000000", "0.0000001", "99999999999999999999"]
PATTERNS = ["a+", "[a-z ]*", "\\d+", "(a|b)*c?", ".{2,4}", "[^a]+", "^-?\\d+(\\.\\d+)?$", "(a*)*b"]
LEAVES = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from([f"'{text}'" for text in TEXTS]),
    st.sampled_from(["${a}", "${b}", "${c}", ".", "today()", "true()", "false()", "${missing}"]),
)
OPERATORS = ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]
ONE = ["not", "int", "round", "string", "number", "boolean", "date", "string-length", "-"]
ONE += ["count-selected", "normalize-space"]
SEVERAL = ["min", "max", "coalesce", "concat"]


def _larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(smaller, min_size=1, max_size=3).map(", ".join)
    return st.one_of(
        st.builds("{} {} {}".format, smaller, st.sampled_from(OPERATORS), smaller),
        st.builds("({})".format, smaller),
        st.builds("{}({})".format, st.sampled_from(ONE), smaller),
        st.builds("{}({})".format, st.sampled_from(SEVERAL), some),
        st.builds("selected({}, {})".format, smaller, smaller),
        st.builds("if({}, {}, {})".format, smaller, smaller, smaller),
        st.builds("round({}, {})".format, smaller, st.sampled_from(["-2", "0", "1", "3"])),
        st.builds("regex({}, '{}')".format, smaller, st.sampled_from(PATTERNS)),
    )


VALUES = st.one_of(
    st.sampled_from(TEXTS),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 6)),
    st.floats(allow_nan=False, allow_infinity=False),
)
EXPRESSIONS = st.recursive(LEAVES, _larger, max_leaves=12)
# What somebody types who does not know the language, near enough to it to get far.
PIECES = [
    *OPERATORS,
    *ONE,
    *SEVERAL,
    *NUMBERS,
    "regex",
    "selected",
    "(",
    ")",
    ",",
    "'",
    '"',
    "${a}",
]
PIECES += [
    "${",
    "}",
    ".",
    " ",
    "'[a-",
    "]{2",
    "\\",
    "😀",
    "\0",
    "\n",
    "yes",
    "if",
    "${a",
    "_",
    "*?",
]
SCRAPS = st.one_of(
    st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
)
GENERATED = st.fixed_dictionaries(
    {
        "expression": st.one_of(EXPRESSIONS, EXPRESSIONS, SCRAPS),
        "values": st.fixed_dictionaries({}, optional=dict.fromkeys("abc", VALUES)),
        "own": VALUES,
    }
)
