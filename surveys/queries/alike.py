"""Needs that read alike, so that the same is not written down twice."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from surveys.models import Need

ALIKE = 0.34  # from here on it is worth a look
SAME = 0.6  # from here on one asks before another is written
MOST_SHOWN = 3
MOST_READ = 500
LETTERS = 3
WORDS = re.compile(r"\w+")

type Weights = Mapping[str, float]


def alike(statement: str, needs: Sequence[Need], *, at_least: float = ALIKE) -> list[Need]:
    """Return the needs that read like this statement, the most alike first, three at most.

    Compared are threes of letters; what many needs share, such as “I need to”, weighs little. So
    it works in every language that writes letters, and knows nothing of what words mean.
    """
    needs = needs[:MOST_READ]
    pieces = [_pieces(need.statement) for need in needs]
    wanted = _pieces(statement)
    weights = _weights([wanted, *pieces])
    scored = [
        (_likeness(wanted, one, weights), need) for one, need in zip(pieces, needs, strict=True)
    ]
    near = sorted((pair for pair in scored if pair[0] >= at_least), key=lambda pair: -pair[0])
    return [need for _score, need in near[:MOST_SHOWN]]


def _pieces(text: str) -> frozenset[str]:
    words = WORDS.findall(text.casefold())
    spaced = (f" {word} " for word in words)
    return frozenset(
        word[place : place + LETTERS]
        for word in spaced
        for place in range(max(1, len(word) - LETTERS + 1))
    )


def _weights(texts: Sequence[frozenset[str]]) -> Weights:
    """Return how much each piece tells: the fewer texts have it, the more."""
    counts = Counter(piece for text in texts for piece in text)
    return {piece: math.log(1 + len(texts) / n) for piece, n in counts.items()}


def _likeness(one: frozenset[str], other: frozenset[str], weights: Weights) -> float:
    """Return from 0 to 1 how much of what both say is said by both."""
    whole = sum(weights[piece] for piece in one) + sum(weights[piece] for piece in other)
    return 2 * sum(weights[piece] for piece in one & other) / whole if whole else 0.0
