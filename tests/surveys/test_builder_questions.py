"""Writing one question of each type through its form."""

import html
import re

import pytest

from surveys.definitions import check
from surveys.models import Survey, SurveyVersion
from tests.factories.questions import EVERY_TYPE
from tests.factories.surveys import DEFINITION, make_draft_version, make_wave
from tests.surveys.untouched import untouched

NO_PARTS = {"part-TOTAL_FORMS": 0, "part-INITIAL_FORMS": 0}


@pytest.fixture
def draft(cast):
    return make_draft_version()


def address(version, part=""):
    return f"/surveys/author/{version.survey_id}/questions/{part}"


def stored(version, code):
    """The question with this code as it is stored now."""
    newest = SurveyVersion.objects.filter(survey=version.survey_id).order_by("-number")[0]
    assert check(newest.definition) == []
    pages = newest.definition["pages"]
    return next(q for page in pages for q in page["questions"] if q["code"] == code)


def revision(version):
    return Survey.objects.get(pk=version.survey_id).revision


def fields_of(page):
    """What a browser would send of the question on this page if nobody touched it."""
    return untouched(page, "shown")[1]


def add(client, version, kind, **fields):
    sent = {"revision": revision(version), "must": "no", "shown": "", **NO_PARTS, **fields}
    return client.post(address(version, f"new/{kind}/?page=needs"), sent)


def edit(client, version, code, **changes):
    """Open the form of a question, change these fields, and save it."""
    sent = fields_of(client.get(address(version, f"{code}/edit/")).text)
    for name, value in changes.items():
        sent[name.replace("__", "-")] = value
    return client.post(address(version, f"{code}/edit/"), sent)


CHOICES = [
    {"code": "by_bus", "text": "By bus"},
    {"code": "by_bike", "text": "By bike"},
]


def test_what_a_note_says_is_called_text_and_has_room(lead, draft):
    page = lead.get(address(draft, "new/note/?page=needs")).text

    assert re.search(r'<label[^>]*for="id_text"[^>]*>\s*Text\b', page)
    assert re.search(r'<textarea[^>]*name="text"[^>]*rows="5"', page)


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("single", {"added": "By bus\n\n  By bike "}, {"choices": CHOICES}),
        (
            "multiple",
            {"added": "By bus\nBy bike", "add_other": "on", "add_none": "on", "dont_know": "on"},
            {
                "choices": [
                    *CHOICES,
                    {"code": "something_else", "text": "Something else", "other": True},
                    {"code": "none_of_these", "text": "None of these", "exclusive": True},
                ],
                "dont_know": True,
            },
        ),
        ("ranking", {"added": "By bus\nBy bike"}, {"choices": CHOICES}),
        (
            "likert",
            {"scale": "agree5", "dimension": "skills", "reversed": "on"},
            {"scale": "agree5", "dimension": "skills", "reversed": True},
        ),
        (
            "matrix",
            {"scale": "often5", "added": "I walk.\nI run."},
            {
                "scale": "often5",
                "rows": [{"code": "i_walk", "text": "I walk."}, {"code": "i_run", "text": "I run."}],
            },
        ),
        ("rating", {"low": "Never", "high": "Always"}, {"low": "Never", "high": "Always"}),
        ("short_text", {"max_length": "80"}, {"max_length": 80}),
        ("long_text", {"help": "No names."}, {"help": "No names."}),
        ("number", {"unit": "km", "min": "0", "max": "2.5"}, {"unit": "km", "min": 0, "max": 2.5}),
        ("date", {"min": "2020-01-31", "max": "today"}, {"min": "2020-01-31", "max": "today"}),
        ("note", {}, {}),
        ("computed", {"value": "${hours} * 52"}, {"value": "${hours} * 52"}),
        (
            "number",
            {"must": "yes", "shown": "${helped} = 'yes'", "constraint": ". < 9", "constraint_message": "Less."},
            {
                "required": True,
                "show_if": "${helped} = 'yes'",
                "constraint": ". < 9",
                "constraint_message": "Less.",
            },
        ),
        (
            "rating",
            {"must": "if", "required_if": "${hours} > 2", "shown": "written", "show_if": "${hours} > 1"},
            {"required_if": "${hours} > 2", "show_if": "${hours} > 1"},
        ),
    ],
)  # fmt: skip
def test_a_question_of_each_type_is_added_as_it_was_typed(lead, draft, kind, typed, expected):
    answer = add(lead, draft, kind, text="How do you come?", **typed)

    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"] == f"{address(draft)}#question-how_do_you_come"
    code = "how_do_you_come"
    assert stored(draft, code) == {
        "code": code,
        "type": kind,
        "text": "How do you come?",
        **expected,
    }


