"""The command that asks the database whether stored answers still keep every rule."""

import uuid

import pytest
from django.core.management import call_command

from surveys.models import (
    BufferedResponse,
    Participation,
    Response,
    Signature,
    SurveyVersion,
    Wave,
)
from surveys.queries.invariants import broken_rules
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_participation, make_wave

pytestmark = pytest.mark.django_db


def response(wave, department, **fields):
    return Response.objects.create(
        wave=wave, department=department, answers={}, week="2026-W47", **fields
    )


def test_all_is_well_where_nothing_is_stored(cast, capsys):
    make_wave(cast.roads)

    call_command("check_invariants")

    assert capsys.readouterr().out == "All rules hold.\n"


def test_a_broken_rule_is_named_and_the_command_ends_with_two(cast, capsys):
    SurveyVersion.objects.filter(pk=make_wave(cast.roads).version_id).update(anonymity="named")

    with pytest.raises(SystemExit) as ended:
        call_command("check_invariants")

    assert ended.value.code == 2
    assert "“Permit assistant v1” was changed after it was published." in capsys.readouterr().err


def test_a_person_without_an_answer_is_missed_twice(cast):
    make_participation(make_wave(cast.roads), cast.staff)

    found = broken_rules()

    assert "“Permit assistant, wave 1”: 1 answered, but answers stored are 0." in found
    assert any("0 answers wait, of 1" in sentence for sentence in found)


def test_an_answer_without_its_person_is_missed(cast):
    wave = make_wave(cast.roads)
    make_participation(wave, cast.staff)
    for _number in range(2):
        BufferedResponse.objects.create(wave=wave, department=cast.roads, answers={})

    assert "“Permit assistant, wave 1”: 1 answered, but answers stored are 2." in broken_rules()


def test_a_closed_wave_with_a_small_department_is_named(cast, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_wave(cast.roads, cast.parks)
    for number in range(6):
        department = cast.parks if number == 0 else cast.roads
        response(wave, department)
        Participation.objects.create(
            wave=wave,
            person=PersonFactory(department=department),
            department=department,
            receipt=uuid.uuid4(),
            is_sealed=True,
        )
    assert broken_rules() == []

    Wave.objects.update(closed_at=wave.opens_at)

    assert broken_rules() == [
        "“Permit assistant, wave 1” is closed but a department is too small to hide a person."
    ]


def test_an_anonymous_answer_with_a_name_is_counted(cast):
    wave = make_wave(cast.roads)
    Signature.objects.create(response=response(wave, cast.roads), person=cast.staff)

    assert broken_rules() == ["Anonymous answers that carry a name: 1."]
