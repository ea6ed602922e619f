"""People who are removed are also gone from what is told about others, and from mails."""

from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from buyin.outbox.models import Message
from buyin.stakeholders.actions import (
    confirm_list,
    imports,
    keep_list,
    note_engagement,
    plan_activity,
    undo_import,
    unmerge,
    write_reminders,
)
from buyin.stakeholders.actions.erasing import remove_person
from buyin.stakeholders.actions.imports import bring_on
from buyin.stakeholders.models import (
    ImportChange,
    ImportedRow,
    MergeRecord,
    Person,
    Relationship,
    RemovalBasis,
    Stakeholder,
)
from buyin.stakeholders.queries.import_plan import plan_import
from tests.factories.merging import DAY, make_twins, merged
from tests.factories.stakeholders import ContactFactory, StakeholderFactory
from tests.stakeholders.lists import HEADER, bring, workbook
from tests.stakeholders.test_erasing import NAMES, found_anywhere

pytestmark = pytest.mark.django_db
ROW = f"{NAMES[0]},{NAMES[2]},,,,IT"
FILE = f"{HEADER}\n{ROW}\nTom Ott,tom@x.example,,,,IT\n"


@pytest.fixture
def admin(cast):
    return cast.people["administrator"]


@pytest.fixture
def zoe(cast):
    person = ContactFactory(name=NAMES[0], email=NAMES[2], phone=NAMES[3])
    return StakeholderFactory(name=NAMES[0], person=person, department=cast.roads)


def remove(admin, whom):
    return remove_person(actor=admin, stakeholder=whom, basis=RemovalBasis.WISH)


def test_the_name_is_in_no_list_that_was_taken_back(admin):
    run, _plan = bring(FILE)
    undo_import(run=run)
    zoe = StakeholderFactory(name=NAMES[0], person=ContactFactory(name=NAMES[0], email=NAMES[2]))
    assert "ImportChange.after" in found_anywhere()

    removal = remove(admin, zoe)

    assert found_anywhere() == set()
    assert {one.name for one in ImportChange.objects.all()} == {"Tom Ott"}
    assert removal.counts["stakeholders.importchange"] == 1


def test_the_name_is_in_no_merge_of_others(admin, cast, zoe):
    one, other = make_twins(cast.roads)
    for first in (one, other):
        Relationship.objects.create(first=first, kind="advises", second=zoe)
    record = merged(cast.lead, one, other)
    assert "MergeRecord.snapshot" in found_anywhere()

    remove(admin, zoe)

    assert found_anywhere() == set()
    unmerge(actor=cast.lead, record=MergeRecord.objects.get(pk=record.pk))
    assert Stakeholder.objects.get(pk=other.pk).merged_into is None
    assert not Relationship.objects.filter(second=zoe).exists()
    assert found_anywhere() == set()


def test_the_name_is_in_no_mail_that_reminds(admin, cast, zoe):
    plan_activity(
        actor=cast.lead, stakeholders=[zoe], kind="call", purpose=f"Ask {NAMES[0]}",
        owner=cast.lead, due_on=timezone.localdate(),
    )  # fmt: skip
    noon = timezone.localtime().replace(hour=12) + timedelta(days=1)
    assert write_reminders(noon) == 1
    assert {"Message.text", "Message.html", "Message.subject"} <= found_anywhere()

    remove(admin, zoe)

    assert found_anywhere() == set()
    assert "Ask […]" in Message.objects.get().text


@pytest.mark.parametrize(
    "content",
    [
        FILE.encode(),
        "Given name;Family name;Category\nZoé;Quuxwort;IT\n".encode("cp1252"),
        workbook(HEADER.split(","), ("Z. Q.", NAMES[2], "", "", "", "IT")),
        f"<html><td>{NAMES[0]}</td></html>".encode(),
    ],
    ids=["text", "two columns", "workbook", "no table"],
)
def test_a_list_that_waits_brings_nobody_back(admin, zoe, content):
    run = keep_list(owner=admin, name="a.csv", content=content)
    bring_on(run=run.pk)

    removal = remove(admin, zoe)
    confirm_list(run=run)

    run.refresh_from_db()
    assert (run.state, bytes(run.content)) == ("refused", b"")
    assert "was removed meanwhile" in run.report["why"]
    assert removal.counts["stakeholders.importrun"] == 1
    assert [one.name for one in Stakeholder.objects.all()] == ["Removed person"]


def test_a_list_that_waits_and_names_others_goes_on_waiting(admin, zoe):
    run = keep_list(owner=admin, name="a.csv", content=f"{HEADER}\nTom Ott,,,,,IT\n".encode())

    remove(admin, zoe)
    confirm_list(run=run)

    assert Stakeholder.objects.filter(name="Tom Ott").exists()


def test_who_is_removed_while_a_list_is_read_is_not_brought_back(admin, zoe, monkeypatch):
    def read_meanwhile(*args: Any) -> Any:
        plan = plan_import(*args)
        remove(admin, zoe)
        return plan

    monkeypatch.setattr(imports, "plan_import", read_meanwhile)

    _run, plan = bring(f"{HEADER}\n{NAMES[0]},{NAMES[2]},Union,Secretary,,IT\n")

    assert [one.message for one in plan.problems] == [
        "Who this is about was merged or removed meanwhile."
    ]
    gone = Person.objects.get(pk=zoe.person_id)
    assert (gone.name, gone.email) == ("Removed person", "")
    assert not gone.posts.exists()
    assert not ImportedRow.objects.filter(stakeholder=zoe).exists()
    assert not ImportChange.objects.filter(stakeholder=zoe).exists()


@pytest.mark.parametrize("phone", ["1", "-", "2026", "12"])
def test_a_short_number_takes_nothing_out_of_what_is_told_of_others(admin, cast, zoe, phone):
    person = zoe.person
    person.phone = phone
    person.save()
    tom = StakeholderFactory(name="Tom Ott", department=cast.roads)
    tom.person.phone = "112-2026-1"
    tom.person.save()
    before = said_of(tom.person)
    assert before

    remove(admin, zoe)

    assert said_of(tom.person) == before
    assert phone not in str(said_of(person))


def test_a_short_name_is_no_part_of_words(admin, cast):
    al = StakeholderFactory(name="Al", person=ContactFactory(name="Al"))
    al.person.name = "Li"
    al.person.save()
    met = note_engagement(
        actor=cast.lead, participants=[al], kind="call", day=DAY,
        summary="Al also planned: all of it, and Li believes it.",
    )  # fmt: skip

    remove(admin, al)

    met.refresh_from_db()
    assert met.summary == "[…] also planned: all of it, and […] believes it."
    assert "Al" not in str(said_of(al.person))
    assert "Li" not in str(said_of(al.person))


def said_of(row):
    """Return what the history says of a record."""
    return list(LogEntry.objects.get_for_object(row).values_list("object_repr", "changes"))
