"""Texts compared by what they say: case, signs, blanks and the letter of an option do not count."""

import re

SIGNS = re.compile(r"[\W_]+")
OPTION_LETTER = re.compile(r"^\s*\(?[A-Za-z]\)[\W_]*")
ACRONYM = re.compile(r"(?<!\s)\s*\([A-Z][A-Za-z]*[A-Z]\)\s*$")
DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")

# What people write where they have nothing to say; compared after folding.
NOTHING = frozenset({"na", "notapplicable", "blanknotprovided", "tbd"})
SHORT = 24  # longer texts say more than that
BLANKS = frozenset({"-", "--", "–", "—", "[blank]", "(blank)"})


def folded(text: str) -> str:
    """Return nothing but the letters and digits of a text, in small letters; & is the word "and"."""
    return SIGNS.sub("", text.replace("&", " and ")).casefold()


def folded_choice(text: str) -> str:
    """Return a chosen text folded, without the letter before it and an acronym behind it."""
    return folded(ACRONYM.sub("", OPTION_LETTER.sub("", text, count=1)) or text)


def says_nothing(text: str) -> bool:
    """Say whether a text only says that there is none."""
    if len(text) > SHORT and not text.isspace():
        return False
    plain = text.strip()
    return not plain or plain.lower() in BLANKS or folded(plain) in NOTHING


def plain_number(number: str) -> str:
    """Return the number of a use case without what differs between two years of one inventory."""
    return DASHES.sub("-", " ".join(number.split())).casefold()
