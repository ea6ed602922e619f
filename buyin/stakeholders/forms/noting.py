"""What is noted about a stakeholder: assessments, consent, relations, parts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from buyin.stakeholders.models import (
    ASSESSED,
    Confidence,
    ConsentKind,
    Interest,
    Level,
    Part,
    RelationshipKind,
    Source,
    Stakeholder,
    Strength,
)

NOT_ASSESSED = ("", _("Not assessed"))
POINTS = [
    NOT_ASSESSED,
    (1, _("1 – very low")),
    (2, _("2 – low")),
    (3, _("3 – medium")),
    (4, _("4 – high")),
    (5, _("5 – very high")),
]


def _number(label: Any, choices: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        required=False,
        coerce=int,
        empty_value=None,
        help_text=help_text,
    )


class AssessmentForm(forms.Form):
    """How a stakeholder stands on a day, and why. It begins with what is noted now."""

    template_name = "stakeholders/assessment.html"
    needed = ("current", "desired", "power", "interest", "rationale")

    on = forms.DateField(label=_("Day"))
    current = _number(_("Level now"), [NOT_ASSESSED, *Level.choices])
    desired = _number(_("Level wanted"), [NOT_ASSESSED, *Level.choices[1:]])
    desired_by = forms.DateField(label=_("Wanted by"), required=False)
    power = _number(_("Power"), POINTS, _("How much they can move or stop it."))
    interest = _number(_("Interest"), POINTS, _("How much it matters to them."))
    legitimacy = _number(_("Legitimacy"), POINTS, _("How rightful their claim to a say is."))
    urgency = _number(_("Urgency"), POINTS, _("How soon they need an answer."))
    impact = _number(_("Impact on them"), POINTS, _("How much it changes for them."))
    rationale = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What they said or did. Others read it beside the change."),
    )
    evidence = LineField(label=_("Evidence"), required=False, max_length=500)
    source = forms.ChoiceField(label=_("Source"), choices=Source.choices)
    confidence = _number(_("How sure are you?"), [NOT_ASSESSED, *Confidence.choices])

    @staticmethod
    def initial_for(interest: Interest) -> dict[str, Any]:
        """Return what the form begins with: what is noted now, for today."""
        noted = {name: getattr(interest, name) for name in ASSESSED}
        return {**noted, **_usual()}

    @property
    def first(self) -> list[forms.BoundField]:
        """Return what is needed of everybody."""
        return [self[name] for name in self.needed]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return what may be said besides."""
        return [self[name] for name in self.fields if name not in self.needed]

    @property
    def uses_more(self) -> bool:
        """Whether some of that says what is not usual, or has to be mended."""
        usual = _usual()
        return any(
            one.errors or one.field.has_changed(usual.get(one.name), one.value())
            for one in self.more
        )


def _usual() -> dict[str, Any]:
    """Return what nobody has to say: an assessment is of today and somebody's judgement."""
    return {"on": timezone.localdate(), "source": Source.MANUAL}


class ConsentForm(forms.Form):
    """What a person said about being contacted."""

    kind = forms.ChoiceField(
        label=_("What they said"), choices=ConsentKind.choices, widget=forms.RadioSelect
    )
    basis = LineField(
        label=_("How do we know?"),
        max_length=300,
        help_text=_("For instance “said so on the phone, 3 May”."),
    )


class InterestForm(forms.Form):
    """An initiative on whose list a stakeholder is put."""

    initiative = InitiativeField(label=_("Initiative"), empty_label=_("Choose one"))

    def __init__(self, *args: Any, user: User, stakeholder: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["initiative"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        on_it = stakeholder.interests.order_by().values("initiative")
        field.queryset = Initiative.objects.visible_to(user).exclude(pk__in=on_it)


class StakeholderNameField(LineField):
    """A stakeholder by name: the list offers those who are known, thousands fit no menu."""

    def found(self, user: User, text: str) -> Stakeholder:
        """Return the one current stakeholder with this name whom the person works with."""
        found = Stakeholder.objects.known_to(user).current().filter(name__iexact=text)[:2]
        if len(found) != 1:
            message = _("No stakeholder has exactly this name.")
            several = _("Several stakeholders have this name. Open the one you mean.")
            raise forms.ValidationError(several if found else message)
        return found[0]


class RelationForm(forms.Form):
    """What this stakeholder is to another one."""

    kind = forms.ChoiceField(label=_("This stakeholder"), choices=RelationshipKind.choices)
    second = StakeholderNameField(
        label=_("Whom"), max_length=200, help_text=_("Their name, as it stands in the list.")
    )
    strength = forms.TypedChoiceField(
        label=_("How strong"), choices=Strength.choices, coerce=int, initial=Strength.MEDIUM
    )
    starts_on = forms.DateField(label=_("Since"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_second(self) -> Stakeholder:
        """Return the stakeholder who is meant."""
        field = self.fields["second"]
        assert isinstance(field, StakeholderNameField)  # noqa: S101 - for the type checker
        return field.found(self.user, self.cleaned_data["second"])


class PartForm(forms.Form):
    """Who is what for a deliverable."""

    deliverable = LineField(
        label=_("Deliverable"), max_length=200, help_text=_("For instance “Go-live decision”.")
    )
    stakeholder = forms.ModelChoiceField(
        label=_("Stakeholder"), queryset=Stakeholder.objects.none(), empty_label=_("Choose one")
    )
    part = forms.ChoiceField(label=_("Part"), choices=Part.choices)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stakeholder"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        here = Stakeholder.objects.standing_alone().current()
        field.queryset = here.filter(interests__initiative=initiative)
