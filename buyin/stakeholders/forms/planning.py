"""What people type of the engagement plan: what is to happen, and what came of it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.forms import AddressField
from buyin.accounts.models import User
from buyin.editing import SeenForm
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from buyin.stakeholders.actions import Outcome
from buyin.stakeholders.models import (
    Cadence,
    Engagement,
    Interest,
    Level,
    PlannedActivity,
    Stakeholder,
)
from buyin.stakeholders.wording import named

from .engagements import NOT_SAID
from .people import WithPeopleForm

ONCE = ("", _("Once"))


class ActivityForm(forms.Form):
    """What is to happen, who does it, and until when."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=Engagement.Kind.choices, widget=forms.RadioSelect
    )
    purpose = LineField(
        label=_("What it is for"),
        max_length=300,
        help_text=_("In one line, such as “Hear what stands in the way”."),
    )
    owner = AddressField(
        label=_("Who does it"),
        help_text=_("The mail address of somebody with an account. It waits for them from now on."),
    )
    due_on = forms.DateField(label=_("By when"))
    cadence = forms.TypedChoiceField(
        label=_("How often"),
        required=False,
        choices=[ONCE, *Cadence.choices],
        coerce=int,
        empty_value=None,
        help_text=_("When one is closed, the next is planned by itself."),
    )

    @staticmethod
    def initial_for(activity: PlannedActivity) -> dict[str, Any]:
        """Return what the form shows of an activity that is there."""
        noted = {name: getattr(activity, name) for name in ("kind", "purpose", "due_on", "cadence")}
        owner = activity.owner.email if activity.owner else ""
        return {**noted, "owner": owner}


class ActivityEditForm(SeenForm, ActivityForm):
    """The same of an activity that is there; of two who change it, the second is told."""


class PlanForm(WithPeopleForm, ActivityForm):
    """Something new, with whom it is and for which initiative."""

    NOBODY = _("Say with whom.")

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, required=False)
    initiative = InitiativeField(
        label=_("For which initiative"),
        required=False,
        empty_label=_("None, or several"),
    )
    field_order = ("kind", "purpose", "participants", "others", "initiative", "owner", "due_on")

    def __init__(
        self, *args: Any, user: User, likely: Sequence[Stakeholder], **kwargs: Any
    ) -> None:
        super().__init__(*args, user=user, likely=likely, **kwargs)
        fields: Any = self.fields
        fields["participants"].choices = [(one.pk, named(one)) for one in likely]
        fields["participants"].label = _("With whom")
        fields["others"].label = _("Others with whom")
        fields["initiative"].queryset = Initiative.objects.visible_to(user).order_by("name", "pk")
        self.initial.setdefault("made_by_form", uuid4())
        self.initial.setdefault("owner", user.email)
        self.initial.setdefault("kind", Engagement.Kind.MEETING)
        if not self.has_likely:
            fields["participants"].widget = forms.MultipleHiddenInput()

    def offered(self) -> QuerySet[Stakeholder]:
        """Return with whom this person may plan: those whose records they may change."""
        return Stakeholder.objects.changeable_by(self.user)


