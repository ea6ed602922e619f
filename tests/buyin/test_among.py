"""Several ids as one value: the same rows as by a place for each, by one statement for any number."""

from typing import cast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from buyin.accounts.models import User
from buyin.among import Among, as_one
from buyin.prepared import Prepared
from tests.factories.accounts import DepartmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Seven people of three departments."""
    places = [DepartmentFactory() for _ in range(3)]
    return [PersonFactory(department=places[n % 3]) for n in range(7)]


@pytest.mark.parametrize("wanted", [[], [0], [0, 2, 5], list(range(7))])
def test_it_keeps_those_whose_id_is_one_of_them(people, wanted):
    ids = {people[n].pk for n in wanted}

    found = User.objects.filter(Among("pk", as_one(ids)))

    assert set(found) == {people[n] for n in wanted}
    assert set(User.objects.exclude(Among("pk", as_one(ids)))) == set(people) - set(found)


def test_it_looks_through_a_join_and_finds_nobody_by_an_id_that_there_is_not(people):
    parent = DepartmentFactory()
    home = people[1].department
    home.parent = parent
    home.save()

    found = User.objects.filter(Among("department__parent", as_one([parent.pk, 10**12])))

    assert set(found) == {one for one in people if one.department == home}


def test_of_an_empty_id_nobody_knows_it_so_neither_way_finds_who_has_none(people):
    PersonFactory(department=None)
    here = as_one([people[0].department_id])

    found = User.objects.filter(Among("department", here))
    others = User.objects.exclude(Among("department", here))

    assert set(found) | set(others) == set(people)
    assert not set(found) & set(others)


def test_hundreds_of_thousands_of_them_are_one_value_as_well(people):
    ids = as_one([*range(-1, 300_000), *(one.pk for one in people), 2**63 - 1, -(2**63)])

    assert set(User.objects.filter(Among("pk", ids))) == set(people)


def test_any_number_of_them_is_one_statement(people):
    prepared = Prepared(
        lambda ids: User.objects.filter(Among("pk", ids)).order_by("pk").values_list("pk"), ids=str
    )
    with CaptureQueriesContext(connection) as captured:
        for number in (0, 1, 7, 3):
            ids = [one.pk for one in people[:number]]
            assert [pk for (pk,) in prepared.rows(ids=as_one(ids))] == ids

    assert len(captured) == 4


def test_whatever_is_no_number_never_comes_near_the_database():
    with pytest.raises(ValueError, match="invalid literal"):
        as_one(cast("list[int]", ["1) OR (1=1"]))
