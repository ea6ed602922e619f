"""LimeSurvey's conditions in the language of ours, as far as they are simple."""

import re
from collections.abc import Mapping

NAME = re.compile(
    r"('[^']*'|\"[^\"]*\")"
    r"|\b([A-Za-z][A-Za-z0-9]*)(?:_([A-Za-z0-9]+))?\.(?:NAOK|value|code|shown|valueNAOK)\b"
)
SIGNS = [("==", "="), ("&&", " and "), ("||", " or "), ("!(", "not(")]
QUOTED = re.compile(r"('[^']*'|\"[^\"]*\")")
WORDS = {"eq": "=", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="}
TICKED = re.compile(r"(selected\(\$\{\w+\}, '\w+'\))\s*(!?=)\s*(['\"])(Y?)\3")


def in_our_words(text: str, several: Mapping[str, set[str]]) -> str:
    """Return a condition as an expression; `several` names the choices of questions with many.

    What is not simple comes out as it is and will be refused by whoever reads it.
    """
    parts = QUOTED.split(NAME.sub(lambda match: _name(match, several), text))
    plain = "".join(part if QUOTED.fullmatch(part) else _signs(part) for part in parts)
    return TICKED.sub(_ticked, plain).strip()


def _name(match: re.Match[str], several: Mapping[str, set[str]]) -> str:
    if match[1]:
        return match[1]
    if match[3] and match[3] in several.get(match[2], set()):
        return f"selected(${{{match[2]}}}, '{match[3]}')"
    return f"${{{match[2]}_{match[3]}}}" if match[3] else f"${{{match[2]}}}"


def _signs(text: str) -> str:
    for sign, ours in SIGNS:
        text = text.replace(sign, ours)
    return re.sub(r"\b(eq|ne|lt|gt|le|ge)\b", lambda match: WORDS[match[1]], text)


def _ticked(match: re.Match[str]) -> str:
    """Return whether a choice is ticked: there a Y, here the list."""
    is_ticked = (match[2] == "=") == (match[4] == "Y")
    return match[1] if is_ticked else f"not({match[1]})"
