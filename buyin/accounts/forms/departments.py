"""A unit of the agency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department
from buyin.lines import LineField

from .addresses import AddressField
from .people import DepartmentChoiceField


class DepartmentForm(forms.Form):
    """One department: its place in the tree, its head and its size."""

    name = LineField(label=_("Name"), max_length=120)
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Letters, digits and hyphens. Files and addresses use it."),
        error_messages={"invalid": _("Use letters, digits, hyphens and underscores only.")},
    )
    parent = DepartmentChoiceField(
        label=_("Part of"), queryset=Department.objects.all(), required=False
    )
    head = AddressField(
        label=_("Head"), required=False, help_text=_("The mail address of the person.")
    )
    headcount = forms.IntegerField(
        label=_("Headcount"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("People on the roster who belong directly to this department."),
    )

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, DepartmentChoiceField)  # noqa: S101 - for the type checker
        field.show_tree(departments, empty=_("Nothing: it stands at the top"))

    @staticmethod
    def initial_for(department: Department) -> dict[str, Any]:
        """Return what the form shows for this department."""
        return {
            "name": department.name,
            "code": department.code,
            "parent": department.parent_id,
            "head": department.head.email if department.head else "",
            "headcount": department.headcount,
        }
