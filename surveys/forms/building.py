"""What an author says of pages and places."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buyin.lines import LineField
from surveys.building import Place, Raw, question_at
from surveys.building.picking import offered_on_page

from .authoring import EditorForm
from .conditions import ConditionalForm

SHORT = 80


class PageForm(ConditionalForm):
    """What stands above the questions of a page, and when it is shown."""

    title = LineField(
        label=_("Title"), max_length=500, error_messages={"required": _("Write a title.")}
    )
    intro = forms.CharField(
        label=_("Introduction"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands between the title and the questions."),
    )

    field_order = ["title", "intro", "shown", "show_if"]

    def __init__(self, data: Any = None, *, definition: Raw, page: Raw, revision: int) -> None:
        initial = {**page, "revision": revision}
        offered = offered_on_page(definition, page.get("code", ""))
        super().__init__(data, initial=initial, definition=definition, raw=page, offered=offered)
        self.fields["shown"].label = _("When is it shown?")
        self.fields["show_if"].label = _("Shown only if")

    def page(self) -> Raw:
        """Return what was typed, for the edit."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "intro": cleaned["intro"].replace("\r\n", "\n"),
            "show_if": self.condition(),
        }


class MoveForm(EditorForm):
    """Where a question goes: before another one, or to the end of a page."""

    where = forms.ChoiceField(label=_("Where does it go?"))

    def __init__(self, data: Any = None, *, definition: Raw, code: str, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.code = code
        field: Any = self.fields["where"]
        field.choices = [
            (self._page_named(number, page), list(self._places(page)))
            for number, page in enumerate(definition["pages"], 1)
        ]
        self.initial["where"] = self._now(definition)

    @staticmethod
    def _page_named(number: int, page: Raw) -> str:
        words = {"n": number, "title": page.get("title", "")}
        return (
            gettext("Page %(n)d: %(title)s") % words
            if words["title"]
            else gettext("Page %(n)d") % words
        )

    def _places(self, page: Raw) -> Any:
        for question in page["questions"]:
            text = question.get("text") or question["code"]
            words = gettext("Before “%s”") % " ".join(text.split())[:SHORT]
            if question["code"] == self.code:
                words = gettext("Where it is now")
            yield f"{page['code']} {question['code']}", words
        yield f"{page['code']} ", gettext("At the end of this page")

    def _now(self, definition: Raw) -> str:
        page, _position = question_at(definition, self.code) or (0, 0)
        return f"{definition['pages'][page]['code']} {self.code}"

    def place(self) -> Place:
        """Return the place that was chosen."""
        page, _blank, before = self.cleaned_data["where"].partition(" ")
        return Place(page, before)
