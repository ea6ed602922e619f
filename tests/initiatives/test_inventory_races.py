"""Several people and clocks are at one inventory, or at two alike, at the same moment."""

from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.utils import timezone

from buyin.accounts.models import Role, RoleAssignment
from buyin.initiatives.actions import (
    Edit,
    bring_on,
    confirm_inventory,
    discard_inventory,
    import_inventory,
    inventories,
    inventory_undo,
    keep_inventory,
    save_initiative,
    save_record,
    take_back,
    undo_import,
)
from buyin.initiatives.actions.inventory_writing import hold_initiatives
from buyin.initiatives.models import (
    Initiative,
    InventoryChange,
    InventoryEntry,
    InventoryImport,
    InventorySource,
    Milestone,
    RecordVersion,
    SystemRecord,
)
from buyin.initiatives.queries.inventories import Wishes, plan_inventory
from buyin.uploads import claimed
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL
FILE = b"Use Case ID,Use Case Name,Benefits\nX-1,Sorter,Faster\nX-2,Chatbot,Calm\n"
State = InventoryImport.State


@pytest.fixture
def run():
    return keep_inventory(owner=None, name="a.csv", content=FILE)


def of(run):
    return InventoryImport.objects.get(pk=run.pk)


def bring(_number):
    return import_inventory(owner=None, name="a.csv", content=FILE, wishes=Wishes()).counts


@pytest.mark.parametrize("is_first", [True, False])
def test_one_file_that_many_bring_in_at_once_makes_each_initiative_once(is_first):
    if not is_first:  # nobody waits any more for the row that all of them hold to be made
        InventorySource.objects.create(name="")

    counts = at_once(bring)

    assert sum(one["created"] for one in counts) == 2
    assert sum(one["unchanged"] for one in counts) == 2 * (AT_ONCE - 1)
    assert (Initiative.objects.count(), InventoryEntry.objects.count()) == (2, 2)
    assert InventoryImport.objects.filter(state=State.DONE).count() == AT_ONCE


def test_files_with_different_rows_at_once_all_come_in():
    def one(number):
        content = f"Use Case ID,Use Case Name\nX-{number},Tool {number}\n".encode()
        import_inventory(owner=None, name="a.csv", content=content, wishes=Wishes())

    at_once(one)

    assert Initiative.objects.count() == AT_ONCE


def test_yes_said_by_many_at_once_writes_a_file_once(run):
    at_once(lambda _number: confirm_inventory(run=of(run)))

    assert of(run).state == State.DONE
    assert Initiative.objects.count() == 2
    assert RecordVersion.objects.count() == 2
    assert InventoryChange.objects.filter(run=run).count() == 2


def test_many_clocks_that_tick_at_once_read_a_file_once(run):
    InventoryImport.objects.update(state=State.CHECKING, tries=0, leased_until=None)

    at_once(lambda _number: bring_on(run=run.pk))

    assert (of(run).state, of(run).tries) == (State.CHECKED, 1)


def test_many_who_reach_for_a_file_at_once_get_it_once(run):
    InventoryImport.objects.update(state=State.CHECKING, tries=0, leased_until=None)

    def take(_number):
        return claimed(InventoryImport.objects.waiting().select_related("owner"), run.pk)

    taken = at_once(take)

    assert [one.pk for one in taken if one is not None] == [run.pk]
    assert of(run).tries == 1


@pytest.mark.parametrize("undo", [undo_import, take_back])
def test_an_import_that_many_undo_at_once_is_undone_once(run, undo):
    confirm_inventory(run=run)
    done = of(run)

    at_once(lambda _number: undo(run=done))

    assert of(run).state == State.UNDONE
    assert not Initiative.objects.exists()


def test_a_file_that_is_discarded_while_others_say_yes_is_written_whole_or_not_at_all(run):
    def act(number):
        return discard_inventory(run=run) if number % 2 else confirm_inventory(run=run)

    gone = Counter(at_once(act))[True]

    kept = InventoryImport.objects.filter(pk=run.pk)
    assert gone + kept.count() == 1
    assert Initiative.objects.count() == (0 if gone else 2)


