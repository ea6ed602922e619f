"""Languages of a survey: adding one, taking one away, and the texts of one beside the source."""

from copy import deepcopy

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from surveys.definitions import texts_of

from .outline import Raw
from .refusing import RefusedEditError


def language_name(code: str) -> str:
    """Return what a language calls itself, or its code where nobody here knows."""
    found = LANG_INFO.get(code.lower(), {})
    return str(found.get("name_local") or code)


def with_language(definition: Raw, language: str) -> Raw:
    """Return a definition that can be translated into this language."""
    if language == definition["language"] or language in definition.get("translations", {}):
        raise RefusedEditError(_("The survey has this language already."))
    edited = deepcopy(definition)
    edited.setdefault("translations", {})[language] = {}
    return edited


def in_other_words(definition: Raw, language: str) -> Raw:
    """Return a definition whose questions are said to be written in this language."""
    if language in definition.get("translations", {}):
        raise RefusedEditError(
            _("The survey is translated into this language. Take that translation away first.")
        )
    return {**definition, "language": language}


def without_language(definition: Raw, language: str) -> Raw:
    """Return a definition without this language and all its texts."""
    edited = deepcopy(definition)
    edited.get("translations", {}).pop(language, None)
    return edited


def with_texts(definition: Raw, language: str, texts: dict[str, str]) -> Raw:
    """Return a definition with these translations; an empty one takes the text away."""
    if language not in definition.get("translations", {}):
        raise RefusedEditError(_("The survey does not have this language any more."))
    edited = deepcopy(definition)
    theirs = edited["translations"][language]
    theirs |= texts
    return edited


def missing_in(definition: Raw, language: str) -> list[str]:
    """Return the keys of the texts that have no translation into this language."""
    theirs = definition.get("translations", {}).get(language, {})
    return [key for key in texts_of(definition) if not theirs.get(key, "").strip()]
