"""Inventory files as a whole: encodings, banners, headers, what is kept beside, what was lost."""

import json
from typing import Any, cast

import pytest

from buyin.initiatives.inventory.headers import FORM_2025, fields_of
from buyin.initiatives.inventory.reading import read_inventory
from buyin.initiatives.inventory.rows import Entry
from buyin.spreadsheets import UnreadableError
from buyin.tables.columns import Learned

FILES = {
    "agency_2025_longheaders_utf8bom.csv": "utf-8-sig",
    "agency_2025_longheaders_cp1252.csv": "cp1252",
    "agency_2025_mac_curly_lost.csv": "cp1252",
}


def read(text: str, **learned: Any):
    return read_inventory(text.encode(), cast("Learned", learned))


@pytest.mark.parametrize(("name", "encoding"), FILES.items())
def test_a_file_with_every_quirk_is_read_alike_in_every_encoding(made_file, name, encoding):
    found = read_inventory(made_file(name))

    assert (found.encoding, found.delimiter, found.header_row) == (encoding, ",", 2)
    assert [entry.name for entry in found.entries] == [
        "Form triage",
        "Chatbot",
        "Chatbot",
        "Named but no ID",
    ]
    assert (len(found.fields), found.unmatched, found.blank_rows) == (25, [], 2)
    assert found.entries[0].values | {"data": ""} == {
        "id": "EX-1",
        "use_case_name": "Form triage",
        "agency_bureau": "Permits",
        "contact_email": "ai@example.gov",
        "is_withheld": "No",
        "development_stage": "Deployed",
        "is_high_impact": "Not High-impact",
        "topic_area": "Energy and Environment",
        "classification": "Classical ML",
        "problem_solved": "Staff sort 400 forms a day by hand.\nThis takes 9 hours.",
        "benefits": "- Cuts sorting time\n- Fewer errors",
        "system_outputs": "A queue order",
        "operational_date": {"text": "10/1/2023", "date": "2023-10-01", "precision": "day"},
        "contracting_usage": "Vendor Purchased",
        "vendor_name": "Vendor A",
        "have_ato": "No",
        "has_pii": "No",
        "demographic_features": ["None of the above"],
        "has_custom_code": "Yes",
        "data": "",
    }


def test_what_is_no_choice_is_said_with_its_place_and_kept(made_file):
    found = read_inventory(made_file("agency_2025_longheaders_utf8bom.csv"))

    (remark,) = found.remarks
    assert (remark.row, remark.column) == (5, "Use Case Topic Area")
    assert remark.value == found.entries[2].values["topic_area"] == "Other – Economic & Financial"
    assert (found.chosen, found.understood) == (26, 25)


def test_lost_punctuation_is_said_by_row_and_column_and_mended_nowhere(made_file):
    found = read_inventory(made_file("agency_2025_mac_curly_lost.csv"))

    lost = [one for one in found.remarks if "Punctuation was lost" in one.message]
    assert (None, "Describe the AI system¡s outputs.") in [(one.row, one.column) for one in lost]
    assert (3, "Stage of Development") in [(one.row, one.column) for one in lost]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("The agency\ufffds plan", "was lost before"),
        ("The agencyâ€™s plan", "wrong encoding"),
        ("CafÃ© plan", "wrong encoding"),
        ("agency¡s plan", "Punctuation was lost"),
        ("a)?Purchased", "question mark"),
    ],
)
def test_damage_is_found(cell, said):
    (remark,) = read(f"Use Case Name,Benefits\nA,{cell}\n").remarks

    assert (remark.row, remark.column, remark.value) == (2, "Benefits", cell)
    assert said in remark.message


@pytest.mark.parametrize(
    "cell", ["¡Hola! 5 €", "¿Qué?", "What (if any)? None", "Ärger, Élan", "£5"]
)
def test_what_is_whole_is_not_called_damaged(cell):
    assert read(f"Use Case Name;Benefits\nA;{cell}\n").remarks == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    lines = [["Use Case Name", "Bureau", "Benefits"], ["A", "Roads", "Fast"], ["B", "Parks", "x"]]

    found = read("\n".join(delimiter.join(line) for line in lines))

    assert [e.values["agency_bureau"] for e in found.entries] == ["Roads", "Parks"]
    assert found.delimiter == delimiter


