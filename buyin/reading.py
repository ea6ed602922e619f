"""How hard a text is to read: reading ease, long sentences, long words and unexplained short forms.

A computer does not know what is meant: all this is a hint. Pure: no tables, no requests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ENOUGH_WORDS = 30
LONG_SENTENCE = 25
LONG_WORD = 14
MOST_NAMED = 5
HARD = 50.0
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Both are read once from left to right, however many marks or short forms somebody sends.
SENTENCE_END = re.compile(r"(?<![.!?…:])[.!?…:]++(?:\s|$)|\n+")
VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)
# Strong vowels stand each in a syllable of its own, weak ones lean on them but for í and ú.
SPANISH = re.compile(r"[iuü]*[aeoáéó](?:[iuü](?![aeoáéó])|y\b)?|[íú]|[iuü]+", re.IGNORECASE)
SHORT = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9&-]{0,38}[A-ZÀ-ÖØ-Þ]"
SHORT_FORM = re.compile(rf"\b{SHORT}s?\b")
EXPLAINED = re.compile(rf"\(({SHORT})s?\)|\b({SHORT})s?(?= \()")
# Short forms that need no explanation, and numbers in the Roman way.
KNOWN = frozenset({"AI", "US", "UK", "EU", "PDF", "ID", "OK", "TV", "II", "III", "IV", "VI"})


@dataclass(frozen=True)
class Formula:
    """Reading ease = base - per_sentence * words a sentence - per_word * syllables a word."""

    base: float
    per_sentence: float
    per_word: float


# Flesch, R. (1948). A new readability yardstick. Journal of Applied Psychology 32(3), 221-233.
# Amstad, T. (1978). Wie verständlich sind unsere Zeitungen? Zürich (German).
# Kandel, L. & Moles, A. (1958). Application de l'indice de Flesch à la langue française (French).
# Szigriszt Pazos, F. (1993). Sistemas predictivos de legibilidad del mensaje escrito. Madrid (Spanish).
FORMULAS = {
    "en": Formula(206.835, 1.015, 84.6),
    "de": Formula(180.0, 1.0, 58.5),
    "fr": Formula(207.0, 1.015, 73.6),
    "es": Formula(206.835, 1.0, 62.3),
}


@dataclass(frozen=True)
class Reading:
    """How a text reads: `ease` is None where it is too short or its language is not known here."""

    ease: float | None
    words: int
    longest_sentence: int
    long_words: tuple[str, ...]
    short_forms: tuple[str, ...]

    @property
    def shown_ease(self) -> int | None:
        """Return the reading ease on the scale that people are told: 0 to 100."""
        return None if self.ease is None else round(min(100, max(0, self.ease)))

    @property
    def is_hard(self) -> bool:
        """Whether most people would have to read it twice."""
        return self.ease is not None and self.ease < HARD

    @property
    def has_long_sentence(self) -> bool:
        """Whether a sentence is longer than people read at once."""
        return self.longest_sentence > LONG_SENTENCE

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say against it."""
        return not (self.is_hard or self.has_long_sentence or self.long_words or self.short_forms)


def read(text: str, language: str) -> Reading:
    """Return how a text reads, with the words to look at again in the order they come."""
    words = WORD.findall(text)
    return Reading(
        ease=reading_ease(text, language),
        words=len(words),
        longest_sentence=max(
            (len(WORD.findall(part)) for part in SENTENCE_END.split(text)), default=0
        ),
        long_words=tuple(dict.fromkeys(word for word in words if len(word) >= LONG_WORD)),
        short_forms=tuple(dict.fromkeys(_unexplained(text))),
    )


def _unexplained(text: str) -> Iterator[str]:
    """Yield the short forms that stand nowhere beside brackets, as in "Optical reading (OCR)"."""
    explained = {before or after for before, after in EXPLAINED.findall(text)} | KNOWN
    for found in SHORT_FORM.findall(text):
        short = found.removesuffix("s")
        if short not in explained:
            yield short


def reading_ease(text: str, language: str) -> float | None:
    """Return how easily a text is read, 100 very easily and 0 hardly; None where nobody knows.

    Flesch's reading ease and its versions for other languages, see `FORMULAS`. Syllables are counted
    as groups of vowels, but for Spanish without a silent e at the end; that errs by a few points.
    """
    formula = FORMULAS.get(plain(language))
    words = WORD.findall(text)
    if formula is None or len(words) < ENOUGH_WORDS:
        return None
    sentences = sum(bool(WORD.search(part)) for part in SENTENCE_END.split(text))
    syllables = sum(syllables_in(word, language) for word in words)
    a_sentence, a_word = len(words) / max(1, sentences), syllables / len(words)
    return formula.base - formula.per_sentence * a_sentence - formula.per_word * a_word


def syllables_in(word: str, language: str = "en") -> int:
    """Return about how many syllables a word has, one at least."""
    lower = word.lower()
    if plain(language) == "es":
        return max(1, len(SPANISH.findall(lower)))
    groups = len(VOWELS.findall(lower))
    is_silent = lower.endswith("e") and not lower.endswith(("le", "ee", "ie"))
    return max(1, groups - (is_silent and groups > 1))


def plain(language: str) -> str:
    """Return a language without its region: "en" for "en-gb"."""
    return language.lower().partition("-")[0]
