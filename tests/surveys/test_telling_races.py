"""Many who leave, confirm and are told at the same moment: each once, and nobody left out."""

import pytest
from django.core.cache import cache

from buyin.outbox.models import Message
from surveys.actions import close_wave, telling
from surveys.models import ToldAddress
from tests.cast import make_cast
from tests.factories.results import make_public_results
from tests.factories.sharing import share
from tests.factories.surveys import make_public_wave
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL


@pytest.fixture
def cast(transactional_db):
    cache.clear()
    return make_cast()


def test_one_address_left_by_many_at_once_is_there_once(cast):
    wave = make_public_wave()

    at_once(lambda _n: telling.leave_address(wave=wave.pk, address="ann@example.org"))

    assert ToldAddress.objects.get().state == "waiting"


def test_addresses_left_at_once_are_all_there(cast):
    wave = make_public_wave()

    at_once(lambda n: telling.leave_address(wave=wave.pk, address=f"p{n}@example.org"))

    assert ToldAddress.objects.waiting().count() == AT_ONCE


def test_addresses_left_while_a_wave_closes_are_asked_or_wait_and_none_is_lost(cast):
    wave = make_public_wave()

    def act(number: int) -> None:
        if number == 3:
            close_wave(wave=wave.pk, by=None)
        else:
            telling.leave_address(wave=wave.pk, address=f"p{number}@example.org")

    at_once(act)
    telling.pass_on_addresses()

    assert ToldAddress.objects.filter(state="asked").count() == AT_ONCE - 1
    assert Message.objects.count() == AT_ONCE - 1


def test_many_clocks_at_once_ask_each_address_once(cast):
    wave = make_public_wave()
    for number in range(20):
        telling.leave_address(wave=wave.pk, address=f"p{number}@example.org")

    at_once(lambda _n: telling.pass_on_addresses())

    assert Message.objects.count() == ToldAddress.objects.filter(state="asked").count() == 20


def test_many_clocks_at_once_tell_each_address_once(cast, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 3)
    result = make_public_results()
    ToldAddress.objects.bulk_create(
        ToldAddress(wave=result.wave, address=f"p{n}@example.org", state="confirmed")
        for n in range(20)
    )
    share(result, by=cast.people["lead"])

    at_once(lambda _n: telling.tell_results())

    assert Message.objects.count() == 20
    assert not ToldAddress.objects.exists()


def test_yes_and_no_at_once_end_in_one_of_both(cast):
    told = ToldAddress.objects.create(wave=make_public_wave(), address="a@example.org")

    def act(number: int) -> None:
        if number % 2:
            telling.withdraw_address(key=told.pk)
        else:
            telling.confirm_address(key=told.pk)

    at_once(act)

    assert not ToldAddress.objects.exists()
