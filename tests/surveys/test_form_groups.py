"""Groups of a form that stand inside others: their words stay headings, their conditions all count."""

from surveys.definitions import check
from surveys.formats.conditions import both
from surveys.formats.xlsform import read_xlsform, sections, write_xlsform
from surveys.models import Survey
from tests.surveys.forms import form

HEADER = "type name label label::French(fr) relevant"
BESIDE = "Sections have none inside. This one stands behind the others as “%s”, shown where all groups around it are."
NESTED = (
    "text|age|Age|Âge|",
    "begin_group|page|Page|Page fr|${age} != ''",
    "text|first|First||",
    "begin_group|work|Work|Travail|${age} > 15",
    "text|job|Job||",
    "begin_group|tools|Tools||${job} != ''",
    "text|tool|Tool||${job} = 'x'",
    "begin_group|own|Your own|À vous|${tool} != ''",
    "text|mine|Mine||",
    "end_group",
    "end_group",
    "text|boss|Boss||",
    "end_group",
    "end_group",
)


def read(*rows, header=HEADER):
    found = read_xlsform(form(*rows, header=header))
    assert check(found.definition) == []
    return found


def sections_of(found, page=-1):
    return {one["code"]: one for one in found.definition["pages"][page]["sections"]}


def questions_of(found, page=-1):
    return {one["code"]: one for one in found.definition["pages"][page]["questions"]}


def test_every_group_with_words_is_a_heading_however_deep_it_stands():
    found = read(*NESTED)

    assert {code: one["title"] for code, one in sections_of(found).items()} == {
        "work": "Work",
        "tools": "Work – Tools",
        "own": "Work – Tools – Your own",
        "work_2": "Work",
    }
    placed = {code: one.get("section", "") for code, one in questions_of(found).items()}
    assert placed == {
        "first": "",
        "job": "work",
        "tool": "tools",
        "mine": "own",
        "boss": "work_2",
    }
    assert found.taken == found.rows == 14


def test_a_section_is_shown_where_every_group_around_it_is():
    shown = {code: one["show_if"] for code, one in sections_of(read(*NESTED)).items()}

    assert shown == {
        "work": "${age} > 15",
        "tools": "(${age} > 15) and (${job} != '')",
        "own": "((${age} > 15) and (${job} != '')) and (${tool} != '')",
        "work_2": "${age} > 15",
    }


def test_headings_are_joined_in_each_language_in_which_the_inner_one_is():
    texts = read(*NESTED).definition["translations"]["fr"]

    assert texts["work.title"] == texts["work_2.title"] == "Travail"
    assert texts["own.title"] == "Travail – Tools – À vous"
    assert "tools.title" not in texts


def test_the_report_says_what_became_of_groups_inside_groups():
    found = read(*NESTED)

    assert [(one.row, one.is_lost, one.why) for one in found.remarks] == [
        (
            5,
            False,
            "The group goes on behind one inside it, so its heading “Work” is there twice.",
        ),
        (7, False, BESIDE % "Work – Tools"),
        (9, False, BESIDE % "Work – Tools – Your own"),
    ]


def test_a_group_without_words_gives_its_condition_to_all_that_it_holds():
    found = read(
        "text|age|Age||",
        "begin_group|page|Page||",
        "begin_group|silent|||${age} > 15",
        "text|a|A||${age} < 99",
        "begin_group|silent2|||${age} != 20",
        "text|b|B||",
        "begin_group|loud|Loud||",
        "text|c|C||${a} = 'x'",
        "end_group",
        "end_group",
        "end_group",
        "text|d|D||",
        "end_group",
    )

    shown = {code: one.get("show_if", "") for code, one in questions_of(found).items()}
    assert shown == {
        "a": "(${age} > 15) and (${age} < 99)",
        "b": "(${age} > 15) and (${age} != 20)",
        "c": "${a} = 'x'",
        "d": "",
    }
    assert sections_of(found)["loud"]["show_if"] == "(${age} > 15) and (${age} != 20)"
    why = "The group has no heading here. Its condition is added to what it holds."
    assert [(one.row, one.value, one.why) for one in found.remarks] == [
        (4, "${age} > 15", why),
        (6, "${age} != 20", why),
    ]


TOGETHER = "Together with the conditions of the groups around it, it cannot be used: "


def long_one(number, letters=900):
    return f"${{age}} != '{number}{'x' * letters}'"


def test_a_condition_that_is_too_long_with_those_around_it_is_left_out_alone_and_told():
    found = read(
        "text|age|Age||",
        "begin_group|page|Page||",
        f"begin_group|work|Work||{long_one(1)}",
        f"begin_group|tools|Tools||{long_one(2)}",
        f"begin_group|own|Your own||{long_one(3)}",
        "text|mine|Mine||${age} > 15",
        "end_group",
        "end_group",
        f"begin_group|silent|||{long_one(4)}",
        f"text|job|Job||{long_one(5)}",
        f"text|boss|Boss||{long_one(6, 1500)}",
        "end_group",
        "end_group",
        "end_group",
    )

    together = f"({long_one(1)}) and ({long_one(2)})"
    shown = {code: one["show_if"] for code, one in sections_of(found).items()}
    assert shown == {"own": together, "work": long_one(1)}
    asked = questions_of(found)
    assert asked["mine"]["show_if"] == "${age} > 15"
    assert asked["job"]["show_if"] == f"({long_one(4)}) and ({long_one(5)})"
    assert asked["boss"]["show_if"] == long_one(4)
    lost = [(one.row, one.why.startswith(TOGETHER)) for one in found.lost()]
    assert lost == [(6, True), (12, True)]


