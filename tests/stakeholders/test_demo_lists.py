"""The list that came into the demo agency: everything in it that there can be, and it can be undone."""

import pytest

from buyin.demo import lists
from buyin.features import DemoAgency
from buyin.stakeholders.actions import undo_import
from tests.factories.accounts import DepartmentFactory
from tests.factories.stakeholders import StakeholderFactory
from tests.stakeholders.lists import everything, named, newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(cast):
    DepartmentFactory(code="transport", name="Transport")
    StakeholderFactory(name="Elena Weber", person__email="elena@demo.example")
    StakeholderFactory(name="Wanda Petrov")
    return DemoAgency(
        now=None,  # type: ignore[arg-type]
        seed=1,
        lead=cast.people["lead"],
        staff=cast.people["staff"],
        initiatives=[],
        departments={},
        moods={},
        rates={},
    )


def test_the_demo_shows_a_list_with_new_changed_doubtful_and_bad_rows(agency):
    lists.fill(agency)

    run = newest()
    told = {name: run.report[name] for name in ("created", "updated", "duplicates")}
    assert told == {"created": 6, "updated": 1, "duplicates": 1}
    assert run.report["problem_count"] == 1
    assert (run.owner, run.state) == (agency.lead, "done")
    assert named("Ada Okafor").person.posts.get().title == "Planner"


def test_the_list_of_the_demo_can_be_undone(agency):
    before = everything()
    lists.fill(agency)

    assert undo_import(run=newest()) == []
    assert everything() == before
