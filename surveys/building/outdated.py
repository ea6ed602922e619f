"""Translations that are older than their text: the text has changed since they were made.

For each the text is remembered of which it was made. What was never changed has no place here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.definitions import texts_of

from .outline import Raw

# By language and key: the text of which the translation was made.
Outdated = dict[str, dict[str, str]]
BESIDE = {"intro", "title", "purpose"}  # what is edited elsewhere and not undone with the questions


@dataclass(frozen=True)
class Own:
    """The texts beside the questions, title and purpose, with their translations by language."""

    texts: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def with_those_of(self, definition: Raw) -> tuple[dict[str, str], Outdated]:
        """Return all texts that people read, and all translations by language."""
        translations = {
            language: {**self.translations.get(language, {}), **texts}
            for language, texts in definition.get("translations", {}).items()
        }
        return {**self.texts, **texts_of(definition)}, translations


NONE = Own()


def outdated_after(
    before: Raw, after: Raw, known: Outdated, own: Own = NONE, own_after: Own | None = None
) -> Outdated:
    """Return which translations are outdated after an edit; `known` are those that were before."""
    was, olds = own.with_those_of(before)
    now, news = (own if own_after is None else own_after).with_those_of(after)
    found: Outdated = {}
    for language, theirs in news.items():
        old, marked = olds.get(language, {}), known.get(language, {})
        carried = _carried(old, was, marked)
        texts = {}
        for key, text in theirs.items():
            if key not in now or (key in old and text != old[key]):
                continue  # it is gone, or it was translated anew
            made_of = marked.get(key) or was.get(key)
            if key not in old:
                made_of = carried.get((now[key], text))
            if made_of and made_of != now[key]:
                texts[key] = made_of
        if texts:
            found[language] = texts
    return found


def _carried(
    old: dict[str, str], was: dict[str, str], known: dict[str, str]
) -> dict[tuple[str, str], str]:
    """Return by text and translation of what it was made: a copy of an outdated one is outdated too."""
    return {
        (was[key], old[key]): made_of for key, made_of in known.items() if key in old and key in was
    }


def without(known: Outdated, language: str, key: str) -> Outdated:
    """Return the others: somebody has said that this translation is still right."""
    rest = {
        code: {one: text for one, text in texts.items() if (code, one) != (language, key)}
        for code, texts in known.items()
    }
    return {code: texts for code, texts in rest.items() if texts}


def restored(before: Outdated, current: Outdated) -> Outdated:
    """Return what was outdated before an edit; what is edited elsewhere stays as it is."""
    languages = {*before, *current}
    found: Outdated = {}
    for language in sorted(languages):
        rest = {k: t for k, t in before.get(language, {}).items() if k not in BESIDE}
        beside = {k: t for k, t in current.get(language, {}).items() if k in BESIDE}
        if rest or beside:
            found[language] = {**rest, **beside}
    return found
