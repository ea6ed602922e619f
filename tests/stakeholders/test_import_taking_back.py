"""Imports that are taken back on their page: at once or by the clock, twice, and by a clock that dies."""

import pytest

from buyin.stakeholders import tasks
from buyin.stakeholders.actions import import_undo, imports, undo_import
from buyin.stakeholders.actions.imports import bring_on
from buyin.stakeholders.models import ImportRun, Stakeholder
from buyin.uploads import MOST_TRIES, Announced
from tests.stakeholders.lists import LIST, at, named, newest, upload, words

pytestmark = pytest.mark.django_db
State = ImportRun.State


@pytest.fixture
def lead(sign_in):
    return sign_in("lead")


def test_whoever_stays_when_an_import_is_undone_is_named_on_its_page(lead):
    upload(lead)
    run = newest()
    lead.post(at("import", run))
    Stakeholder.objects.filter(name="Ann Lee").update(category="it")

    page = words(lead.post(at("import-undo", run), follow=True))

    assert "Undone. 1 stakeholder stays, because somebody changed it since." in page
    assert "Who stays" in page
    assert "Everything is as it was before." not in page
    assert "It was changed since." in page
    assert named("Ann Lee").category == "it"


@pytest.fixture
def written(lead, monkeypatch):
    """Return an import of three stakeholders that is too large to be taken back while one waits."""
    monkeypatch.setattr(imports, "LITTLE", 0)
    upload(lead)
    lead.post(at("import", newest()))
    return newest()


def test_a_large_import_is_taken_back_by_the_clock_and_its_page_tells_how_far_it_is(lead, written):
    page = words(lead.post(at("import-undo", written), follow=True))

    assert "The import is being taken back" in page
    assert 'hx-trigger="every 2s"' in page
    assert "waits to be taken back" in words(lead.get(LIST))
    assert Stakeholder.objects.count() == 3

    Announced(written)(0.4)
    assert "Done so far: 40%" in words(lead.get(at("import", written)))
    tasks.bring_imports_on()
    page = words(lead.get(at("import", written)))
    assert "The import was undone" in page
    assert "Everything is as it was before." in page
    assert not Stakeholder.objects.exists()


def test_while_an_import_is_taken_back_it_tells_of_each_part(written):
    told: list[float] = []

    undo_import(run=written, tell=told.append)

    assert told == sorted(told)
    assert 0 < told[0] < 0.5 < told[-1] < 1


def test_an_import_that_is_being_taken_back_can_be_neither_imported_nor_deleted(lead, written):
    lead.post(at("import-undo", written))
    for name in ("import-undo", "import", "import-discard"):
        lead.post(at(name, written))

    assert newest().state == State.UNDOING
    tasks.bring_imports_on()
    tasks.bring_imports_on()
    assert newest().state == State.UNDONE


def test_a_clock_that_dies_while_it_takes_back_leaves_all_and_the_next_takes_it_back(
    lead, written, monkeypatch
):
    lead.post(at("import-undo", written))
    with monkeypatch.context() as broken:
        broken.setattr(import_undo, "_unmake_beside", lambda _run: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring_on(run=written.pk)

    assert Stakeholder.objects.count() == 3
    assert newest().state == State.UNDOING

    ImportRun.objects.update(leased_until=None)
    bring_on(run=written.pk)
    assert not Stakeholder.objects.exists()


def test_what_cannot_be_taken_back_again_and_again_stays_imported_and_that_is_said(lead, written):
    lead.post(at("import-undo", written))
    ImportRun.objects.update(tries=MOST_TRIES)

    bring_on(run=written.pk)

    page = words(lead.get(at("import", written)))
    assert newest().state == State.DONE
    assert "It failed again and again. Nothing was taken back." in page
    assert "Undo this import" in page
    assert Stakeholder.objects.count() == 3
