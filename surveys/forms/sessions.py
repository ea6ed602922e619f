"""What an interviewer may type: consent, where a participant comes from, themes, tasks."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, tree_choices
from buyin.lines import LineField
from surveys.actions.sessions import Agreed, Participant
from surveys.models import Consent, Session, Theme, UsabilityTask

from .editing import RecordForm

OUTSIDE = "outside"
CONSENT_TEXT = _(
    "I take part of my own free will and can stop at any time. Notes are taken, without my name. "
    "They are read by the survey team of this initiative only. What I say goes into the results "
    "together with what others say. I can withdraw later; then my notes are deleted. Whether my "
    "words may be quoted, I decide now."
)
YES, NO = "yes", "no"


class NewSessionForm(forms.Form):
    """Consent first, then where the participant comes from."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput)
    consent_text = forms.CharField(
        label=_("Read this to the participant, or let them read it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write down what the participant agrees to.")},
        help_text=_("Change it where your agency has its own words. It is kept with the session."),
    )
    consent = forms.ChoiceField(
        label=_("How did they agree?"),
        choices=Consent.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Ask for consent first. Without it nothing can be written down.")
        },
    )
    may_quote = forms.ChoiceField(
        label=_("May their words be quoted, without a name?"),
        choices=[(YES, _("Yes")), (NO, _("No, only in summary"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask whether their words may be quoted.")},
    )
    place = forms.ChoiceField(
        label=_("Where does the participant come from?"),
        error_messages={"required": _("Choose a department, or “outside the agency”.")},
    )
    role_group = LineField(
        label=_("What kind of work do they do?"),
        max_length=60,
        required=False,
        help_text=_(
            "A group of several people, such as “case workers”. Never a name, and no title that "
            "only one person has."
        ),
    )
    held_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput,
        error_messages={"required": _("Choose the day of the session.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(one.pk): one for one in Department.objects.all()}
        field: Any = self.fields["place"]
        field.choices = [
            ("", _("Choose one")),
            (OUTSIDE, _("Outside the agency")),
            *tree_choices(self.found.values()),
        ]

    @staticmethod
    def initial_with(consent_text: str) -> dict[str, Any]:
        """Return what the form shows first: the words used the last time, and today."""
        return {
            "made_by_form": uuid4(),
            "consent_text": consent_text or CONSENT_TEXT,
            "held_on": timezone.localdate(),
        }

    def clean_held_on(self) -> Any:
        """Refuse a day that has not come."""
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def participant(self) -> Participant:
        """Return where the participant comes from, for the action."""
        place = self.cleaned_data["place"]
        return Participant(
            department=self.found.get(place),
            is_outside=place == OUTSIDE,
            role_group=self.cleaned_data["role_group"],
        )

    def agreed(self) -> Agreed:
        """Return what was agreed to, for the action."""
        return Agreed(
            text=self.cleaned_data["consent_text"],
            consent=self.cleaned_data["consent"],
            may_quote=self.cleaned_data["may_quote"] == YES,
        )


class ConsentForm(forms.Form):
    """Whether the words of a participant may be quoted, decided again."""

    may_quote = forms.ChoiceField(
        label=_("May their words be quoted, without a name?"),
        choices=[(YES, _("Yes")), (NO, _("No, only in summary"))],
        widget=forms.RadioSelect,
    )

    @staticmethod
    def initial_of(session: Session) -> dict[str, Any]:
        """Return what the participant has decided so far."""
        return {"may_quote": YES if session.may_quote else NO}


class ThemeForm(forms.Form):
    """A theme in a few words."""

    name = LineField(
        label=_("Theme"),
        max_length=80,
        error_messages={"required": _("Write what the theme is called.")},
        help_text=_("A few words, such as “Who answers for a mistake?”"),
    )
    meaning = LineField(
        label=_("What belongs to it"),
        max_length=300,
        required=False,
        help_text=_("So that two people choose the same theme for the same note."),
    )

    def theme(self, theme: Theme) -> Theme:
        """Return the theme with what was typed."""
        theme.name, theme.meaning = self.cleaned_data["name"], self.cleaned_data["meaning"]
        return theme


class ThemeEditForm(RecordForm, ThemeForm):
    """A theme that is there, in other words."""


class ThemeMergeForm(forms.Form):
    """Another theme that takes over all notes of this one."""

    into = forms.ChoiceField(
        label=_("Put it together with"),
        error_messages={"required": _("Choose the theme that stays.")},
    )

    def __init__(self, *args: Any, others: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        field: Any = self.fields["into"]
        field.choices = [
            ("", _("Choose one")),
            *((pk, one.name) for pk, one in self.others.items()),
        ]

    def chosen(self) -> Theme:
        """Return the theme that stays."""
        return self.others[self.cleaned_data["into"]]


class TaskForm(forms.Form):
    """A task of a usability test."""

    name = LineField(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Write what the task is called.")},
        help_text=_("For you and the results, such as “Find out what is missing”."),
    )
    instruction = forms.CharField(
        label=_("What you say to the participant"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you say to the participant.")},
        help_text=_("Give a situation and a goal, not the way there."),
    )
    criterion = LineField(
        label=_("It is done when"),
        max_length=300,
        error_messages={"required": _("Write by what you see that it is done.")},
        help_text=_("What you can see without asking, the same for every participant."),
    )

    def task(self, task: UsabilityTask) -> UsabilityTask:
        """Return the task with what was typed."""
        for name in TaskForm.base_fields:
            setattr(task, name, self.cleaned_data[name])
        return task


class TaskEditForm(RecordForm, TaskForm):
    """A task that is there, in other words."""
