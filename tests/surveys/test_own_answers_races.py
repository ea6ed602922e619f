"""Deleting one's answers at the same moment as something else happens to them."""

from typing import Any

from buyin.accounts.models import EventKind, SecurityEvent
from surveys.actions.closing import close_wave
from surveys.actions.freezing import freeze_results
from surveys.actions.withdrawing import withdraw_answers
from surveys.models import Response, WaveResult, WrittenAnswer
from surveys.queries.invariants import broken_rules
from tests.cast import make_cast
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_wave
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once
from tests.surveys.test_actions import COMPLETE, answer

pytestmark = ON_POSTGRESQL


def answered(people: int) -> tuple[Any, list[Any]]:
    """Return a confidential wave that these many people have answered, and who they are."""
    cast = make_cast()
    wave = make_wave(cast.roads, anonymity="confidential")
    everybody = [PersonFactory(department=cast.roads) for _n in range(people)]
    for number, person in enumerate(everybody):
        answer(wave, person, **COMPLETE, wish=f"Wish {number}")
    return wave, everybody


def test_many_presses_delete_once():
    wave, (person, *_others) = answered(2)

    done = at_once(lambda _n: withdraw_answers(wave=wave.pk, person=person))

    assert sorted(done) == [False] * (AT_ONCE - 1) + [True]
    assert Response.objects.count() == 1
    assert SecurityEvent.objects.filter(kind=EventKind.ERASED).count() == 1
    assert broken_rules() == []


def test_whoever_deletes_while_the_wave_is_counted_stands_in_no_text_afterwards():
    wave, everybody = answered(20)
    close_wave(wave=wave.pk, by=None)
    leaving = everybody[: AT_ONCE - 1]

    def act(number: int) -> None:
        if number == 0:
            freeze_results(wave=wave.pk)
        else:
            withdraw_answers(wave=wave.pk, person=leaving[number - 1])

    at_once(act)

    texts = set(WrittenAnswer.objects.filter(code="wish").values_list("text", flat=True))
    assert texts == {f"Wish {n}" for n in range(len(leaving), 20)}
    assert WaveResult.objects.get().answers in range(20 - len(leaving), 21)
    assert broken_rules() == []
