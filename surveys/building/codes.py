"""Codes of pages, questions, rows and choices: made from their texts, and never used again.

Answers are keyed to them for as long as they are kept. So a new part gets a code that nothing in the
draft has and that no published version has ever had.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import count, dropwhile, islice

from surveys.definitions import DONT_KNOW, OTHER
from surveys.definitions.rules import codes_of

from .outline import Raw, heads_in, questions_in

WORDS = 4
LONGEST = 40
READ = 1_000  # characters of a text; its first words make the code


@dataclass(frozen=True)
class Used:
    """Codes that stand for something already; `choices` are kept by the code of their question.

    `pages` are those of pages and of the sections on them.
    """

    answers: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    choices: dict[str, frozenset[str]] = field(default_factory=dict)

    def __or__(self, other: "Used") -> "Used":
        questions = {*self.choices, *other.choices}
        return Used(
            self.answers | other.answers,
            self.pages | other.pages,
            {code: self.choices_of(code) | other.choices_of(code) for code in questions},
        )

    def choices_of(self, question: str) -> frozenset[str]:
        """Return the codes of choices that this question has or once had."""
        return self.choices.get(question, frozenset())


def used_in(definitions: Iterable[Raw]) -> Used:
    """Return every code that stands for something in one of these definitions."""
    used = Used()
    for definition in definitions:
        questions = list(questions_in(definition))
        used |= Used(
            frozenset(code for question in questions for code in codes_of(question)),
            frozenset(part["code"] for part in heads_in(definition)),
            {
                question["code"]: frozenset(choice["code"] for choice in question["choices"])
                for question in questions
                if "choices" in question
            },
        )
    return used


def code_from(text: str, taken: Collection[str], *, otherwise: str) -> str:
    """Return a code that reads like a text and is not taken; `otherwise` where it has no letters."""
    begins = unicodedata.normalize("NFKD", text[:READ])
    plain = begins.encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", re.sub(r"['’]|\$\{[^}]*\}", "", plain))
    words = dropwhile(lambda word: not word[0].isalpha(), found)
    stem = "_".join(islice(words, WORDS))[:LONGEST].strip("_") or otherwise
    if stem == DONT_KNOW:
        stem = otherwise
    tries = (stem if n == 1 else f"{stem}_{n}" for n in count(1))
    return next(code for code in tries if code not in taken and code + OTHER not in taken)
