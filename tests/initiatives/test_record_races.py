"""Several people save and publish one record at the same moment, on PostgreSQL."""

from collections import Counter
from typing import Any

from buyin.initiatives.actions import ChangedMeanwhileError, Edit, publish_record, save_record
from buyin.initiatives.models import Initiative, Publication, RecordVersion, SystemRecord
from tests.factories.records import make_record
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL


def lead_of(initiative) -> Any:
    return initiative.lead


def saving(record, number, name):
    """Save one field as one of many would; say how it ended."""
    initiative = Initiative.objects.get(pk=record.initiative_id)
    edit = Edit(values={name: f"Text {number}"}, redactions={}, seen=1)
    try:
        save_record(actor=lead_of(initiative), initiative=initiative, edit=edit)
    except ChangedMeanwhileError:
        return "told"
    return "saved"


def test_of_those_who_change_one_field_at_once_one_saves_and_the_others_are_told():
    record = make_record()

    ended = Counter(at_once(lambda number: saving(record, number, "team")))

    assert ended == {"saved": 1, "told": AT_ONCE - 1}
    assert RecordVersion.objects.filter(record=record).count() == 2


def test_those_who_change_different_fields_at_once_all_save():
    record = make_record()
    names = [
        "team",
        "benefits",
        "human_review",
        "system_input",
        "jobs_effect",
        "bias_answer",
        "privacy_answer",
        "lawful_basis",
    ]

    ended = Counter(at_once(lambda number: saving(record, number, names[number])))

    assert ended == {"saved": AT_ONCE}
    record.refresh_from_db()
    assert record.revision == 1 + AT_ONCE
    assert [record.values[name] for name in names] == [f"Text {n}" for n in range(AT_ONCE)]


def test_a_record_that_many_publish_at_once_stands_in_the_register_once():
    record = make_record()

    def publish(_number):
        initiative = Initiative.objects.get(pk=record.initiative_id)
        publish_record(actor=lead_of(initiative), initiative=initiative, seen=1)

    at_once(publish)

    assert Publication.objects.current().count() == 1
    assert Publication.objects.count() == AT_ONCE


def test_many_who_fill_in_the_first_field_at_once_make_one_record():
    record = make_record()
    SystemRecord.objects.all().delete()

    def first(number):
        initiative = Initiative.objects.get(pk=record.initiative_id)
        edit = Edit(values={"team": "Same"}, redactions={}, seen=0)
        save_record(actor=lead_of(initiative), initiative=initiative, edit=edit)

    at_once(first)

    assert SystemRecord.objects.count() == 1
    assert RecordVersion.objects.count() == 1
