"""What may be typed about a panel."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buyin.accounts.roster import decode
from buyin.lines import LineField
from buyin.spreadsheets import UnreadableError
from surveys.formats.addresses import MOST, AddressList, read_addresses

SHOWN = 5


class AddressesField(forms.CharField):
    """Mail addresses, however they are listed; lines without one are named."""

    widget = forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})


def refused(found: AddressList) -> list[str]:
    """Return what is wrong with a list of addresses, line by line, and the rest as a number."""
    words = _("Line %(number)d: there is no mail address in “%(text)s”.")
    said = [str(words) % {"number": n, "text": text} for n, text in found.bad[:SHOWN]]
    left = len(found.bad) - SHOWN
    if left > 0:
        more = ngettext("And %(n)d more line.", "And %(n)d more lines.", left)
        said.append(more % {"n": left})
    if len(found.addresses) > MOST:
        said.append(str(_("More than %(most)d addresses. Use fewer.")) % {"most": MOST})
    return said


def text_of(file: UploadedFile | None) -> str:
    """Return the text of a file that was sent with a form; a ValidationError says what is wrong."""
    if file is None:
        return ""
    try:
        return decode(file.read())
    except UnreadableError as error:
        raise forms.ValidationError(str(error)) from error


class PanelForm(forms.Form):
    """What a new panel is called."""

    name = LineField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Write a name.")},
        help_text=_("For example: Testers of the permit assistant."),
    )
    purpose = LineField(label=_("What it is for"), max_length=300, required=False)


class AddPeopleForm(forms.Form):
    """People to add, by their mail addresses."""

    addresses = AddressesField(
        label=_("Mail addresses"),
        required=False,
        help_text=_(
            "One or several a line, with or without names; paste them from a mail or a table."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text=_("CSV or text, up to 5 MB."),
    )

    def clean(self) -> dict[str, Any]:
        """Read all addresses; refuse lines without one."""
        cleaned = self.cleaned_data
        file = text_of(cleaned.get("file"))
        found = read_addresses(cleaned.get("addresses", ""), file)
        if problems := refused(found):
            raise forms.ValidationError(problems)
        if not found.addresses and not self.errors:
            self.add_error("addresses", _("Write at least one mail address."))
        cleaned["found"] = found
        return cleaned

    def with_left(self, unknown: list[str]) -> "AddPeopleForm":
        """Return a form that holds the addresses that were of no use, and says so."""
        text = "\n".join(unknown)
        form = AddPeopleForm({"addresses": text})
        form.full_clean()
        words = ngettext(
            "%(n)d address belongs to nobody whom you may look up. Nobody was added for it.",
            "%(n)d addresses belong to nobody whom you may look up. Nobody was added for them.",
            len(unknown),
        )
        form.add_error("addresses", words % {"n": len(unknown)})
        return form
