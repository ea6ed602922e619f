"""Likely doubles are kept: looked for where anything changed, and never shown where they are none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from buyin.celery import app
from buyin.stakeholders.actions import look_for_doubles, set_apart, unmerge
from buyin.stakeholders.models import DoublesSearch, LikelyDouble, Person, Post, Stakeholder
from buyin.stakeholders.queries.doubles import likely_ones, registered
from buyin.stakeholders.tasks import look_for_doubles_anew
from tests.cast import make_cast
from tests.factories.merging import make_twins, merged
from tests.factories.stakeholders import (
    ContactFactory,
    OrganisationFactory,
    PostFactory,
    StakeholderFactory,
)
from tests.races import ON_POSTGRESQL, at_once

PAGE = "/stakeholders/doubles/"


def pairs(viewer=None):
    found = LikelyDouble.objects.visible_to(viewer) if viewer else LikelyDouble.objects.all()
    return [(one.first, one.second) for one in found]


def text_of(client, page=PAGE):
    return " ".join(client.get(page).text.split())


# Looking


def test_nothing_is_looked_for_again_where_nothing_changed(cast):
    make_twins(cast.roads)

    assert [look_for_doubles() for _n in range(3)] == [True, False, False]
    assert len(pairs()) == 1


CHANGES = {
    "a name": lambda one: Stakeholder.objects.filter(pk=one.pk).update(name="Else Where"),
    "a department": lambda one: Stakeholder.objects.filter(pk=one.pk).update(department=None),
    "an address": lambda one: Person.objects.filter(pk=one.person_id).update(email="else@x.org"),
    "a post": lambda one: PostFactory(person=one.person, organisation=OrganisationFactory()),
    "a post that ends": lambda _one: Post.objects.update(ends_on="2020-01-01"),
    "somebody new": lambda _one: StakeholderFactory(name="Ruth Roadss"),
    "somebody who goes": lambda one: one.delete(),
    "somebody removed": lambda one: Stakeholder.objects.filter(pk=one.pk).update(
        erased_at=timezone.now()
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_tells_people_apart_is_a_reason_to_look_again(cast, change):
    one, _other = make_twins(cast.roads)
    PostFactory(person=one.person, department=cast.clinic)
    look_for_doubles()

    CHANGES[change](one)

    assert look_for_doubles()
    assert not look_for_doubles()


@pytest.mark.parametrize("field", ["channel", "category", "owner"])
def test_what_tells_nobody_apart_is_none(cast, field):
    one, _other = make_twins(cast.roads)
    look_for_doubles()

    Stakeholder.objects.filter(pk=one.pk).update(
        **{field: {"channel": "mail", "category": "union", "owner": cast.lead}[field]}
    )

    assert not look_for_doubles()


def test_after_a_day_it_is_looked_again_as_the_rules_may_be_others(cast):
    make_twins(cast.roads)
    look_for_doubles()
    LikelyDouble.objects.update(score=0.1)

    DoublesSearch.objects.update(made_at=timezone.now() - timedelta(days=1, seconds=1))

    assert look_for_doubles()
    assert LikelyDouble.objects.get().score > 0.1


def test_pairs_that_stay_are_not_written_again_and_those_that_are_none_go(cast):
    first = make_twins(cast.roads)
    someone = StakeholderFactory(name="Ann Other", person=ContactFactory(name="Ann Other"))
    StakeholderFactory(name="Ann Other", person=ContactFactory(name="Ann Other"))
    look_for_doubles()
    kept = LikelyDouble.objects.get(first=first[0].pk)
    assert len(pairs()) == 2

    Stakeholder.objects.filter(pk=someone.pk).update(name="Zoe Zebra")
    look_for_doubles()

    assert [one.pk for one in LikelyDouble.objects.all()] == [kept.pk]


def test_what_speaks_for_a_pair_follows_what_is_noted_of_both(cast):
    one, _other = make_twins(cast.roads)
    look_for_doubles()
    assert "mail" in LikelyDouble.objects.get().reasons

    Person.objects.filter(pk=one.person_id).update(email="")
    look_for_doubles()

    assert LikelyDouble.objects.get().reasons == ["near-name", "place"]


def test_an_empty_registry_has_no_pairs_and_is_looked_through_once(db):
    assert [look_for_doubles(), look_for_doubles()] == [True, False]
    assert not pairs()


def test_the_task_does_the_same_twice_as_once(cast):
    make_twins(cast.roads)

    for _twice in range(2):
        look_for_doubles_anew()

    assert len(pairs()) == 1


def test_the_timetable_has_the_task():
    name = look_for_doubles_anew.name

    assert name in {entry["task"] for entry in app.conf.beat_schedule.values()}


@pytest.mark.parametrize("count", [1, 30])
def test_looking_needs_as_many_queries_for_many_as_for_few(cast, django_assert_num_queries, count):
    for number in range(count):
        one = StakeholderFactory(name=f"Person {chr(97 + number) * 9}", department=cast.roads)
        PostFactory(person=one.person, department=cast.roads)

    with django_assert_num_queries(2):
        found = registered()

    assert len(found.rows) == count


# Showing


def test_the_page_says_when_it_was_looked_and_that_it_was_not_yet(sign_in, cast):
    one, _other = make_twins(cast.roads)
    client = sign_in("lead")
    choose = f"/stakeholders/{one.pk}/merge/"
    for page in (PAGE, choose):
        assert "Nobody was compared yet" in text_of(client, page)

    look_for_doubles()

    for page in (PAGE, choose):
        assert "Looked for on" in text_of(client, page)
        assert "Nobody was compared yet" not in text_of(client, page)


def test_who_was_merged_is_not_shown_and_back_at_once_when_it_is_undone(cast):
    one, other = make_twins(cast.roads)
    look_for_doubles()

    record = merged(cast.lead, one, other)
    assert pairs(cast.lead) == []
    unmerge(actor=cast.lead, record=record)

    assert pairs(cast.lead) == [(one.pk, other.pk)]


def test_a_merge_after_looking_again_can_be_undone_and_leaves_no_pair_of_who_is_gone(cast):
    one, other = make_twins(cast.roads)
    look_for_doubles()
    record = merged(cast.lead, one, other)

    look_for_doubles()
    assert pairs() == []
    unmerge(actor=cast.lead, record=record)
    look_for_doubles()

    assert pairs(cast.lead) == [(one.pk, other.pk)]


@pytest.mark.parametrize("gone", ["set apart", "removed", "deleted"])
def test_a_pair_that_is_none_any_more_is_not_shown_however_long_ago_it_was_looked(
    sign_in, cast, gone
):
    one, other = make_twins(cast.roads)
    look_for_doubles()
    {
        "set apart": lambda: set_apart(actor=cast.lead, first=other, second=one),
        "removed": lambda: Stakeholder.objects.filter(pk=one.pk).update(erased_at=timezone.now()),
        "deleted": other.delete,
    }[gone]()

    assert pairs(cast.lead) == []
    assert "Ruth R" not in text_of(sign_in("lead"))
    assert likely_ones(cast.lead, one, 9) == []


def test_a_pair_is_shown_to_who_works_with_both_only(cast):
    one, other = make_twins(cast.roads)
    Stakeholder.objects.filter(pk=other.pk).update(department=cast.clinic)
    near = [StakeholderFactory(name="Ann Other", department=cast.roads) for _n in range(2)]
    look_for_doubles()

    assert set(pairs(cast.lead)) == {(near[0].pk, near[1].pk), (one.pk, other.pk)}
    assert pairs(cast.coordinator) == [(near[0].pk, near[1].pk)]
    assert pairs(cast.staff) == []


def test_the_second_page_goes_on_where_the_first_ended(sign_in, cast):
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for _twice in range(2):
            StakeholderFactory(name=f"{letter * 6} {letter * 7}", department=cast.roads)
    look_for_doubles()
    lead = sign_in("lead")

    first, second = (lead.get(PAGE, {"page": n}).context["doubles"] for n in (1, 2))

    assert (len(first), len(second)) == (25, 1)
    assert second[0].first.name.startswith("zzz")


# At the same time


class TestRaces:
    """Several workers who look at the same time."""

    pytestmark = ON_POSTGRESQL

    @pytest.mark.parametrize("is_first", [True, False])
    def test_of_eight_workers_at_once_one_writes(self, is_first):
        cast = make_cast()
        one, other = make_twins(cast.roads)
        if not is_first:
            look_for_doubles()
            Stakeholder.objects.filter(pk=one.pk).update(name="Ruth Rroads")

        done = at_once(lambda _n: look_for_doubles())

        assert sum(done) == 1
        assert pairs() == [(one.pk, other.pk)]
        assert DoublesSearch.objects.count() == 1
        assert not look_for_doubles()
        connection.close()