def test_the_header_is_the_row_that_names_most_columns_among_the_first_ten():
    banner = "Inventory of the agency,,\n" * 8

    found = read(f"{banner}Use Case Name,Bureau/Component,Stage\nA,Roads,x\n")

    assert found.header_row == 9
    assert [e.row for e in found.entries] == [10]


def test_a_table_without_a_column_of_names_brings_nothing_in_and_says_so():
    found = read("Tool,Office\nA,Roads\n")

    assert found.entries == []
    assert "No column holds the names" in found.problems[0].message
    assert [column.label for column in found.unmatched] == ["Tool"]


def test_what_somebody_said_of_a_column_is_used_and_names_that_resemble_are_not():
    text = "Tool,Office,Risk Topic\nA,Roads,Low\n"

    found = read(text, columns={"tool#1": "use_case_name", "risktopic#1": ""})

    assert found.entries == [
        Entry(2, {"use_case_name": "A", "agency_bureau": "Roads"}, {"Risk Topic": "Low"})
    ]
    assert found.unmatched == []


def test_headers_that_repeat_are_told_apart_by_their_place():
    text = "Use Case Name,Data,If Other,Code,If Other\nA,x,one,y,two\n"

    (entry,) = read(text).entries

    assert entry.extra == {"Data": "x", "If Other": "one", "Code": "y", "If Other (2)": "two"}


def test_cells_without_a_header_and_beyond_the_last_one_are_kept():
    (entry,) = read("Use Case Name,Bureau,\nA,Roads,left,over\n").entries

    assert entry.extra == {"Column 3": "left", "Column 4": "over"}


def test_a_record_without_a_name_comes_in_and_a_note_below_the_table_does_not():
    text = "Use Case ID,Use Case Name,Bureau,Benefits\nX-1,,Roads,Faster\nTotal: 1,,,\n"

    found = read(text)

    assert [entry.values["id"] for entry in found.entries] == ["X-1"]
    assert [remark.row for remark in found.remarks] == [2]
    assert [problem.row for problem in found.problems] == [3]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["Agency", "Agency Abbreviation"], ["agency_name", "agency"]),
        (["agency", "agency_name"], ["agency", "agency_name"]),
        (["Department", "Agency", "Title"], ["agency_name", "agency_bureau", "use_case_name"]),
        (["Department", "Name"], ["agency_bureau", "use_case_name"]),
        (["Name", "Title"], ["use_case_name", ""]),
        (["Use Case ID\n\n[Agency Abbrev.] ¤ [#] "], ["id"]),
        (["Is it high impact"], [""]),
    ],
)
def test_headers_are_matched_by_exact_names_and_by_those_beside_them(headers, fields):
    assert fields_of(headers) == fields


def test_every_header_of_the_form_and_every_short_name_is_known():
    assert fields_of(list(FORM_2025.values())) == list(FORM_2025)
    assert fields_of(list(FORM_2025)) == list(FORM_2025)


def test_json_is_read_with_lists_days_and_what_stands_beside():
    records = [
        {
            "use_case_name": "A",
            "demographic_features": ["Age", "Sex"],
            "operational_date": {"text": "Jul-25", "date": "2025-07-01", "precision": "month"},
            "has_pii": True,
            "myths": None,
            "extra": {"Cost": "5"},
        }
    ]

    (entry,) = read(json.dumps({"records": records})).entries

    assert entry.values == {
        "use_case_name": "A",
        "demographic_features": ["Age", "Sex"],
        "operational_date": {"text": "Jul-25", "date": "2025-07-01", "precision": "month"},
        "has_pii": "Yes",
    }
    assert entry.extra == {"Cost": "5"}


def test_attributes_and_values_become_records():
    text = "attribute,value\nname,A\nphase,Beta/Pilot\ntier,1\nname,B\ndescription,Sorts mail\n"

    first, second = read(text).entries

    assert (first.values, first.extra) == (
        {"use_case_name": "A", "development_stage": "Pilot"},
        {"tier": "1"},
    )
    assert second.values == {"use_case_name": "B", "description": "Sorts mail"}


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04rest", b"{", b"{}", b'{"records": 3}', b'{"records": []}', b"a\0b,c"],
)
def test_what_is_no_inventory_is_refused_in_words(content):
    with pytest.raises(UnreadableError, match=r"\w+ \w+"):
        read_inventory(content)
