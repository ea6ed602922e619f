"""What people type about benefits, measurements and states."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.accounts.models import User
from buyin.filters import FilterForm
from buyin.initiatives.models import Benefit, Initiative, Measurement
from buyin.initiatives.wording import state_words
from buyin.lines import LineField

from .choosing import InitiativeField
from .records import OwnedForm, RecordForm

ALL = ("", _("All"))
LONGEST_SEARCH = 100


class NumberField(forms.DecimalField):
    """A number that is shown without needless zeros."""

    def prepare_value(self, value: Any) -> Any:
        """Return the number as people write it, and what was typed as it was."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


class BenefitForm(OwnedForm):
    """A benefit with its baseline and target."""

    reason = LineField(
        label=_("Why is it changed?"),
        required=False,
        max_length=500,
        help_text=_(
            "Needed where indicator, unit, direction, baseline or target change after somebody has "
            "measured. Before and after stay readable."
        ),
    )

    class Meta:
        model = Benefit
        fields = [
            "title", "is_disbenefit", "category", "kind", "description", "feature", "affected",
            "owner", "indicator", "unit", "direction", "baseline_value", "baseline_on",
            "target_value", "target_on", "source",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "kind": forms.RadioSelect,
            "direction": forms.RadioSelect,
        }
        field_classes: ClassVar[dict[str, Any]] = {
            "baseline_value": NumberField,
            "target_value": NumberField,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "indicator": _(
                "What is measured, such as “Median days to decide”. Needed with its unit, but for "
                "the class “qualitative”."
            ),
            "baseline_value": _("What was measured before anything changed, and on which day."),
            "target_value": _("What it is to reach, and by which day."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for a number and its day together, at the one of them that is empty."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        baseline = _("A baseline is a number and the day it was taken: give both.")
        target = _("A target is a number and a day to meet it by: give both.")
        self.ask_for_both("baseline_value", "baseline_on", str(baseline))
        self.ask_for_both("target_value", "target_on", str(target))
        return typed


class MeasurementForm(RecordForm):
    """One value, typed on a phone in under a minute: two fields, the rest if there is time."""

    class Meta:
        model = Measurement
        fields = ["value", "day", "n", "begins_on", "method", "link", "note"]
        widgets: ClassVar[dict[str, Any]] = {
            "value": forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes: ClassVar[dict[str, Any]] = {"value": NumberField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        benefit = self.instance.benefit
        words = {"indicator": benefit.indicator or benefit.title, "unit": benefit.unit}
        label = _("%(indicator)s, in %(unit)s") if benefit.unit else _("%(indicator)s")
        self.fields["value"].label = str(label) % words

    @property
    def first(self) -> list[forms.BoundField]:
        """Return what has to be typed."""
        return [self[name] for name in ("value", "day")]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return what may be added."""
        return [self[name] for name in ("n", "begins_on", "method", "link", "note")]

    @property
    def has_more_errors(self) -> bool:
        """Whether something that may be added has to be mended."""
        return any(field.errors for field in self.more)


class StateForm(forms.Form):
    """How a benefit stands, and why."""

    state = forms.ChoiceField(label=_("State"), choices=Benefit.State.choices)
    reason = LineField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Needed where it is not realised or withdrawn."),
    )

    def __init__(self, *args: Any, benefit: Benefit, **kwargs: Any) -> None:
        kwargs["initial"] = {"state": benefit.state}
        super().__init__(*args, **kwargs)
        named: Any = self.fields["state"]
        named.choices = [(code, state_words(benefit, code)) for code in Benefit.State.values]
        if benefit.is_disbenefit:
            self.fields["reason"].help_text = _("Needed where it is beyond its limit or withdrawn.")


class BenefitFilterForm(FilterForm):
    """Which benefits the register shows."""

    search = LineField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[ALL, *Benefit.Category.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *Benefit.State.choices]
    )
    initiative = InitiativeField(
        label=_("Initiative"),
        required=False,
        empty_label=_("All"),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        readable = Benefit.objects.visible_to(user).order_by()
        fields["initiative"].queryset = Initiative.objects.filter(
            pk__in=readable.values("initiative")
        )
        fields["owner"].queryset = User.objects.filter(pk__in=readable.values("owner")).order_by(
            "name", "pk"
        )

    def wanted(self) -> dict[str, Any]:
        """Return what was asked for; what cannot be read asks for nothing."""
        self.is_valid()
        return dict(self.cleaned_data)
