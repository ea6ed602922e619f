"""Which initiatives the list shows, and in which order."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import Department, User, tree_choices
from buyin.filters import FilterForm
from buyin.initiatives.models import Stage
from buyin.initiatives.queries import Search


class SearchForm(FilterForm):
    """Words, stage, department, lead and order."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("All")), *Stage.choices]
    )
    department = forms.ChoiceField(label=_("Department that it reaches"), required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    show = forms.ChoiceField(
        label=_("What waits"),
        required=False,
        choices=[("", _("All")), ("overdue", _("A milestone is overdue"))],
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("By name")),
            ("stage", _("By stage")),
            ("lead", _("By lead")),
            ("news", _("Newest update first")),
        ],
    )

    def __init__(self, *args: Any, leads: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["department"].choices = [("", _("All")), *tree_choices(Department.objects.all())]
        fields["lead"].choices = [
            ("", _("All")),
            (Search.MINE, _("I lead it")),
            (Search.NOBODY, _("Nobody leads it")),
            *((str(one.pk), str(one)) for one in leads),
        ]

    def wanted(self) -> Search:
        """Return what is looked for; what cannot be read asks for nothing."""
        self.is_valid()
        typed = self.cleaned_data
        department = typed.get("department")
        return Search(
            words=typed.get("q", ""),
            stage=typed.get("stage", ""),
            department=int(department) if department else None,
            lead=typed.get("lead", ""),
            show=typed.get("show", ""),
            order=typed.get("order") or "name",
        )
