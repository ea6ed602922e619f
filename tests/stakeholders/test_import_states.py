"""All that an import may touch of a stakeholder: asked for in few steps, and told as it goes on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buyin.stakeholders.models import Stakeholder
from buyin.stakeholders.queries import import_states
from buyin.stakeholders.queries.import_states import states_of
from tests.factories.stakeholders import (
    GroupFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
)
from tests.stakeholders.lists import bring

pytestmark = pytest.mark.django_db
BESIDE = ("stakeholders_post", "stakeholders_consentevent", "stakeholders_group_members")


def test_posts_tags_consent_and_members_are_those_of_each(cast):
    _run, plan = bring("Name,Department,Category,Tags,May be contacted\nAnn,roads,IT,pilot,yes\n")
    ann = Stakeholder.objects.get(name="Ann")
    other = StakeholderFactory(person=PostFactory(organisation=OrganisationFactory()).person)
    group = GroupFactory()
    group.members.add(ann.person)
    held = StakeholderFactory(person=None, group=group)

    states = states_of([ann.pk, other.pk, held.pk])

    assert len(plan.created) == 1
    assert [len(states[ann.pk][name]) for name in ("posts", "tags", "consents")] == [1, 1, 1]
    assert states[ann.pk]["posts"][0]["id"] != states[other.pk]["posts"][0]["id"]
    assert [states[one]["members"] for one in (ann.pk, other.pk)] == [[], []]
    assert states[held.pk]["members"] == [ann.person_id]


def test_what_belongs_to_people_is_found_by_their_ids_and_without_joined_tables():
    """Statistics of before an import made SQLite walk through joined tables, 16 times as long."""
    stakeholder = StakeholderFactory()
    with CaptureQueriesContext(connection) as asked:
        states_of([stakeholder.pk])

    found = [query["sql"] for query in asked if query["sql"].split('FROM "')[1].startswith(BESIDE)]
    assert len(found) == 2
    assert not any("JOIN" in sql for sql in found)


def test_it_is_told_how_many_are_known_already(monkeypatch):
    monkeypatch.setattr(import_states, "AT_ONCE", 2)
    told: list[float] = []

    states_of([StakeholderFactory().pk for _one in range(4)], told.append)

    assert told == [0.5, 1]
