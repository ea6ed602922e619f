"""What an author may type: texts, audience, dates, anonymity."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any, Self

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from buyin.accounts.models import Department, in_tree_order
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from surveys.actions.authoring import Plan, Texts
from surveys.models import Anonymity, Kind, Survey, WavePlan

# What each promise means for the people who are asked, in words that the author can repeat.
PROMISES = {
    Anonymity.ANONYMOUS: _(
        "Anonymous. Nobody, not even an administrator, can see who answered what. People answer "
        "most openly. You can never ask back."
    ),
    Anonymity.CONFIDENTIAL: _(
        "Confidential. Answers are stored with the name, but results show groups only. Choose it "
        "when answers of several waves must be compared person by person."
    ),
    Anonymity.NAMED: _(
        "Named. The survey team sees who answered what. Choose it only when you have to act on "
        "single answers, and expect people to be careful."
    ),
}
# No calendar goes on for ever, and a day in another zone may be one later.
AFTER_ALL = date(2100, 1, 1)
EVERYBODY = "everybody"
SOME = "some"
PUBLIC = "public"


def within_reach(day: date) -> None:
    """Refuse a day so late that it can only be a slip of the finger."""
    if day >= AFTER_ALL:
        raise forms.ValidationError(_("Choose a day before the year 2100."))


class EditorForm(forms.Form):
    """A form that knows which state of the survey its author had seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def again(self, survey: Survey, message: object) -> Self:
        """Return this form with everything typed, the newest revision and this message."""
        typed: Any = copy(self.data)
        typed["revision"] = str(survey.revision)
        self.data = typed
        self.add_error(None, str(message))
        return self


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
    initiative = forms.ModelChoiceField(
        label=_("Initiative"),
        queryset=Initiative.objects.none(),
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

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.NEEDS)

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


class PlanForm(EditorForm):
    """Whom to ask, when, and how openly."""

    asks = forms.ChoiceField(
        label=_("Whom do you ask?"),
        choices=[
            (EVERYBODY, _("The whole agency")),
            (SOME, _("Only some departments")),
            (PUBLIC, _("Anybody who has the address, in public and without signing in")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom you ask.")},
    )
    departments = forms.MultipleChoiceField(
        label=_("Departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-shown-with": f"asks={SOME}"}),
        help_text=_(
            "Tick them if you do not ask the whole agency. A department stands for itself and "
            "everything under it."
        ),
    )
    opens_on = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput,
        validators=[within_reach],
        help_text=_("Empty: as soon as you publish."),
    )
    closes_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput,
        validators=[within_reach],
        error_messages={"required": _("Choose the last day.")},
    )
    anonymity = forms.ChoiceField(
        label=_("What can be known of who answered?"),
        choices=list(PROMISES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what can be known of who answered.")},
        help_text=_("It is printed on the first page and can never be changed for answers given."),
    )

    def __init__(self, *args: Any, people: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["departments"]
        self.found = {str(one.pk): one for one in Department.objects.all()}
        field.choices = [
            (str(one.pk), _label(depth, one, people.get(one.pk, 0)))
            for depth, one in in_tree_order(self.found.values())
        ]
        zone = timezone.get_default_timezone_name()
        self.fields["closes_on"].help_text = _(
            "People can answer until midnight of this day (time zone %(zone)s)."
        ) % {"zone": zone}

    @staticmethod
    def initial_of(plan: WavePlan, revision: int) -> dict[str, Any]:
        """Return what the form shows before anything is typed."""
        return {
            "asks": PUBLIC if plan.is_public else EVERYBODY if plan.asks_everybody else SOME,
            "departments": [str(pk) for pk in plan.departments.values_list("pk", flat=True)],
            "opens_on": plan.opens_on,
            "closes_on": plan.closes_on,
            "anonymity": plan.anonymity,
            "revision": revision,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse dates in the wrong order and an audience of nobody, each at its field."""
        cleaned = self.cleaned_data
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if cleaned.get("asks") == SOME and not cleaned.get("departments"):
            self.add_error("departments", _("Choose at least one department."))
        if cleaned.get("asks") == PUBLIC and cleaned.get("anonymity") != Anonymity.ANONYMOUS:
            self.add_error(
                "anonymity", _("Choose anonymous: in public nobody signs in, so nobody is known.")
            )
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("The last day must not be before the first."))
        return cleaned

    def plan(self) -> Plan:
        """Return what was chosen, for the action."""
        cleaned = self.cleaned_data
        return Plan(
            asks_everybody=cleaned["asks"] != SOME,
            is_public=cleaned["asks"] == PUBLIC,
            departments=[self.found[pk] for pk in cleaned["departments"]],
            opens_on=cleaned["opens_on"],
            closes_on=cleaned["closes_on"],
            anonymity=cleaned["anonymity"],
        )


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


def _label(depth: int, department: Department, people: int) -> str:
    """Return how a department reads in the list: set in by its depth, with its own people."""
    text = ngettext("%(name)s (%(n)d person)", "%(name)s (%(n)d people)", people)
    return "\u2003" * depth + text % {"name": department.name, "n": people}
