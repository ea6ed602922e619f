"""An author who makes up guests, and so knows what they answer, learns nothing of a person beside them."""

from uuid import uuid4

import pytest

from surveys.actions import close_wave
from surveys.actions.freezing import freeze_results
from surveys.models import BufferedResponse, Participation, WaveResult
from surveys.queries.accounts import too_few_beside_guests
from surveys.queries.invariants import broken_rules
from surveys.queries.scores import scored_waves, scores_of
from tests.factories.accounts import PersonFactory
from tests.surveys.test_guests import homes, many_answer

pytestmark = pytest.mark.django_db


def people_answer(wave, number, home):
    """Let people with an account answer as the page would have them, without its price."""
    for _n in range(number):
        person = PersonFactory(department=home)
        Participation.objects.create(wave=wave, person=person, department=home, receipt=uuid4())
        answers = {"useful": 1, "told": 1, "heard": 1}
        BufferedResponse.objects.create(wave=wave, department=home, answers=answers)
    wave.groups.get_or_create(department=home, defaults={"asked": number})
    Participation.objects.filter(wave=wave).update(is_sealed=False)


def counted(wave):
    """Close the wave, count it, and return what may be shown of the whole."""
    close_wave(wave=wave.pk, by=None)
    freeze_results(wave=wave.pk)
    wave.refresh_from_db()
    assert broken_rules() == []
    return WaveResult.objects.get(wave=wave)


def test_one_person_among_made_up_guests_is_in_no_result_and_in_no_readiness(wave, cast):
    people_answer(wave, 1, cast.roads)
    many_answer(wave, 9, cast.roads)
    many_answer(wave, 30)

    result = counted(wave)

    assert result.answers is None
    assert result.questions == {}
    assert not result.departments.exists()
    assert wave not in scored_waves(until=wave.closed_at)


@pytest.mark.parametrize("outside", [0, 3, 9, 10, 30])
@pytest.mark.parametrize("few", [1, 9])
def test_guests_make_no_department_large_enough_to_be_told_from_the_whole(wave, cast, few, outside):
    people_answer(wave, few, cast.roads)
    people_answer(wave, 30, cast.parks)
    many_answer(wave, 12, cast.roads)
    many_answer(wave, outside)

    result = counted(wave)

    assert result.answers == few + 42 + outside
    assert len(homes(wave)) == few + 42 + outside
    assert set(homes(wave)) <= {None, "city"}
    assert set(scores_of(wave).department.tolist()) <= {0, cast.city.pk}
    shown = set(result.departments.values_list("department__code", flat=True))
    assert shown <= {"city"}


def test_people_who_are_enough_are_shown_with_the_guests_of_their_department(wave, cast):
    people_answer(wave, 10, cast.roads)
    people_answer(wave, 12, cast.parks)
    many_answer(wave, 2, cast.roads)

    result = counted(wave)

    assert homes(wave) == ["parks"] * 12 + ["roads"] * 12
    assert result.answers == 24
    assert wave in scored_waves(until=wave.closed_at)


def test_guests_of_a_department_where_no_person_answered_count_as_outside(wave, cast):
    people_answer(wave, 12, cast.roads)
    people_answer(wave, 30, cast.parks)
    many_answer(wave, 3, cast.clinic)

    counted(wave)

    assert homes(wave) == [None] * 15 + ["parks"] * 30


def test_guests_alone_are_counted_as_before(wave, cast):
    many_answer(wave, 12, cast.roads)

    assert counted(wave).answers == 12
    assert homes(wave) == ["roads"] * 12
    assert wave in scored_waves(until=wave.closed_at)


def test_people_alone_are_counted_as_before(wave, cast):
    people_answer(wave, 3, cast.roads)
    people_answer(wave, 9, cast.parks)

    assert counted(wave).answers == 12
    assert not too_few_beside_guests(type(wave).objects.all()).exists()
    assert homes(wave) == ["works"] * 12