@pytest.mark.parametrize("page", EVERY_TYPE["pages"], ids=lambda page: page["code"])
def test_saving_a_question_that_nobody_touched_changes_nothing(lead, cast, page):
    version = make_draft_version(EVERY_TYPE)

    for question in page["questions"]:
        answer = edit(lead, version, question["code"])
        assert answer.status_code == 302, question["code"]
        assert stored(version, question["code"]) == question


def test_the_preview_beside_a_question_begins_with_it(lead, cast):
    version = make_draft_version(EVERY_TYPE)
    frame = f"/surveys/author/{version.survey_id}/frame/"

    for number, page in enumerate(EVERY_TYPE["pages"], 1):
        preview = lead.get(f"{frame}{number}/").text
        for question in page["questions"]:
            if question["type"] != "computed":
                beside = lead.get(address(version, f"{question['code']}/edit/")).text
                assert f'src="{frame}{number}/?from={question["code"]}"' in beside
                assert preview.count(f'id="question-{question["code"]}"') == 1
    begun = lead.get(f"{frame}1/?from=%22x").text
    assert 'data-begin="question-&quot;x"' in begun
    assert "data-begin" not in preview


def test_choices_are_reworded_moved_removed_and_added_and_keep_their_codes(lead, draft):
    edit(
        lead,
        draft,
        "reasons",
        part__0__text="Answering sooner",
        part__0__ORDER="3",
        part__1__DELETE="on",
        part__2__kind="other",
        part__2__ORDER="1",
        part__2__show_if="${useful} > 3",
        added="Learning",
    )

    assert stored(draft, "reasons")["choices"] == [
        {"code": "other", "text": "Something else", "other": True, "show_if": "${useful} > 3"},
        {"code": "speed", "text": "Answering sooner"},
        {"code": "learning", "text": "Learning"},
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"part__1__DELETE": "on", "part__2__DELETE": "on"}, "Write at least two choices, one a"),
        ({"part__0__kind": "other"}, "Only one choice can ask for other words."),
    ],
)
def test_choices_that_would_not_do_are_refused_in_words_of_the_form(lead, cast, typed, message):
    version = make_draft_version(EVERY_TYPE)

    refused = edit(lead, version, "main", **typed)

    assert message in refused.text
    assert "question 3" not in refused.text
    assert stored(version, "main") == EVERY_TYPE["pages"][0]["questions"][2]


def test_rows_of_a_matrix_are_edited_with_what_they_measure(lead, draft):
    edit(
        lead,
        draft,
        "statements",
        part__0__dimension="skills",
        part__1__text="",
        added="I was asked.",
    )

    assert stored(draft, "statements")["rows"] == [
        {"code": "told", "text": "I was told what will change.", "dimension": "skills", "required": True},
        {"code": "i_was_asked", "text": "I was asked."},
    ]  # fmt: skip


