"""What people type about success stories."""

from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from buyin.initiatives.models import Measurement, Story
from buyin.initiatives.wording import told_value

from .records import RecordForm


class MeasurementChoice(forms.ModelChoiceField):
    """A measurement of the initiative, with its number."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what was measured, and when."""
        return f"{told_value(obj)} ({date_format(obj.day)})"


class StoryForm(RecordForm):
    """A success story with the measurement behind it."""

    measurement = MeasurementChoice(
        label=_("Measurement that shows it"),
        queryset=Measurement.objects.none(),
        required=False,
        empty_label=_("None yet"),
        help_text=_("Without one a story stays a draft."),
    )

    class Meta:
        model = Story
        fields = [
            "title", "challenge", "done", "result", "measurement", "quote", "quoted", "consent_on",
            "consent_how", "outlook",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("challenge", "done", "result", "quote", "outlook")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Measurement.objects.standing().filter(
            benefit__initiative=self.instance.initiative_id
        )
        field: Any = self.fields["measurement"]
        field.queryset = rows.select_related("benefit").order_by("benefit__title", "-day", "-pk")
