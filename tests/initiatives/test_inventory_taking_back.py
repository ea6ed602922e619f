"""Inventories taken back on their page: at once or by the clock, twice, and by a clock that dies."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from buyin.initiatives import tasks
from buyin.initiatives.actions import bring_on, inventories, inventory_undo, undo_import
from buyin.initiatives.models import Initiative, InventoryImport
from buyin.uploads import MOST_TRIES, Announced

pytestmark = pytest.mark.django_db
LIST = reverse("initiatives:imports")
FILE = (
    b"Use Case ID,Use Case Name,Benefits\nX-1,Sorter,Faster\nX-2,Chatbot,Calm\nX-3,Router,Short\n"
)
State = InventoryImport.State


def at(name, run):
    return reverse(f"initiatives:{name}", args=[run.pk])


def newest():
    return InventoryImport.objects.latest("pk")


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")


@pytest.fixture
def written(lead, monkeypatch):
    """Return an import of three initiatives that is too large to be taken back while one waits."""
    monkeypatch.setattr(inventories, "LITTLE", 0)
    lead.post(LIST, {"file": SimpleUploadedFile("a.csv", FILE)})
    lead.post(at("import-preview", newest()))
    return newest()


def rename_sorter():
    Initiative.objects.filter(name="Sorter").update(name="Mail sorter")


def test_a_large_inventory_is_taken_back_by_the_clock_and_its_page_tells_how_far_it_is(
    lead, written
):
    page = lead.post(at("import-undo", written), follow=True).text

    assert "The import is being taken back" in page
    assert 'hx-trigger="every 2s"' in page
    assert "waits to be taken back" in lead.get(LIST).text
    assert Initiative.objects.count() == 3

    Announced(written)(0.4)
    assert "40" in lead.get(at("import-preview", written)).text
    tasks.bring_inventories_on()
    assert "The import was undone" in lead.get(at("import-preview", written)).text
    assert not Initiative.objects.exists()


def test_what_stays_when_an_inventory_is_undone_is_named_on_its_page(lead, written):
    rename_sorter()

    assert "Nothing was undone" in lead.post(at("import-undo", written)).text
    lead.post(at("import-undo", written), {"rest": "1"})
    tasks.bring_inventories_on()
    page = lead.get(at("import-preview", written)).text

    assert "What stays" in page
    assert "Its name, summary or stage was changed since." in page
    assert [one.name for one in Initiative.objects.all()] == ["Mail sorter"]


def test_what_was_changed_while_it_waited_to_be_taken_back_is_left_and_said(lead, written):
    lead.post(at("import-undo", written))
    rename_sorter()

    tasks.bring_inventories_on()

    page = lead.get(at("import-preview", written)).text
    assert "Some of what came in was changed since. Nothing was undone." in page
    assert "Undo this import" in page
    assert Initiative.objects.count() == 3
    assert (
        "Its name, summary or stage was changed since."
        in lead.post(at("import-undo", written)).text
    )


def test_while_an_inventory_is_taken_back_it_tells_of_each_part(written):
    told: list[float] = []

    undo_import(run=written, tell=told.append)

    assert told == sorted(told)
    assert 0 < told[0] < 0.5 < told[-1] < 1


def test_an_inventory_that_is_being_taken_back_can_be_neither_imported_nor_deleted(lead, written):
    lead.post(at("import-undo", written))
    for name in ("import-undo", "import-preview", "import-discard"):
        lead.post(at(name, written))

    assert newest().state == State.UNDOING
    tasks.bring_inventories_on()
    tasks.bring_inventories_on()
    assert newest().state == State.UNDONE


def test_a_clock_that_dies_while_it_takes_back_leaves_all_and_the_next_takes_it_back(
    lead, written, monkeypatch
):
    lead.post(at("import-undo", written))
    with monkeypatch.context() as broken:
        broken.setattr(inventory_undo, "_unmake", lambda *_changes: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring_on(run=written.pk)

    assert Initiative.objects.count() == 3
    assert newest().state == State.UNDOING

    InventoryImport.objects.update(leased_until=None)
    bring_on(run=written.pk)
    assert not Initiative.objects.exists()


def test_what_cannot_be_taken_back_again_and_again_stays_imported_and_that_is_said(lead, written):
    lead.post(at("import-undo", written))
    InventoryImport.objects.update(tries=MOST_TRIES)

    bring_on(run=written.pk)

    page = lead.get(at("import-preview", written)).text
    assert newest().state == State.DONE
    assert "It failed again and again. Nothing was taken back." in page
    assert "Undo this import" in page
    assert Initiative.objects.count() == 3
