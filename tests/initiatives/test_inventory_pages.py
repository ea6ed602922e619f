"""The pages of inventories: a file, a look, columns and words, yes, and taking it back."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from buyin.accounts.models import EventKind, SecurityEvent
from buyin.initiatives import tasks
from buyin.initiatives.actions import bring_on, inventories, keep_inventory
from buyin.initiatives.models import (
    Initiative,
    InventoryImport,
    InventorySource,
    SystemRecord,
)
from buyin.uploads import MOST_TRIES

pytestmark = pytest.mark.django_db
LIST = reverse("initiatives:imports")
FILE = (
    "Tool,Use Case Name,Stage of Development,Benefits\nx,Sorter,Sandbox,Faster\n,Chatbot,Pilot,\n"
)
State = InventoryImport.State


def upload(client, text=FILE, **more):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(LIST, {"file": SimpleUploadedFile("a.csv", content), **more})


def at(name, run):
    return reverse(f"initiatives:{name}", args=[run.pk])


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")


@pytest.fixture
def run(lead):
    upload(lead)
    return InventoryImport.objects.get()


def test_a_file_is_read_and_shown_before_anything_is_written(lead):
    answer = upload(lead, source="  The   State ")

    run: Any = InventoryImport.objects.get()
    assert answer["Location"] == at("import-preview", run)
    assert (run.state, run.source, run.owner.email) == (
        State.CHECKED,
        "The State",
        "lead@fairhaven.example",
    )
    page = lead.get(at("import-preview", run)).content.decode()
    assert "What will change" in page
    assert "Sandbox" in page
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"a\0b"])
def test_what_is_no_table_is_refused_at_once_and_said(lead, content):
    answer = upload(lead, content)

    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert not InventoryImport.objects.exists()


def test_a_file_without_names_can_be_given_a_meaning(lead):
    upload(lead, "Tool,Office\nSorter,Roads\n")
    run = InventoryImport.objects.get()
    assert run.report["problem_count"] == 1

    lead.post(at("import-columns", run), {"column-0": "use_case_name"})
    lead.post(at("import-preview", run))

    assert Initiative.objects.get().name == "Sorter"


def test_a_file_that_would_change_nothing_is_not_offered_to_be_imported(lead):
    upload(lead, "Tool,Office\nSorter,Roads\n")
    run = InventoryImport.objects.get()

    page = lead.get(at("import-preview", run)).text
    assert "As it is read now, this file changes nothing." in page
    assert ">Import</button>" not in page

    lead.post(at("import-columns", run), {"column-0": "use_case_name"})
    page = lead.get(at("import-preview", run)).text
    assert ">Import</button>" in page
    assert "this file changes nothing" not in page


def test_a_column_that_nobody_knows_is_shown_with_what_stands_in_it(lead):
    rows = "".join(f"Sorter {n},{'x' * 70 if n == 2 else n % 2}\n" for n in range(9))
    upload(lead, "Use Case Name,Tool\n" + rows)
    run = InventoryImport.objects.get()

    page = lead.get(at("import-columns", run)).text
    assert f"“0”, “1”, “{'x' * 60}…”" in page

    lead.post(at("import-columns", run), {"column-1": "team"})
    assert "“0”, “1”" in lead.get(at("import-columns", run)).text
    lead.post(at("import-preview", run))
    run.refresh_from_db()
    assert [one["samples"] for one in run.report["columns"]] == [[], []]


def test_yes_writes_it_and_a_second_yes_does_nothing(lead, run):
    for _time in range(2):
        assert lead.post(at("import-preview", run)).status_code == 302

    run.refresh_from_db()
    assert (run.state, bytes(run.content)) == (State.DONE, b"")
    assert sorted(one.name for one in Initiative.objects.all()) == ["Chatbot", "Sorter"]
    assert "The inventory was imported" in lead.get(at("import-preview", run)).content.decode()


def test_what_somebody_says_of_columns_and_words_is_used_and_remembered(lead, run):
    page = lead.get(at("import-columns", run)).content.decode()
    assert "Sandbox" in page

    lead.post(at("import-columns", run), {"column-0": "team", "word-0": "Pilot"})
    lead.post(at("import-preview", run))

    sorter = SystemRecord.objects.get(initiative__name="Sorter")
    assert (sorter.initiative.stage, sorter.values["team"]) == ("pilot", "x")
    learned = InventorySource.objects.get(name="").learned
    assert learned == {
        "columns": {"tool#1": "team"},
        "values": {"development_stage": {"sandbox": "Pilot"}},
    }
    upload(lead)
    assert InventoryImport.objects.latest("pk").report["unchanged"] == 2


def test_a_column_whose_name_says_the_wrong_thing_can_be_put_right(lead):
    upload(lead, "Use Case Name,Bureau,Summary\nSorter,x,Sorts post\n")
    run = InventoryImport.objects.get()
    one = {column["label"]: n for n, column in enumerate(run.report["columns"])}
    known = f'name="column-{one["Use Case Name"]}"'

    usual = lead.get(at("import-columns", run)).text
    assert known not in usual
    assert 'href="?all"' in usual
    every = at("import-columns", run) + "?all"
    page = lead.get(every).text
    assert known in page
    assert "“Sorter”" in page

    fields = {f"column-{n}": column["field"] for n, column in enumerate(run.report["columns"])}
    name, summary = (f"column-{one[label]}" for label in ("Use Case Name", "Summary"))
    wrong = lead.post(every, fields | {summary: "use_case_name"})
    assert "Another column holds this already." in wrong.text
    assert known in wrong.text
    lead.post(every, fields | {name: "problem_solved", summary: "use_case_name"})
    lead.post(at("import-preview", run))

    made = Initiative.objects.get()
    assert (made.name, made.record.values["problem_solved"]) == ("Sorts post", "Sorter")
    upload(lead, "Use Case Name,Bureau,Summary\nSorter,x,Sorts post\n")
    assert InventoryImport.objects.latest("pk").report["unchanged"] == 1


def test_a_column_that_nobody_says_anything_of_holds_what_its_name_says(lead):
    upload(lead, "Use Case Name,Bureau,Summary\nSorter,x,Sorts post\n")
    run = InventoryImport.objects.get()
    summary = next(n for n, one in enumerate(run.report["columns"]) if one["label"] == "Summary")

    lead.post(at("import-columns", run) + "?all", {f"column-{summary}": "problem_solved"})
    lead.post(at("import-preview", run))

    made = Initiative.objects.get()
    assert (made.name, made.record.values["problem_solved"]) == ("Sorter", "Sorts post")


def test_two_columns_cannot_hold_one_field(lead):
    upload(lead, "Use Case Name,One,Two\nA,x,y\n")
    run = InventoryImport.objects.get()

    answer = lead.post(at("import-columns", run), {"column-1": "team", "column-2": "team"})

    assert "Another column holds this already." in answer.content.decode()
    run.refresh_from_db()
    assert run.mapping == {}


def test_differences_are_shown_row_by_row(lead):
    text = "Use Case ID,Use Case Name,Benefits\nX-1,Sorter,Faster\n"
    upload(lead, text)
    lead.post(at("import-preview", InventoryImport.objects.get()))
    upload(lead, text.replace("Faster", "<b>Slower</b>"))

    page = lead.get(at("import-preview", InventoryImport.objects.latest("pk"))).content.decode()

    assert "<del>Faster</del>" in page
    assert "&lt;b&gt;Slower&lt;/b&gt;" in page


def test_problems_and_remarks_leave_as_a_harmless_table(lead):
    upload(lead, "Use Case Name,Stage of Development\nA,=1+1\n,only this\n")
    run = InventoryImport.objects.get()

    text = lead.get(at("import-left-out", run)).content.decode()

    assert text.splitlines()[1].startswith("3,Use Case Name,")
    assert "'=1+1" in text


def test_there_is_no_table_where_nothing_was_odd(lead):
    upload(lead, "Use Case Name\nA\n")

    assert lead.get(at("import-left-out", InventoryImport.objects.get())).status_code == 404


def test_an_import_is_undone_and_says_so(lead, run):
    lead.post(at("import-preview", run))

    answer = lead.post(at("import-undo", run), follow=True)

    assert "Everything is as it was before." in answer.content.decode()
    assert not Initiative.objects.exists()


def test_what_was_changed_since_is_named_and_the_rest_undone_on_wish(lead, run):
    lead.post(at("import-preview", run))
    Initiative.objects.filter(name="Sorter").update(name="Mail sorter")

    page = lead.post(at("import-undo", run)).content.decode()
    assert "Nothing was undone" in page
    assert Initiative.objects.count() == 2

    lead.post(at("import-undo", run), {"rest": "1"})
    assert [one.name for one in Initiative.objects.all()] == ["Mail sorter"]


def test_a_file_is_discarded_only_while_nothing_was_written(lead, run):
    lead.post(at("import-preview", run))
    lead.post(at("import-discard", run))
    assert InventoryImport.objects.exists()

    upload(lead)
    newest = InventoryImport.objects.latest("pk")
    lead.post(at("import-discard", newest))
    assert not InventoryImport.objects.filter(pk=newest.pk).exists()


def test_a_lead_who_is_none_any_more_brings_nothing_in(cast, lead, run, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    lead.post(at("import-preview", run))
    cast.lead.role_assignments.all().delete()

    tasks.bring_inventories_on()

    run.refresh_from_db()
    assert run.state == State.REFUSED
    assert not Initiative.objects.exists()


def test_a_large_file_is_read_and_written_by_the_clock(lead, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    upload(lead)
    run = InventoryImport.objects.get()
    assert "is being read" in lead.get(at("import-preview", run)).content.decode()

    tasks.bring_inventories_on()
    lead.post(at("import-preview", run))
    assert "is being imported" in lead.get(at("import-preview", run)).content.decode()
    for _time in range(2):
        tasks.bring_inventories_on()

    run.refresh_from_db()
    assert run.state == State.DONE
    assert Initiative.objects.count() == 2


def test_a_file_that_breaks_its_reader_again_and_again_is_given_up(cast, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    run = keep_inventory(owner=cast.lead, name="a.csv", content=FILE.encode())
    InventoryImport.objects.update(tries=MOST_TRIES)

    bring_on(run=run.pk)

    run.refresh_from_db()
    assert run.state == State.REFUSED


def test_the_page_has_as_many_queries_for_three_imports_as_for_one(
    lead, run, django_assert_num_queries
):
    lead.get(LIST)  # what every page asks once is known from here on
    with django_assert_num_queries(2):
        lead.get(LIST)
    upload(lead)
    upload(lead)

    with django_assert_num_queries(2):
        lead.get(LIST)


@pytest.mark.parametrize("form", ["omb", "omb-agency", "atrs", "json"])
def test_the_inventory_is_taken_out_in_every_form(lead, run, form):
    lead.post(at("import-preview", run))

    answer = lead.get(reverse("initiatives:export", args=[form]))

    assert "Sorter" in answer.content.decode()
    assert f"ai-inventory-{form}." in answer["Content-Disposition"]
    assert answer["Content-Type"].startswith("application/json" if form == "json" else "text/csv")


@pytest.mark.parametrize("form", ["omb", "json"])
def test_it_is_written_down_who_took_the_inventory_out(lead, form):
    lead.get(reverse("initiatives:export", args=[form]))

    event = SecurityEvent.objects.get(kind=EventKind.EXPORTED, actor__name="Lead Persona")
    assert event.detail == f"Inventory of AI systems: {form}"


def test_whoever_gets_no_inventory_is_not_said_to_have_taken_one(sign_in):
    assert sign_in("executive").get(reverse("initiatives:export", args=["json"])).status_code == 404

    assert not SecurityEvent.objects.filter(kind=EventKind.EXPORTED).exists()


def test_harmless_tables_run_nothing_and_unknown_forms_are_nowhere(lead):
    upload(lead, "Use Case Name,Benefits\nA,=1+1\n")
    lead.post(at("import-preview", InventoryImport.objects.get()))
    there = reverse("initiatives:export", args=["omb"])

    assert "'=1+1" in lead.get(f"{there}?harmless").content.decode()
    assert "'=1+1" not in lead.get(there).content.decode()
    assert lead.get(reverse("initiatives:export", args=["pdf"])).status_code == 404


def test_json_taken_out_is_whole_json(lead, run):
    lead.post(at("import-preview", run))

    found = json.loads(lead.get(reverse("initiatives:export", args=["json"])).content)

    assert [one["use_case_name"] for one in found["records"]] == ["Sorter", "Chatbot"]
    assert found["records"][0]["extra"] == {"Tool": "x"}
    assert found["records"][0]["development_stage"] == "Sandbox"


def test_what_came_in_leads_to_its_initiatives_and_before_and_after_that_to_none(lead, run):
    before = lead.get(at("import-preview", run)).text
    lead.post(at("import-preview", run))
    links = [reverse("initiatives:initiative", args=[one.pk]) for one in Initiative.objects.all()]

    after = lead.get(at("import-preview", run)).text
    lead.post(at("import-undo", run))
    undone = lead.get(at("import-preview", run)).text

    assert len(links) == 2
    for link in links:
        assert [f'href="{link}"' in page for page in (before, after, undone)] == [
            False,
            True,
            False,
        ]


def test_below_the_inventories_a_way_leads_back_to_them(lead, run):
    for page in ("import-preview", "import-columns"):
        assert f'<a href="{LIST}">Inventories</a>' in lead.get(at(page, run)).text
