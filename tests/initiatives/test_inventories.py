"""Inventories brought in: what each row does, that a second time does nothing, and taking it back."""

import json
from typing import Any

import pytest
from django.core.management import call_command

from buyin.accounts.models import Department
from buyin.initiatives.actions import (
    ChangedSinceError,
    Edit,
    import_inventory,
    save_initiative,
    save_record,
    undo_import,
)
from buyin.initiatives.models import (
    Benefit,
    Initiative,
    InventoryChange,
    InventoryEntry,
    InventoryImport,
    RecordVersion,
    Stage,
    SystemRecord,
)
from buyin.initiatives.queries.inventories import Wishes, plan_inventory
from buyin.initiatives.queries.inventory_written import FORMATS, inventory_text, wishes_of_agency
from buyin.tables.columns import Learned

pytestmark = pytest.mark.django_db
TABLES = (Initiative, SystemRecord, RecordVersion, InventoryEntry)
HEADER = "Use Case ID,Use Case Name,Stage of Development,Benefits,Cost"
FIRST = f"{HEADER}\nX-1,Sorter,Pilot,Faster,5\nX-2,Chatbot,Deployed,,\n,No number,,Calm,\n"


def bring(text, **wishes):
    content = text if isinstance(text, bytes) else text.encode()
    return import_inventory(owner=None, name="a.csv", content=content, wishes=Wishes(**wishes))


def everything():
    """Return all rows of what an import writes, to be compared as a whole."""
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def newest():
    return InventoryImport.objects.latest("pk")


def test_a_row_makes_an_initiative_with_a_record_a_version_and_an_entry():
    plan = bring(FIRST)

    assert plan.counts == {"created": 3, "updated": 0, "unchanged": 0, "duplicates": 0}
    sorter = Initiative.objects.get(name="Sorter")
    assert (sorter.stage, sorter.summary) == (Stage.PILOT, "Faster")
    assert sorter.record.values == {"id": "X-1", "benefits": "Faster"}
    assert sorter.record.whole["development_stage"] == "Pilot"
    assert sorter.record.versions.get().note == "Inventory “a.csv”"
    assert (sorter.inventory_entry.key, sorter.inventory_entry.extra) == ("id:x-1", {"Cost": "5"})
    assert newest().state == InventoryImport.State.DONE


def test_the_same_file_again_changes_nothing_even_after_people_wrote_into_the_record(cast):
    bring(FIRST)
    sorter = Initiative.objects.get(name="Sorter")
    edit = Edit(values={"benefits": "Much faster"}, redactions={}, seen=1)
    save_record(actor=cast.lead, initiative=sorter, edit=edit)
    before = everything()

    plan = bring(FIRST)

    assert plan.counts == {"created": 0, "updated": 0, "unchanged": 3, "duplicates": 0}
    assert everything() == before


def test_a_row_that_says_something_else_changes_only_that():
    bring(FIRST)

    plan = bring(FIRST.replace("Pilot,Faster,5", "Deployed,Faster,7"))

    assert plan.counts["updated"] == 1
    (update,) = plan.updated
    assert update.before == {"development_stage": "Pilot", "+Cost": "5"}
    assert update.after == {"development_stage": "Deployed", "+Cost": "7"}
    sorter = Initiative.objects.get(name="Sorter")
    assert (sorter.stage, sorter.record.revision) == (Stage.DEPLOYED, 2)
    assert sorter.inventory_entry.extra == {"Cost": "7"}


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_empties():
    bring(FIRST)

    bring("Use Case ID,Use Case Name,Benefits\nX-1,Sorter,\n")

    sorter = Initiative.objects.get(name="Sorter")
    assert sorter.record.values == {"id": "X-1"}
    assert sorter.stage == Stage.PILOT


def test_rows_that_are_alike_come_once_and_those_that_share_a_number_both():
    plan = bring(f"{HEADER}\nX-1,A,,,\nX-1,B,,,\n,C,,,\n,C,,,\n")

    assert plan.counts == {"created": 3, "updated": 0, "unchanged": 0, "duplicates": 1}
    assert [(row.entry.row, first) for row, first in plan.duplicates] == [(5, 4)]
    assert [[entry.name for entry in group] for group in plan.sharing] == [["A", "B"]]


