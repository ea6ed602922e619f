"""Thousands of rows at once arrive as they are, on both databases."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from buyin.bulk import derive_rows, write_rows
from buyin.initiatives.models import (
    Initiative,
    InventoryEntry,
    RecordVersion,
    Stage,
    StageChange,
    SystemRecord,
)
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db
ODD = [
    "",
    "\\N",
    "\\",
    "a\tb",
    "a\nb\r\nc",
    'say "no"',
    "it's; --",
    "%s %(x)s",
    "naïve 名 \U0001f600",
    "\\.",
    "\x0b\x1c\x85\u2028\ufeff",
]


@pytest.mark.parametrize("text", ODD)
def test_a_text_arrives_as_it_is(text):
    initiative = InitiativeFactory()

    write_rows(
        InventoryEntry,
        ("initiative", "source", "key", "digest", "extra"),
        [(initiative.pk, text, "k", "d", {text: [text, None, 1.5, True]})],
    )

    entry = InventoryEntry.objects.get()
    assert (entry.source, entry.key, entry.digest) == (text, "k", "d")
    assert entry.extra == {text: [text, None, 1.5, True]}


def test_nothing_stays_nothing_and_days_and_people_are_kept():
    initiative, person = InitiativeFactory(), PersonFactory()

    names = ("initiative", "to_stage", "day", "by", "note")
    day = datetime.date(2026, 2, 28)
    rows = [
        (initiative.pk, Stage.PILOT, day, person.pk, ""),
        (initiative.pk, "idea", day, None, "x"),
    ]
    write_rows(StageChange, names, rows)

    first, second = StageChange.objects.order_by("pk")
    assert (first.to_stage, first.day, first.by, first.note) == ("pilot", day, person, "")
    assert (second.to_stage, second.by, second.note) == ("idea", None, "x")


def test_what_is_not_named_gets_its_default():
    before = timezone.now()
    initiative = InitiativeFactory()

    write_rows(SystemRecord, ("initiative",), [(initiative.pk,)])
    write_rows(StageChange, ("initiative", "to_stage", "day"), [(initiative.pk, "idea", before)])

    record, change = SystemRecord.objects.get(), StageChange.objects.get()
    assert (record.values, record.redactions, record.revision, record.review_due) == (
        {},
        {},
        0,
        None,
    )
    assert (change.from_stage, change.unmet, change.by) == ("", [], None)
    assert abs(change.made_at - before) < datetime.timedelta(minutes=5)  # by the database's clock


def test_no_rows_are_no_error():
    write_rows(SystemRecord, ("initiative",), [])
    derive_rows(RecordVersion, SystemRecord.objects.filter(pk__in=[]), record=F("pk"), number=1)

    assert not SystemRecord.objects.exists()
    assert not RecordVersion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_against_a_rule_is_an_error_and_nothing_is_written():
    first, second = InitiativeFactory(), InitiativeFactory()

    names = ("initiative", "source", "key", "digest")
    rows = [(first.pk, "", "same", "a"), (second.pk, "", "same", "b")]
    with pytest.raises(IntegrityError):
        write_rows(InventoryEntry, names, rows)

    assert not InventoryEntry.objects.exists()


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_number_that_is_none_in_a_document_is_an_error_of_the_database(wrong):
    initiative = InitiativeFactory()

    with pytest.raises(DatabaseError), transaction.atomic():
        write_rows(SystemRecord, ("initiative", "values"), [(initiative.pk, {"share": wrong})])

    assert not SystemRecord.objects.exists()


def test_half_a_character_is_the_same_error_on_both_databases():
    initiative = InitiativeFactory()
    names = ("initiative", "to_stage", "day", "note")

    with pytest.raises(UnicodeEncodeError), transaction.atomic():
        write_rows(
            StageChange, names, [(initiative.pk, "idea", datetime.date(2026, 1, 2), "\ud800")]
        )

    assert not StageChange.objects.exists()


def test_rows_are_made_of_those_that_a_query_finds():
    person = PersonFactory()
    kept, other = (InitiativeFactory(name=name) for name in ("Kept", "Other"))
    values = {"description": 'a "b"\n\\c', "tags": ["é", None]}
    for one in (kept, other):
        SystemRecord.objects.create(initiative=one, values=values, revision=3)

    derive_rows(
        RecordVersion,
        SystemRecord.objects.filter(initiative=kept),
        record=F("pk"),
        number=F("revision"),
        values=F("values"),
        by=person.pk,
        note="Inventory “50 % off”",
    )

    version = RecordVersion.objects.get()
    assert version.record.initiative == kept
    assert (version.number, version.values, version.redactions) == (3, values, {})
    assert (version.by, version.note) == (person, "Inventory “50 % off”")
    assert abs(timezone.now() - version.at) < datetime.timedelta(minutes=5)


def test_what_is_derived_of_names_across_a_relation_is_found_there():
    initiative = InitiativeFactory(stage=Stage.DEPLOYED)

    derive_rows(
        StageChange,
        Initiative.objects.all(),
        initiative=F("pk"),
        to_stage=F("stage"),
        day=datetime.date(2026, 1, 2),
    )

    change = StageChange.objects.get()
    assert (change.initiative, change.from_stage, change.to_stage) == (initiative, "", "deployed")
