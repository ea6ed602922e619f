"""Several conditions of which all or one must hold, chosen in the builder and not written."""

import html

import pytest

from surveys.forms.conditions import taken_apart
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import make_draft_version
from tests.surveys.test_builder_questions import add, address, edit, fields_of, stored

HELPED, NOT_HELPED = "${helped} = 'yes'", "${helped} = 'no'"
USEFUL = "${useful} >= 4"


@pytest.fixture
def draft(cast):
    return make_draft_version()


def several(**fields):
    return {"shown": "several", "text": "How do you come?", **fields}


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        ("all", f"{HELPED} and {USEFUL}"),
        ("any", f"{HELPED} or {USEFUL}"),
        ("", f"{HELPED} and {USEFUL}"),
    ],
)
def test_a_question_is_asked_under_all_or_under_one_of_several_conditions(
    lead, draft, joined, expected
):
    add(lead, draft, "rating", **several(joined=joined, row_1=HELPED, row_3=USEFUL))

    assert stored(draft, "how_do_you_come")["show_if"] == expected


def test_the_form_shows_again_what_was_chosen_and_has_room_for_one_more(lead, draft):
    chosen = {"row_1": HELPED, "row_2": USEFUL, "row_3": NOT_HELPED}
    add(lead, draft, "rating", **several(joined="any", **chosen))

    shown = fields_of(lead.get(address(draft, "how_do_you_come/edit/")).text)

    assert {name: shown[name] for name in ("shown", "joined")} == {
        "shown": "several",
        "joined": "any",
    }
    assert {name: value for name, value in shown.items() if name.startswith("row_")} == {
        **chosen,
        "row_4": "",
    }
    edit(lead, draft, "how_do_you_come", joined="all", row_3="")
    assert stored(draft, "how_do_you_come")["show_if"] == f"{HELPED} and {USEFUL}"


def test_one_condition_or_the_same_twice_is_one(lead, draft):
    add(lead, draft, "rating", **several(joined="all", row_1=HELPED, row_2=HELPED))

    assert stored(draft, "how_do_you_come")["show_if"] == HELPED
    shown = fields_of(lead.get(address(draft, "how_do_you_come/edit/")).text)
    assert shown["shown"] == HELPED


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Condition 1: Choose a condition."),
        ({"row_2": "1 = 1"}, "Condition 2: Select a valid choice."),
        ({"row_1": HELPED, "joined": "most"}, "must hold?: Select a valid choice."),
    ],
)
def test_what_was_not_chosen_is_named(lead, draft, fields, message):
    answer = add(lead, draft, "rating", **several(**{"joined": "all", **fields}))

    assert answer.status_code == 200
    assert message in " ".join(html.unescape(answer.text).split())


def test_what_is_chosen_for_several_counts_for_several_only(lead, draft):
    add(lead, draft, "rating", **several(shown="", joined="all", row_1=HELPED))

    assert "show_if" not in stored(draft, "how_do_you_come")


def test_pages_are_shown_under_several_conditions_too(lead, cast):
    version = make_draft_version(EVERY_TYPE)
    page = version.definition["pages"][-1]["code"]
    way = f"/surveys/author/{version.survey_id}/pages/{page}/edit/"
    form = lead.get(way).context["form"]
    (_text, pairs) = next(one for one in form.fields["row_1"].choices if one[0])
    first, second = pairs[0][0], pairs[1][0]
    fields = {"title": "Last", "shown": "several", "joined": "any", "row_1": first, "row_2": second}

    answer = lead.post(way, {**fields, "revision": form["revision"].value()})

    assert answer.status_code == 302
    assert list(form.fields)[:5] == ["title", "intro", "shown", "joined", "row_1"]
    version.refresh_from_db()
    assert version.definition["pages"][-1]["show_if"] == f"{first} or {second}"


def test_without_two_conditions_there_are_none_to_join(lead, draft):
    first = draft.definition["pages"][0]["code"]
    form = lead.get(f"/surveys/author/{draft.survey_id}/pages/{first}/edit/").context["form"]

    assert "joined" not in form.fields
    assert [value for value, _words in form.fields["shown"].choices] == ["", "written"]


@pytest.mark.parametrize(
    "condition",
    ["", "a", "a and", "a and b or c", "a and d", "(a or b)", " and ".join("abcabcabc")],
)
def test_a_condition_that_was_written_is_not_taken_apart(condition):
    assert taken_apart(condition, "abc") == ("all", [])
