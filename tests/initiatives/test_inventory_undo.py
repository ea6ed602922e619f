"""Imports taken back: what people made since stays, all the rest is as it was, and it is said."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from buyin.initiatives.actions import (
    ChangedSinceError,
    Edit,
    confirm_inventory,
    discard_inventory,
    import_inventory,
    keep_inventory,
    save_record,
    undo_import,
)
from buyin.initiatives.models import (
    Initiative,
    InventoryChange,
    InventoryEntry,
    InventoryImport,
    InventorySource,
    Milestone,
    Publication,
    RecordVersion,
    SystemRecord,
)
from buyin.initiatives.queries.inventories import Wishes
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record, publish

pytestmark = pytest.mark.django_db
HEADER = "Use Case ID,Use Case Name,Benefits"
FILE = f"{HEADER}\nX-1,Sorter,Faster\nX-2,Chatbot,Calm\nX-3,Router,Short\n"
State = InventoryImport.State
DAY = date(2026, 12, 1)
TABLES = (Initiative, SystemRecord, RecordVersion, InventoryEntry)


def bring(text=FILE, **wishes):
    import_inventory(owner=None, name="a.csv", content=text.encode(), wishes=Wishes(**wishes))
    return InventoryImport.objects.latest("pk")


def everything():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def named(name) -> Any:
    return Initiative.objects.get(name=name)


def reasons_of(run):
    with pytest.raises(ChangedSinceError) as refused:
        undo_import(run=run)
    return [(reason.row, reason.name, reason.message) for reason in refused.value.reasons]


def test_what_hangs_on_an_initiative_is_named_in_words(cast):
    run = bring()
    Milestone.objects.create(initiative=named("Sorter"), title="Trial", planned=DAY, due=DAY)
    Initiative.objects.filter(name="Sorter").update(lead=cast.lead)

    (reason,) = reasons_of(run)

    assert reason[:2] == (2, "Sorter")
    assert reason[2] == "It has by now: a lead, milestones."


def test_each_row_that_people_built_on_is_named_in_the_order_of_the_file(cast):
    run = bring()
    for name in ("Router", "Sorter"):
        made = named(name)
        save_record(actor=cast.lead, initiative=made, edit=Edit({"team": "x"}, {}, seen=1))

    assert [row for row, _name, _why in reasons_of(run)] == [2, 4]


def test_what_was_published_since_is_not_taken_from_the_register(cast):
    run = bring()
    made = named("Sorter")
    Initiative.objects.filter(pk=made.pk).update(lead=cast.lead)
    record = made.record
    Publication.objects.create(
        record=record, version=record.versions.get(), by=cast.lead, values={}, name="Sorter"
    )

    (reason,) = reasons_of(run)

    assert "publications" in reason[2] or "published" in reason[2]
    assert Publication.objects.exists()


def test_an_initiative_that_somebody_deleted_meanwhile_hinders_nobody():
    run = bring()
    named("Sorter").delete()

    assert undo_import(run=run) == []
    assert everything() == [[], [], [], []]


def test_a_record_that_people_made_is_theirs_again(cast):
    record = make_record(InitiativeFactory(name="By hand", lead=cast.lead), by=cast.lead, id="X-1")
    before = everything()
    run = bring()
    assert named("Sorter").pk == record.initiative_id

    undo_import(run=run)

    assert everything() == before


def test_other_imports_keep_what_they_brought():
    bring(source="Elsewhere")
    before = everything()

    undo_import(run=bring())

    assert everything() == before


def test_what_was_undone_comes_in_anew_from_the_same_file():
    undo_import(run=bring())

    run = bring()

    assert run.report["created"] == 3
    assert sorted(one.name for one in Initiative.objects.all()) == ["Chatbot", "Router", "Sorter"]


@pytest.mark.parametrize("state", [State.CHECKING, State.CHECKED, State.REFUSED, State.UNDONE])
def test_only_what_was_imported_can_be_undone(state):
    run = bring()
    InventoryImport.objects.update(state=state)
    before = everything()

    assert undo_import(run=run) == []
    assert everything() == before
    run.refresh_from_db()
    assert (run.state, run.undone_at) == (state, None)


def test_an_import_that_changed_nothing_is_undone_without_a_trace():
    bring()
    before = everything()

    assert undo_import(run=bring()) == []
    assert everything() == before


def test_columns_kept_beside_the_record_go_back_to_what_they_were():
    text = "Use Case ID,Use Case Name,Cost\nX-1,Sorter,5\n"
    bring(text)

    run = bring(text.replace(",5", ",7"))
    assert InventoryEntry.objects.get().extra == {"Cost": "7"}
    undo_import(run=run)

    assert InventoryEntry.objects.get().extra == {"Cost": "5"}
    assert bring(text).report["unchanged"] == 1


def test_a_summary_that_people_wrote_is_kept_by_an_import_and_by_its_undo():
    bring()
    Initiative.objects.filter(name="Sorter").update(summary="Ours")

    run = bring(FILE.replace("Faster", "Slower"))
    assert named("Sorter").summary == "Ours"
    undo_import(run=run)

    assert (named("Sorter").summary, named("Sorter").record.values["benefits"]) == (
        "Ours",
        "Faster",
    )


def test_a_file_that_withholds_a_record_takes_it_out_of_the_register_at_once(cast):
    initiative = InitiativeFactory(name="Sorter", stage="pilot", lead=cast.lead)
    publish(make_record(initiative, by=cast.lead, id="X-1"))
    withheld = "Should this AI use case be withheld from public reporting?"

    bring(f"Use Case ID,Use Case Name,{withheld}\nX-1,Sorter,Yes - Prohibited by Law\n")

    assert not Publication.objects.current().exists()
    assert Publication.objects.get().taken_back


def test_undo_asks_as_much_of_the_database_for_three_rows_as_for_one(
    django_assert_max_num_queries,
):
    def asked(text):
        run = bring(text)
        with django_assert_max_num_queries(200) as queries:
            undo_import(run=run)
        return len(queries)

    one = asked(f"{HEADER}\nX-1,Sorter,Faster\n")

    assert asked(FILE) == one


def test_many_rows_that_were_changed_go_back_at_once():
    rows = [f"X-{number},Tool {number},Faster" for number in range(1100)]
    bring("\n".join([HEADER, *rows]))
    before = everything()

    run = bring("\n".join([HEADER, *rows]).replace("Faster", "Slower"))
    assert run.report["updated"] == len(rows)
    undo_import(run=run)

    assert everything() == before


def test_an_import_asks_as_much_of_the_database_for_three_rows_as_for_one(
    django_assert_max_num_queries,
):
    def asked(text):
        with django_assert_max_num_queries(200) as queries:
            bring(text)
        return len(queries)

    bring()  # what is asked once only is asked by now
    Initiative.objects.all().delete()
    one = asked(f"{HEADER}\nY-1,Sorter,Faster\n")
    Initiative.objects.all().delete()

    assert asked(FILE) == one


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")


def undo(client, run, **more):
    return client.post(reverse("initiatives:import-undo", args=[run.pk]), more, follow=True).text


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Sorter"], "1 initiative of this import was changed since."),
        (["Sorter", "Chatbot", "Router"], "3 initiatives of this import were changed since."),
    ],
)
def test_the_page_counts_what_was_changed_and_leads_to_each(lead, names, said):
    run = bring()
    ids = list(Initiative.objects.filter(name__in=names).values_list("pk", flat=True))
    Initiative.objects.filter(pk__in=ids).update(summary="Ours")

    page = undo(lead, run)

    assert said in " ".join(page.split())
    for pk in ids:
        assert reverse("initiatives:initiative", args=[pk]) in page
    assert Initiative.objects.count() == 3


def test_the_page_says_how_many_stay_where_the_rest_was_undone(lead):
    run = bring()
    Initiative.objects.filter(name="Sorter").update(summary="Ours")

    page = undo(lead, run, rest="1")

    assert "Undone. 1 initiative stays as people changed it." in page
    assert "The import was undone" in page
    assert [one.name for one in Initiative.objects.all()] == ["Sorter"]


def test_undone_twice_from_two_windows_it_is_undone_once(lead):
    run = bring()

    undo(lead, run)
    page = undo(lead, run)

    assert "The import was undone" in page
    assert "Undo this import" not in page


@pytest.mark.parametrize("persona", ["staff", "coordinator", "executive", "trainer"])
def test_who_leads_nothing_changes_nothing_whatever_is_sent(sign_in, persona):
    run = bring()
    waiting = keep_inventory(owner=None, name="b.csv", content=FILE.replace("X-", "Y-").encode())
    before, client = everything(), sign_in(persona)

    for name, one in (("undo", run), ("discard", waiting), ("preview", waiting)):
        address = reverse(f"initiatives:import-{name}", args=[one.pk])
        assert client.post(address, {"rest": "1"}).status_code == 404
    assert everything() == before
    states = list(InventoryImport.objects.order_by("pk").values_list("state", flat=True))
    assert states == [State.DONE, State.CHECKED]


@pytest.mark.parametrize("state", [State.CHECKING, State.IMPORTING, State.DONE, State.UNDONE])
def test_a_file_that_is_in_work_or_written_is_not_discarded(state):
    run = keep_inventory(owner=None, name="a.csv", content=FILE.encode())
    InventoryImport.objects.update(state=state)

    assert not discard_inventory(run=run)
    assert InventoryImport.objects.exists()


def test_one_row_of_one_source_is_one_initiative_for_the_database_too():
    bring()
    first, second = Initiative.objects.order_by("pk")[:2]
    key = InventoryEntry.objects.get(initiative=first).key
    InventoryEntry.objects.filter(initiative=second).delete()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        InventoryEntry.objects.create(initiative=second, source="", key=key, digest="x")

    assert "key" in str(refused.value) or "one_initiative_per_entry" in str(refused.value)
    InventoryEntry.objects.create(initiative=second, source="Elsewhere", key=key, digest="x")


def test_a_source_is_known_once_for_the_database_too():
    InventorySource.objects.create(name="Ohio")

    with pytest.raises(IntegrityError), transaction.atomic():
        InventorySource.objects.create(name="Ohio")


def test_changes_stay_readable_when_their_initiative_is_gone():
    run = bring()
    named("Sorter").delete()

    change = InventoryChange.objects.get(run=run, initiative=None)

    assert (str(change), change.row, change.is_new) == ("Sorter", 2, True)


def test_a_person_who_is_gone_leaves_what_they_brought_in(cast):
    run = keep_inventory(owner=cast.lead, name="a.csv", content=FILE.encode())
    confirm_inventory(run=run)

    InventoryImport.objects.update(owner=None)

    assert undo_import(run=InventoryImport.objects.get(pk=run.pk)) == []
    assert not Initiative.objects.exists()
