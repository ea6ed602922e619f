"""Several people share, take back and extend at the same moment: one version, and everybody is told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from surveys.actions.freezing import freeze_results
from surveys.actions.publishing import extend_wave
from surveys.actions.refusals import RefusedError
from surveys.actions.sharing import Message, share_results, withdraw_results
from surveys.models import SharedResult, Wave
from tests.cast import make_cast
from tests.factories.results import make_results, varied
from tests.factories.sharing import LEARNED, NEXT, seen_of, share
from tests.races import AT_ONCE, ON_POSTGRESQL, endings

pytestmark = ON_POSTGRESQL
SAID = Message(learned=LEARNED, next_steps=NEXT)


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def result(cast):
    return make_results({cast.roads: varied(30), cast.clinic: varied(30)})


def sharing(result, by, form=None):
    """Return a function that shares these results, each call with a form of its own or all with one."""
    seen = seen_of(result)

    def act(_number):
        share_results(
            wave=result.wave_id, by=by, message=SAID, seen=seen, made_by_form=form or uuid4()
        )

    return act


def test_many_who_share_at_once_make_one_version_and_the_others_are_told(cast, result):
    ended = endings(sharing(result, cast.lead))

    assert ended == {"done": 1, "refused": AT_ONCE - 1}
    assert SharedResult.objects.get().number == 1


def test_one_form_that_is_sent_many_times_makes_one_version_and_nobody_is_refused(cast, result):
    ended = endings(sharing(result, cast.lead, form=uuid4()))

    assert ended == {"done": AT_ONCE}
    assert SharedResult.objects.count() == 1


def test_many_who_take_it_back_do_so_once(cast, result):
    row = share(result, by=cast.lead)
    taken = []

    endings(
        lambda n: taken.append(withdraw_results(share=row, by=cast.lead, because=f"Reason {n}."))
    )

    assert sorted(taken) == [False] * (AT_ONCE - 1) + [True]


def test_taking_back_and_sharing_at_once_leaves_one_standing_version_at_most(cast, result):
    row = share(result, by=cast.lead)
    again = sharing(result, cast.lead)

    def act(number):
        if number % 2:
            again(number)
        else:
            withdraw_results(share=row, by=cast.lead, because="x")

    endings(act)

    numbers = list(SharedResult.objects.order_by("number").values_list("number", flat=True))
    assert numbers in ([1], [1, 2])
    assert SharedResult.objects.standing().count() == len(numbers) - 1


def beside(change, act):
    """Do something while somebody holds the wave and changes it; return how it ended."""
    held, go_on = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            change()
            held.set()
            go_on.wait(5)
        connection.close()

    def try_it():
        try:
            act(0)
        except RefusedError as error:
            return str(error)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        holder = pool.submit(hold)
        held.wait(5)
        trying = pool.submit(try_it)
        with pytest.raises(TimeoutError):
            trying.result(0.3)  # it waits for whoever holds the wave
        go_on.set()
        holder.result(5)
        return trying.result(5)


def test_a_wave_that_is_opened_again_meanwhile_is_not_shared(cast, result):
    def reopen():
        wave = Wave.objects.select_for_update().get(pk=result.wave_id)
        wave.closed_at = None
        wave.save()

    assert beside(reopen, sharing(result, cast.lead)).startswith("This wave takes answers.")
    assert not SharedResult.objects.exists()


def test_who_extends_a_wave_that_is_being_shared_is_told_that_it_has_closed(cast, result):
    wave = result.wave
    day = timezone.localdate() + timedelta(days=30)

    said = beside(
        lambda: sharing(result, cast.lead)(0),
        lambda _n: extend_wave(wave=wave, closes_on=day, by=cast.lead),
    )

    assert said == "This wave has been closed. Ask again in a new wave."
    assert SharedResult.objects.count() == 1


def test_counting_again_beside_sharing_changes_nothing(cast, result):
    before = result.questions

    assert (
        beside(
            lambda: sharing(result, cast.lead)(0), lambda _n: freeze_results(wave=result.wave_id)
        )
        == "done"
    )
    assert SharedResult.objects.get().document["questions"] == before
