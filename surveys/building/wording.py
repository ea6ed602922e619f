"""Hints about words: questions that lead, that ask two things at once, and texts that are hard to read.

They are hints: a computer does not know what is meant. They are given for languages of which the
words are known here; the others are left in peace.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buyin.reading import LONG_SENTENCE, SENTENCE_END, WORD, plain

ASKING = {"single", "multiple", "likert", "matrix", "rating", "number"}


@dataclass(frozen=True)
class Words:
    """What to look for in one language; `denials` are words of which each denies by itself."""

    leading: re.Pattern[str]
    joined: re.Pattern[str]
    denials: re.Pattern[str]


def _words(leading: str, joining: str, denials: str) -> Words:
    around = r"[^\W\d_]+(?:['’][^\W\d_]+)?"
    return Words(
        re.compile(rf"\b(?:{leading})\b", re.IGNORECASE),
        re.compile(rf"\b{around} (?:{joining}) {around}\b", re.IGNORECASE),
        re.compile(rf"\b(?:{denials})\b", re.IGNORECASE),
    )


# Spanish and French deny with two words at once (“no … nada”, “ne … pas”), so that only the first of
# them counts.
LANGUAGES = {
    "en": _words(
        r"do(?:n['’]t| not) you (?:agree|think)|(?:would|is|are|should)n['’]t (?:you|it|we)|"
        r"(?:do|would) you agree that|obviously|surely|of course|everybody knows|as you know|"
        r"how (?:good|great|excellent|helpful|useful) (?:is|are|was|were)",
        "and|or",
        r"not?|never|nobody|nothing|none|\w+n['’]t",
    ),
    "es": _words(
        r"no (?:cree|crees|piensa|piensas|opina|opinas|le parece|te parece)|"
        r"(?:está|estás|estaría) de acuerdo en que|obviamente|evidentemente|por supuesto|"
        r"desde luego|sin duda|como (?:usted )?(?:sabe|sabes)|todo el mundo sabe|"
        r"(?:qué tan|cuán) (?:bueno|buena|útil|excelente|fácil)(?:es)?",
        "y|e|o|u",
        "no|sin",
    ),
    "fr": _words(
        r"ne (?:pensez|croyez|trouvez)[- ]vous pas|n['’](?:est[- ]ce|êtes[- ]vous) pas|évidemment|"
        r"bien (?:sûr|entendu)|sans aucun doute|comme (?:vous le savez|chacun (?:le )?sait)|"
        r"tout le monde sait|(?:êtes|seriez)[- ]vous d['’]accord (?:pour dire )?qu(?:e|['’]\w+)",
        "et|ou",
        r"ne|n(?=['’])|sans",
    ),
    "de": _words(
        r"(?:finden|meinen|denken|glauben) Sie nicht|sind Sie nicht auch|stimmen Sie zu, dass|"
        r"natürlich|selbstverständlich|offensichtlich|sicherlich|bekanntlich|jeder weiß|"
        r"wie Sie wissen|wie (?:gut|toll|hilfreich|nützlich) (?:ist|sind|war|waren|finden)",
        "und|oder",
        r"nicht|nichts|nie|niemals|niemand\w*|kein\w*|ohne",
    ),
}


def is_checked(language: str) -> bool:
    """Return whether the words of this language are known here."""
    return plain(language) in LANGUAGES


def hints_about(text: str, kind: str, language: str) -> Iterator[str]:
    """Yield what may be wrong with the words of one question or statement of this type."""
    words = LANGUAGES.get(plain(language))
    if words is None or kind not in ASKING:
        return
    found = words.leading.search(text)
    if found:
        yield _("“%s” may lead people to an answer.") % found[0]
    joined = words.joined.search(text)
    if joined:
        yield _("“%s” may ask two things at once. Somebody may agree with one only.") % joined[0]
    if len(words.denials.findall(text)) > 1:
        yield _("Two words that deny are hard to answer.")
    longest = max((len(WORD.findall(part)) for part in SENTENCE_END.split(text)), default=0)
    if longest > LONG_SENTENCE:
        yield _("A sentence has %(n)d words. Up to %(most)d are read at once.") % {
            "n": longest,
            "most": LONG_SENTENCE,
        }
