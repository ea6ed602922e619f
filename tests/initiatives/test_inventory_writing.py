"""What is written is read back as it was, in every form; harmless cells too."""

import csv
import io
import json
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from buyin.initiatives.inventory.headers import CONSOLIDATED_2025, FORM_2025
from buyin.initiatives.inventory.identity import Source, digest_of, identified, sharing_numbers
from buyin.initiatives.inventory.reading import read_inventory
from buyin.initiatives.inventory.rows import Entry
from buyin.initiatives.inventory.transparency import (
    IN_ORDER,
    attributes_csv,
    lines_of,
    sections_of,
)
from buyin.initiatives.inventory.values import codes_of, reader_of
from buyin.initiatives.inventory.writing import (
    Wishes,
    Written,
    consolidated_csv,
    document,
    form_csv,
)
from buyin.initiatives.record.fields import BY_NAME, FIELDS
from buyin.initiatives.record.parts import Kind
from buyin.lines import seen
from buyin.tables import formulas
from buyin.tables.folding import folded_choice, says_nothing

letters = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1, max_size=30
)
# What people begin a cell with, and what a spreadsheet would run.
bullets = st.tuples(st.sampled_from(["- ", "=1+", "'-", "@x;=", "+\t-", "''", '"=']), letters)
texts = (
    st.one_of(letters, bullets.map("".join)).map(str.strip).filter(lambda t: not says_nothing(t))
)
days = st.sampled_from(["Jul-25", "2024", "10/1/2023", "2025-09-08 00:00:00", "who knows"])


def values_of(field):
    """Return a strategy for what a field may hold after it was read once."""
    if field.kind == Kind.MULTI:
        one = st.sampled_from([choice.value for choice in field.choices])
        return st.lists(one, unique=True, min_size=1)
    if field.choices:
        known = codes_of(field.name)
        other = texts.filter(lambda text: folded_choice(text) not in known)
        return st.one_of(st.sampled_from([choice.value for choice in field.choices]), other)
    if field.kind == Kind.DATE:
        return days.map(lambda text: reader_of(field.name)(text)[0])
    return texts


records = st.fixed_dictionaries(
    {"use_case_name": texts.map(lambda text: seen(f"Name {text}"))},
    optional={one.name: values_of(one) for one in FIELDS if one.name != "use_case_name"},
)
many = st.lists(records, min_size=1, max_size=4)


def of(record, names):
    return {name: value for name, value in record.items() if name in names}


def read(text):
    return [entry.values for entry in read_inventory(text.encode()).entries]


@given(many, st.booleans())
@example([{"use_case_name": "Name A", "benefits": "'-only one apostrophe"}], False)
def test_every_form_of_the_inventory_is_read_back_as_it_was(made, harmless):
    written = [Written(record) for record in made]
    wishes = Wishes(harmless=harmless)
    public = [record for record in made if not Written(record).is_withheld]
    atrs = {field.name for field in IN_ORDER}

    assert read(consolidated_csv(written, wishes)) == [of(one, CONSOLIDATED_2025) for one in made]
    assert read(document(written, wishes)) == made
    if public:
        assert read(form_csv(written, wishes)) == [of(one, FORM_2025) for one in public]
        assert read(attributes_csv(written, wishes)) == [of(one, atrs) for one in public]


@given(
    st.lists(st.lists(st.one_of(texts, letters), min_size=1, max_size=3), max_size=4), st.booleans()
)
def test_harmless_cells_run_nothing_and_become_what_they_were(rows, wished):
    made = formulas.made_harmless(rows, wished=wished)

    marked = formulas.reads_as_harmless(cell for row in made for cell in row)
    back = [[formulas.as_it_was(cell) for cell in row] for row in made] if marked else made
    assert back == rows
    if wished:
        assert not any(cell.startswith(tuple("=+-@\t\r")) for row in made for cell in row)


def test_the_form_has_long_headers_long_values_a_mark_crlf_and_only_what_is_public():
    made: list[dict[str, Any]] = [
        {
            "use_case_name": "A",
            "id": "FH-1",
            "development_stage": "Deployed",
            "contact_email": "lena@fairhaven.example",
            "demographic_features": ["Age", "Sex"],
            "benefits": "secret",
        },
        {"use_case_name": "B", "is_withheld": "Yes - Prohibited by Law"},
    ]
    written = [Written(made[0], redacted={"benefits": "trade secret"}), Written(made[1])]

    text = form_csv(written, Wishes(mailbox="ai@fairhaven.example", with_numbers=False))

    assert text.startswith("\ufeffUse Case Name,Bureau/Component,")
    assert text.endswith("\r\n")
    header, *rows = csv.reader(io.StringIO(text[1:], newline=""))
    assert header == [FORM_2025[name] for name in FORM_2025 if name != "id"]
    (row,) = [dict(zip(header, row, strict=True)) for row in rows]
    assert row["Stage of Development"].startswith("c) Deployed – The use case is being actively")
    assert row["Email Address"] == "ai@fairhaven.example"
    assert row[FORM_2025["demographic_features"]] == "c) Age; b) Sex"
    assert row[FORM_2025["benefits"]] == "Withheld: trade secret"