def test_the_number_of_one_agency_is_not_that_of_another():
    bring(FIRST)

    plan = bring(FIRST, source="Elsewhere")

    assert plan.counts["created"] == 3
    assert set(InventoryEntry.objects.values_list("source", flat=True)) == {"", "Elsewhere"}


def test_a_record_that_people_made_is_found_by_its_number(cast):
    made = Initiative.objects.create(name="Sorter by hand")
    edit = Edit(values={"id": "X-1", "team": "Mail room"}, redactions={}, seen=0)
    save_record(actor=cast.lead, initiative=made, edit=edit)

    plan = bring(FIRST)

    assert (plan.counts["created"], plan.counts["updated"]) == (2, 1)
    made.refresh_from_db()
    assert made.name == "Sorter"
    assert made.record.values["team"] == "Mail room"


def test_long_names_unknown_stages_and_no_name_at_all():
    long = "Name " * 50
    text = (
        f"Use Case ID,Use Case Name,Stage of Development,Benefits\nA,{long},Pilot,x\n"
        "B,Short,Implementation and Assessment,x\nC,,Pilot,x\n"
    )

    bring(text)

    first, second, third = Initiative.objects.order_by("pk")
    assert len(first.name) <= 200
    assert first.record.whole["use_case_name"] == long.strip()
    assert (second.stage, second.record.whole["development_stage"]) == (
        Stage.IDEA,
        "Implementation and Assessment",
    )
    assert third.name == "Use case C"
    assert bring(text).counts["unchanged"] == 3


def test_what_somebody_said_of_columns_and_words_is_used():
    learned = Learned(
        columns={"tool#1": "use_case_name"}, values={"development_stage": {"sandbox": "Pilot"}}
    )

    bring("Tool,Phase\nSorter,Sandbox\n", learned=learned)

    assert Initiative.objects.get().stage == Stage.PILOT


def test_addresses_of_persons_give_way_to_the_mailbox_on_wish(settings):
    settings.AGENCY_CONTACT = "ai@fairhaven.example"
    text = "Use Case Name,Email Address\nA,jane@x.example\nB,https://x.example/ask\nC,\n"

    bring(text, hides_addresses=True)

    contacts = [one.values.get("contact_email") for one in SystemRecord.objects.order_by("pk")]
    assert contacts == ["ai@fairhaven.example", "https://x.example/ask", None]


@pytest.mark.parametrize("form", ["omb", "json"])
def test_what_the_portal_writes_changes_nothing_when_it_comes_back(made_file, form):
    bring(made_file("agency_2025_longheaders_utf8bom.csv"), source="Elsewhere")
    bring(FIRST)
    before = everything()

    plan = bring(inventory_text(form, wishes_of_agency()))

    assert plan.counts == {"created": 0, "updated": 0, "unchanged": 7, "duplicates": 0}
    assert everything() == before


def test_the_mailbox_and_reasons_in_the_public_form_are_not_taken_for_values(cast, settings):
    settings.AGENCY_CONTACT = "ai@fairhaven.example"
    bring("Use Case ID,Use Case Name,Email Address,Benefits\nX-1,A,jane@x.example,Secret\n")
    edit = Edit(values={}, redactions={"benefits": "trade secret"}, seen=1)
    save_record(actor=cast.lead, initiative=Initiative.objects.get(), edit=edit)

    public = inventory_text("omb-agency", wishes_of_agency())
    plan = bring(public)

    assert "Withheld: trade secret" in public
    assert "jane@x.example" not in public
    assert plan.counts["unchanged"] == 1
    assert SystemRecord.objects.get().values["benefits"] == "Secret"


def test_undo_leaves_the_database_as_it_was(made_file):
    bring(FIRST)
    before = everything()
    bring(FIRST.replace("Pilot,Faster,5", "Deployed,Slower,7") + "X-9,New,,,\n")
    assert everything() != before

    left = undo_import(run=newest())

    assert left == []
    assert everything() == before
    assert newest().state == InventoryImport.State.UNDONE
    assert undo_import(run=newest()) == []


