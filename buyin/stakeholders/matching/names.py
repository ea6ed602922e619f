"""Names compared by what people mean: accents, order, initials, titles and slips do not part them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

Words = tuple[str, ...]

# What no decomposition takes apart, and how it is written where keyboards do not have it.
LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# Ä is written ae where there is none, and its dots are left out elsewhere: all three are one.
BROAD = re.compile(r"(?<=[aou])e")
APOSTROPHES = re.compile(r"['’‘`´ʼ]")
BREAKS = re.compile(r"[\W_]+")
# What stands before or behind a person's name, and never is one.
TITLES = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "madam",
        "herr",
        "frau",
        "monsieur",
        "madame",
        "mme",
        "mlle",
        "sra",
        "rev",
        "phd",
        "mba",
    )
)
# What stands behind the names of firms and within those of bodies, and tells nobody apart.
FORMS = frozenset(
    (
        "inc",
        "incorporated",
        "llc",
        "llp",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "gmbh",
        "ag",
        "kg",
        "ev",
        "sa",
        "sarl",
        "srl",
        "bv",
        "nv",
        "ab",
        "oy",
        "the",
        "of",
        "and",
        "for",
    )
)
SHORT, LONG = 4, 8  # letters of a word in which one slip, or two, are forgiven
INITIAL = 0.9
SPARE = 0.5  # how much a word that only one of them has counts against them
ENOUGH = 2  # words that must be alike where there are several


@lru_cache(65_536)
def folded_name(text: str) -> str:
    """Return a name in small letters without accents, its words as they come with blanks between."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).casefold().translate(LETTERS))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(BREAKS.sub(" ", bare.translate(LETTERS)).split())


@lru_cache(65_536)
def words_of(name: str, *, is_person: bool = True) -> Words:
    """Return the words of a name that count, sorted; those of a name of nothing else are all kept."""
    spare = TITLES if is_person else FORMS
    found = [BROAD.sub("", word) for word in folded_name(name).split()]
    telling = [word for word in found if word not in spare]
    return tuple(sorted(telling or found))


def likeness(one: Words, other: Words) -> float:
    """Return from 0 to 1 how alike two names are; 0 where a word of the shorter has no counterpart."""
    if one == other:
        return 1.0 if one else 0.0
    pairs = list(_paired(one, other))
    if len(pairs) < min(len(one), len(other)):
        return 0.0
    if len(pairs) < ENOUGH and max(len(one), len(other)) >= ENOUGH:
        return 0.0
    alike = sum(score * (len(one[i]) + len(other[k])) for score, i, k in pairs)
    paired = sum(len(one[i]) + len(other[k]) for _score, i, k in pairs)
    letters = sum(map(len, one)) + sum(map(len, other))
    return alike / (paired + SPARE * (letters - paired))


def _paired(one: Words, other: Words) -> Iterator[tuple[float, int, int]]:
    """Yield which words belong together, the most alike first, each once."""
    found = [
        (score, i, k)
        for i, word in enumerate(one)
        for k, its in enumerate(other)
        if (score := word_likeness(word, its))
    ]
    # Equal scores are taken by the words themselves, so that it makes no difference who is first.
    found.sort(key=lambda pair: (-pair[0], *sorted((one[pair[1]], other[pair[2]])), *pair[1:]))
    left, right = set(range(len(one))), set(range(len(other)))
    for score, i, k in found:
        if i in left and k in right:
            left.remove(i)
            right.remove(k)
            yield score, i, k


def word_likeness(one: str, other: str) -> float:
    """Return how alike two words are: the same, an initial of the other, a slip or two apart, or 0."""
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return INITIAL if one[0] == other[0] else 0.0
    longer = max(len(one), len(other))
    most = slips(longer)
    apart = OSA.distance(one, other, score_cutoff=most)
    return 1 - apart / longer if apart <= most else 0.0


def slips(letters: int) -> int:
    """Return how many slips are forgiven in a word of so many letters."""
    return (letters >= SHORT) + (letters >= LONG)
