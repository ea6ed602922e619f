"""Parsing: from text to tree, with the first error and its place."""

from collections.abc import Callable
from functools import lru_cache

from .errors import ExpressionError
from .evaluating import FUNCTIONS
from .pattern_reading import PatternError, read_pattern
from .tokens import Token, tokens_of
from .tree import Call, Chain, Literal, Matching, Name, Negative, Own, Tree
from .values import WHITE, finite

LONGEST = 2_000
DEEPEST = 50
MOST_NODES = 500
# From the loosest to the tightest; words count as operators only where a value stands before them.
RANKS = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
WORDS = ("or", "and", "div", "mod")


@lru_cache(maxsize=4096)
def parse(source: str) -> Tree:
    """Return the tree of an expression, or raise an ExpressionError with code and place."""
    if not source.strip(WHITE):
        raise ExpressionError("empty", 0)
    if len(source) > LONGEST:
        raise ExpressionError("too_long", LONGEST, str(LONGEST))
    parser = _Parser(source)
    tree = parser.chain(0, 0)
    parser.expect_end()
    return tree


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = list(tokens_of(source))
        self.number = 0
        self.nodes = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.number]

    def take(self) -> Token:
        token = self.next
        self.number += token.kind != "end"
        return token

    def is_sign(self, text: str) -> bool:
        return self.next.kind == "sign" and self.next.text == text

    def count(self, token: Token) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise ExpressionError("too_big", token.position, str(MOST_NODES))

    def chain(self, rank: int, depth: int) -> Tree:
        """Read values joined by operators of this rank and the tighter ones."""
        if rank == len(RANKS):
            return self.signed(depth)
        first = self.chain(rank + 1, depth)
        rest: list[tuple[str, Tree]] = []
        while self.next.kind in {"sign", "word"} and self.next.text in RANKS[rank]:
            operator = self.take()
            self.count(operator)
            rest.append((operator.text, self.chain(rank + 1, depth)))
        return Chain(first, tuple(rest)) if rest else first

    def signed(self, depth: int) -> Tree:
        """Read a value, which may have minus signs before it."""
        if not self.is_sign("-"):
            return self.value(depth)
        token = self.take()
        self.deeper(token, depth)
        self.count(token)
        return Negative(self.signed(depth + 1))

    def deeper(self, token: Token, depth: int) -> None:
        if depth >= DEEPEST:
            raise ExpressionError("too_deep", token.position, str(DEEPEST))

    def value(self, depth: int) -> Tree:
        """Read one value: written out, an answer, a call, or something in parentheses."""
        token = self.take()
        self.count(token)
        simple = SIMPLE.get(token.kind)
        if simple:
            return simple(token)
        if token.kind == "word":
            return self.call(token, depth)
        if token.kind == "sign" and token.text == "(":
            self.deeper(token, depth)
            tree = self.chain(0, depth + 1)
            self.close(token)
            return tree
        if token.kind == "end":
            raise ExpressionError("value_expected_at_end", token.position)
        raise ExpressionError("value_expected", token.position, token.text)

    def call(self, word: Token, depth: int) -> Tree:
        """Read what a function is given."""
        if not self.is_sign("("):
            code = "value_expected" if word.text in WORDS else "bare_word"
            raise ExpressionError(code, word.position, word.text)
        if word.text not in FUNCTIONS:
            raise ExpressionError("unknown_function", word.position, word.text)
        self.deeper(word, depth)
        opening = self.take()
        arguments = [] if self.is_sign(")") else self.arguments(depth + 1)
        self.close(opening)
        least, most, _function = FUNCTIONS[word.text]
        if not least <= len(arguments) <= most:
            raise ExpressionError("arguments", word.position, word.text)
        trees = tuple(tree for tree, _token in arguments)
        return _matching(*arguments) if word.text == "regex" else Call(word.text, trees)

    def arguments(self, depth: int) -> list[tuple[Tree, Token]]:
        """Read values between commas, each with the token at which it starts."""
        found = []
        while True:
            start = self.next
            found.append((self.chain(0, depth), start))
            if not self.is_sign(","):
                return found
            self.take()

    def close(self, opening: Token) -> None:
        """Read the parenthesis that closes another."""
        if self.next.kind == "end":
            raise ExpressionError("open_parenthesis", opening.position)
        if not self.is_sign(")"):
            raise ExpressionError("operator_expected", self.next.position, self.next.text)
        self.take()

    def expect_end(self) -> None:
        if self.next.kind != "end":
            raise ExpressionError("operator_expected", self.next.position, self.next.text)


def _matching(text: tuple[Tree, Token], pattern: tuple[Tree, Token]) -> Tree:
    """Return a comparison with a pattern, which is read here so that matching cannot fail."""
    written, token = pattern
    if not isinstance(written, Literal) or not isinstance(written.value, str):
        raise ExpressionError("pattern_not_text", token.position)
    try:
        return Matching(text[0], read_pattern(written.value))
    except PatternError as error:
        raise ExpressionError("pattern", token.position, str(error)) from error


SIMPLE: dict[str, Callable[[Token], Tree]] = {
    "number": lambda token: Literal(finite(float(token.text))),
    "text": lambda token: Literal(token.text),
    "name": lambda token: Name(token.text, token.position),
    "own": lambda _token: Own(),
}