@pytest.mark.parametrize("parts", [["Age", "Sex; as stated"], ["a\nb", "c"], ["['a", "b']"]])
def test_parts_that_hold_what_would_part_them_come_back_from_the_form(parts):
    text = form_csv([Written({"use_case_name": "A", "demographic_features": parts})], Wishes())

    (entry,) = read_inventory(text.encode()).entries
    assert entry.values["demographic_features"] == parts


def test_the_consolidated_table_has_36_short_names_and_says_whose_it_is():
    made = [Written({"use_case_name": "A"}), Written({"use_case_name": "B"}, {"agency": "HHS"})]

    text = consolidated_csv(made, Wishes(agency="FH", agency_name="City of Fairhaven"))

    header, first, second = csv.reader(io.StringIO(text[1:], newline=""))
    assert (len(header), header[:4]) == (36, ["agency", "agency_name", "id", "use_case_name"])
    assert first[:2] == ["FH", "City of Fairhaven"]
    assert second[:2] == ["HHS", ""]
    assert (first[24], first[35]) == ("[]", "[]")


def test_json_holds_everything_and_says_what_it_is():
    made = Written({"use_case_name": "A"}, {"Cost": "5"}, {"benefits": "trade secret"})

    found = json.loads(document([made], Wishes(agency_name="Fairhaven")))

    assert found == {
        "format": "ai-inventory/1",
        "agency": "Fairhaven",
        "records": [
            {
                "use_case_name": "A",
                "extra": {"Cost": "5"},
                "redacted": {"benefits": "trade secret"},
            }
        ],
    }


def test_the_transparency_record_is_in_the_order_of_the_standard():
    made = Written(
        {
            "impact_assessment": "DPIA",
            "use_case_name": "A",
            "development_stage": "Pilot",
            "benefits": "Faster",
            "description": "Sorts mail",
            "contact_email": "lena@fairhaven.example",
        }
    )
    wishes = Wishes(mailbox="ai@fairhaven.example")

    assert [(one.reference, one.attribute, one.text) for one in lines_of(made, wishes)] == [
        ("1.1", "name", "A"),
        ("1.2", "description", "Sorts mail"),
        ("1.4", "contact_email", "ai@fairhaven.example"),
        ("2.2.3", "benefit", "Faster"),
        ("2.4.1.1", "phase", "Beta/Pilot"),
        ("2.5.1", "impact_assessment", "DPIA"),
    ]
    assert [len(section.lines) for section in sections_of(made, wishes)] == [3, 1, 1, 1]


def entry(row, *, extra=None, **values):
    return Entry(row, values, extra or {})


def test_a_row_is_known_by_its_number_where_only_it_has_it_else_by_what_it_says():
    rows = [
        entry(2, use_case_name="A", id="X – 1"),
        entry(3, use_case_name="B", id="X-2"),
        entry(4, use_case_name="C", id="X - 2"),
        entry(5, use_case_name="D"),
        entry(6, use_case_name="E", id="X-2", extra={"agency": "HHS"}),
    ]

    found = identified(rows, Source("Elsewhere"))

    assert [(one.source, one.key.partition(":")[0]) for one in found] == [
        ("Elsewhere", "id"),
        ("Elsewhere", "hash"),
        ("Elsewhere", "hash"),
        ("Elsewhere", "hash"),
        ("HHS", "id"),
    ]
    assert found[0].key == "id:x-1"
    assert [[one.row for one in group] for group in sharing_numbers(found)] == [[3, 4]]


def test_our_own_name_in_a_file_means_ourselves():
    own = Source("", frozenset({"cityoffairhaven"}))

    assert own.of(entry(2, extra={"agency_name": "City of Fairhaven"})) == ""
    assert own.of(entry(2, extra={"agency": "HHS", "agency_name": "Health"})) == "HHS"


def test_a_digest_tells_what_is_said_and_not_in_which_order():
    one = digest_of({"id": "1", "benefits": "x", "team": ""}, {"a": "b"})

    assert one == digest_of({"benefits": "x", "id": "1"}, {"a": "b"})
    assert one != digest_of({"benefits": "x", "id": "1"}, {})


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if field.choices], ids=attrgetter("name")
)
def test_each_choice_comes_back_from_its_long_text(field):
    for choice in field.choices:
        made = [Written({"use_case_name": "A", field.name: choice.value})]
        if BY_NAME[field.name].kind == Kind.MULTI:
            made = [Written({"use_case_name": "A", field.name: [choice.value]})]
        if not made[0].is_withheld and field.name in FORM_2025:
            assert read(form_csv(made, Wishes())) == [made[0].values]
