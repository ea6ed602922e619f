"""What an author looks for in the question bank, and what they take from it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from surveys.building import Place, Raw
from surveys.building.bank import Offer, Origin

from .editing import EditorForm


class BankFilter(forms.Form):
    """Words to look for, and where."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    of = forms.ChoiceField(label=_("From"), required=False)

    def __init__(self, data: Any, *, origins: Sequence[Origin]) -> None:
        super().__init__(data)
        field: Any = self.fields["of"]
        field.choices = [("", _("Everywhere")), *((one.key, one.title) for one in origins)]

    def wanted(self) -> tuple[str, str]:
        """Return the words and the origin to look in; nothing where these make no sense."""
        self.full_clean()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("of", "")


class BankForm(EditorForm):
    """The questions that are taken, and the page that they go to."""

    take = forms.MultipleChoiceField(
        label=_("Questions"), error_messages={"required": _("Tick at least one question.")}
    )
    page = forms.ChoiceField(label=_("To the end of this page or section"))

    def __init__(
        self, data: Any = None, *, offers: Sequence[Offer], definition: Raw, revision: int
    ) -> None:
        last = definition["pages"][-1]["code"]
        super().__init__(data, initial={"revision": revision, "page": last})
        take: Any = self.fields["take"]
        take.choices = [(offer.key, offer.key) for offer in offers]
        page: Any = self.fields["page"]
        page.choices = list(_ends(definition))

    @property
    def ticked(self) -> set[str]:
        """Return what is ticked when the page is shown again."""
        return set(self["take"].value() or [])

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """Yield (anchor, label, message) for everything that is wrong."""
        for messages in self.errors.values():
            yield from (("", "", str(message)) for message in messages)

    def place(self) -> Place:
        """Return where the questions go."""
        page, _blank, section = self.cleaned_data["page"].partition(" ")
        return Place(page, section=section)


def _ends(definition: Raw) -> Iterator[tuple[str, str]]:
    """Yield (place, in words) for the end of each page and section."""
    for n, page in enumerate(definition["pages"], 1):
        words = {"n": n, "title": page.get("title", "")}
        yield page["code"], _g("Page %(n)d: %(title)s") % words
        for section in page.get("sections", []):
            words = {"n": n, "title": section["title"]}
            place = f"{page['code']} {section['code']}"
            yield place, _g("Page %(n)d, section “%(title)s”") % words
