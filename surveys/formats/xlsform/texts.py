"""The texts of a form in all its languages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from surveys.formats.reports import Report

from .columns import Record

LABEL = 500
PROSE = 4000
SHORT = {"portal_unit": 30, "portal_low": 60, "portal_high": 60, "portal_intro": PROSE}
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
PIPE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
GAP = "…"


def is_yes(text: str) -> bool:
    """Return whether a cell says yes, in one of the ways in which forms say it."""
    return text.strip().lower().removesuffix("()") in {"yes", "true", "1", "y", "x"}


def is_no(text: str) -> bool:
    """Return whether a cell says no, or nothing."""
    return text.strip().lower().removesuffix("()") in {"", "no", "false", "0", "n"}


@dataclass
class Texts:
    """Takes texts out of records: the first language is returned, the others are kept by key."""

    language: str
    others: list[str]
    report: Report
    codes: Mapping[str, str]
    translations: dict[str, dict[str, str]] = field(default_factory=dict)

    def optional(self, record: Record, column: str, key: str, *, most: int = LABEL) -> str:
        """Return the text of a column, or nothing."""
        most = SHORT.get(column, most)
        first = self._own(record, column)
        text = self._fit(record, column, first, most)
        for language in self.others:
            other = self._fit(record, column, record.cells.get((column, language), ""), most)
            if text and other.strip():
                self.translations.setdefault(language, {})[key] = other
        return text

    def required(self, record: Record, key: str, name: str, *, most: int = LABEL) -> str:
        """Return the label; where there is none, one in another language, else the name."""
        text = self.optional(record, "label", key, most=most)
        return text if text.strip() else self._instead(record, name, most)

    def in_languages(self, record: Record, name: str) -> dict[str, str]:
        """Return the label of a record by language; in the first one it is never empty."""
        found = {code: record.cells.get(("label", code), "") for code in self.others}
        found[self.language] = self._own(record, "label")
        fitting = {code: self._fit(record, "label", text, LABEL) for code, text in found.items()}
        said = {code: text for code, text in fitting.items() if text.strip()}
        if self.language not in said:
            said[self.language] = self._instead(record, name, LABEL)
        return said

    def joined(
        self, record: Record, parts: Sequence[Mapping[str, str]], key: str, between: str
    ) -> str:
        """Return labels one behind the other, kept in each language that the last one has."""

        def said(language: str) -> str:
            text = between.join(part.get(language) or part[self.language] for part in parts)
            return self.report.cut(record.place("label"), text, LABEL)

        for language in parts[-1]:
            if language != self.language:
                self.translations.setdefault(language, {})[key] = said(language)
        return said(self.language)

    def _instead(self, record: Record, name: str, most: int) -> str:
        """Return what stands for a label that is not there in the first language, and tell of it."""
        for language in self.others:
            other = record.cells.get(("label", language), "")
            if other.strip():
                why = _("There is no label in the first language. One in another is used.")
                self.report.change(record.place("label"), other, why)
                return self._fit(record, "label", other, most)
        self.report.change(record.place("name"), name, _("There is no label. The name is used."))
        return name[:most]

    def _own(self, record: Record, column: str) -> str:
        marked = record.cells.get((column, self.language), "")
        text = marked or record.cells.get((column, ""), "")
        return text if text.strip() else ""

    def _fit(self, record: Record, column: str, text: str, most: int) -> str:
        """Return a text that a definition takes: pipes renamed, without signs that cannot be shown."""
        text = UNSHOWABLE.sub("", text)
        gaps = [name for name in PIPE.findall(text) if name not in self.codes]
        if gaps:
            why = _("The text repeats the answer to “%s”, which did not come in.")
            self.report.change(record.place(column), text, why % "”, “".join(gaps))
        text = PIPE.sub(self._pipe, text)
        return self.report.cut(record.place(column), text, most)

    def _pipe(self, match: re.Match[str]) -> str:
        code = self.codes.get(match[1], "")
        return match[0] if code == match[1] else (f"${{{code}}}" if code else GAP)
