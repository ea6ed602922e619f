"""An expression as a tree; chains of one rank are flat, so that depth is what an author nests."""

from collections.abc import Iterator
from dataclasses import dataclass

from .patterns import Pattern


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text that is written out."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to the question with this code."""

    code: str
    position: int


@dataclass(frozen=True, slots=True)
class Own:
    """The answer to the question to which the expression belongs."""


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with its sign turned."""

    of: "Tree"


@dataclass(frozen=True, slots=True)
class Chain:
    """Values joined by operators of one rank, taken from left to right."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given."""

    function: str
    arguments: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Whether a whole text fits a pattern."""

    text: "Tree"
    pattern: Pattern


Tree = Literal | Name | Own | Negative | Chain | Call | Matching


def parts_of(tree: Tree) -> tuple[Tree, ...]:
    """Return what a node is made of."""
    match tree:
        case Negative(of):
            return (of,)
        case Chain(first, rest):
            return (first, *(operand for _operator, operand in rest))
        case Call(_, arguments):
            return arguments
        case Matching(text, _):
            return (text,)
    return ()


def nodes_in(tree: Tree) -> Iterator[Tree]:
    """Yield every part of an expression, the whole first."""
    yield tree
    for part in parts_of(tree):
        yield from nodes_in(part)


def names_in(tree: Tree) -> dict[str, int]:
    """Return the codes of the answers that an expression looks at, and where each stands first."""
    found: dict[str, int] = {}
    for node in nodes_in(tree):
        if isinstance(node, Name):
            found.setdefault(node.code, node.position)
    return found


def uses_own(tree: Tree) -> bool:
    """Return whether an expression looks at the answer of its own question."""
    return any(isinstance(node, Own) for node in nodes_in(tree))
