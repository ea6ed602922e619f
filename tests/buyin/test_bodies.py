"""Bodies of programs: what does not hold is refused under the names that the body has."""

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as NotValid
from django.http import Http404
from rest_framework.serializers import ValidationError

from buyin.bodies import checked, departments_of, ids_of, saved, typed


class SentForm(forms.Form):
    day = forms.DateField()
    others = forms.IntegerField(required=False)

    def clean(self):
        raise NotValid("These do not go together.")


def refused_by(call, *args, **names):
    with pytest.raises(ValidationError) as problem:
        call(*args, **names)
    return problem.value.detail


@pytest.mark.parametrize("read", [checked, typed])
def test_a_form_is_refused_by_the_names_of_the_body_and_as_a_whole_in_detail(read):
    told = refused_by(read, SentForm({"day": "soon", "others": "-"}), others="people")

    assert told == {
        "day": ["Enter a valid date."],
        "people": ["Enter a whole number."],
        "detail": ["These do not go together."],
    }


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (NotValid("Not now."), {"detail": ["Not now."]}),
        (NotValid({"day": "Not then."}), {"day": ["Not then."]}),
        (NotValid({"__all__": "Not both."}), {"detail": ["Not both."]}),
    ],
)
def test_what_an_action_finds_wrong_is_told_by_field(problem, told):
    def act(**_fields):
        raise problem

    assert refused_by(saved, act) == told


def test_what_is_not_theirs_is_not_there():
    def act(**_fields):
        raise PermissionDenied

    with pytest.raises(Http404):
        saved(act)


def test_what_was_written_comes_back():
    assert saved(dict, day="today") == {"day": "today"}


def test_departments_come_in_the_order_of_their_codes_and_each_once(cast):
    assert departments_of(["roads", "clinic", "roads"]) == [cast.roads, cast.clinic]
    assert ids_of(["clinic"], "giver") == [cast.clinic.pk]


def test_the_first_code_that_there_is_not_is_refused_at_its_field(cast):
    told = refused_by(ids_of, ["roads", "moon", "sun"], "giver")

    assert told == {"giver": ["There is no department with the code “moon”."]}
