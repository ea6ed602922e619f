"""Looking where levels and evidence disagree: each minute, twice, and at the same time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buyin.celery import app
from buyin.stakeholders.actions import archive, look_at_levels
from buyin.stakeholders.actions import levels as action
from buyin.stakeholders.models import DisagreeingLevel, Interest, LevelsSearch
from buyin.stakeholders.tasks import look_at_levels_anew
from tests.cast import make_cast
from tests.factories.initiatives import InitiativeFactory
from tests.races import ON_POSTGRESQL, at_once
from tests.stakeholders.test_disagreeing import PAGE, ago, shown_on, stands
from tests.stakeholders.test_levels_kept import kept, talks


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def test_the_task_does_the_same_twice_as_once_and_writes_only_what_differs(cast, ours):
    one, other, gone = (stands(ours, name, 4) for name in "ABC")
    look_at_levels_anew()
    before = {row.interest: row.pk for row in DisagreeingLevel.objects.all()}
    with CaptureQueriesContext(connection) as captured:
        look_at_levels_anew()
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "DELETE"))]
    assert kept() == [(one.pk, 1, 1), (other.pk, 1, 1), (gone.pk, 1, 1)]

    talks(other, -2, 290, 280, by=cast.lead)
    Interest.objects.filter(pk=gone.pk).update(assessed_on=ago(0))
    look_at_levels_anew()

    assert kept() == [(one.pk, 1, 1), (other.pk, 2, 1)]
    after = {row.interest: row.pk for row in DisagreeingLevel.objects.all()}
    assert after[one.pk] == before[one.pk]


def test_who_is_archived_is_not_kept(cast, ours):
    one = stands(ours, "A", 4)
    archive(actor=cast.lead, stakeholder=one.stakeholder)

    assert look_at_levels()
    assert kept() == []


def test_an_agency_without_levels_is_looked_through_too(sign_in):
    assert [look_at_levels(), look_at_levels()] == [True, True]

    page = sign_in("lead").get(PAGE)
    assert page.context["looked_at"]
    assert shown_on(page) == []
    assert "Levels and evidence agree" in page.text


def test_somebody_who_was_first_meanwhile_has_written_it(monkeypatch, ours):
    stands(ours, "A", 4)
    look_at_levels()
    found = action._found

    def slow():
        seen = found()
        monkeypatch.setattr(action, "_found", found)
        stands(ours, "B", 4)
        assert look_at_levels()
        return seen

    monkeypatch.setattr(action, "_found", slow)

    assert not look_at_levels()
    assert len(kept()) == 2


def test_the_timetable_has_the_task():
    name = look_at_levels_anew.name

    assert name in {entry["task"] for entry in app.conf.beat_schedule.values()}


class TestRaces:
    """Several workers who look at the same time."""

    pytestmark = ON_POSTGRESQL

    @pytest.mark.parametrize("is_first", [True, False])
    def test_of_eight_workers_at_once_all_leave_it_right(self, is_first):
        make_cast()
        one = stands(InitiativeFactory(), "A", 4)
        if not is_first:
            look_at_levels()
            DisagreeingLevel.objects.all().delete()

        done = at_once(lambda _n: look_at_levels())

        assert any(done)
        assert kept() == [(one.pk, 1, 1)]
        assert LevelsSearch.objects.count() == 1
        connection.close()
