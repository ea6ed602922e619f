"""Forms in spreadsheets that come in: what each row becomes, and the account of the rest."""

import pytest

from buyin.workbooks import RefusedFileError
from surveys.definitions import check
from surveys.formats.xlsform import read_xlsform
from tests.surveys.forms import CHOICES, form

MORE = "type name label hint required relevant appearance constraint calculation choice_filter parameters"


def read(*rows, header=MORE, **sheets):
    found = read_xlsform(form(*rows, header=header, **sheets))
    assert check(found.definition) == []
    return found


def questions(found):
    return [question for page in found.definition["pages"] for question in page["questions"]]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("text|q|Say", {"type": "short_text"}),
        ("string|q|Say||||multiline", {"type": "long_text"}),
        ("integer|q|How many", {"type": "number"}),
        ("date|q|When", {"type": "date"}),
        ("range|q|0 to 10||||||||start=0;end=10;step=1", {"type": "rating"}),
        (
            "range|q|Per cent||||||||start=0 end=100 step=5",
            {"type": "number", "min": 0, "max": 100},
        ),
        ("note|q|Read", {"type": "note"}),
        ("select_one yn|q|?", {"type": "single"}),
        ("select one from yn|q|?", {"type": "single"}),
        ("select_one yn|q|?||||likert", {"type": "likert", "scale": "yn"}),
        ("select all that apply from yn|q|?", {"type": "multiple"}),
        ("rank yn|q|?", {"type": "ranking"}),
        ("calculate|q||||||| 1 + 1", {"type": "computed", "value": "1 + 1"}),
        ("text|q|Say||yes", {"required": True}),
        ("text|q|Say||no", {"type": "short_text"}),
        ("date|q|Say|A hint||||. <= today()", {"help": "A hint", "constraint": ". <= today()"}),
        ("time|q|When", {"type": "short_text"}),
        ("acknowledge|q|Fine", {"type": "note"}),
    ],
)
def test_a_row_becomes_a_question(row, expected):
    found = read(row)

    (question,) = questions(found)
    assert question.items() >= {"code": "q", **expected}.items()
    assert (found.rows, found.taken) == (1, 1)
    assert not list(found.lost())


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("geopoint|q|Where", "A (type)", "Places cannot be given here."),
        ("image|q|See", "A (type)", "Pictures, recordings, files and scans cannot be given here."),
        (
            "deviceid|q|",
            "A (type)",
            ("Surveys here record nothing about the device or the person beside the answers."),
        ),
        ("select_one_from_file a.csv|q|Which", "A (type)", "Lists in other files cannot be read."),
        (
            "get sim id|q|",
            "A (type)",
            "Surveys here record nothing about the device or the person beside the answers.",
        ),
        (
            "set form title|q|",
            "A (type)",
            "Old forms name themselves in such a row. Type the title beside the file.",
        ),
        ("hologram|q|Show", "A (type)", "The type “hologram” is not known."),
        ("select_one none|q|Which", "A (type)", "There is no list “none” in the sheet of choices."),
        (
            "calculate|q|||||| |once(1)",
            "I (calculation)",
            "It cannot be used: There is no function “once”. (character 1)",
        ),
        ("|q|Forgotten", "A (type)", "The row has no type."),
    ],
)
def test_what_cannot_come_in_is_told_with_its_sheet_row_and_column(row, column, why):
    found = read("text|known|Known", row)

    (remark,) = found.remarks
    assert (remark.sheet, remark.row, remark.column, remark.why) == ("survey", 3, column, why)
    assert (found.rows, found.taken) == (2, 1)


@pytest.mark.parametrize(
    ("rows", "column", "value"),
    [
        (["range|q|Per cent||||||||end=5"], "K (parameters)", "end=5"),
        (["range|q|Per cent"], "A (type)", "range"),
        (["begin_group|empty|", "image|q|See", "end_group||"], "B (name)", "empty"),
    ],
)
def test_what_is_quoted_of_a_row_stands_in_the_column_that_is_named(rows, column, value):
    found = read("text|known|Known", *rows)

    assert (column, value) in [(remark.column, remark.value) for remark in found.remarks]


def test_a_row_of_an_unknown_type_that_asks_nothing_refuses_the_file():
    with pytest.raises(RefusedFileError) as refused:
        read("text|known|Known", "end_hologram||")

    assert str(refused.value) == (
        "Sheet “survey”, row 3, column A (type): The type “end_hologram” is not known. "
        "There is no label either, so nobody knows what the row is for."
    )


def test_a_group_at_the_top_is_a_page_and_an_inner_one_a_section():
    found = read(
        "text|before|Before",
        "begin_group|people|About you|||${before} = 'x'",
        "begin group|inner|Where you work|||${before} != ''",
        "text|town|Town|||${before} != 'y'",
        "end group",
        "end_group",
        "note|bye|Bye ${town}",
    )

    first, second, third = found.definition["pages"]
    assert (first["code"], second["code"], second["title"]) == ("p1", "people", "About you")
    assert second["show_if"] == "${before} = 'x'"
    assert second["sections"] == [
        {"code": "inner", "title": "Where you work", "show_if": "${before} != ''"}
    ]
    assert second["questions"] == [
        {
            "code": "town",
            "type": "short_text",
            "text": "Town",
            "show_if": "${before} != 'y'",
            "section": "inner",
        },
    ]
    assert third["questions"][0]["text"] == "Bye ${town}"
    assert found.rows == found.taken == 7


