"""Inventories in and out on the command line: what is said, in which words, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from buyin.initiatives.inventory.headers import FORM_2025
from buyin.initiatives.models import (
    Initiative,
    InventoryEntry,
    InventoryImport,
    InventorySource,
    SystemRecord,
)
from buyin.initiatives.queries.inventory_written import FORMATS
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record

pytestmark = pytest.mark.django_db
FILE = "Use Case ID,Use Case Name,Benefits\nX-1,Sorter,Faster\nX-2,Chatbot,Calm\n"


@pytest.fixture
def put(tmp_path):
    """Return a function that writes a file and returns where it is."""

    def written(text, name="a.csv") -> Path:
        path: Path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.fixture
def bring(capsys):
    """Return a function that calls the command and returns its exit code and what it said."""

    def called(path, *options) -> tuple[Any, str]:
        code: Any = 0
        try:
            call_command("import_inventory", str(path), *options)
        except SystemExit as stop:
            code = stop.code
        return code, capsys.readouterr().out

    return called


def taken_out(capsys, form, *options):
    call_command("export_inventory", "--format", form, *options)
    return capsys.readouterr().out


def test_it_says_in_words_what_became_of_the_rows(put, bring):
    code, said = bring(put(FILE))

    assert code == 0
    assert said == "Created: 2. Updated: 0. Unchanged: 0. Duplicates: 0.\n"


def test_it_says_each_problem_with_its_row_and_column(put, bring):
    code, said = bring(put(f"{FILE}Total: 2,,\n"))

    assert code == 1
    assert "Row 4. Use Case Name: This row has no name and hardly anything else." in said
    assert Initiative.objects.count() == 2


def test_a_remark_alone_is_told_and_is_no_failure(put, bring):
    code, said = bring(put("Use Case Name,Stage of Development\nA,Sandbox\n"))

    assert code == 0
    assert "Row 2. Stage of Development: This is none of the choices." in said
    assert "Sandbox" in said


def test_what_is_in_a_cell_cannot_move_the_cursor_of_who_reads_along(put, bring):
    _code, said = bring(put("Use Case Name,Stage of Development\nA,\x1b[2JSand\n"))

    assert "\x1b" not in said
    assert "[2JSand" in said


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"\x00\x01", b'{"records": 1}'])
def test_a_file_that_is_no_inventory_is_refused_in_a_sentence_and_nothing_is_kept(
    put, bring, content
):
    code, said = bring(put(content))

    assert code == 1
    assert said.startswith("Created: 0.")
    assert said.strip().endswith(".")
    assert not InventoryImport.objects.exists()


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800"])
@pytest.mark.parametrize(
    "document",
    [
        '[{"use_case_name": "A", "benefits": "x%s"}]',
        '[{"use_case_name": "A", "extra": {"Cost": "5%s"}}]',
        '[{"use_case_name": "A", "Cost%s": "5"}]',
        '[{"use_case_name": "A", "costs": {"text": "%s"}}]',
    ],
)
def test_characters_that_no_database_stores_are_refused_in_words(put, bring, document, sign):
    code, said = bring(put(document.replace("%s", sign)))

    assert code == 1
    assert "characters in this file that no database stores" in said
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("cell", [r"['Age', 'x\x00']", r"['\ud800']", r'["\u0000"]'])
def test_a_list_that_hides_such_characters_stays_the_text_that_it_is(put, bring, cell):
    text = f"use_case_name,demographic_features\nA,{json.dumps(cell)}\n".replace('\\"', '""')

    code, _said = bring(put(text.replace("\\\\", "\\")))

    assert code == 0
    kept = json.dumps(SystemRecord.objects.get().values, ensure_ascii=False)
    assert "\\x00" in kept or "\\\\ud800" in kept or "\\\\u0000" in kept
    assert "\ud800" not in kept


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_opened_is_a_wrong_call(tmp_path, bring, name):
    with pytest.raises(CommandError) as refused:
        bring(tmp_path / name)

    assert refused.value.returncode == 2
    assert str(tmp_path) in str(refused.value)


def test_the_source_is_kept_in_one_line_with_the_run_and_its_entries(put, bring):
    bring(put(FILE), "--source", "  State \n of Ohio ")

    assert InventoryImport.objects.get().source == "State of Ohio"
    assert set(InventoryEntry.objects.values_list("source", flat=True)) == {"State of Ohio"}


def test_a_source_that_is_too_long_is_a_wrong_call_and_nothing_is_written(put, bring):
    with pytest.raises(CommandError, match="at most 200") as refused:
        bring(put(FILE), "--source", "x" * 201)

    assert refused.value.returncode == 2
    assert not InventoryImport.objects.exists()
    assert bring(put(FILE), "--source", "x" * 200)[0] == 0


def test_what_people_said_of_a_source_holds_here_too(put, bring):
    learned = {"columns": {"tool#1": "use_case_name"}}
    InventorySource.objects.create(name="Ohio", learned=learned)
    path = put("Tool,Benefits\nSorter,Faster\n")

    assert bring(path)[0] == 1
    assert bring(path, "--source", "Ohio")[0] == 0
    assert Initiative.objects.get().name == "Sorter"


def test_persons_give_way_to_the_mailbox_only_on_wish(put, bring, settings):
    settings.AGENCY_CONTACT = "ai@fairhaven.example"
    text = "Use Case ID,Use Case Name,Email Address\nX-1,A,jane@x.example\n"

    bring(put(text), "--public-mailbox", "--source", "Ohio")
    bring(put(text))

    contacts = [one.values["contact_email"] for one in SystemRecord.objects.order_by("pk")]
    assert contacts == ["ai@fairhaven.example", "jane@x.example"]


def test_a_dry_run_leaves_no_trace_even_after_an_import(put, bring):
    bring(put(FILE))

    code, said = bring(put(FILE.replace("Faster", "Slower")), "--dry-run")

    assert (code, said[:23]) == (0, "Created: 0. Updated: 1.")
    assert InventoryImport.objects.count() == 1
    assert SystemRecord.objects.get(initiative__name="Sorter").values["benefits"] == "Faster"


def test_json_tells_how_the_file_was_read(put, bring):
    content = "Use Case Name;Has PII?;Office of things\nCafé;x;y\n".encode("cp1252")

    _code, said = bring(put(content), "--json", "--dry-run")

    told = json.loads(said)
    assert (told["dry_run"], told["encoding"], told["header_row"]) == (True, "cp1252", 1)
    assert told["columns"]["Use Case Name"] == "use_case_name"
    assert told["columns"]["Office of things"] == ""


def test_the_run_is_named_by_its_file_and_has_nobody_who_brought_it(put, bring):
    bring(put(FILE, "inventory 2025.csv"))

    run = InventoryImport.objects.get()
    assert (run.name, run.owner, bytes(run.content)) == ("inventory 2025.csv", None, b"")


@pytest.fixture
def records(cast):
    """Return an open record with a field withheld, and one that is withheld as a whole."""
    pilot = InitiativeFactory(name="Sorter", stage="pilot")
    hidden = InitiativeFactory(name="Hidden camera", stage="pilot")
    return (
        make_record(pilot, by=cast.lead, why={"benefits": "trade secret"}),
        make_record(hidden, by=cast.lead, id="EX-2", is_withheld="Yes - Prohibited by Law"),
    )


@pytest.mark.parametrize(
    ("form", "shows"), [("omb-agency", 0), ("atrs", 0), ("omb", 1), ("json", 1)]
)
def test_what_is_withheld_as_a_whole_is_only_in_the_forms_that_stay_inside(
    capsys, records, form, shows
):
    said = taken_out(capsys, form)

    assert "Sorter" in said
    assert said.count("Hidden camera") == shows


@pytest.mark.parametrize("form", ["omb-agency", "atrs", "omb"])
def test_a_field_that_is_withheld_gives_its_reason_in_every_table(capsys, records, form):
    said = taken_out(capsys, form)

    assert "Withheld: trade secret" in said


@pytest.mark.parametrize("form", ["omb-agency", "atrs"])
def test_public_forms_have_the_mailbox_and_no_person(capsys, records, settings, form):
    settings.AGENCY_CONTACT = "ai@fairhaven.example"

    said = taken_out(capsys, form)

    assert "ai@fairhaven.example" in said
    assert "team@agency.example" not in said


def test_numbers_are_left_out_on_wish(capsys, records):
    with_numbers, without = (
        taken_out(capsys, "omb-agency"),
        taken_out(capsys, "omb-agency", "--without-numbers"),
    )

    assert "EX-1" in with_numbers
    assert "EX-1" not in without
    assert "Use Case ID" not in without


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_an_agency_without_records_has_a_header_and_nothing_else(capsys, form):
    said = taken_out(capsys, form)

    if form == "json":
        assert json.loads(said)["records"] == []
    else:
        assert said.startswith("\ufeff")
        assert said.count("\r\n") == 1 if form != "omb-agency" else FORM_2025["benefits"] in said


def test_what_is_written_to_a_file_is_what_is_printed(capsys, records, tmp_path):
    path = tmp_path / "a.csv"

    call_command("export_inventory", "--format", "omb", "--out", str(path))

    assert path.read_bytes().decode() == taken_out(capsys, "omb")


def test_only_the_transparency_standard_becomes_a_page(capsys, records, tmp_path):
    page, table = tmp_path / "a.HTML", tmp_path / "b.html"

    call_command("export_inventory", "--format", "atrs", "--out", str(page))
    call_command("export_inventory", "--format", "omb", "--out", str(table))

    assert "<h2>Sorter</h2>" in page.read_text(encoding="utf-8")
    assert "Hidden camera" not in page.read_text(encoding="utf-8")
    assert table.read_text(encoding="utf-8").startswith("\ufeffagency,")


def test_a_place_where_nothing_can_be_written_is_a_wrong_call(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("export_inventory", "--format", "omb", "--out", str(tmp_path / "no" / "a.csv"))

    assert refused.value.returncode == 2


def test_a_form_that_nobody_knows_is_refused_with_those_that_there_are():
    with pytest.raises(CommandError, match="omb-agency"):
        call_command("export_inventory", "--format", "pdf")


def test_cells_that_would_run_are_harmless_on_wish_and_come_back_as_they_were(
    capsys, cast, put, bring
):
    made = InitiativeFactory(name="Sorter", stage="pilot")
    make_record(made, by=cast.lead, benefits="=1+1", team="-x")

    said = taken_out(capsys, "omb", "--harmless")

    assert ",'=1+1," in said
    code, again = bring(put(said))
    assert (code, again[:26]) == (0, "Created: 0. Updated: 0. Un")