class CloseForm(forms.Form):
    """What happened: noted now, or in the log already; and how people stand after it, if known."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput, required=False)
    engagement = forms.ModelChoiceField(
        label=_("Is it in the log already?"),
        queryset=Engagement.objects.none(),
        required=False,
        empty_label=_("No, I note it here"),
    )
    kind = forms.ChoiceField(
        label=_("What it was"), choices=Engagement.Kind.choices, widget=forms.RadioSelect
    )
    day = forms.DateField(label=_("Day"))
    participants = forms.ModelMultipleChoiceField(
        label=_("Who took part"),
        queryset=Stakeholder.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    summary = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sentiment = forms.TypedChoiceField(
        label=_("How it went"),
        required=False,
        choices=[NOT_SAID, *Engagement.Sentiment.choices],
        coerce=int,
        empty_value=None,
    )
    is_confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Read only by you, who leads the initiative and the agency’s leads."),
    )

    def __init__(
        self,
        *args: Any,
        activity: PlannedActivity,
        logged: QuerySet[Engagement],
        interests: Sequence[Interest],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.interests = {f"level_{one.pk}": one for one in interests}
        fields: Any = self.fields
        people = activity.stakeholders.all()
        fields["participants"].queryset = people
        fields["engagement"].queryset = logged
        fields["engagement"].label_from_instance = _in_log
        for name, interest in self.interests.items():
            fields[name] = _level_field(interest)
        if self.interests:
            fields["why"] = LineField(label=_("Why you think so"), required=False, max_length=500)
        if not activity.cadence:
            fields["follow_up_on"] = forms.DateField(
                label=_("Speak again by"),
                required=False,
                help_text=_("It waits for you then, and you are reminded by mail."),
            )
        else:
            fields["goes_on"] = forms.BooleanField(
                label=_("Plan the next one"),
                required=False,
                initial=True,
                help_text=activity.get_cadence_display(),
            )
        for name, begun in (
            ("made_by_form", uuid4()),
            ("kind", activity.kind),
            ("day", timezone.localdate()),
            ("participants", [one.pk for one in people]),
        ):
            self.initial.setdefault(name, begun)

    @property
    def noted(self) -> list[forms.BoundField]:
        """Return the fields that note what happened."""
        names = ("kind", "day", "participants", "summary", "sentiment", "is_confidential")
        return [self[name] for name in names]

    @property
    def assessed(self) -> list[forms.BoundField]:
        """Return the fields that ask how people stand now; none where one may not say so."""
        return [self[name] for name in (*self.interests, *(["why"] if self.interests else []))]

    @property
    def following(self) -> forms.BoundField:
        """Return the field that asks what comes next."""
        return self["goes_on" if "goes_on" in self.fields else "follow_up_on"]

    def clean(self) -> dict[str, Any]:
        """Ask for what was said where it is not in the log."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("engagement"):
            if not typed.get("summary") and "summary" not in self.errors:
                self.add_error("summary", _("Say in a sentence what came of it."))
            if not typed.get("participants") and "participants" not in self.errors:
                self.add_error("participants", _("Say who took part."))
        return typed

    @property
    def outcome(self) -> Outcome:
        """Return what was typed, as the action takes it."""
        typed = self.cleaned_data
        said = {name: typed[name] for name in ("kind", "day", "summary", "sentiment")}
        levels = {one: typed[name] for name, one in self.interests.items()}
        return Outcome(
            engagement=typed["engagement"],
            participants=tuple(typed["participants"]),
            said={**said, "is_confidential": typed["is_confidential"]},
            levels={one: level for one, level in levels.items() if level is not None},
            why=typed.get("why", ""),
            goes_on=typed.get("goes_on", False),
            follow_up_on=typed.get("follow_up_on"),
        )


def _level_field(interest: Interest) -> forms.TypedChoiceField:
    words = {"level": interest.current_words}
    return forms.TypedChoiceField(
        label=_("How %(name)s stands now") % {"name": interest.stakeholder},
        required=False,
        choices=[("", _("Not assessed anew (noted: %(level)s)") % words), *Level.choices],
        coerce=int,
        empty_value=None,
    )


def _in_log(engagement: Engagement) -> str:
    people = ", ".join(str(one) for one in engagement.participants.all()[:3])
    return f"{engagement}: {people}"


class DropForm(forms.Form):
    """Why something will not happen."""

    why = forms.CharField(
        label=_("Why it is dropped"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is dropped: others planned with it.")},
    )

    def __init__(self, *args: Any, activity: PlannedActivity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if activity.cadence:
            self.fields["goes_on"] = forms.BooleanField(
                label=_("Only this one: plan the next"),
                required=False,
                help_text=activity.get_cadence_display(),
            )