@pytest.mark.parametrize("look", ["table-list", "field-list"])
def test_a_table_of_choices_is_a_matrix(look):
    found = read(
        f"begin_group|table|How often||||{look}",
        "select_one yn|head|Do you||||label",
        "select_one yn|tea|Tea||yes||list-nolabel",
        "select_one yn|milk|Milk|||${tea} = 'Yes'|list-nolabel",
        "end_group",
    )

    (matrix,) = questions(found)
    assert (matrix["type"], matrix["text"], matrix["scale"]) == ("matrix", "How often", "yn")
    assert matrix["rows"] == [
        {"code": "tea", "text": "Tea", "required": True},
        {"code": "milk", "text": "Milk", "show_if": "${tea} = '1'"},
    ]
    assert found.definition["scales"] == {
        "yn": [{"code": "1", "text": "Yes"}, {"code": "2", "text": "No"}]
    }


def test_names_become_codes_also_where_conditions_and_texts_use_them():
    found = read(
        "select_one yn|Has.Dog|A dog?",
        "text|dog-name|Its name|||../Has.Dog = 'Yes' and selected(${Has.Dog}, \"Yes\")",
        "note|end|So ${dog-name} and ${gone}.",
    )

    dog, name, end = questions(found)
    assert (dog["code"], [choice["code"] for choice in dog["choices"]]) == (
        "has_dog",
        ["yes", "no"],
    )
    assert name["show_if"] == "${has_dog} = 'yes' and selected(${has_dog}, \"yes\")"
    assert end["text"] == "So ${dog_name} and …."
    assert [remark.place for remark in found.remarks] == ["sheet “survey”, row 4, column C (label)"]


def test_a_condition_on_what_did_not_come_in_is_left_out_and_told():
    found = read("image|photo|Photo", "text|why|Why|||${photo} != ''", "calculate|n||||||| ${gone}")

    (question,) = questions(found)
    assert "show_if" not in question
    assert [(one.row, one.why) for one in found.remarks] == [
        (2, "Pictures, recordings, files and scans cannot be given here."),
        (3, "It looks at “photo”, which did not come in. Without it, this is always asked."),
        (4, "It looks at “gone”, which did not come in."),
    ]


def test_a_filter_of_choices_becomes_a_condition_of_each():
    choices = [
        ["list_name", "name", "label", "state"],
        ["s", "tx", "Texas"],
        ["s", "wa", "Wash."],
        ["c", "king", "King", "wa"],
        ["c", "king", "King", "tx"],
        ["c", "dee", "Dee", "tx"],
    ]
    found = read(
        "select_one s|st|State", "select_one c|co|County|||||||state=${st}", choices=choices
    )

    _state, county = questions(found)
    assert [(one["code"], one["show_if"]) for one in county["choices"]] == [
        ("king", "('wa'=${st}) or ('tx'=${st})"),
        ("dee", "'tx'=${st}"),
    ]
    assert not found.remarks


def test_every_language_comes_in():
    header = "type name label::English_(en) label::Français_(fr) hint::fr label::klingon".replace(
        " ", "\t"
    )
    settings = [["form_title", "default_language"], ["Tea", "Français (fr)"]]
    found = read_xlsform(
        form("text|q|Tea?|Thé?|Chaud|tlh", header=header.replace("\t", " "), settings=settings)
    )

    (question,) = questions(found)
    assert (found.title, found.definition["language"]) == ("Tea", "fr")
    assert (question["text"], question["help"]) == ("Thé?", "Chaud")
    assert found.definition["translations"] == {"en": {"q.text": "Tea?"}}
    assert [one.column for one in found.remarks] == ["F (label::klingon)"]


def test_other_words_may_be_asked_for():
    found = read("select_multiple yn or_other|q|Which?")

    assert questions(found)[0]["choices"][-1] == {"code": "other", "text": "Other", "other": True}


def test_the_old_way_to_write_a_form_in_one_csv_file_is_read():
    text = '"survey",,,\n,"type","name","label:english"\n,"select one from yn","day","Good?"\n,,,\n'
    text += (
        '"choices",,,\n,"list name","name","label:english"\n,"yn","yes","yes"\n,"yn","no","no"\n'
    )

    found = read_xlsform(text.encode())

    assert questions(found)[0]["type"] == "single"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ["begin_group|a|A", "text|q|Q"],
            "Sheet “survey”, row 2, column A (type): The group “a” begins here and never ends.",
        ),
        (
            ["text|q|Q", "end_group"],
            "Sheet “survey”, row 3, column A (type): A group ends here that never began.",
        ),
        (["image|q|Q"], "Sheet “survey”: No question of the form can be asked here."),
    ],
)
def test_a_form_without_sense_is_refused_with_its_place(rows, message):
    with pytest.raises(RefusedFileError) as refused:
        read_xlsform(form(*rows))

    assert str(refused.value) == message


def test_a_column_that_is_there_twice_is_refused():
    with pytest.raises(RefusedFileError) as refused:
        read_xlsform(form("text|q|Q|R", header="type name label label"))

    assert str(refused.value) == (
        "Sheet “survey”, row 1, column D (label): The column “label” is there twice: "
        "this one and C (label)."
    )


def test_a_choice_that_is_there_twice_counts_once_and_is_told():
    found = read("select_one yn|q|?", choices=[*CHOICES, ["yn", "No", "Never"], ["", "x", "X"]])

    assert [one["text"] for one in questions(found)[0]["choices"]] == ["Yes", "No"]
    assert [(one.sheet, one.row) for one in found.remarks] == [("choices", 4), ("choices", 5)]
