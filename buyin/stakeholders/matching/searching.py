"""Finding who may be the same among tens of thousands, without comparing each with each.

Two are compared that share a mail address, the whole name, or a word of it that is at most one slip
apart together with the first letter of another word. Whoever is alike by `likeness` shares that,
unless there are slips in two words at once and one of them is in its first letter, or one in a word
that is longer than any in a name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from buyin.uploads.progress import Tell, silent

from .comparing import Likeness, Party, Sureness, compare
from .names import Words, word_likeness

MOST_WORDS = 4  # of a name, the longest, by which it is found
MOST_BESIDE = 300  # with one key: more say nothing, and would be compared for ever
MOST_SAME = 20  # of one name or address
MOST_FOUND = 3
LONGEST_WORD = (
    24  # letters; a longer one is found by itself only, or each would be kept a hundred times
)
TOLD_EVERY = 500


@dataclass(frozen=True)
class Match:
    """Somebody who may be the same, and how that is known."""

    party: Party
    likeness: Likeness


def matches(
    rows: Sequence[Party], known: Iterable[Party], tell: Tell = silent
) -> Iterator[list[Match]]:
    """Yield for each row who it may be: of those known and of the rows before it, the surest first."""
    index = _Index()
    for party in known:
        index.add(party)
    for place, row in enumerate(rows):
        if place % TOLD_EVERY == 0:
            tell(place / len(rows))
        yield index.found(row)
        index.add(row)


class _Index:
    """Parties by what finds them."""

    def __init__(self) -> None:
        self._whole: defaultdict[object, list[Party]] = defaultdict(list)
        self._parts: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
        self._words = _Vocabulary()

    def add(self, party: Party) -> None:
        """Let this party be found from now on."""
        for key in _whole(party):
            self._whole[key].append(party)
        for word, initial in _parts(party.words):
            self._words.add(word)
            self._parts[word, initial].append(party)

    def found(self, party: Party) -> list[Match]:
        """Return the few who are most likely the same, the surest first."""
        seen: dict[str, Party] = {}
        for key in _whole(party):
            seen |= {one.key: one for one in self._whole.get(key, ())[:MOST_SAME]}
        for word, initial in _parts(party.words):
            for near in self._words.near(word):
                beside = self._parts.get((near, initial), ())
                if len(beside) <= MOST_BESIDE:
                    seen |= {one.key: one for one in beside}
        likely = [Match(one, compare(party, one)) for one in seen.values()]
        alike = [one for one in likely if one.likeness.sureness > Sureness.NO]
        alike.sort(key=lambda one: (-one.likeness.sureness, -one.likeness.score))
        return alike[:MOST_FOUND]


def _whole(party: Party) -> Iterator[object]:
    yield party.words
    if party.mail:
        yield party.mail


def _parts(words: Words) -> set[tuple[str, str]]:
    """Return each of the longest words with the first letter of each other of them."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))[:MOST_WORDS]
    if len(longest) < 2:  # noqa: PLR2004 - one word has none beside it
        return {(word, "") for word in longest}
    return {(word, other[0]) for word, other in permutations(longest, 2)}


class _Vocabulary:
    """The words of all names, found again with one slip in them."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._shorter: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, word: str) -> None:
        """Keep a word under itself and under what is left of it without one of its letters."""
        if word not in self._words:
            self._words.add(word)
            for left in _without_one(word):
                self._shorter[left].append(word)

    def near(self, word: str) -> set[str]:
        """Return the words that are this one or a slip apart from it."""
        shared = {near for left in _without_one(word) for near in self._shorter.get(left, ())}
        return {near for near in shared if word_likeness(word, near)}


def _without_one(word: str) -> set[str]:
    """Return the word and what is left of it without one letter."""
    if len(word) > LONGEST_WORD:
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
