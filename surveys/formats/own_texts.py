"""What stands beside the questions of a survey, title and purpose, in its languages, as files have it."""

from collections.abc import Mapping
from typing import Any, Protocol

from buyin.lines import seen

from .reports import Place, Report

Translations = Mapping[str, Mapping[str, str]]
LONGEST = {"title": 200, "purpose": 2000}


class Beside(Protocol):
    """What a file says of a survey beside its questions, as the survey itself has it."""

    title: str
    kind: str
    purpose: str
    translations: Translations


def of_languages(translations: Translations, definition: dict[str, Any]) -> dict[str, Any]:
    """Return the translations of title and purpose into the languages that the survey has."""
    kept = {
        language: {name: text for name, text in texts.items() if name in LONGEST and text.strip()}
        for language, texts in translations.items()
        if language in definition.get("translations", {})
    }
    return {language: texts for language, texts in kept.items() if texts}


def with_languages(definition: dict[str, Any], *languages: str) -> dict[str, Any]:
    """Return a definition that is in these languages, too, although nothing may be said in them yet."""
    there = definition.get("translations", {})
    new: dict[str, dict[str, str]] = {
        code: {} for code in languages if code not in there and code != definition["language"]
    }
    return {**definition, "translations": {**there, **new}} if new else definition


def kept_texts(
    found: Mapping[str, Mapping[str, str]], places: Mapping[tuple[str, str], Place], report: Report
) -> dict[str, dict[str, str]]:
    """Return title and purpose by language as a survey has them; what is too long is cut and told."""
    kept: dict[str, dict[str, str]] = {}
    for language, texts in found.items():
        for name, text in texts.items():
            fitting = seen(text) if name == "title" else text
            if not fitting.strip():
                continue
            place = places.get((language, name), Place(""))
            kept.setdefault(language, {})[name] = report.cut(place, fitting, LONGEST[name])
    return kept


def still_said(
    report: Mapping[str, Any], said: Mapping[str, str]
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the translations that still fit, and the names of the texts of which none does.

    `report` is what is kept of a file, `said` what the survey says. What somebody typed in place of a
    text of the file has not been translated.
    """
    translations: Translations = report.get("translations", {})
    same = {name for name in LONGEST if seen(said[name]) == seen(report.get(name, ""))}
    kept = {
        language: {name: text for name, text in texts.items() if name in same}
        for language, texts in translations.items()
    }
    lost = {name for texts in translations.values() for name in texts if name not in same}
    return {code: texts for code, texts in kept.items() if texts}, sorted(lost)
