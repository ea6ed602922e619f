"""Several people move, tell and mark at the same moment, on PostgreSQL."""

from collections import Counter
from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.test import Client

from buyin.initiatives.actions import Move, move, publish_update
from buyin.initiatives.models import Initiative, Milestone, StageChange, Update
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory, make_milestone
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL


def test_of_many_who_move_it_at_once_one_moves_it_and_the_others_are_told():
    lead = PersonFactory()
    made = InitiativeFactory(lead=lead)
    wanted = Move("idea", "pre-deployment", date(2026, 1, 5), note="Spring.")

    def moving(_number):
        try:
            move(actor=lead, initiative=Initiative.objects.get(pk=made.pk), wanted=wanted)
        except ValidationError as problem:
            return problem.messages[0][:34]
        return "moved"

    ended = Counter(at_once(moving))

    assert ended == {"moved": 1, "Somebody else has moved it meanwhi": AT_ONCE - 1}
    assert StageChange.objects.count() == 1


def test_one_form_that_is_sent_many_times_at_once_tells_once_and_fails_nobody():
    lead = PersonFactory()
    made = InitiativeFactory(lead=lead)
    form = uuid4()

    def telling(_number):
        told = publish_update(
            actor=lead, initiative=made, title="News", text="It begins.", made_by_form=form
        )
        return told.pk

    assert len(set(at_once(telling))) == 1
    assert Update.objects.count() == 1


def test_different_updates_told_at_once_are_all_told():
    lead = PersonFactory()
    made = InitiativeFactory(lead=lead)

    def telling(number):
        words = {"title": f"News {number}", "text": "It begins."}
        publish_update(actor=lead, initiative=made, made_by_form=uuid4(), **words)

    at_once(telling)

    assert {one.title for one in Update.objects.all()} == {f"News {n}" for n in range(AT_ONCE)}


def test_a_milestone_that_many_mark_at_once_is_reached_once():
    lead = PersonFactory()
    made = InitiativeFactory(lead=lead)
    row = make_milestone(made, due=date(2026, 1, 5))
    address = f"/initiatives/{made.pk}/milestones/{row.pk}/done/"

    def pressing(_number):
        client = Client()
        client.force_login(lead)
        return client.post(address).status_code

    assert set(at_once(pressing)) <= {302, 404}
    assert Milestone.objects.get().done_on is not None