def test_conditions_that_are_nested_too_deeply_together_are_left_out_from_there_on():
    deep = "(" * 25 + "${age} > 15" + ")" * 25
    begun = [f"begin_group|g{n}|G{n}||{deep}" for n in range(29)]
    found = read("text|age|Age||", *begun, "text|q|Q||", *["end_group"] * 29)

    (section,) = sections_of(found).values()
    assert 5 < section["show_if"].count("> 15") < 29
    assert all(one.why.startswith(TOGETHER) for one in found.lost())


def test_conditions_do_not_grow_with_the_depth_of_groups_and_their_number(monkeypatch):
    made = []

    def counted(*conditions):
        made.append(both(*conditions))
        return made[-1]

    monkeypatch.setattr(sections, "both", counted)
    outer = [f"begin_group|o{n}|O{n}||{long_one(n, 1900)}" for n in range(28)]
    inner = [
        row
        for n in range(40)
        for row in (f"begin_group|i{n}|I{n}||${{age}} > {n}", f"text|q{n}|Q||", "end_group")
    ]

    read("text|age|Age||", *outer, *inner, *["end_group"] * 28)

    assert sum(map(len, made)) < 200_000


def test_a_section_goes_on_through_a_group_without_words():
    found = read(
        "begin_group|page|Page||",
        "begin_group|work|Work||",
        "text|a|A||",
        "begin_group|silent|||",
        "text|b|B||",
        "end_group",
        "text|c|C||",
        "end_group",
        "end_group",
    )

    assert list(sections_of(found)) == ["work"]
    assert list(found.remarks) == []


def test_a_table_deep_inside_is_shown_where_its_groups_are():
    found = read(
        "text|age|Age|",
        "begin_group|page|Page|",
        "begin_group|work|Work|${age} > 15",
        "begin_group|silent||${age} > 20",
        "begin_group|table|How sure?|${age} > 30|table-list",
        "select_one yn|row1|Row|",
        "end_group",
        "end_group",
        "end_group",
        "end_group",
        header="type name label relevant appearance",
    )

    assert sections_of(found)["work"]["show_if"] == "${age} > 15"
    (matrix,) = questions_of(found).values()
    assert (matrix["type"], matrix["section"]) == ("matrix", "work")
    assert matrix["show_if"] == "(${age} > 20) and (${age} > 30)"


def test_a_group_of_groups_alone_lives_on_in_their_headings():
    found = read(
        "begin_group|page|Page||",
        "begin_group|outer|Outer||",
        "begin_group|a|A||",
        "text|x|X||",
        "end_group",
        "begin_group|b|B||",
        "text|y|Y||",
        "end_group",
        "end_group",
        "end_group",
    )

    assert [one["title"] for one in sections_of(found).values()] == ["Outer – A", "Outer – B"]
    assert found.taken == found.rows


def test_of_groups_of_which_nothing_comes_in_each_is_told_and_cuts_no_section_in_two():
    found = read(
        "begin_group|page|Page||",
        "begin_group|work|Work||",
        "text|a|A||",
        "begin_group|places|Places||",
        "geopoint|p|Where?||",
        "end_group",
        "text|b|B||",
        "end_group",
        "end_group",
    )

    assert list(sections_of(found)) == ["work"]
    lost = [(one.row, one.why) for one in found.lost()]
    assert (5, "Nothing in the group came in.") in lost
    assert found.rows - found.taken == 3


def test_a_group_that_is_repeated_inside_others_is_asked_once_and_told():
    found = read(
        "begin_group|page|Page||",
        "begin_group|work|Work||",
        "begin_repeat|child|Child||",
        "text|name|Name||",
        "end_repeat",
        "end_group",
        "end_group",
    )

    assert sections_of(found)["child"]["title"] == "Work – Child"
    whys = [one.why for one in found.remarks if one.row == 4]
    assert "Nothing can be repeated here. Its questions are asked once." in whys


def test_headings_that_are_too_long_together_are_cut_and_told():
    found = read(
        "begin_group|page|Page||",
        f"begin_group|outer|{'o' * 300}||",
        f"begin_group|inner|{'i' * 300}||",
        "text|x|X||",
        "end_group",
        "end_group",
        "end_group",
    )

    assert len(sections_of(found)["inner"]["title"]) == 500
    assert "The text is cut after 500 characters." in [one.why for one in found.remarks]


def test_of_joined_conditions_only_the_part_that_cannot_hold_is_taken_out():
    found = read(
        "text|age|Age||",
        "calculate|sum|||",
        "begin_group|page|Page||",
        "begin_group|silent|||${age} > 15",
        "text|a|A||${sum} > 3",
        "end_group",
        "end_group",
    )

    assert questions_of(found)["a"]["show_if"] == "${age} > 15"
    assert any(one.row == 6 and one.value == "${sum} > 3" for one in found.lost())


def test_what_was_nested_once_leaves_and_comes_back_as_it_is_now():
    definition = read(*NESTED).definition

    found = read_xlsform(write_xlsform(definition, Survey(title="A"), name="a"))

    assert found.definition == definition
    assert list(found.remarks) == []
