"""What an author may type: the texts of a survey, and a later end."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from surveys.actions.authoring import Texts
from surveys.models import Kind, Survey

from .editing import EditorForm

# No calendar goes on for ever, and a day in another zone may be one later.
AFTER_ALL = date(2100, 1, 1)


KIND_HINT = _(
    "People whom you ask answer a survey; a pulse is a very short one, and anybody can answer a "
    "public one. Interviews and tests are filled in by whoever sits with the participant."
)


def within_reach(day: date) -> None:
    """Refuse a day so late that it can only be a slip of the finger."""
    if day >= AFTER_ALL:
        raise forms.ValidationError(_("Choose a day before the year 2100."))


class NewSurveyForm(forms.Form):
    """A title, a reason and an initiative for a survey that starts from a template."""

    title = LineField(
        label=_("Title"),
        max_length=200,
        error_messages={"required": _("Write a title.")},
        help_text=_("What people see first, as a question or a call."),
    )
    purpose = forms.CharField(
        label=_("Why you ask"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why you ask.")},
        help_text=_(
            "People read this before they start: why you ask and what you will do with it."
        ),
    )
    initiative = InitiativeField(
        label=_("Initiative"),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose an initiative.")},
    )

    def __init__(self, *args: Any, initiatives: QuerySet[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["initiative"]
        field.queryset = initiatives

    def texts(self) -> Texts:
        """Return what was typed, for the action."""
        cleaned = self.cleaned_data
        return Texts(
            title=cleaned["title"],
            purpose=cleaned["purpose"],
            initiative=cleaned["initiative"],
            intro=cleaned.get("intro", ""),
        )


class BlankSurveyForm(NewSurveyForm):
    """The same for a survey that starts without questions."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Kind.choices,
        initial=Kind.NEEDS,
        help_text=KIND_HINT,
    )

    field_order = ["title", "purpose", "kind", "initiative"]


class TextsForm(EditorForm, NewSurveyForm):
    """The texts of a survey that exists."""

    intro = forms.CharField(
        label=_("Introduction"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The first words on the first page."),
    )

    @staticmethod
    def initial_of(survey: Survey, intro: str) -> dict[str, Any]:
        """Return what the form shows before anything is typed."""
        return {
            "title": survey.title,
            "purpose": survey.purpose,
            "initiative": survey.initiative_id,
            "intro": intro,
            "revision": survey.revision,
        }


class ExtendForm(forms.Form):
    """A later last day for a wave that is running."""

    closes_on = forms.DateField(
        label=_("New last day"),
        widget=forms.DateInput,
        validators=[within_reach],
        error_messages={"required": _("Choose the new last day.")},
    )

    def day(self) -> date:
        """Return the day that was chosen."""
        chosen: date = self.cleaned_data["closes_on"]
        return chosen


class ResumeForm(forms.Form):
    """When a paused wave goes on: until its last day, or a later one."""

    closes_on = forms.DateField(
        label=_("New last day"),
        required=False,
        widget=forms.DateInput,
        validators=[within_reach],
        help_text=_("Empty: the last day stays as it is."),
    )

    def chosen(self) -> date | None:
        """Return the day that was chosen, if one was."""
        chosen: date | None = self.cleaned_data["closes_on"]
        return chosen
