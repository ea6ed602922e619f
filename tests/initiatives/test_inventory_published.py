"""What was published of a record stays in the register when the import before it is taken back."""

import pytest

from buyin.initiatives.actions import undo_import
from buyin.initiatives.models import Initiative, Publication
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record
from tests.initiatives.test_inventory_undo import HEADER, bring, reasons_of

pytestmark = pytest.mark.django_db


def test_a_changed_record_that_was_published_since_stays_in_the_register(cast):
    record = make_record(InitiativeFactory(name="By hand", lead=cast.lead), by=cast.lead, id="X-1")
    run = bring(f"{HEADER}\nX-1,By hand,Faster\nX-9,Other,Calm\n")
    record.refresh_from_db()
    version = record.versions.get(number=record.revision)
    published = Publication.objects.create(
        record=record, version=version, by=cast.lead, values={}, name="By hand"
    )

    (reason,) = reasons_of(run)

    assert reason == (2, "By hand", "It has by now: published records.")
    assert [one.row for one in undo_import(run=run, leaves_changed=True)] == [2]
    assert list(Publication.objects.current()) == [published]
    assert not Initiative.objects.filter(name="Other").exists()


def test_a_record_that_was_published_before_the_import_hinders_nobody(cast):
    record = make_record(InitiativeFactory(name="By hand", lead=cast.lead), by=cast.lead, id="X-1")
    Publication.objects.create(
        record=record, version=record.versions.get(), by=cast.lead, values={}, name="By hand"
    )
    run = bring(f"{HEADER}\nX-1,By hand,Faster\n")

    assert undo_import(run=run) == []
    assert Publication.objects.current().exists()