def test_a_scale_of_its_own_leaves_the_scale_of_other_questions_alone(lead, draft):
    edit(lead, draft, "useful", scale="own", points="Not at all\nA bit\nVery")

    draft.refresh_from_db()
    assert stored(draft, "useful")["scale"] == "scale1"
    assert [p["text"] for p in draft.definition["scales"]["scale1"]] == [
        "Not at all",
        "A bit",
        "Very",
    ]
    assert draft.definition["scales"]["agree5"] == DEFINITION["scales"]["agree5"]


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("rating", {"text": " "}, "Question: Write the question."),
        ("rating", {"text": "x" * 501}, "Ensure this value has at most 500 characters"),
        ("single", {"added": "Only one"}, "Choices: Write at least two choices, one a line."),
        ("multiple", {"added": "\n".join(map(str, range(101)))}, "“choices” has too many parts: at most 100"),
        ("matrix", {"scale": "agree5"}, "Statements: Write them here, one a line."),
        ("ranking", {"added": " "}, "Choices: Write them here, one a line."),
        ("likert", {"scale": "own", "points": "One"}, "Write 2 to 11 points, one a line."),
        ("likert", {"scale": "nowhere"}, "Select a valid choice."),
        ("number", {"min": "3", "max": "2"}, "Largest number: This is less than the smallest number."),
        ("number", {"min": "three"}, "Smallest number: Enter a number."),
        ("date", {"min": "31.1.2026"}, "First day allowed: Write a day such as 2026-01-31, or today."),
        ("date", {"min": "2026-02-31"}, "“2026-02-31” is no day of the calendar."),
        ("long_text", {"max_length": "0"}, "greater than or equal to 1"),
        ("computed", {"value": ""}, "Value: This field is required."),
        ("computed", {"value": "${hours} *"}, "The condition stops where a value should follow. (character"),
        ("rating", {"must": "if"}, "Must be answered if: Write the condition."),
        ("rating", {"shown": "written"}, "Asked only if: Write the condition."),
        ("rating", {"shown": "written", "show_if": "${nobody} = 1"}, "Asked only if: There is no question “nobody”"),
        ("rating", {"shown": "written", "show_if": ". = 1"}, "has a meaning in constraints only"),
        ("rating", {"constraint": "age > 3"}, "Put “age” in quotes, or write ${age} for an answer. (character 1)"),
        ("rating", {"text": "You said ${nothing}?"}, "There is no question “nothing” to take an answer from."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_with_its_field_and_nothing_typed_is_lost(
    lead, draft, kind, typed, message
):
    fields = {"text": "How <far>?", "help": "Kept & safe", **typed}
    answer = add(lead, draft, kind, **fields)

    shown = html.unescape(answer.text)
    assert answer.status_code == 200
    assert message in " ".join(shown.split())
    if kind != "computed":
        assert 'value="Kept &amp; safe"' in answer.text
    assert revision(draft) == 1


@pytest.mark.parametrize("field", ["text", "help", "constraint_message"])
def test_a_text_that_repeats_no_answer_is_named_in_the_summary_with_a_link(lead, draft, field):
    answer = add(lead, draft, "number", **{"text": "Which?", field: "As at ${nobody}."})

    assert re.search(rf'href="#id_{field}"[^<]+There is no question “nobody” to take', answer.text)
    assert "question 5" not in answer.text, "it is said once, at its field"


@pytest.mark.parametrize(
    "part",
    ["questions/wish/edit/", "questions/new/number/", "pages/new/", "pages/needs/edit/",
     "pages/needs/sections/new/"],
)  # fmt: skip
def test_a_form_tells_the_codes_of_the_answers_that_it_can_repeat(lead, draft, part):
    page = html.unescape(lead.get(f"/surveys/author/{draft.survey_id}/{part}").text)

    told = dict(re.findall(r"<dt><code>(\S+)</code></dt>\s*<dd>([^<]+)</dd>", page))
    assert told["${useful}"] == "The assistant is useful for my work."
    assert told["${told}"] == "I was told what will change.", (
        "a row of a matrix has an answer of its own"
    )
    assert ("${wish}" in told) is ("wish" not in part)
    assert "${statements}" not in told, "its rows are answered, not the matrix"


def test_a_part_with_a_wrong_condition_is_named_in_the_summary_with_a_link(lead, draft):
    answer = edit(lead, draft, "reasons", part__1__show_if="${useful} >")

    assert 'href="#id_part-1-show_if"' in answer.text
    assert "Offered only if: The condition stops" in " ".join(answer.text.split())


def test_of_two_editors_of_a_question_the_second_is_told_and_loses_nothing(lead, draft, sign_in):
    other = sign_in("administrator")
    late = fields_of(other.get(address(draft, "wish/edit/")).text)
    edit(lead, draft, "wish", text="The first wish")
    late["text"] = "The second wish"

    told = other.post(address(draft, "wish/edit/"), late)

    assert "changed this while you were typing" in told.text
    assert "The second wish" in told.text
    assert stored(draft, "wish")["text"] == "The first wish"

    other.post(address(draft, "wish/edit/"), fields_of(told.text))
    assert stored(draft, "wish")["text"] == "The second wish"


def test_what_was_typed_in_a_question_that_somebody_removed_can_be_added_again(
    lead, draft, sign_in
):
    late = fields_of(lead.get(address(draft, "wish/edit/")).text)
    late["text"] = "A long wish that took time"
    remove = {"do": "question:remove:wish", "revision": 1}
    sign_in("administrator").post(address(draft, "arrange/"), remove)

    told = lead.post(address(draft, "wish/edit/"), late)

    assert "Somebody else has removed this question." in told.text
    assert "A long wish that took time" in told.text
    lead.post(*untouched(told.text, "shown"))
    assert stored(draft, "a_long_wish_that")["text"] == "A long wish that took time"


def test_a_published_question_keeps_its_code_when_it_is_reworded(lead, cast):
    wave = make_wave(cast.roads)

    edit(lead, wave.version, "wish", text="What do you wish for?")

    wave.version.refresh_from_db()
    assert wave.version.definition == DEFINITION
    assert stored(wave.version, "wish")["text"] == "What do you wish for?"


@pytest.mark.parametrize("part", ["edit", "move", "type"])
def test_a_question_whose_code_is_a_word_of_an_address_has_its_pages(lead, draft, part):
    for text in ("New", "Bank", "Undo", "Arrange"):
        add(lead, draft, "short_text", text=text)

        assert lead.get(address(draft, f"{text.lower()}/{part}/")).status_code == 200


def test_the_next_question_can_be_added_at_once_at_the_same_place(lead, draft):
    where = address(draft, "new/note/?page=work&before=helped")
    fields = {"revision": 1, "text": "Think of last week.", "shown": "", "then": "another"}

    answer = lead.post(where, fields)

    assert answer.headers["Location"] == address(draft, "new/?page=work&before=helped")
    draft.refresh_from_db()
    codes = [q["code"] for q in draft.definition["pages"][0]["questions"]]
    assert codes == ["useful", "reasons", "think_of_last_week", "helped", "statements"]


def test_a_question_goes_to_any_place(lead, draft):
    shown = lead.get(address(draft, "wish/move/"))
    assert "Before “Did anybody show you how it works?”" in shown.text

    answer = lead.post(address(draft, "wish/move/"), {"revision": 1, "where": "work helped"})

    assert answer.headers["Location"] == f"{address(draft)}#question-wish"
    draft.refresh_from_db()
    codes = [q["code"] for q in draft.definition["pages"][0]["questions"]]
    assert codes == ["useful", "reasons", "wish", "helped", "statements"]


def test_of_two_who_move_a_question_the_second_is_told_and_keeps_the_place(lead, draft, sign_in):
    lead.post(address(draft, "wish/move/"), {"revision": 1, "where": "work helped"})

    late = {"revision": 1, "where": "work useful"}
    told = sign_in("administrator").post(address(draft, "wish/move/"), late)

    assert "changed this while you were typing" in told.text
    assert untouched(told.text, "where")[1].dict() == {"revision": "2", "where": "work useful"}


def test_there_is_no_form_for_what_is_not_there(lead, draft):
    assert lead.get(address(draft, "nothing/edit/")).status_code == 404
    assert lead.post(address(draft, "nothing/edit/"), {"type": "x"}).status_code == 404
    assert lead.get(address(draft, "nothing/move/")).status_code == 404
    assert lead.get(address(draft, "new/file/")).status_code == 404
    assert lead.get(address(draft, "new/?page=nowhere")).status_code == 200


def test_who_does_not_write_surveys_writes_no_question(sign_in, draft):
    staff = sign_in("staff")

    assert add(staff, draft, "note", text="Hello").status_code == 404
    assert staff.get(address(draft, "wish/edit/")).status_code == 404
    assert revision(draft) == 1
