"""Expressions: what decides whether a question is asked, and whether an answer makes sense.

A small part of XPath as XLSForm writes it: `${age} >= 18 and selected(${topics}, 'ai')`. `parse`
makes a tree or says where it cannot, `names_in` tells which answers it looks at, `evaluate` always
gives a value, and `prepare` makes a function of what is evaluated often. `static/js/expressions/` is
the same language in the browser; both are held to `tests/surveys/expression_cases.json`, and
`docs/expressions.md` describes it for authors.
"""

from .errors import ExpressionError
from .evaluating import Prepared, Surroundings, evaluate, prepare
from .parsing import parse
from .tree import Call, Chain, Literal, Name, Tree, names_in, uses_own
from .values import Value, to_boolean, to_number, to_text

__all__ = [
    "Call",
    "Chain",
    "ExpressionError",
    "Literal",
    "Name",
    "Prepared",
    "Surroundings",
    "Tree",
    "Value",
    "evaluate",
    "names_in",
    "parse",
    "prepare",
    "to_boolean",
    "to_number",
    "to_text",
    "uses_own",
]
