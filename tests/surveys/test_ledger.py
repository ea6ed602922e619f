"""What stands of surveys beside how somebody stands: that they were asked, and by name who answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.actions.withdrawing import withdraw_answers
from surveys.models import Response, Signature
from surveys.queries.ledger import evidence_on
from tests.factories.initiatives import InitiativeFactory
from tests.factories.surveys import make_invitation, make_participation, make_wave

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


def ask(cast, *people, mode="named", initiative=None, **fields):
    wave = make_wave(cast.roads, anonymity=mode, **fields)
    if initiative:
        wave.survey.initiative = initiative
        wave.survey.save()
    for person in people:
        make_invitation(wave, person)
    return wave


def answer(wave, person, at=None):
    make_participation(wave, person)
    response = Response.objects.create(wave=wave, answers={}, department=person.department)
    Signature.objects.create(response=response, person=person)
    if at:
        Signature.objects.filter(response=response).update(submitted_at=at)


def told(viewer, *people, until=None):
    day = until or timezone.localdate()
    found = evidence_on([one.pk for one in people], viewer=viewer, until=day)
    return [(one.person, one.label, one.asked, one.done) for one in found]


def test_by_name_one_reads_how_often_somebody_was_asked_and_answered(cast):
    ours = InitiativeFactory()
    first = ask(cast, cast.staff, cast.neighbour, initiative=ours)
    ask(cast, cast.staff, initiative=ours)
    answer(first, cast.staff)

    assert sorted(told(cast.lead, cast.staff, cast.neighbour)) == sorted(
        [
            (cast.staff.pk, "Surveys by name", 2, 1),
            (cast.neighbour.pk, "Surveys by name", 1, 0),
        ]
    )


def test_each_initiative_has_a_line_of_its_own(cast):
    for _ in range(2):
        ask(cast, cast.staff, initiative=InitiativeFactory())

    assert [row[2] for row in told(cast.lead, cast.staff)] == [1, 1]


@pytest.mark.parametrize("mode", ["anonymous", "confidential"])
def test_without_names_it_is_the_same_whether_somebody_answered_or_not(cast, mode):
    wave = ask(cast, cast.staff, cast.neighbour, mode=mode)
    before = told(cast.lead, cast.staff, cast.neighbour)
    answer(wave, cast.staff)

    assert told(cast.lead, cast.staff, cast.neighbour) == before
    assert {row[1:] for row in before} == {("Surveys without names", 1, None)}


def test_a_wave_without_names_never_adds_to_what_is_done_by_name(cast):
    ours = InitiativeFactory()
    ask(cast, cast.staff, initiative=ours)
    answer(ask(cast, cast.staff, mode="confidential", initiative=ours), cast.staff)

    assert [row[1:] for row in told(cast.lead, cast.staff)] == [
        ("Surveys by name", 1, 0),
        ("Surveys without names", 1, None),
    ]


@pytest.mark.parametrize(
    ("who", "may_know"),
    [
        ("lead", True), ("administrator", True), ("executive", False), ("coordinator", False),
        ("staff", False),
    ],
)  # fmt: skip
def test_who_answered_by_name_is_for_the_survey_team(cast, who, may_know):
    answer(ask(cast, cast.staff), cast.staff)

    ((_pk, _label, asked, done),) = told(cast.people[who], cast.staff)
    assert (asked, done) == (1, 1 if may_know else None)


def test_who_leads_the_initiative_belongs_to_its_team_and_to_no_other(cast):
    led = InitiativeFactory(lead=cast.coordinator)
    answer(ask(cast, cast.staff, initiative=led), cast.staff)
    answer(ask(cast, cast.staff), cast.staff)

    assert sorted(str(row[3]) for row in told(cast.coordinator, cast.staff)) == ["1", "None"]


@pytest.mark.parametrize("mode", ["named", "confidential"])
def test_whoever_has_deleted_what_they_answered_stands_there_as_before(cast, mode):
    wave = ask(cast, cast.staff, cast.neighbour, mode=mode)
    answer(wave, cast.staff)
    before = told(cast.lead, cast.staff, cast.neighbour)

    assert withdraw_answers(wave=wave.pk, person=cast.staff)

    assert told(cast.lead, cast.staff, cast.neighbour) == before
    assert before[0][2:] == (1, 1 if mode == "named" else None)
    assert told(cast.lead, cast.staff, until=timezone.localdate() - LONG_AGO) == []


def test_what_came_after_the_day_does_not_count(cast):
    now = timezone.now()
    wave = ask(cast, cast.staff, opens_at=now - LONG_AGO)
    answer(wave, cast.staff, at=now - timedelta(days=10))

    def on(days):
        found = told(cast.lead, cast.staff, until=timezone.localdate() - timedelta(days=days))
        return [row[2:] for row in found]

    assert on(0) == [(1, 1)]
    assert on(20) == [(1, 0)]
    assert on(500) == []


def test_a_wave_that_has_not_opened_has_asked_nobody(cast):
    soon = timezone.now() + timedelta(hours=1)
    ask(cast, cast.staff, opens_at=soon, closes_at=soon + timedelta(days=9))

    assert told(cast.lead, cast.staff) == []


@pytest.mark.parametrize("count", [1, 4])
def test_it_needs_as_many_queries_for_many_as_for_one(cast, django_assert_num_queries, count):
    for _ in range(count):
        answer(ask(cast, cast.staff, cast.neighbour), cast.staff)

    with django_assert_num_queries(3):
        told(cast.lead, cast.staff, cast.neighbour)
    with django_assert_num_queries(4):
        told(cast.executive, cast.staff, cast.neighbour)
