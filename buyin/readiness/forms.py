"""The choice of initiative, week and department on the readiness pages."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from buyin import periods
from buyin.accounts.models import Department
from buyin.initiatives.models import Initiative

from .models import Snapshot


class Choice(forms.Form):
    """What to look at; it is sent by GET, so that an address can be kept and passed on."""

    # A browser would take "All departments", which is empty, for a field that was forgotten.
    use_required_attribute = False

    initiative = forms.ChoiceField(label=_("Initiative"))
    week = forms.ChoiceField(label=_("Answers until"))
    department = forms.ChoiceField(label=_("Department"))

    def fill(
        self,
        *,
        initiatives: Iterable[Initiative],
        results: Sequence[Snapshot],
        departments: Iterable[Department],
        has_all: bool,
    ) -> "Choice":
        """Offer these choices, and all departments together where the person sees them all."""
        every = [("", _("All departments"))] if has_all else []
        self._offer("initiative", [(str(i.pk), i.name) for i in initiatives])
        self._offer("week", _named(results))
        self._offer("department", every + [(d.code, d.name) for d in departments])
        return self

    def _offer(self, name: str, choices: list) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices


def _named(results: Sequence[Snapshot]) -> list[tuple[str, str]]:
    """Return each result by the day of its last answers, and by its wave where a day has two."""
    days = [_day_of(result) for result in results]
    return [
        (result.period, f"{day} – {result.source}" if days.count(day) > 1 else day)
        for result, day in zip(results, days, strict=True)
    ]


def _day_of(result: Snapshot) -> str:
    """Return the day of the last answers, or the week where nobody knows it."""
    day = result.closed_on
    return date_format(day, "DATE_FORMAT") if day else periods.name_of(result.period)
