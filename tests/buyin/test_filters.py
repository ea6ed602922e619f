"""Filters of long lists: the first are always there, the others until they are used only by name."""

import pytest
from django import forms

from buyin.filters import FilterForm
from tests.factories.initiatives import InitiativeFactory

WORDS = ("one", "two", "three", "four", "five")


def form_with(*names, data=None, **initial):
    """Return a form of filters with text fields of these names."""
    fields = {name: forms.CharField(required=False, initial=initial.get(name)) for name in names}
    return type("Filters", (FilterForm,), fields)(data)


def names(fields):
    return [field.name for field in fields]


def test_the_first_three_of_many_are_shown_at_once():
    form = form_with(*WORDS)

    assert names(form.first) == ["one", "two", "three"]
    assert names(form.more) == ["four", "five"]


@pytest.mark.parametrize("many", [0, 1, 3, 4])
def test_of_few_none_is_folded_away_and_never_one_alone(many):
    form = form_with(*WORDS[:many])

    assert len(form.first) == many
    assert form.more == []
    assert not form.uses_more


@pytest.mark.parametrize(
    ("data", "is_used"),
    [
        (None, False),
        ({}, False),
        ({"one": "x"}, False),
        ({"four": ""}, False),
        ({"four": "x"}, True),
        ({"five": "usual"}, False),
        ({"five": "other"}, True),
    ],
)
def test_they_unfold_where_one_of_them_asks_for_something(data, is_used):
    data = data if data is None else {"five": "usual"} | data
    assert form_with(*WORDS, data=data, five="usual").uses_more is is_used


def test_a_link_that_names_only_what_it_asks_for_unfolds_none_of_the_others():
    assert not form_with(*WORDS, data={"one": "x"}, five="usual").uses_more


@pytest.mark.parametrize(
    ("address", "hidden"),
    [
        ("/stakeholders/", "quadrant"),
        ("/initiatives/", "lead"),
        ("/initiatives/benefits/", "state"),
    ],
)
def test_a_list_folds_filters_away_and_still_has_all_of_them(sign_in, cast, address, hidden):
    InitiativeFactory(departments=[cast.roads])

    page = " ".join(sign_in("lead").get(address).text.split())

    assert '<details class="filters__more" >' in page
    assert f'name="{hidden}"' in page


def test_a_list_that_is_narrowed_by_a_folded_filter_shows_it(sign_in, cast):
    lead = sign_in("lead")
    asked = {"state": "current", "sort": "name", "q": "a"}

    usual = " ".join(lead.get("/stakeholders/", asked).text.split())
    narrowed = " ".join(lead.get("/stakeholders/", asked | {"gap": "behind"}).text.split())

    assert '<details class="filters__more" open>' not in usual
    assert '<details class="filters__more" open>' in narrowed


def test_a_filter_that_there_is_not_is_told_at_its_field(sign_in, cast):
    page = " ".join(sign_in("lead").get("/stakeholders/", {"quadrant": "x"}).text.split())

    assert "There is a problem" in page
    assert '<details class="filters__more" open>' in page
