"""Inventories as agencies really publish them: all is mapped, nearly all understood, none is lost."""

import csv
import io

import pytest

from buyin.initiatives.actions import import_inventory, undo_import
from buyin.initiatives.inventory.headers import FORM_2025
from buyin.initiatives.inventory.reading import read_inventory
from buyin.initiatives.inventory.transparency import IN_ORDER, attributes_csv
from buyin.initiatives.inventory.writing import (
    Wishes,
    Written,
    consolidated_csv,
    document,
    form_csv,
)
from buyin.initiatives.models import (
    Initiative,
    InventoryEntry,
    InventoryImport,
    RecordVersion,
    SystemRecord,
)
from buyin.initiatives.queries.inventories import Wishes as PlanWishes
from buyin.initiatives.queries.inventory_written import inventory_text, wishes_of_agency

TABLES = (Initiative, SystemRecord, RecordVersion, InventoryEntry)
# File, encoding, rows, columns with a name, cells with a choice, those of them that are none.
AGENCIES = [
    ("commodity-futures*", "utf-8-sig", 3, 5, 3, []),
    ("department-of-health*", "cp1252", 447, 33, 3412, []),
    ("department-of-state*", "cp1252", 60, 33, 410, []),
    ("department-of-the-interior*", "cp1252", 247, 34, 2464, []),
    ("federal-deposit*", "cp1252", 50, 25, 317, ["Unknown"]),
    ("office-of-personnel*", "utf-8-sig", 5, 7, 10, ["Sandbox"]),
    ("securities*", "cp1252", 60, 34, 394, ["v"]),
    ("tennessee*", "utf-8", 59, 5, 118, []),
]


@pytest.fixture(scope="module")
def consolidated(real_file):
    """The inventory of all agencies of 2025, read once."""
    content = real_file("omb2025_individual.csv")
    return content, read_inventory(content)


@pytest.mark.parametrize(("name", "encoding", "rows", "columns", "chosen", "strange"), AGENCIES)
def test_each_agencys_own_file_is_mapped_as_a_whole(
    real_file, name, encoding, rows, columns, chosen, strange
):
    found = read_inventory(real_file(f"agencies/{name}"))

    named = [column for column in found.columns if column.header]
    assert (found.encoding, len(found.entries), len(named)) == (encoding, rows, columns)
    assert (found.unmatched, found.problems) == ([], [])
    assert (found.chosen, found.chosen - found.understood) == (chosen, len(strange))
    assert [text for _field, text in found.strange] == strange


def test_of_all_cells_with_a_choice_at_least_98_in_100_are_understood(real_file):
    found = [read_inventory(real_file(f"agencies/{name}")) for name, *_rest in AGENCIES]

    assert sum(f.understood for f in found) / sum(f.chosen for f in found) >= 0.98


def test_the_inventory_of_2024_is_read_and_what_has_no_field_is_kept(real_file):
    found = read_inventory(real_file("omb2024_v2.csv"))

    assert (found.encoding, len(found.entries), found.problems) == ("cp1252", 2133, [])
    assert (len(found.fields), len(found.unmatched)) == (24, 38)
    others = {name for entry in found.entries for name in entry.extra if "If Other" in name}
    assert len(others) == 9


def test_the_list_of_british_records_is_read(real_file):
    found = read_inventory(real_file("atrs_records.csv"))

    assert len(found.entries) == 136
    assert found.fields == ["agency", "use_case_name", "website_url"]


def test_all_real_records_come_back_from_every_form_as_they_were(consolidated):
    _content, found = consolidated
    written = [Written(entry.values, entry.extra) for entry in found.entries]
    public = [one.values for one in written if not one.is_withheld]
    atrs = {field.name for field in IN_ORDER}

    def back(text):
        return read_inventory(text.encode()).entries

    assert len(written) == 3611
    for harmless in (False, True):
        wishes = Wishes(harmless=harmless)
        again = back(consolidated_csv(written, wishes))
        assert [(e.values, e.extra) for e in again] == [(e.values, e.extra) for e in found.entries]
    again = back(document(written, Wishes()))
    assert [(e.values, e.extra) for e in again] == [(e.values, e.extra) for e in found.entries]
    assert [e.values for e in back(form_csv(written, Wishes()))] == [
        {name: value for name, value in one.items() if name in FORM_2025} for one in public
    ]
    assert [e.values for e in back(attributes_csv(written, Wishes()))] == [
        {name: value for name, value in one.items() if name in atrs} for one in public
    ]


def test_nearly_every_cell_is_written_again_letter_by_letter(consolidated):
    content, found = consolidated
    text = consolidated_csv([Written(e.values, e.extra) for e in found.entries], Wishes())

    before, after = (
        list(csv.reader(io.StringIO(one, newline=""))) for one in (content.decode()[1:], text[1:])
    )
    changed = [
        (was, now)
        for old, new in zip(before, after, strict=True)
        for was, now in zip(old, new, strict=True)
        if was != now
    ]
    # Names of several lines, empty words (TBD), two spellings of a topic, and lists that have both
    # long and short texts.
    assert len(changed) == 80
    assert {was for was, now in changed if not now} == {"TBD", "Not Applicable", "N/a", "na"}


@pytest.mark.django_db
def test_the_whole_inventory_comes_in_once_leaves_as_it_came_and_is_taken_back(consolidated):
    content, found = consolidated

    def bring(text):
        return import_inventory(owner=None, name="all.csv", content=text, wishes=PlanWishes())

    first = bring(content)
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    again = bring(content)
    own = bring(inventory_text("omb", wishes_of_agency()).encode())

    # Two rows are exactly like an earlier one.
    assert first.counts == {"created": 3609, "updated": 0, "unchanged": 0, "duplicates": 2}
    assert again.counts == {"created": 0, "updated": 0, "unchanged": 3609, "duplicates": 2}
    assert own.counts == {"created": 0, "updated": 0, "unchanged": 3609, "duplicates": 0}
    assert [list(table.objects.order_by("pk").values()) for table in TABLES] == before
    undo_import(run=InventoryImport.objects.earliest("pk"))
    assert not any(table.objects.exists() for table in TABLES)
    assert len(found.entries) == 3611
