"""What the survey team types about needs and what is done about them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.forms import AddressField
from buyin.accounts.models import Department, User, tree_choices
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from surveys.models import Frequency, Need, Remedy, Severity
from surveys.models.needs import NeedQuerySet

from .editing import EditorForm, RecordForm

ALL = ("", _("All"))


def departments_to_choose() -> tuple[dict[str, Department], list[tuple[str, str]]]:
    """Return all departments by the text of their id, and the same as choices in their tree."""
    found = {str(one.pk): one for one in Department.objects.all()}
    return found, tree_choices(found.values())


class NeedForm(forms.Form):
    """A need in plain words, rated by how many have it and how bad it is."""

    made_by_form = forms.UUIDField(widget=forms.HiddenInput)
    is_another = forms.BooleanField(required=False, widget=forms.HiddenInput)
    statement = LineField(
        label=_("What do people need?"),
        max_length=300,
        error_messages={"required": _("Write what people need.")},
        help_text=_(
            "One plain sentence from their side, such as “I need to see why an application was "
            "sorted last.” Everybody reads it: no names, and nobody's own words without consent."
        ),
    )
    initiative = InitiativeField(
        label=_("Initiative"),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose an initiative.")},
    )
    frequency = forms.TypedChoiceField(
        label=_("How many of those concerned?"),
        choices=Frequency.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how many have this need.")},
    )
    severity = forms.TypedChoiceField(
        label=_("How bad is it when nothing is done?"),
        choices=Severity.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how bad it is.")},
    )
    owner = AddressField(
        label=_("Who takes care of it?"),
        required=False,
        help_text=_("Their mail address. They find it under “For you” until something is done."),
    )
    departments = forms.MultipleChoiceField(
        label=_("Departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Where the need was heard. Others read a department only where enough people there "
            "stand behind it."
        ),
    )

    def __init__(self, *args: Any, initiatives: QuerySet[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["initiative"].queryset = initiatives
        self.found, fields["departments"].choices = departments_to_choose()

    def need(self, need: Need) -> Need:
        """Return the need with what was typed."""
        for name in ("statement", "initiative", "frequency", "severity", "owner"):
            setattr(need, name, self.cleaned_data[name])
        return need

    def chosen(self) -> Sequence[Department]:
        """Return the departments that were ticked."""
        return [self.found[pk] for pk in self.cleaned_data["departments"]]


class NeedEditForm(EditorForm, NeedForm):
    """A need that is there, put in other words or rated otherwise."""

    @staticmethod
    def initial_of(need: Need) -> dict[str, Any]:
        """Return what the form shows of a need as it is now."""
        return {
            "made_by_form": need.made_by_form,
            "revision": need.revision,
            "departments": [str(one.pk) for one in need.departments.all()],
            "owner": need.owner.email if need.owner else "",
            **{n: getattr(need, n) for n in ("statement", "initiative", "frequency", "severity")},
        }


class RemedyForm(forms.Form):
    """What is done about a need."""

    kind = forms.ChoiceField(
        label=_("What is done?"),
        choices=Remedy.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is done.")},
    )
    text = LineField(
        label=_("In plain words"),
        max_length=300,
        error_messages={"required": _("Write what is done, or why nothing is done for now.")},
    )
    link = LineField(
        label=_("Page about it"),
        max_length=200,
        required=False,
        help_text=_("An address that begins with https:// or, in this portal, with /."),
    )
    due = forms.DateField(label=_("By"), required=False, widget=forms.DateInput)

    def clean_link(self) -> str:
        """Refuse an address that leads nowhere or runs a script."""
        link: str = self.cleaned_data["link"]
        if not link or (link.startswith("/") and not link.startswith(("//", "/\\"))):
            return link
        try:
            URLValidator(schemes=["https", "http"])(link)
        except ValidationError:
            raise forms.ValidationError(_("Write an address that begins with https://.")) from None
        return link

    def remedy(self, need: Need) -> Remedy:
        """Return what was typed."""
        return self.changed(Remedy(need=need))

    def changed(self, remedy: Remedy) -> Remedy:
        """Return a remedy that is there with what was typed."""
        for name in RemedyForm.base_fields:
            setattr(remedy, name, self.cleaned_data[name])
        return remedy


class RemedyEditForm(RecordForm, RemedyForm):
    """What is done about a need, said otherwise."""


class NeedFilterForm(forms.Form):
    """Which needs the list shows."""

    department = forms.ChoiceField(label=_("Department"), required=False)
    initiative = InitiativeField(
        label=_("Initiative"),
        required=False,
        empty_label=_("All"),
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ALL, *Need.Status.choices]
    )
    show = forms.ChoiceField(
        label=_("What waits"),
        required=False,
        choices=[
            ALL,
            ("nobody", _("Nobody takes care of it")),
            ("overdue", _("Something is overdue")),
            ("mine", _("I take care of it")),
        ],
    )

    def __init__(self, *args: Any, initiatives: QuerySet[Initiative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["initiative"].queryset = initiatives
        self.found, choices = departments_to_choose()
        fields["department"].choices = [ALL, *choices]

    def filtered(self, needs: NeedQuerySet, *, user: User) -> QuerySet[Need]:
        """Return those that were asked for; what cannot be read asks for nothing."""
        self.is_valid()
        if department := self.cleaned_data.get("department"):
            needs = needs.filter(departments=department)
        if initiative := self.cleaned_data.get("initiative"):
            needs = needs.filter(initiative=initiative)
        if status := self.cleaned_data.get("status"):
            needs = needs.filter(status=status)
        show = self.cleaned_data.get("show")
        if show == "nobody":
            return needs.unanswered().not_taken_care_of()
        if show == "overdue":
            return needs.with_overdue(timezone.localdate())
        return needs.filter(owner=user) if show == "mine" else needs


class MergeForm(forms.Form):
    """Another need that means the same and stays."""

    into = forms.ChoiceField(
        label=_("It means the same as"),
        error_messages={"required": _("Choose the need that stays.")},
    )

    def __init__(self, *args: Any, others: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        field: Any = self.fields["into"]
        rows = ((pk, one.statement) for pk, one in self.others.items())
        field.choices = [("", _("Choose one")), *rows]

    def chosen(self) -> Need:
        """Return the need that stays."""
        return self.others[self.cleaned_data["into"]]
