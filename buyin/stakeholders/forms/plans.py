"""Which part of the engagement plan is shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from buyin.stakeholders.models import Engagement, PlannedActivity
from buyin.stakeholders.queries import plans

from .engagements import ALL, LONGEST_SEARCH

STANDS = (
    (plans.OPEN, _("Still to be done")),
    (plans.OVERDUE, _("Overdue")),
    (plans.SOON, _("Due within two weeks")),
    (plans.DONE, _("Done")),
    (plans.DROPPED, _("Dropped")),
    (plans.ALL, _("All")),
)


class PlanFilterForm(forms.Form):
    """Which activities the plan shows: those still to be done, unless others are asked for."""

    search = LineField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)
    stands = forms.ChoiceField(label=_("How it stands"), required=False, choices=STANDS)
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    kind = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[ALL, *Engagement.Kind.choices]
    )
    initiative = InitiativeField(
        label=_("Initiative"),
        required=False,
        empty_label=_("All"),
    )

    def __init__(
        self, *args: Any, user: User, initiative: Initiative | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.of_one = initiative
        readable = PlannedActivity.objects.visible_to(user).order_by()
        if initiative:
            readable = readable.filter(initiative=initiative)
            del fields["initiative"]
        else:
            found = Initiative.objects.filter(pk__in=readable.values("initiative"))
            fields["initiative"].queryset = found
        owners = User.objects.filter(pk__in=readable.values("owner")).order_by("name", "pk")
        people = owners.values_list("pk", "name")
        fields["owner"].choices = [ALL, (plans.MINE, _("Me")), *people]

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        asked = dict(self.cleaned_data)
        if self.of_one:
            asked["initiative"] = self.of_one
        return {**asked, "stands": asked.get("stands") or plans.OPEN}
