"""Saving a record: versions, two editors at once, what is withheld, and reviewing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buyin.initiatives.actions import ChangedMeanwhileError, Edit, review_record, save_record
from buyin.initiatives.models import RecordVersion, SystemRecord
from buyin.initiatives.queries import record_of, steps_of
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import change, make_record

pytestmark = pytest.mark.django_db


def lead_of(record) -> Any:
    return record.initiative.lead


def edit(seen=0, why=None, **values):
    return Edit(values=values, redactions=why or {}, seen=seen)


def test_each_save_that_changes_something_makes_a_version():
    record = make_record(team="Sorting")

    change(record, team="Sorting and advice", benefits="")
    change(record, team="Sorting and advice")

    numbers = list(record.versions.values_list("number", "by__name"))
    assert numbers == [(2, lead_of(record).name), (1, lead_of(record).name)]
    record.refresh_from_db()
    assert record.revision == 2
    assert record.values["team"] == "Sorting and advice"
    assert "benefits" not in record.values


def test_a_version_says_what_it_changed():
    record = make_record(team="Sorting")
    change(record, topic_area="IT", why={"team": "Names are secret"})

    newest, first = steps_of(list(record.versions.all()), None)

    assert [(c.field.name, c.before, c.after, c.reason) for c in newest.changes] == [
        ("team", "Sorting", "Sorting", "Names are secret"),
        ("topic_area", "Services to the public", "Information technology", ""),
    ]
    assert "use_case_name" not in {c.field.name for c in first.changes}
    assert len(first.changes) == 19


def test_two_people_who_change_different_fields_both_keep_what_they_typed():
    record = make_record()
    first = save_record(actor=lead_of(record), initiative=record.initiative, edit=edit(1, team="A"))

    save_record(
        actor=lead_of(record),
        initiative=record.initiative,
        edit=edit(1, benefits="B", team=""),
    )

    first.refresh_from_db()
    assert (first.values["team"], first.values["benefits"]) == ("A", "B")


def test_the_second_who_changes_the_same_field_is_told_and_nothing_is_lost():
    record = make_record()
    change(record, team="Theirs")

    with pytest.raises(ChangedMeanwhileError) as told:
        save_record(
            actor=lead_of(record),
            initiative=record.initiative,
            edit=edit(1, team="Mine", benefits="More"),
        )

    record.refresh_from_db()
    assert told.value.names == {"team"}
    assert (record.values["team"], record.revision) == ("Theirs", 2)
    assert RecordVersion.objects.count() == 2


def test_two_who_type_the_same_agree():
    record = make_record()
    change(record, team="Same")

    save_record(actor=lead_of(record), initiative=record.initiative, edit=edit(1, team="Same"))

    assert record.versions.count() == 2


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (edit(topic_area=["IT"]), "not the kind"),
        (edit(no_such="x"), "no such field"),
        (edit(use_case_name="Another"), "kept with the initiative"),
        (edit(team="a\0b"), "cannot be stored"),
        (edit(why={"withheld_reason": "x"}), "cannot be withheld"),
        (edit(why={"use_case_name": "x"}), "cannot be withheld"),
        (edit(why={"team": "x" * 301}), "up to 300"),
    ],
)
def test_what_no_field_can_hold_is_refused(wanted, words):
    initiative = InitiativeFactory(lead=PersonFactory())

    with pytest.raises(ValidationError, match=words):
        save_record(actor=initiative.lead, initiative=initiative, edit=wanted)

    assert SystemRecord.objects.count() == 0


def test_a_value_that_is_none_of_the_choices_is_kept():
    record = make_record(topic_area="Other – Economic")

    assert record.values["topic_area"] == "Other – Economic"


def test_nobody_else_saves_or_reviews():
    record = make_record()
    stranger = PersonFactory()
    day = timezone.localdate() + timedelta(days=1)

    with pytest.raises(PermissionDenied):
        save_record(actor=stranger, initiative=record.initiative, edit=edit(1, team="x"))
    with pytest.raises(PermissionDenied):
        review_record(actor=stranger, initiative=record.initiative, next_due=day)


def test_reviewing_sets_the_day_of_today_and_the_next_one():
    record = make_record()
    due = timezone.localdate() + timedelta(days=180)

    review_record(actor=lead_of(record), initiative=record.initiative, next_due=due)

    record.refresh_from_db()
    assert (record.last_reviewed, record.review_due) == (timezone.localdate(), due)
    assert not record.is_overdue


def test_the_next_review_is_still_to_come():
    record = make_record()

    with pytest.raises(ValidationError, match="still to come"):
        review_record(
            actor=lead_of(record),
            initiative=record.initiative,
            next_due=timezone.localdate(),
        )


def test_a_record_knows_its_stage_and_what_is_missing_there():
    record = make_record(benefits="")

    assert [field.name for field in record.missing()] == ["benefits"]
    assert record.completeness.percent == 95
    record.initiative.stage = "retired"
    assert [field.name for field in record.missing()] == ["retired_date"]


def test_an_initiative_without_a_record_has_an_empty_one():
    found = record_of(InitiativeFactory(name="New"))

    assert found.pk is None
    assert found.whole == {"use_case_name": "New"}


def test_whose_record_is_due_for_review():
    today = timezone.localdate()
    record = make_record()
    lead = lead_of(record)
    SystemRecord.objects.update(review_due=today)

    assert SystemRecord.objects.to_review(lead, until=today).get() == record
    assert not SystemRecord.objects.to_review(PersonFactory(), until=today)
    assert not SystemRecord.objects.to_review(lead, until=today - timedelta(days=1))
