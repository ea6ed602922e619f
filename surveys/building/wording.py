"""Hints about words: questions that lead, that ask two things at once, and texts that are hard to read.

They are hints: a computer does not know what is meant. They are given for languages of which the
words are known here; the others are left in peace.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

LEADING = re.compile(
    r"\b(?:do(?:n['’]t| not) you (?:agree|think)|(?:would|is|are|should)n['’]t (?:you|it|we)|"
    r"(?:do|would) you agree that|obviously|surely|of course|everybody knows|as you know|"
    r"how (?:good|great|excellent|helpful|useful) (?:is|are|was|were))\b",
    re.IGNORECASE,
)
JOINED = re.compile(r"\b(\w+) (and|or) (\w+)\b", re.IGNORECASE)
NEGATIVES = re.compile(r"\b(?:not?|never|nobody|nothing|none|\w+n['’]t)\b", re.IGNORECASE)
ASKING = {"single", "multiple", "likert", "matrix", "rating", "number"}
LONG_SENTENCE = 25
HARD = 50.0
ENOUGH_WORDS = 30
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?…:]+(?:\s|$)|\n+")
VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)


@dataclass(frozen=True)
class Formula:
    """Reading ease = base - per_sentence * words a sentence - per_word * syllables a word."""

    base: float
    per_sentence: float
    per_word: float


# Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology 32(3), 221-233.
# Amstad, T. (1978). Wie verständlich sind unsere Zeitungen? Zürich (German).
# Kandel, L. & Moles, A. (1958). Application de l'indice de Flesch à la langue française (French).
FORMULAS = {
    "en": Formula(206.835, 1.015, 84.6),
    "de": Formula(180.0, 1.0, 58.5),
    "fr": Formula(207.0, 1.015, 73.6),
}


def reading_ease(text: str, language: str) -> float | None:
    """Return how easily a text is read, 100 very easily and 0 hardly; None where nobody knows.

    Flesch's reading ease and its German and French versions, see `FORMULAS`. Syllables are counted as
    groups of vowels, without a silent e at the end; that errs by a few points.
    """
    formula = FORMULAS.get(language.partition("-")[0])
    words = WORD.findall(text)
    if formula is None or len(words) < ENOUGH_WORDS:
        return None
    sentences = sum(bool(WORD.search(part)) for part in SENTENCE_END.split(text))
    syllables = sum(syllables_in(word) for word in words)
    a_sentence, a_word = len(words) / max(1, sentences), syllables / len(words)
    return formula.base - formula.per_sentence * a_sentence - formula.per_word * a_word


def syllables_in(word: str) -> int:
    """Return about how many syllables a word has, one at least."""
    lower = word.lower()
    groups = len(VOWELS.findall(lower))
    is_silent = lower.endswith("e") and not lower.endswith(("le", "ee", "ie"))
    return max(1, groups - (is_silent and groups > 1))


def hints_about(text: str, kind: str, language: str) -> Iterator[str]:
    """Yield what may be wrong with the words of one question or statement of this type."""
    if language.partition("-")[0] != "en" or kind not in ASKING:
        return
    found = LEADING.search(text)
    if found:
        yield _("“%s” may lead people to an answer.") % found[0]
    joined = JOINED.search(text)
    if joined:
        yield _("“%s” may ask two things at once. Somebody may agree with one only.") % joined[0]
    if len(NEGATIVES.findall(text)) > 1:
        yield _("Two words that deny are hard to answer.")
    longest = max((len(WORD.findall(part)) for part in SENTENCE_END.split(text)), default=0)
    if longest > LONG_SENTENCE:
        yield _("A sentence has %(n)d words. Up to %(most)d are read at once.") % {
            "n": longest,
            "most": LONG_SENTENCE,
        }
