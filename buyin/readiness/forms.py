"""The choice of initiative, week and department on the readiness pages."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin import periods
from buyin.accounts.models import Department
from buyin.initiatives.models import Initiative


class Choice(forms.Form):
    """What to look at; it is sent by GET, so that an address can be kept and passed on."""

    # A browser would take "All departments", which is empty, for a field that was forgotten.
    use_required_attribute = False

    initiative = forms.ChoiceField(label=_("Initiative"))
    week = forms.ChoiceField(label=_("Week"))
    department = forms.ChoiceField(label=_("Department"))

    def fill(
        self,
        *,
        initiatives: Iterable[Initiative],
        weeks: Iterable[str],
        departments: Iterable[Department],
        has_all: bool,
    ) -> "Choice":
        """Offer these choices, and all departments together where the person sees them all."""
        every = [("", _("All departments"))] if has_all else []
        self._offer("initiative", [(str(i.pk), i.name) for i in initiatives])
        self._offer("week", [(week, periods.name_of(week)) for week in weeks])
        self._offer("department", every + [(d.code, d.name) for d in departments])
        return self

    def _offer(self, name: str, choices: list) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices
