"""Saving, handing in, shuffling and closing, as the actions do it."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from surveys import actions, tasks
from surveys.answers import Edit
from surveys.models import (
    AnonymousDraft,
    BufferedResponse,
    Draft,
    Participation,
    Response,
    Signature,
    Wave,
)
from surveys.queries.filling import typed_so_far
from surveys.queries.invariants import broken_rules
from tests.factories.accounts import PersonFactory
from tests.factories.surveys import make_filling, make_wave

pytestmark = pytest.mark.django_db
SECRET = "a browser's secret"
COMPLETE = {"useful": "4", "told": "2"}


def filling(wave, person, secret=SECRET):
    return make_filling(wave, person, secret=secret)


def edit(shown=None, client="", count=0, **typed):
    return Edit(shown=shown or {}, typed=typed, client=client, count=count)


def answer(wave, person, **typed):
    return actions.submit(
        filling=filling(wave, person), edit=edit(**(typed or COMPLETE)), receipt=uuid.uuid4()
    )


def staff_of(department, number):
    return [PersonFactory(department=department) for _n in range(number)]


@pytest.mark.parametrize("anonymity", ["named", "confidential"])
def test_a_named_answer_is_stored_with_its_author(cast, anonymity):
    wave = make_wave(cast.roads, anonymity=anonymity)

    answer(wave, cast.staff)

    response = Response.objects.get()
    assert response.answers["useful"] == 4
    assert response.answers["wish"] is None
    assert response.department == cast.roads
    assert Signature.objects.get().person == cast.staff
    assert broken_rules() == []


def test_an_anonymous_answer_waits_in_the_buffer_without_its_author(cast):
    wave = make_wave(cast.roads)

    answer(wave, cast.staff)

    assert BufferedResponse.objects.get().answers["told"] == 2
    assert not Participation.objects.get().is_sealed
    assert (Response.objects.count(), Signature.objects.count()) == (0, 0)
    assert broken_rules() == []


def test_who_has_answered_and_sends_half_of_it_again_is_told_so_and_leaves_no_draft(cast):
    person = filling(make_wave(cast.roads, anonymity="named"), cast.staff)
    actions.submit(filling=person, edit=edit(**COMPLETE), receipt=uuid.uuid4())

    again = actions.submit(filling=person, edit=edit(told="2"), receipt=uuid.uuid4())

    assert (again.outcome.name, again.errors) == ("ANSWERED_BEFORE", {})
    assert not Draft.objects.exists()


def test_the_same_receipt_again_is_a_repeat_and_another_one_a_second_try(cast):
    person, receipt = filling(make_wave(cast.roads), cast.staff), uuid.uuid4()

    outcomes = [
        actions.submit(filling=person, edit=edit(**COMPLETE), receipt=this).outcome.name
        for this in (receipt, receipt, uuid.uuid4())
    ]

    assert outcomes == ["STORED", "REPEATED", "ANSWERED_BEFORE"]
    assert BufferedResponse.objects.count() == 1


def test_what_is_missing_is_named_and_the_draft_stays(cast):
    person = filling(make_wave(cast.roads), cast.staff)

    result = actions.submit(filling=person, edit=edit(wish="Bread"), receipt=uuid.uuid4())

    assert result.outcome.name == "INCOMPLETE"
    assert set(result.errors) == {"useful", "told"}
    assert typed_so_far(person) == {"wish": "Bread"}
    assert not Participation.objects.exists()


@pytest.mark.parametrize("anonymity", ["named", "anonymous"])
def test_a_draft_survives_until_it_is_handed_in(cast, anonymity):
    wave = make_wave(cast.roads, anonymity=anonymity)
    person = filling(wave, cast.staff)

    actions.save_page(filling=person, edit=edit(**COMPLETE))
    actions.save_page(filling=person, edit=edit(shown=COMPLETE, wish="Bread", **COMPLETE))
    assert typed_so_far(person) == {**COMPLETE, "wish": "Bread"}
    actions.submit(filling=person, edit=edit(), receipt=uuid.uuid4())

    assert (Draft.objects.count(), AnonymousDraft.objects.count()) == (0, 0)


def test_an_anonymous_draft_opens_only_for_its_person_wave_and_browser(cast):
    wave, other = make_wave(cast.roads), make_wave(cast.roads)
    actions.save_page(filling=filling(wave, cast.staff), edit=edit(more="canary"))
    colleague = PersonFactory(department=cast.roads)

    assert typed_so_far(filling(wave, cast.staff)) == {"more": "canary"}
    assert typed_so_far(filling(wave, cast.staff, secret="another browser")) == {}
    assert typed_so_far(filling(wave, colleague)) == {}
    assert typed_so_far(filling(other, cast.staff)) == {}
    row = AnonymousDraft.objects.get()
    assert b"canary" not in bytes(row.ciphertext)
    assert row.expires_on == timezone.localdate() + dt.timedelta(days=30)


def test_a_late_save_of_the_same_page_changes_nothing(cast):
    person = filling(make_wave(cast.roads, anonymity="named"), cast.staff)

    actions.save_page(filling=person, edit=edit(client="tab", count=2, wish="new"))
    actions.save_page(filling=person, edit=edit(client="tab", count=1, wish="old"))
    actions.save_page(filling=person, edit=edit(client="tab", count=2, wish="again"))

    assert typed_so_far(person) == {"wish": "new"}


def test_nothing_is_saved_after_handing_in(cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.staff)

    with pytest.raises(actions.AnsweredError):
        actions.save_page(filling=filling(wave, cast.staff), edit=edit(wish="late"))

    assert not AnonymousDraft.objects.exists()


def test_the_grace_takes_an_answer_and_its_end_refuses_it(cast):
    wave = make_wave(cast.roads)
    person, past = filling(wave, cast.staff), timezone.now() - dt.timedelta(minutes=10)

    Wave.objects.update(closes_at=past, grace=dt.timedelta(minutes=5))
    with pytest.raises(actions.ClosedError):
        actions.save_page(filling=person, edit=edit(wish="late"))
    with pytest.raises(actions.ClosedError):
        actions.submit(filling=person, edit=edit(**COMPLETE), receipt=uuid.uuid4())
    Wave.objects.update(grace=dt.timedelta(minutes=15))

    assert actions.submit(
        filling=person, edit=edit(**COMPLETE), receipt=uuid.uuid4()
    ).outcome.name == "STORED"  # fmt: skip


def test_the_buffer_is_flushed_by_department_and_only_when_enough_wait(cast, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_wave(cast.roads, cast.parks)
    for person in [*staff_of(cast.roads, 5), *staff_of(cast.parks, 4)]:
        answer(wave, person)

    tasks.flush_anonymous()
    tasks.flush_anonymous()

    assert list(Response.objects.values_list("department", flat=True)) == [cast.roads.pk] * 5
    assert BufferedResponse.objects.filter(department=cast.parks).count() == 4
    assert Participation.objects.filter(is_sealed=True, department=cast.roads).count() == 5
    assert Participation.objects.filter(is_sealed=False, department=cast.parks).count() == 4
    assert broken_rules() == []


def test_closing_counts_small_departments_where_they_belong(cast, settings):
    settings.SMALLEST_GROUP = 5
    wave = make_wave(cast.roads, cast.parks, cast.works)
    for person in [*staff_of(cast.roads, 6), *staff_of(cast.parks, 2), *staff_of(cast.works, 3)]:
        answer(wave, person)
    tasks.flush_anonymous()
    Wave.objects.update(closes_at=timezone.now() - dt.timedelta(hours=1))

    tasks.close_due_waves()
    tasks.close_due_waves()

    wave.refresh_from_db()
    assert wave.closed_at is not None
    homes = sorted(Response.objects.values_list("department__code", flat=True))
    assert homes == ["roads"] * 6 + ["works"] * 5
    assert wave.groups.get(department=cast.parks).merged_into == cast.works
    assert wave.groups.get(department=cast.roads).merged_into is None
    assert not BufferedResponse.objects.exists()
    assert Participation.objects.filter(is_sealed=True).count() == 11
    assert broken_rules() == []


def test_closing_a_named_wave_keeps_its_answers_as_they_are(cast):
    wave = make_wave(cast.roads, anonymity="named")
    answer(wave, cast.staff)
    before = Response.objects.get().pk

    assert actions.close_wave(wave=wave.pk, by=None) is True
    assert actions.close_wave(wave=wave.pk, by=None) is False

    assert Response.objects.get().pk == before


def test_drafts_are_forgotten_after_thirty_days_or_once_their_answers_are_in(cast):
    wave = make_wave(cast.roads, anonymity="named")
    today = timezone.localdate()
    others = staff_of(cast.roads, 2)
    Draft.objects.create(wave=wave, person=cast.staff, touched_on=today - dt.timedelta(days=31))
    Draft.objects.create(wave=wave, person=others[0], touched_on=today - dt.timedelta(days=30))
    answer(wave, others[1])
    Draft.objects.create(wave=wave, person=others[1])
    for days, name in ((-1, "old"), (0, "new")):
        AnonymousDraft.objects.create(
            token_hash=name, ciphertext=b"", expires_on=today + dt.timedelta(days=days)
        )

    tasks.forget_old_drafts()

    assert [draft.person for draft in Draft.objects.all()] == [others[0]]
    assert [draft.pk for draft in AnonymousDraft.objects.all()] == ["new"]


def test_a_late_twin_of_the_last_page_is_a_second_try_although_the_draft_is_gone(cast):
    wave = make_wave(cast.roads)
    answer(wave, cast.staff)

    twin = actions.submit(
        filling=filling(wave, cast.staff), edit=edit(more="page two"), receipt=uuid.uuid4()
    )

    assert twin.outcome.name == "ANSWERED_BEFORE"
    assert not AnonymousDraft.objects.exists()