def test_a_large_file_that_the_clock_and_a_second_clock_write_is_written_once(run, monkeypatch):
    monkeypatch.setattr(inventories, "SMALL", 0)
    confirm_inventory(run=run)

    at_once(lambda _number: bring_on(run=run.pk))

    assert of(run).state == State.DONE
    assert Initiative.objects.count() == 2


class Meanwhile:
    """Somebody who saves right after a comparing, on a connection of their own."""

    def __init__(self, save) -> None:
        self.save, self.pool = save, ThreadPoolExecutor(1)
        self.saving: list[Future[None]] = []

    def after(self, compare):
        """Return the comparing with the save behind it; who has to wait is not waited for."""

        def compared(*given):
            found = compare(*given)
            self.saving.append(self.pool.submit(self._saved))
            with suppress(TimeoutError):  # whoever saves now waits until this is over
                self.saving[0].result(timeout=0.5)
            return found

        return compared

    def end(self) -> None:
        """Wait until it is saved; raise what stood against it."""
        with self.pool:
            self.saving[0].result(timeout=10)

    def _saved(self) -> None:
        try:
            self.save()
        finally:
            connection.close()


def make_lead():
    lead = PersonFactory()
    RoleAssignment.objects.create(person=lead, role=Role.LEAD)
    return lead


def test_what_somebody_saves_while_a_file_is_compared_is_not_lost(run, monkeypatch):
    confirm_inventory(run=run)
    changed = FILE.replace(b"Faster", b"Much faster")
    lead, sorter = make_lead(), Initiative.objects.get(name="Sorter")
    other = Meanwhile(lambda: save_initiative(actor=lead, initiative=sorter, name="Letter sorter"))
    monkeypatch.setattr(inventories, "plan_inventory", other.after(plan_inventory))

    import_inventory(owner=None, name="b.csv", content=changed, wishes=Wishes())
    other.end()

    sorter.refresh_from_db()
    assert sorter.name == "Letter sorter"
    assert sorter.record.values["benefits"] == "Much faster"


def test_what_somebody_saves_while_an_import_is_taken_back_is_not_lost(run, monkeypatch):
    confirm_inventory(run=run)
    changed = FILE.replace(b"Faster", b"Much faster")
    import_inventory(owner=None, name="b.csv", content=changed, wishes=Wishes())
    lead, sorter = make_lead(), Initiative.objects.get(name="Sorter")
    edit = Edit({"team": "x"}, {}, seen=2)
    other = Meanwhile(lambda: save_record(actor=lead, initiative=sorter, edit=edit))
    compare = inventory_undo.reasons_against
    monkeypatch.setattr(inventory_undo, "reasons_against", other.after(compare))

    undo_import(run=InventoryImport.objects.get(name="b.csv"))
    other.end()

    record = SystemRecord.objects.get(initiative=sorter)
    assert record.values == {"benefits": "Faster", "id": "X-1", "team": "x"}
    assert list(record.versions.values_list("number", flat=True)) == [2, 1]


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_a_milestone_waits_for_what_is_taken_back_and_not_for_what_is_compared(run, is_taken_back):
    confirm_inventory(run=run)
    sorter = Initiative.objects.get(name="Sorter")
    days = dict.fromkeys(("planned", "due"), timezone.localdate())
    add = Meanwhile(lambda: Milestone.objects.create(initiative=sorter, title="Trial", **days))

    with transaction.atomic():
        add.after(hold_initiatives)(run if is_taken_back else None)
        waits = not add.saving[0].done()
    add.end()

    assert waits is is_taken_back


def test_what_another_import_wrote_is_not_held_while_one_is_taken_back(run):
    confirm_inventory(run=run)
    lead, other = make_lead(), InitiativeFactory()
    save = Meanwhile(lambda: save_initiative(actor=lead, initiative=other, name="Letters"))

    with transaction.atomic():
        save.after(hold_initiatives)(run)
        is_saved = save.saving[0].done()
    save.end()

    assert is_saved
