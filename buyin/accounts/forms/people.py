"""Looking people up, their accounts and their roles."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import (
    LONGEST_TAG,
    Department,
    Role,
    User,
    in_tree_order,
    indented,
    tag_names,
    tags_text,
    tree_choices,
)
from buyin.lines import LineField


class State:
    """Which accounts a list shows."""

    OPEN, CLOSED, ALL = "open", "closed", "all"
    CHOICES = [(OPEN, _("Open accounts")), (CLOSED, _("Closed accounts")), (ALL, _("All"))]


class TagsField(LineField):
    """The names of tags, with commas or semicolons between them."""

    def clean(self, value: Any) -> Any:
        """Return the names; refuse one that is too long."""
        names = tag_names(super().clean(value))
        if any(len(name) > LONGEST_TAG for name in names):
            message = _("A tag has at most %(longest)d characters.")
            raise forms.ValidationError(message % {"longest": LONGEST_TAG})
        return names


class DepartmentChoiceField(forms.ModelChoiceField):
    """Departments in the order of the tree, indented by their depth."""

    def show_tree(self, departments: list[Department], **ends: Any) -> None:
        """Offer these departments; `empty` names the first choice."""
        self.choices = [("", ends["empty"]), *tree_choices(departments)]


class SearchForm(forms.Form):
    """Words, department, role and state by which people are looked up."""

    q = forms.CharField(label=_("Name or mail address"), required=False, max_length=100)
    department = forms.SlugField(label=_("Department"), required=False, widget=forms.Select)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Any role")), *Role.choices]
    )
    state = forms.ChoiceField(label=_("Accounts"), required=False, choices=State.CHOICES)

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(d.code, indented(depth, d.name)) for depth, d in in_tree_order(departments)]
        self.fields["department"].widget.choices = [
            ("", _("All departments")),
            *lines,
        ]


class PersonForm(forms.Form):
    """One account, as the roster knows it."""

    name = LineField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Mail address"), help_text=_("They sign in with it."))
    department = DepartmentChoiceField(
        label=_("Department"), queryset=Department.objects.none(), required=False
    )
    tags = TagsField(
        label=_("Tags"),
        required=False,
        max_length=1000,
        help_text=_("With commas between them. A survey can ask everybody with a tag."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, DepartmentChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Department.objects.filter(pk__in=[d.pk for d in departments])
        field.show_tree(departments, empty=_("None"))
        zones = [(zone, zone) for zone in sorted(available_timezones())]
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", _("The agency's")),
            *zones,
        ]

    @staticmethod
    def initial_for(person: User) -> dict[str, Any]:
        """Return what the form shows for this person."""
        return {
            "name": person.name,
            "email": person.email,
            "department": person.department_id,
            "tags": tags_text(tag.name for tag in person.tags.all()) if person.pk else "",
            "time_zone": person.time_zone,
        }


class RoleForm(forms.Form):
    """A role to grant, for a department or for the whole agency; neither is chosen beforehand."""

    AGENCY = "agency"

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose one")), *Role.choices])
    department = forms.TypedChoiceField(label=_("For"))

    def __init__(
        self, *args: Any, departments: list[Department], agency: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found = {str(department.pk): department for department in departments}
        whole = [(self.AGENCY, _("The whole agency"))] if agency else []
        field = self.fields["department"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", _("Choose one")), *whole, *tree_choices(departments)]
        field.coerce = found.get
