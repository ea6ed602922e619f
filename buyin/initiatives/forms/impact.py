"""What a lead answers in an impact assessment, one section a page; and a file with answers."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.assessment import (
    Question,
    Questionnaire,
    Section,
    UnreadableFileError,
    read_file,
)
from buyin.initiatives.assessment.files import LARGEST


class OpenChoiceField(forms.ChoiceField):
    """Choices that count, so not called optional; leaving them open is no error all the same."""

    def validate(self, value: Any) -> None:
        """Refuse only what is no choice."""
        if value:
            super().validate(value)


class OpenChoicesField(forms.MultipleChoiceField):
    """Several choices, of which none may be taken."""

    def validate(self, value: Any) -> None:
        """Refuse only what is no choice."""
        if value:
            super().validate(value)


class SectionForm(forms.Form):
    """The questions of a section that are asked, in one language.

    `shown` names the questions that the page held, `was_seen` stands for the answers that it showed:
    so nothing is lost that somebody else saved, nor what was typed to a question that is not asked
    any more.
    """

    use_required_attribute = False

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    was_seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(
        self,
        typed: Any = None,
        *,
        section: Section,
        asked: Iterable[Question],
        answers: Mapping[str, Any],
        language: str,
    ) -> None:
        super().__init__(typed, initial=dict(answers))
        self.names = [question.name for question in asked]
        if typed is not None:
            sent = typed.get("shown", "").split(",")
            self.names = [q.name for q in section.questions if q.name in sent]
        for question in section.questions:
            if question.name in self.names:
                self.fields[question.name] = _field(question, language)

    def show_again(self, was_seen: str, problem: object) -> None:
        """Show everything typed with the reason why it was not saved, and what is saved now."""
        typed: Any = copy(self.data)
        typed["was_seen"] = was_seen
        self.data = typed
        self.add_error(None, str(problem))

    def answers(self) -> dict[str, Any]:
        """Return what was answered to the questions that the page held; empty where nothing was."""
        return {name: self.cleaned_data[name] for name in self.names}


def _field(question: Question, language: str) -> forms.Field:
    label = question.text[language]
    choices = [(choice.key, choice.text[language]) for choice in question.choices]
    if question.kind == "radiogroup":
        return OpenChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if question.kind == "dropdown":
        return OpenChoiceField(label=label, choices=[("", _("Choose…")), *choices])
    if question.kind == "checkbox":
        several = forms.CheckboxSelectMultiple
        return OpenChoicesField(label=label, choices=choices, widget=several)
    widget = forms.TextInput() if question.kind == "text" else forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, max_length=question.longest, widget=widget)


class AnswersFileForm(forms.Form):
    """A file of the published tool."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The .json file that the published tool saved, or that was downloaded here."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, questions: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.answers: dict[str, Any] = {}
        self.left_out: list[str] = []

    def clean_file(self) -> UploadedFile:
        """Read the answers, or refuse the file with the reason."""
        uploaded: UploadedFile = self.cleaned_data["file"]
        try:
            found = read_file(uploaded.read(LARGEST + 1), self.questions)
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
        self.answers, self.left_out = found
        if not self.answers:
            raise forms.ValidationError(_("None of its answers belong to these questions."))
        return uploaded