def test_undo_of_what_was_made_leaves_nothing(made_file):
    bring(made_file("agency_2025_longheaders_cp1252.csv"))

    undo_import(run=newest())

    assert everything() == [[], [], [], []]
    assert InventoryChange.objects.filter(initiative=None).count() == 4


def changed_name(cast, made):
    save_initiative(actor=cast.lead, initiative=made, name="Other")


def changed_record(cast, made):
    save_record(actor=cast.lead, initiative=made, edit=Edit({"team": "x"}, {}, seen=1))


def given_departments(cast, made):
    made.departments.set([Department.objects.first()])


def given_benefit(cast, made):
    Benefit.objects.create(initiative=made, title="Time", kind="qualitative")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed_name, "name, summary or stage"),
        (changed_record, "record was changed"),
        (given_departments, "departments"),
        (given_benefit, "benefits"),
    ],
)
def test_what_people_have_built_on_is_not_taken_back_and_is_named(cast, change, said):
    bring(FIRST)
    made = Initiative.objects.get(name="Sorter")
    change(cast, made)
    before = everything()

    with pytest.raises(ChangedSinceError) as refused:
        undo_import(run=newest())

    (reason,) = refused.value.reasons
    assert (reason.row, reason.initiative) == (2, made.pk)
    assert said in reason.message
    assert everything() == before


def test_the_rest_can_be_undone_on_wish(cast):
    bring(FIRST)
    changed_name(cast, Initiative.objects.get(name="Sorter"))

    left = undo_import(run=newest(), leaves_changed=True)

    assert [reason.name for reason in left] == ["Sorter"]
    assert [one.name for one in Initiative.objects.all()] == ["Other"]


def test_an_import_that_a_later_one_built_on_is_undone_after_it():
    bring(FIRST)
    first = newest()
    bring(FIRST.replace("Faster", "Slower"))

    with pytest.raises(ChangedSinceError):
        undo_import(run=first)

    undo_import(run=newest())
    undo_import(run=first)
    assert everything() == [[], [], [], []]


def test_a_preview_writes_nothing():
    plan = plan_inventory(FIRST.encode(), Wishes())

    assert plan.counts["created"] == 3
    assert everything() == [[], [], [], []]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_form_is_written_by_the_command(tmp_path, form):
    bring(FIRST)
    path = tmp_path / "inventory"

    call_command("export_inventory", format=form, out=path)

    assert "Sorter" in path.read_text(encoding="utf-8")


def test_the_page_of_the_transparency_standard_is_written(tmp_path):
    bring("Use Case Name,Benefits\n<b>A</b>,Fast\n")
    path = tmp_path / "a.html"

    call_command("export_inventory", format="atrs", out=path)

    page = path.read_text(encoding="utf-8")
    assert "<h2>&lt;b&gt;A&lt;/b&gt;</h2>" in page
    assert page.index("1.1") < page.index("2.2.3")


def run(capsys, path, *options):
    """Call the import command and return its exit code and its JSON."""
    code: Any = 0
    try:
        call_command("import_inventory", str(path), "--json", *options)
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(capsys.readouterr().out)


def test_the_command_tells_in_json_and_a_dry_run_writes_nothing(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(FIRST, encoding="utf-8")

    code, dry = run(capsys, path, "--dry-run")

    assert (code, dry["created"], dry["problems"], everything()) == (0, 3, [], [[], [], [], []])
    assert dry["columns"]["Cost"] == ""
    assert run(capsys, path)[1]["created"] == 3
    again = run(capsys, path)[1]
    assert [again[name] for name in ("created", "updated", "unchanged", "duplicates")] == [
        0,
        0,
        3,
        0,
    ]


def test_the_command_ends_with_1_where_something_stays_out(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(FIRST + "Total,,,,\n", encoding="utf-8")

    code, said = run(capsys, path)

    assert (code, said["created"]) == (1, 3)
    assert [(one["row"], one["column"]) for one in said["problems"]] == [(5, "Use Case Name")]

    path.write_bytes(b"PK\x03\x04")
    code, said = run(capsys, path)
    assert (code, said["created"], len(said["problems"])) == (1, 0, 1)
