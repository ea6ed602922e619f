"""Needs in the weekly report and on the page "For you"."""

import datetime as dt

import pytest
from django.utils import timezone

from surveys.feature import Surveys
from surveys.models import Need
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import make_need, make_remedy


@pytest.fixture
def need(cast):
    initiative = InitiativeFactory(name="Permit assistant", departments=[cast.roads])
    return make_need(initiative, cast.roads)


def news_of(person):
    now = timezone.now()
    day = dt.timedelta(days=1)
    items = Surveys().digest_items(person, since=now - day, until=now + day)
    return [item.title for item in items]


# The weekly report


def test_the_report_counts_new_and_answered_needs_for_who_keeps_them(need, cast):
    make_remedy(make_need(need.initiative, statement="No"), kind="nothing", text="Too dear.")

    assert news_of(cast.lead) == ["2 new needs, 1 answered"]
    assert news_of(cast.staff) == []


def test_who_leads_the_initiative_or_owns_the_need_reads_of_theirs_only(need, cast):
    make_need(InitiativeFactory(name="Own", lead=cast.neighbour), owner=cast.trainer)

    assert news_of(cast.neighbour) == news_of(cast.trainer) == ["1 new need, 0 answered"]


def test_a_quiet_week_has_no_line_about_needs(need, cast):
    Need.objects.update(created_at=timezone.now() - dt.timedelta(days=9))

    assert news_of(cast.lead) == []


def test_the_report_asks_the_database_as_often_for_many_people_as_for_one(
    need, cast, django_assert_num_queries
):
    now = timezone.now()
    people = [cast.lead, cast.staff, cast.neighbour]
    for some in (people[:1], people):
        with django_assert_num_queries(3):
            Surveys().digest_items_for_all(
                some, since=now - dt.timedelta(days=1), until=now + dt.timedelta(days=1)
            )
