"""Choosing an initiative: a list for few; for many their name, or what no other name has."""

from typing import Any

import pytest
from django import forms

from buyin.initiatives.forms import choosing
from buyin.initiatives.forms.choosing import InitiativeField
from buyin.initiatives.models import Initiative
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db
NAMES = ("Form triage", "Letter drafting", "Letter sorting", "Pothole finder")

MANY = (
    "Many initiatives have this in their name, such as “Form triage”, “Letter drafting”, "
    "“Letter sorting”."
)


class Choice(forms.Form):
    """A form that asks for an initiative."""

    initiative = InitiativeField(label="Initiative", required=False, empty_label="All")

    def __init__(self, *args, rows=None, **kwargs):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["initiative"].queryset = Initiative.objects.all() if rows is None else rows


@pytest.fixture
def few():
    return [InitiativeFactory(name=name) for name in NAMES]


@pytest.fixture
def many(few, monkeypatch):
    monkeypatch.setattr(choosing, "MOST", 3)
    return few


def chosen(text, **options):
    """Return the initiative for what was typed, or the message against it."""
    form = Choice({"initiative": text}, **options)
    if form.is_valid():
        return form.cleaned_data["initiative"]
    return form.errors["initiative"][0]


def test_few_are_offered_in_a_list_by_name(few):
    widget = Choice()["initiative"].as_widget()

    places = [widget.index(words) for words in (">All<", *(f">{name}<" for name in NAMES))]
    assert places == sorted(places)


def test_of_few_one_is_chosen_by_its_id_and_nothing_else(few):
    assert chosen(str(few[1].pk)) == few[1]
    assert "Select a valid choice" in chosen("Letter drafting")
    assert chosen("") is None


def test_many_are_not_offered_but_named(many):
    form = Choice()
    widget = form["initiative"].as_widget()

    assert 'type="text"' in widget
    assert "<option" not in widget
    assert form.fields["initiative"].help_text == "Its name, or a part of it."


@pytest.mark.parametrize("typed", ["Form triage", "form TRIAGE", "  Form   triage ", "tria"])
def test_a_name_or_what_no_other_name_has_is_enough(many, typed):
    assert chosen(typed) == many[0]


def test_a_whole_name_counts_also_where_others_begin_with_it(many):
    same = InitiativeFactory(name="Letter")

    assert chosen("letter") == same


def test_a_link_names_it_by_id_and_the_field_shows_the_name(many):
    pk = str(many[3].pk)

    assert chosen(pk) == many[3]
    assert 'value="Pothole finder"' in Choice({"initiative": pk})["initiative"].as_widget()
    assert 'value="999999"' in Choice({"initiative": "999999"})["initiative"].as_widget()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Chatbot", "There is no initiative with this name."),
        ("letter", "Several initiatives have this in their name: “Letter drafting”, “Letter sorting”."),
        ("e", MANY),
        ("999999", "Select a valid choice. That choice is not one of the available choices."),
    ],
)  # fmt: skip
def test_what_names_none_or_several_is_said_with_names_that_come_near(many, typed, message):
    assert chosen(typed) == message


def test_what_was_typed_stays_in_the_field(many):
    assert 'value="Chatbot"' in Choice({"initiative": "Chatbot"})["initiative"].as_widget()


def test_nobody_finds_by_its_name_what_is_not_theirs_to_open(many, monkeypatch):
    monkeypatch.setattr(choosing, "MOST", 2)
    mine = Initiative.objects.exclude(pk=many[0].pk)

    assert chosen("Form triage", rows=mine) == "There is no initiative with this name."
    assert "Select a valid choice" in chosen(str(many[0].pk), rows=mine)
    shown = Choice({"initiative": str(many[0].pk)}, rows=mine)["initiative"].as_widget()
    assert "Form triage" not in shown


def test_two_of_the_same_name_are_told_apart_by_opening_them(many):
    Initiative.objects.bulk_create([Initiative(name="Form triage")])

    assert chosen("form triage").startswith("Several initiatives have this in their name")


@pytest.mark.parametrize(
    "address",
    ["/stakeholders/", "/stakeholders/log/", "/stakeholders/log/new/", "/stakeholders/plan/"],
)
def test_no_page_grows_with_the_number_of_initiatives(sign_in, cast, monkeypatch, address):
    for name in NAMES:
        InitiativeFactory(name=name, departments=[cast.roads])
    lead = sign_in("lead")
    monkeypatch.setattr(choosing, "MOST", 3)

    page = lead.get(address)

    assert page.status_code == 200
    assert ">Pothole finder</option>" not in page.text


def test_a_list_is_narrowed_by_a_typed_name(sign_in, cast, monkeypatch):
    monkeypatch.setattr(choosing, "MOST", 1)
    for name in NAMES:
        InitiativeFactory(name=name, departments=[cast.roads])

    answer = sign_in("lead").get("/stakeholders/", {"initiative": "pothole"})

    pothole = Initiative.objects.get(name="Pothole finder")
    assert answer.context["words"] == {"initiative": str(pothole.pk)}
