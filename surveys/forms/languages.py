"""Languages of a survey, and its texts beside their translations."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from surveys.building import Raw
from surveys.building.outdated import Own
from surveys.building.translating import language_name
from surveys.definitions import PIPE

from .editing import EditorForm

LONG = 40  # characters of a source from which on its translation gets several lines
LONGER = 100
LONGEST = 4000
LONGEST_OWN = {"title": 200, "purpose": 2000}
OWN_WHAT = {"title": _("Title of the survey"), "purpose": _("Why you ask")}
WHAT = {
    "title": _("Title of a page or section"),
    "intro": _("Introduction"),
    "text": _("Question"),
    "help": _("Help text"),
    "unit": _("Unit"),
    "constraint_message": _("Message"),
    "low": _("What 0 means"),
    "high": _("What 10 means"),
    "choices": _("Choice"),
    "rows": _("Statement"),
    "scales": _("Point of a scale"),
}


def known_languages() -> list[tuple[str, str]]:
    """Return (code, name) of every language that can be chosen, by name."""
    named = ((code, language_name(code)) for code, info in LANG_INFO.items() if "bidi" in info)
    return sorted(
        ((code, f"{name} ({code})") for code, name in named), key=lambda one: one[1].lower()
    )


class LanguageForm(EditorForm):
    """A language that is chosen for a survey."""

    language = forms.ChoiceField(label=_("Language"), choices=known_languages)

    def chosen(self) -> str:
        """Return the code of the language."""
        return str(self.cleaned_data["language"])


class TranslationForm(EditorForm):
    """Every text of a survey with a field for its translation."""

    def __init__(
        self,
        data: Any = None,
        *,
        definition: Raw,
        language: str,
        revision: int,
        outdated: dict[str, str],
        own: Own,
    ) -> None:
        super().__init__(data, initial={"revision": revision})
        self.outdated = outdated
        self.own = own
        self.sources, translations = own.with_those_of(definition)
        self.language, self.source_language = language, definition["language"]
        theirs = translations[language]
        for key, source in self.sources.items():
            is_long = len(source) > LONG or "\n" in source
            attrs = {"lang": language, "dir": _direction(language)}
            widget = (
                forms.Textarea(attrs={**attrs, "rows": 3 if len(source) > LONGER else 2})
                if is_long
                else None
            )
            self.fields[key] = forms.CharField(
                label=source,
                required=False,
                max_length=LONGEST_OWN.get(key, LONGEST),
                initial=theirs.get(key, ""),
                widget=widget or forms.TextInput(attrs=attrs),
                validators=[_Repeats(source)],
            )

    def lines(self) -> Iterator[tuple[str, BoundField, bool, str]]:
        """Yield (what it is, field, whether it is missing, its former source) for each text.

        A former source is the text of which an outdated translation was made.
        """
        for key in self.sources:
            field = self[key]
            is_missing = not str(field.value() or "").strip()
            yield _what(key), field, is_missing, self.outdated.get(key, "")

    def first_outdated(self) -> str:
        """Return the id of the first field whose text has changed, nothing where there is none."""
        found = (key for key in self.sources if key in self.outdated)
        return next((self[key].id_for_label for key in found), "")

    def still_right(self, key: str) -> str:
        """Return the key of an outdated translation that is said to be right; nothing for others."""
        return key if key in self.outdated else ""

    def missing(self) -> list[str]:
        """Return the ids of the fields that are still empty."""
        return [field.id_for_label for _what, field, is_missing, _old in self.lines() if is_missing]

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """Yield (anchor, label, message) for everything that is wrong."""
        yield from (("", "", str(message)) for message in self.non_field_errors())
        for _what, field, _is_missing, _old in self.lines():
            yield from ((field.anchor, str(field.label), str(one)) for one in field.errors)  # type: ignore[attr-defined]

    def texts(self) -> dict[str, str]:
        """Return the translations in the questions that are different now."""
        return {key: text for key, text in self._changed().items() if key not in self.own.texts}

    def own_texts(self) -> dict[str, dict[str, str]]:
        """Return all translations of title and purpose as they are now, by language."""
        own = {code: dict(texts) for code, texts in self.own.translations.items()}
        changed = {key: text for key, text in self._changed().items() if key in self.own.texts}
        theirs = {**own.pop(self.language, {}), **changed}
        kept = {key: text for key, text in theirs.items() if text.strip()}
        return {**own, self.language: kept} if kept else own

    def _changed(self) -> dict[str, str]:
        return {
            key: self.cleaned_data[key].replace("\r\n", "\n")
            for key in self.sources
            if key in self.changed_data
        }


class _Repeats:
    """Refuses a translation that repeats an answer which its source does not repeat."""

    def __init__(self, source: str) -> None:
        self.known = set(PIPE.findall(source))

    def __call__(self, text: str) -> None:
        for code in PIPE.findall(text):
            if code not in self.known:
                raise ValidationError(gettext("The source does not repeat the answer “%s”.") % code)


def _what(key: str) -> str:
    """Return what kind of text a key is for."""
    head, *rest = key.split(".")
    if not rest and head in OWN_WHAT:
        return str(OWN_WHAT[head])
    if head == "scales" and len(rest) > 1:
        return str(WHAT["scales"])
    return str(WHAT.get(rest[0] if rest else head, ""))


def _direction(language: str) -> str:
    return "rtl" if LANG_INFO.get(language.lower(), {}).get("bidi") else "ltr"
