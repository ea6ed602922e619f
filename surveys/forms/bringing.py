"""What a lead says about a survey that comes from a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.formats.any_survey import LARGEST_FILE
from surveys.models import Kind

from .authoring import KIND_HINT, NewSurveyForm


class PurposeForm(forms.Form):
    """Why a survey is asked, where neither its file nor whoever brought it has said so."""

    purpose = NewSurveyForm.base_fields["purpose"]


class BringForm(NewSurveyForm):
    """The file of a survey, and what the portal has to know beside it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "An XLSForm (.xlsx, .xls), a LimeSurvey file (.lss) or a survey that was saved here (.json). "
            "Up to 10 MB."
        ),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("What the file says, else a needs survey")), *Kind.choices],
        required=False,
        help_text=KIND_HINT,
    )

    field_order = ["file", "title", "purpose", "kind", "initiative"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "purpose"):
            self.fields[name].required = False
        self.fields["title"].help_text = _("Left empty, it is the title that the file has.")
        self.fields["purpose"].help_text = _(
            "People read this before they start. Left empty, it is what the file says."
        )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large to be a survey."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        if (uploaded.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return uploaded

    def content(self) -> bytes:
        """Return the bytes of the file."""
        return bytes(self.cleaned_data["file"].read())

    def said(self) -> dict[str, str]:
        """Return what was typed, to be kept beside the file."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "purpose": cleaned["purpose"],
            "kind": cleaned["kind"],
            "language": get_language() or "",
            "initiative": str(cleaned["initiative"].pk),
        }
