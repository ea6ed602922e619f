"""What an author says of pages, sections and places."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buyin.lines import LineField
from surveys.building import Place, Raw, question_at
from surveys.building.order import line_of
from surveys.building.picking import offered_at, offered_on_page

from .conditions import ConditionalForm
from .editing import EditorForm

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

    field_order = ["title", "intro", "shown", "joined", "show_if"]

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


class SectionForm(ConditionalForm):
    """A heading over some questions of a page, which of them, and when they are asked."""

    title = LineField(
        label=_("Heading"), max_length=500, error_messages={"required": _("Write a heading.")}
    )
    intro = forms.CharField(
        label=_("Introduction"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands between the heading and its questions."),
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions under this heading"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They come together, in the order in which they stand now."),
    )

    field_order = ["title", "intro", "questions", "shown", "joined", "show_if"]

    def __init__(
        self, data: Any = None, *, definition: Raw, page: Raw, section: Raw, revision: int
    ) -> None:
        code = section.get("code", "")
        own = [one["code"] for one in page["questions"] if code and one.get("section") == code]
        place = Place(page["code"], before=own[0] if own else "")
        super().__init__(
            data,
            initial={**section, "revision": revision, "questions": own},
            definition=definition,
            raw=section,
            offered=offered_at(definition, place),
        )
        self.fields["shown"].label = _("When are they asked?")
        free = [one for one in page["questions"] if one.get("section", code) == code]
        field: Any = self.fields["questions"]
        field.choices = [(one["code"], named(one)) for one in free]
        if not free:
            del self.fields["questions"]

    def section(self) -> Raw:
        """Return what was typed, for the edit."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "intro": cleaned["intro"].replace("\r\n", "\n"),
            "show_if": self.condition(),
        }

    def chosen(self) -> list[str]:
        """Return the codes of the questions under it."""
        return list(self.cleaned_data.get("questions", []))


class MoveForm(EditorForm):
    """Where a question goes: before another one, or to the end of a section or a page."""

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

    def _places(self, page: Raw) -> Iterator[tuple[str, str]]:
        """Yield (place, in words) for each place on a page."""
        section: Raw | None = None
        for mark, after in pairwise([*line_of({"pages": [page]}), None]):
            if mark is None:
                continue
            if mark.kind == "section":
                section = mark.raw
                if after is not None and after.kind == "question":
                    words = gettext("Before the section “%s”") % section["title"]
                    yield f"{page['code']} {after.code}", words
            elif mark.kind == "end":
                words = gettext("At the end of the section “%s”") % mark.raw["title"]
                yield f"{page['code']}  {mark.code}", words
                section = None
            elif mark.kind == "question":
                yield self._before(page, mark.raw, section)
        yield f"{page['code']} ", gettext("At the end of this page")

    def _before(self, page: Raw, question: Raw, section: Raw | None) -> tuple[str, str]:
        place = f"{page['code']} {question['code']}"
        words = {"question": named(question), "section": section["title"] if section else ""}
        if question["code"] == self.code:
            told = gettext("Where it is now")
        elif section:
            told = gettext("In “%(section)s”, before “%(question)s”") % words
        else:
            told = gettext("Before “%(question)s”") % words
        return f"{place} {section['code']}" if section else place, told

    def _now(self, definition: Raw) -> str:
        page, position = question_at(definition, self.code) or (0, 0)
        raw = definition["pages"][page]["questions"][position]
        return f"{definition['pages'][page]['code']} {self.code} {raw.get('section', '')}".strip()

    def place(self) -> Place:
        """Return the place that was chosen."""
        page, before, section = [*self.cleaned_data["where"].split(" "), ""][:3]
        return Place(page, before, section)


def named(question: Raw) -> str:
    """Return what a question is called in a list."""
    return " ".join((question.get("text") or question["code"]).split())[:SHORT]
