"""Each stakeholder repeats the day on which anybody spoke with them last, whatever is done."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from buyin.stakeholders.actions import note_engagement, save_stakeholder, unmerge
from buyin.stakeholders.models import Stakeholder
from tests.factories.merging import make_twins, merged
from tests.factories.people_on_board import make_met
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def last_of(*stakeholders):
    """Return how many days ago anybody spoke with each, by what their rows repeat."""
    found = dict(Stakeholder.objects.values_list("pk", "last_contact_on"))
    today = timezone.localdate()
    days = [found[one.pk] for one in stakeholders]
    return [None if day is None else (today - day).days for day in days]


def note(actor, *participants, days):
    said = {"kind": "call", "summary": "Spoke.", "day": days_ago(days)}
    return note_engagement(actor=actor, participants=participants, **said)


def test_an_engagement_is_the_last_contact_of_all_who_took_part_and_of_nobody_else(cast):
    first, second, other = (StakeholderFactory(department=cast.roads) for _n in range(3))

    note(cast.lead, first, second, days=9)

    assert last_of(first, second, other) == [9, 9, None]


def test_what_is_noted_late_is_not_the_last_contact(cast):
    one = StakeholderFactory(department=cast.roads)
    note(cast.lead, one, days=3)

    note(cast.lead, one, days=40)

    assert last_of(one) == [3]


def test_who_is_noted_in_the_browser_is_overdue_no_more(sign_in, cast):
    one = StakeholderFactory(department=cast.roads, cadence=7)
    lead = sign_in("lead")
    assert one.name in lead.get("/stakeholders/log/overdue/").text

    said = {
        "kind": "call",
        "day": days_ago(0).isoformat(),
        "summary": "Spoke.",
        "participants": [one.pk],
        "points-TOTAL_FORMS": 0,
        "points-INITIAL_FORMS": 0,
    }
    lead.post("/stakeholders/log/new/", said)

    assert last_of(one) == [0]
    assert one.name not in lead.get("/stakeholders/log/overdue/").text


def test_a_merge_takes_the_later_of_both_and_its_undoing_gives_each_their_own(cast):
    kept, absorbed = make_twins(cast.roads)
    make_met(kept, day=days_ago(50))
    make_met(absorbed, day=days_ago(8))

    record = merged(cast.lead, kept, absorbed)
    assert last_of(kept, absorbed) == [8, None]

    note(cast.lead, Stakeholder.objects.get(pk=kept.pk), days=20)
    unmerge(actor=cast.lead, record=record)
    assert last_of(kept, absorbed) == [20, 8]


def test_who_changes_a_record_that_they_read_before_does_not_take_the_contact_back(cast):
    StakeholderFactory(department=cast.roads)
    read_before = Stakeholder.objects.select_related("person").get()
    note(cast.lead, Stakeholder.objects.get(), days=2)

    save_stakeholder(actor=cast.lead, stakeholder=read_before, said={}, cadence=30)

    assert last_of(read_before) == [2]
    assert Stakeholder.objects.get().cadence == 30


def test_stakeholders_who_were_there_before_the_column_get_their_day(cast):
    met, other = StakeholderFactory(), StakeholderFactory()
    make_met(met, day=days_ago(90))
    make_met(met, day=days_ago(60))
    Stakeholder.objects.update(last_contact_on=None)

    migration = import_module("buyin.stakeholders.migrations.0014_last_contact")
    migration.note_last_contact(apps, None)

    assert last_of(met, other) == [60, None]
