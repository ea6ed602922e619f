"""What a lead says about an inventory file: whose it is, and what its columns and words mean."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.models import InventoryImport
from buyin.initiatives.record import BY_NAME, GROUPS
from buyin.lines import LineField
from buyin.spreadsheets import LARGEST_FILE, UnreadableError, decoded
from buyin.tables.columns import Learned
from buyin.tables.meaning import MeaningForm

BESIDE, AS_TEXT = "", ""


class InventoryFileForm(forms.Form):
    """A file, whose inventory it is, and whether persons' addresses give way to the mailbox."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A CSV or JSON file, up to 25 MB. You see what will happen before it does."),
        error_messages={"required": _("Choose a file.")},
    )
    source = LineField(
        label=_("Whose inventory is it?"),
        required=False,
        max_length=200,
        help_text=_(
            "Leave it empty if it is ours. What you say about its columns is remembered under "
            "this name."
        ),
    )
    hides_addresses = forms.BooleanField(
        label=_("Put our public mailbox for persons' mail addresses"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.AGENCY_CONTACT:
            del self.fields["hides_addresses"]

    def clean_file(self) -> UploadedFile:
        """Refuse what is no text, with the reason."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        try:
            decoded(uploaded.read(LARGEST_FILE + 1))
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from error
        return uploaded

    def kept(self) -> dict[str, Any]:
        """Return what is kept of the file."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        uploaded.seek(0)
        return {
            "name": uploaded.name or "",
            "content": uploaded.read(),
            "source": self.cleaned_data["source"],
            "hides_addresses": self.cleaned_data.get("hides_addresses", False),
        }


class InventoryMeaningForm(MeaningForm):
    """What each column without a field holds, and what each word that is no choice stands for.

    With `also_known` it asks for the columns, too, that their names put into a field.
    """

    def __init__(
        self, *args: Any, run: InventoryImport, also_known: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, known=cast("Learned", run.mapping), **kwargs)
        self.ask_columns(run.report["columns"], _fields_but, also_known=also_known)
        self.ask_words(
            run.report["strange"], labels=lambda name: BY_NAME[name].label, choices=_codes_of
        )


def _fields_but(taken: set[str]) -> list[tuple[str, Any]]:
    """Return the fields that no column holds yet, under the headings of the record."""
    groups: list[tuple[Any, Any]] = [
        (group.label, [(one.name, one.label) for one in group.fields if one.name not in taken])
        for group in GROUPS
    ]
    beside = (BESIDE, _("Nothing of the record: keep it beside"))
    return [beside, *[group for group in groups if group[1]]]


def _codes_of(name: str) -> list[tuple[str, Any]]:
    codes = [(choice.value, choice.label) for choice in BY_NAME[name].choices]
    return [(AS_TEXT, _("Keep it as text")), *codes]
