"""How often surveys asked and wrote to people and departments lately, whoever answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buyin.fatigue import DAYS, MUCH_SURVEYS, Asked, Contact, shown
from surveys.models import Invitation
from surveys.queries import fatigue
from surveys.queries.fatigue import contacts_in, contacts_of
from surveys.tasks import write_mails
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_participation, make_wave
from tests.surveys.test_survey_mails import days_pass

pytestmark = pytest.mark.django_db


def ask(people, **fields):
    wave = make_wave(**fields)
    Invitation.objects.bulk_create(
        Invitation(wave=wave, person=person, department=person.department) for person in people
    )
    return wave


@pytest.fixture
def people(cast):
    """Forty people of Parks, one of them the trainer."""
    return [cast.trainer, *(PersonFactory(department=cast.parks) for _ in range(39))]


def test_surveys_and_people_who_meet_them_go_by_one_rule():
    assert vars(fatigue)["DAYS"] is DAYS
    assert vars(fatigue)["MUCH_SURVEYS"] is MUCH_SURVEYS


def test_surveys_and_rounds_of_mails_are_counted_for_each_person(cast, people):
    ask(people[:2], sends_mail=True)
    ask(people[:1])
    write_mails()

    assert contacts_of([one.pk for one in people[:3]]) == {
        people[0].pk: Contact(surveys=2, mails=1),
        people[1].pk: Contact(surveys=1, mails=1),
    }


def test_whether_somebody_answered_makes_no_difference(people):
    wave = ask(people[:2], sends_mail=True, reminders=1, remind_every=3)
    write_mails()
    make_participation(wave, people[0])
    days_pass(3)
    write_mails()

    found = contacts_of([one.pk for one in people[:2]])
    assert found[people[0].pk] == found[people[1].pk] == Contact(surveys=1, mails=2)


def test_what_is_over_for_thirty_days_or_has_not_begun_does_not_count(people):
    now = timezone.now()
    days = timedelta(days=1)
    ask(people, opens_at=now - 60 * days, closes_at=now - 31 * days)
    ask(people, opens_at=now + days, closes_at=now + 9 * days)
    ask(people, opens_at=now - 60 * days, closes_at=now + days)
    ask(people, opens_at=now - 29 * days, closes_at=now - 20 * days)

    assert contacts_of([people[0].pk]) == {people[0].pk: Contact(surveys=2)}


def test_departments_are_told_how_many_surveys_reached_them_and_how_many_people_often(cast, people):
    for _ in range(2):
        ask(people[:15])
    ask(people[:1])

    assert contacts_in([cast.parks.pk]) == {
        cast.parks.pk: Asked(surveys=3, mails=0, people=40, often=15)
    }


@pytest.mark.parametrize(
    ("often", "said"), [(0, 0), (1, None), (9, None), (10, 10), (30, 30), (31, None), (40, 40)]
)
def test_how_many_is_left_out_where_it_would_point_at_somebody(cast, people, often, said):
    for _ in range(2):
        ask(people[:often])

    assert contacts_in([cast.parks.pk])[cast.parks.pk].often == said


def test_a_small_department_says_nothing_of_its_people(cast):
    for _ in range(2):
        ask([cast.staff])

    found = contacts_in([cast.roads.pk])[cast.roads.pk]
    assert (found.surveys, found.people, found.often) == (2, 1, None)


def test_who_is_under_a_department_is_counted_there_and_closed_accounts_nowhere(cast, people):
    ask(people)
    people[1].is_active = False
    people[1].save()
    found = contacts_in([cast.works.pk, cast.parks.pk])

    assert found[cast.works.pk].surveys == 0
    assert found[cast.parks.pk].people == 39


@pytest.mark.parametrize(
    ("often", "people", "said"),
    [(5, 9, None), (0, 10, 0), (10, 10, 10), (10, 19, None), (10, 20, 10), (11, 20, None)],
)
def test_both_parts_are_nobody_or_as_many_as_may_be_shown(often, people, said):
    assert shown(often, people, 10) == said


@pytest.mark.parametrize("count", [1, 4])
def test_it_needs_as_many_queries_for_many_as_for_one(
    cast, people, django_assert_num_queries, count
):
    for _ in range(count):
        ask(people)

    with django_assert_num_queries(1):
        contacts_of([one.pk for one in people])
    with django_assert_num_queries(3):
        contacts_in([one.pk for one in cast.departments.values()])
