"""What people type about commitments: what is asked, and how far it is."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.filters import FilterForm
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.forms.records import RecordForm
from buyin.initiatives.models import Initiative
from buyin.lines import LineField
from buyin.stakeholders.actions.commitments import OF_GIVER
from buyin.stakeholders.models import Commitment, CommitmentEntry, Stakeholder
from buyin.stakeholders.wording import named

ALL = ("", _("All"))
LONGEST_SEARCH = 100
STANDS = [
    ALL,
    ("late", _("Late")),
    ("waiting", _("Nothing promised yet")),
    ("lapsed", _("Promised, but the time is over")),
    ("declined", _("Declined")),
    ("received", _("Received in full")),
]
Step = CommitmentEntry.Step
WORDS = {
    Step.REQUESTED: _("Requested: we ask for another amount now"),
    Step.PLEDGED: _("Pledged: said, and binds nobody"),
    Step.COMMITTED: _("Committed: signed or allotted"),
    Step.RECEIVED: _("Received: it is there and can be used"),
    Step.DECLINED: _("Declined: it will not be given"),
}


def _as_typed(amount: Decimal) -> str:
    """Return an amount as somebody types it: without cents where there are none."""
    return f"{amount:f}".removesuffix(".00")


class CommitmentForm(RecordForm):
    """What a stakeholder of the initiative is asked to give."""

    requested = forms.DecimalField(
        label=_("How much is requested"), max_digits=18, decimal_places=2, min_value=0
    )

    class Meta:
        model = Commitment
        fields = [
            "stakeholder", "kind", "title", "unit", "needed_by", "begins_on", "ends_on",
            "expires_on", "conditions",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "kind": forms.RadioSelect,
            "conditions": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = ("stakeholder", "kind", "title", "requested", "unit")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = Commitment.Kind.choices
        if self.instance.pk:
            self.initial["requested"] = _as_typed(self.instance.requested)
            del fields["stakeholder"]
            return
        givers = Stakeholder.objects.current().visible_to(user)
        here = givers.filter(interests__initiative=self.instance.initiative)
        fields["stakeholder"].queryset = here.select_related("person").order_by("name", "pk")
        fields["stakeholder"].label_from_instance = named
        fields["stakeholder"].empty_label = _("Choose one")
        fields["stakeholder"].help_text = _("Somebody on this initiative's list of people.")

    def clean_requested(self) -> Any:
        """Return the amount; nothing can be asked for that is nothing."""
        amount = self.cleaned_data["requested"]
        if not amount and not self.instance.pk:
            raise forms.ValidationError(_("Say how much is requested; it must be more than 0."))
        return amount


class EntryForm(RecordForm):
    """How much stands at a step from a day on."""

    amount = forms.DecimalField(
        max_digits=18,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("In all, as it stands from this day on; not what was added."),
    )

    class Meta:
        model = CommitmentEntry
        fields = ["step", "amount", "day", "note", "evidence", "link"]
        widgets: ClassVar[dict[str, Any]] = {
            "step": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, is_giver: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        commitment = self.instance.commitment
        asked = [one for one in Step if not is_giver or one in OF_GIVER]
        fields["step"].error_messages["required"] = _("Choose one of the steps.")
        fields["step"].choices = [(one.value, WORDS[one]) for one in asked]
        fields["amount"].label = _("Amount, in %(unit)s") % {"unit": commitment.unit}
        fields["link"].label = _("Where the evidence is to be read")
        self.initial["day"] = timezone.localdate()
        self.initial["amount"] = _as_typed(commitment.requested)


class CommitmentFilterForm(FilterForm):
    """Which commitments the list shows."""

    search = LineField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *Commitment.Kind.choices]
    )
    stands = forms.ChoiceField(label=_("How it stands"), required=False, choices=STANDS)
    initiative = InitiativeField(
        label=_("Initiative"),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        readable = Commitment.objects.visible_to(user).order_by()
        fields["initiative"].queryset = Initiative.objects.filter(
            pk__in=readable.values("initiative")
        )

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return dict(self.cleaned_data)
