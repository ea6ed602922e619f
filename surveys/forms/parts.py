"""The choices of a question and the rows of a matrix, as an author types them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.lines import LineField
from surveys.building import Raw
from surveys.definitions import DIMENSIONS

from .conditions import ExpressionField

KEPT = ("code", "text", "show_if", "dimension", "reversed", "required", "exclusive", "other")
ORDINARY, EXCLUSIVE, OTHER = "", "exclusive", "other"
DIMENSION_CHOICES = [
    ("", _("None")),
    ("commitment", _("Commitment")),
    ("confidence", _("Confidence")),
    ("skills", _("Skills")),
    ("resources", _("Resources")),
    ("openness", _("Openness")),
]


class PartForm(forms.Form):
    """One choice or one row that is there already; emptied or ticked to remove, it goes."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    text = LineField(label=_("Text"), max_length=500, required=False)
    show_if = ExpressionField(
        label=_("Offered only if"), required=False, help_text=_("A condition. Empty: always.")
    )

    def __init__(self, *args: Any, known: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["show_if"].known = known  # type: ignore[attr-defined]

    def part(self) -> Raw:
        """Return what was typed, without what is empty."""
        cleaned = self.cleaned_data
        part = {name: cleaned[name] for name in KEPT if cleaned.get(name)}
        if cleaned.get("kind"):
            part[cleaned["kind"]] = True
        return part


class ChoiceForm(PartForm):
    """A choice of several, or of one."""

    kind = forms.ChoiceField(
        label=_("What it does"),
        required=False,
        choices=[
            (ORDINARY, _("An ordinary choice")),
            (OTHER, _("Asks for own words")),
            (EXCLUSIVE, _("Excludes all others")),
        ],
    )


class SingleChoiceForm(PartForm):
    """A choice where only one can be chosen, so that none can exclude others."""

    kind = forms.ChoiceField(
        label=_("What it does"),
        required=False,
        choices=[(ORDINARY, _("An ordinary choice")), (OTHER, _("Asks for own words"))],
    )


class RowForm(PartForm):
    """A statement of a matrix."""

    dimension = forms.ChoiceField(
        label=_("Dimension of readiness"), required=False, choices=DIMENSION_CHOICES
    )
    reversed = forms.BooleanField(label=_("Agreeing means less ready"), required=False)
    required = forms.BooleanField(label=_("Must be answered"), required=False)


class Parts(forms.BaseFormSet):
    """All choices or rows, in the order of their places."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Give each part a place and a box that removes it, in our words."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["ORDER"].widget.attrs["min"] = 1
        form.fields["DELETE"].label = _("Remove")

    def parts(self) -> list[Raw]:
        """Return those that stay, in their order."""
        found = [form.part() for form in self.ordered_forms]
        return [part for part in found if part.get("text")]


FORMS: dict[str, type[PartForm]] = {
    "single": SingleChoiceForm,
    "multiple": ChoiceForm,
    "ranking": PartForm,
    "matrix": RowForm,
}
MOST = 100
assert {code for code, _label in DIMENSION_CHOICES if code} == set(DIMENSIONS)  # noqa: S101


def parts_form(
    kind: str, data: Any, parts: list[Raw], *, known: frozenset[str]
) -> "forms.BaseFormSet[Any] | None":
    """Return the form for the choices or rows of a type of question, None where it has none."""
    if kind not in FORMS:
        return None
    made = forms.formset_factory(
        FORMS[kind],
        formset=Parts,
        extra=0,
        can_order=True,
        can_delete=True,
        max_num=MOST,
        absolute_max=2 * MOST,
    )
    initial = [{**part, "kind": _kind(part)} for part in parts]
    return made(data, initial=initial, prefix="part", form_kwargs={"known": known})


def _kind(part: Raw) -> str:
    return next((name for name in (EXCLUSIVE, OTHER) if part.get(name)), ORDINARY)
