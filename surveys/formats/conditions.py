"""Expressions of a form in our own codes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from surveys.expressions import ExpressionError, parse
from surveys.expressions.tokens import TOKEN, tokens_of

from .reports import Place, Report

# As of old, answers were named by their path; what stands between quotes is left alone.
PATH = re.compile(r"('[^']*'|\"[^\"]*\")|\.\./(?:\.\./)*([A-Za-z_][A-Za-z0-9_.-]*)")
BARE = re.compile(r"('[^']*'|\"[^\"]*\"|\$\{[^}]*\})|([A-Za-z_][A-Za-z0-9_.:-]*)(?!\s*\()")
AND = " and "
CONSTANTS = {"true": "true()", "false": "false()"}


@dataclass
class Conditions:
    """Rewrites expressions: names become our codes, and so do the choices that they compare with."""

    report: Report
    codes: Mapping[str, str]
    choices: dict[str, dict[str, str]] = field(default_factory=dict)

    def rewritten(self, text: str, place: Place, *, own: str = "", then: str = "") -> str:
        """Return an expression in our codes; where it cannot be used, remark upon it, return nothing.

        `own` is the name of the question that it stands at, `then` what follows from going without.
        """
        if not text:
            return ""
        source = CONSTANTS.get(text.lower()) or PATH.sub(lambda m: m[1] or f"${{{m[2]}}}", text)
        try:
            result = self._rename(source, own)
            parse(result)
        except ExpressionError as error:
            why = _("It cannot be used: %s") % error
            self.report.lose(place, text, f"{why} {then}".rstrip())
            return ""
        except KeyError as error:
            why = _("It looks at “%s”, which did not come in.") % error.args[0]
            self.report.lose(place, text, f"{why} {then}".rstrip())
            return ""
        return result

    def _rename(self, source: str, own: str) -> str:
        tokens = [token for token in tokens_of(source) if token.kind != "end"]
        names = [token.text for token in tokens if token.kind == "name"]
        if any(token.kind == "own" for token in tokens):
            names.append(own)
        known: dict[str, str] = {}
        for name in names:
            known |= self.choices.get(name, {})
        parts, end = [], 0
        for token in tokens:
            match = TOKEN.match(source, token.position)
            raw = match[0] if match else ""
            parts += [
                source[end : token.position],
                self._renamed(token.kind, token.text, raw, known),
            ]
            end = token.position + len(raw)
        return "".join([*parts, source[end:]]).strip()

    def _renamed(self, kind: str, text: str, raw: str, choices: Mapping[str, str]) -> str:
        if kind == "name":
            return raw if self.codes[text] == text else f"${{{self.codes[text]}}}"
        if kind == "text" and choices.get(text, text) != text:
            return f"{raw[0]}{choices[text]}{raw[0]}"
        return choices.get(text, raw) if kind == "number" and text in choices else raw


def for_choice(filter_text: str, columns: Mapping[str, str]) -> str:
    """Return a choice filter for one choice: its columns are replaced by what stands in them."""

    def put_in(match: re.Match[str]) -> str:
        if match[1] or match[2] not in columns:
            return match[0]
        text = columns[match[2]].replace("'", "")
        return f"'{text}'"

    return BARE.sub(put_in, filter_text)


def both(*conditions: str) -> str:
    """Return the condition that all of these make together."""
    said = [one for one in conditions if one]
    return said[0] if len(said) == 1 else AND.join(f"({one})" for one in said)


def conjuncts(text: str) -> list[str]:
    """Return the conditions that `both` has put together, the innermost ones; else the one there is."""
    parts = list(_between_brackets(text))
    if AND.join(f"({part})" for part in parts) != text:
        return [text]
    return [one for part in parts for one in conjuncts(part)]


def _between_brackets(text: str) -> Iterator[str]:
    """Yield what stands between the outermost brackets; those between quotes are none."""
    depth, start, quote = 0, 0, ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == "(":
            start = place + 1 if not depth else start
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                yield text[start:place]


def either(*conditions: str) -> str:
    """Return the condition that one of these makes."""
    if not all(conditions):
        return ""
    said = list(dict.fromkeys(conditions))
    return said[0] if len(said) == 1 else " or ".join(f"({one})" for one in said)
