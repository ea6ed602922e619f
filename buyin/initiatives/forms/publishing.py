"""Small forms around the record: reviewing, publishing and taking back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from buyin.lines import LineField


class ReviewForm(forms.Form):
    """When to look at the record again."""

    next_due = forms.DateField(label=_("Look at it again by"), widget=forms.DateInput)


class PublishForm(forms.Form):
    """What is new in the published record, and which version was read before."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = LineField(
        label=_("What is new for readers"),
        required=False,
        max_length=300,
        help_text=_("One sentence that stands in the register. You may leave it empty."),
    )

    shows_benefits = forms.BooleanField(
        label=_("Also show what was measured of its benefits, good and bad"), required=False
    )


class TakeBackForm(forms.Form):
    """Why a record leaves the register."""

    reason = LineField(label=_("Why is it taken back?"), max_length=300)
