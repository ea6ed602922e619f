"""Translations that are older than their text: the text has changed since they were made.

For each the text is remembered of which it was made. What was never changed has no place here.
"""

from surveys.definitions import texts_of

from .outline import Raw

# By language and key: the text of which the translation was made.
Outdated = dict[str, dict[str, str]]


def outdated_after(before: Raw, after: Raw, known: Outdated) -> Outdated:
    """Return which translations are outdated after an edit; `known` are those that were before."""
    was, now = texts_of(before), texts_of(after)
    found: Outdated = {}
    for language, theirs in after.get("translations", {}).items():
        old = before.get("translations", {}).get(language, {})
        carried = _carried(old, was, known.get(language, {}))
        texts = {}
        for key, text in theirs.items():
            if key in old and text != old[key]:
                continue  # it was translated anew
            made_of = known.get(language, {}).get(key) or was.get(key)
            if key not in old:
                made_of = carried.get((now[key], text))
            if made_of and made_of != now[key]:
                texts[key] = made_of
        if texts:
            found[language] = texts
    return found


def _carried(old: dict[str, str], was: Raw, known: dict[str, str]) -> dict[tuple[str, str], str]:
    """Return by text and translation of what it was made: a copy of an outdated one is outdated too."""
    return {(was[key], old[key]): made_of for key, made_of in known.items() if key in old}


def without(known: Outdated, language: str, key: str) -> Outdated:
    """Return the others: somebody has said that this translation is still right."""
    rest = {
        code: {one: text for one, text in texts.items() if (code, one) != (language, key)}
        for code, texts in known.items()
    }
    return {code: texts for code, texts in rest.items() if texts}


def restored(before: Outdated, current: Outdated) -> Outdated:
    """Return what was outdated before an edit; the introduction is not part of edits and stays."""
    languages = {*before, *current}
    found: Outdated = {}
    for language in sorted(languages):
        rest = {k: t for k, t in before.get(language, {}).items() if k != "intro"}
        intro = {k: t for k, t in current.get(language, {}).items() if k == "intro"}
        if rest or intro:
            found[language] = {**rest, **intro}
    return found
