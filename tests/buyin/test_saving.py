"""Saving what a form holds: what is refused stands where it belongs, and what was made comes back."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from buyin.saving import saved


class DayForm(forms.Form):
    day = forms.CharField()


def test_what_was_made_comes_back_and_the_form_says_nothing():
    form = DayForm({"day": "Monday"})

    assert saved(form, lambda: "made") == "made"
    assert form.errors == {}


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("Not now.", {"__all__": ["Not now."]}),
        ({"day": "Not then."}, {"day": ["Not then."]}),
        ({"owner": "Not they."}, {"__all__": ["Not they."]}),
        ({"day": "Not then.", "owner": "Not they."}, {"day": ["Not then."], "__all__": ["Not they."]}),
    ],
)  # fmt: skip
def test_what_an_action_refuses_stands_at_its_field_or_above_the_form(problem, told):
    def refuse():
        raise ValidationError(problem)

    form = DayForm({"day": "Monday"})

    assert saved(form, refuse) is None
    assert form.errors == told
