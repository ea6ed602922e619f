"""Several people measure, decide, clear and publish at the same moment, on PostgreSQL."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError

from buyin.initiatives.actions import (
    add_input,
    add_measurement,
    clear_story,
    publish_story,
    save_benefit,
    save_decision,
    save_raid_item,
    save_story,
    set_state,
    take_back_story,
)
from buyin.initiatives.models import Benefit, Decision, Measurement, RaidItem, Story
from buyin.initiatives.queries import standing_of
from tests.factories.accounts import PersonFactory
from tests.factories.benefits import DAYS, make_benefit, make_decision, make_measurement, make_story
from tests.factories.initiatives import InitiativeFactory
from tests.races import AT_ONCE, ON_POSTGRESQL, at_once

pytestmark = ON_POSTGRESQL
DAY = date(2026, 9, 30)


def ours() -> tuple[Any, Any]:
    """Return an initiative and its lead, who may change it."""
    lead: Any = PersonFactory()
    return InitiativeFactory(name="Pothole finder", lead=lead), lead


def ended(act: Any) -> Counter[str]:
    """Do something at once; count what was done and what was refused in words."""

    def tried(number: int) -> str:
        try:
            act(number)
        except ValidationError as problem:
            return " ".join(problem.messages)
        return "done"

    return Counter(at_once(tried))


def test_of_those_who_correct_one_measurement_at_once_one_does():
    initiative, lead = ours()
    benefit = make_benefit(initiative)
    wrong = make_measurement(benefit, 92, DAY)

    found = ended(
        lambda number: add_measurement(
            actor=lead, benefit=benefit, corrects=wrong, value=Decimal(20 + number), day=DAY
        )
    )

    assert found == {"done": 1, "This measurement is corrected already.": AT_ONCE - 1}
    assert Measurement.objects.filter(corrects=wrong).count() == 1
    assert standing_of(benefit).value == Measurement.objects.get(corrects=wrong).value


def test_a_measurement_that_a_system_delivers_many_times_at_once_is_one():
    initiative, lead = ours()
    benefit, form = make_benefit(initiative), uuid4()

    made = at_once(
        lambda _number: (
            add_measurement(
                actor=lead, benefit=benefit, made_by_form=form, value=Decimal(29), day=DAY
            ).pk
        )
    )

    assert made == [Measurement.objects.get().pk] * AT_ONCE


def test_those_who_measure_different_things_at_once_all_do():
    initiative, lead = ours()
    benefit = make_benefit(initiative)

    found = ended(
        lambda number: add_measurement(
            actor=lead, benefit=benefit, made_by_form=uuid4(), value=Decimal(number), day=DAY
        )
    )

    assert found == {"done": AT_ONCE}
    assert sorted(benefit.measurements.values_list("value", flat=True)) == list(range(AT_ONCE))


def test_a_form_that_many_send_at_once_makes_one_record_of_each_kind():
    initiative, lead = ours()
    form = uuid4()
    reasons: dict[str, Any] = {"decided_on": DAY, "decided_by": "Board", "rationale": "It pays."}
    texts: dict[str, Any] = {"challenge": "Waiting.", "done": "Sorting.", "result": "Less."}

    def send(_number: int) -> list[int]:
        told: dict[str, Any] = {"actor": lead, "made_by_form": form}
        return [
            save_benefit(benefit=Benefit(initiative=initiative), **told, **DAYS).pk,
            save_decision(
                decision=Decision(initiative=initiative), title="Buy", **told, **reasons
            ).pk,
            save_raid_item(
                item=RaidItem(initiative=initiative), kind="issue", statement="Late",
                category="time", **told,
            ).pk,
            save_story(story=Story(initiative=initiative), title="Sooner", **told, **texts).pk,
        ]  # fmt: skip

    made = at_once(send)

    kept = [kind.objects.get().pk for kind in (Benefit, Decision, RaidItem, Story)]
    assert made == [kept] * AT_ONCE


def test_those_who_set_a_state_at_once_leave_a_history_without_gaps():
    initiative, lead = ours()
    benefit = make_benefit(initiative)
    states = ["on-track", "at-risk", "realised", "not-realised"]

    at_once(
        lambda number: set_state(
            actor=lead, benefit=benefit, state=states[number % len(states)], reason="Counted."
        )
    )

    steps = [(one.before, one.after) for one in benefit.changes.order_by("pk")]
    assert steps[0][0] == "planned"
    assert [before for before, _after in steps[1:]] == [after for _before, after in steps[:-1]]
    benefit.refresh_from_db()
    assert benefit.state == steps[-1][1]


def test_one_state_that_many_set_at_once_is_one_change():
    initiative, lead = ours()
    benefit = make_benefit(initiative)

    at_once(lambda _number: set_state(actor=lead, benefit=benefit, state="at-risk"))

    assert [(one.before, one.after) for one in benefit.changes.all()] == [("planned", "at-risk")]


def test_a_target_that_many_change_at_once_has_each_before_and_after():
    initiative, lead = ours()
    benefit = make_benefit(initiative)
    make_measurement(benefit, 29, DAY)

    at_once(
        lambda number: save_benefit(
            actor=lead, benefit=benefit, target_value=Decimal(10 + number), reason="New law."
        )
    )

    steps = [(Decimal(one.before), Decimal(one.after)) for one in benefit.changes.order_by("pk")]
    assert [before for before, _after in steps] == [25, *(after for _before, after in steps[:-1])]
    assert sorted(after for _before, after in steps) == [10 + n for n in range(AT_ONCE)]
    benefit.refresh_from_db()
    assert benefit.target_value == steps[-1][1]


def told_story() -> tuple[Any, Any, Any]:
    """Return a draft that rests on a measurement, who wrote it, and somebody who may clear it."""
    initiative, lead = ours()
    measured = make_measurement(make_benefit(initiative), 29, DAY)
    writer = PersonFactory()
    return make_story(initiative, measurement=measured, written_by=writer), writer, lead


def test_a_story_that_many_clear_and_publish_at_once_is_out_once_and_cleared():
    story, _writer, lead = told_story()

    def bring_out(_number: int) -> None:
        clear_story(actor=lead, story=story)
        publish_story(actor=lead, story=story)

    assert ended(bring_out) == {"done": AT_ONCE}
    found = Story.objects.get()
    assert (found.state, found.cleared_by) == ("published", lead)
    assert list(Story.objects.published()) == [found]


def test_words_that_change_while_others_clear_them_are_never_out_uncleared():
    story, _writer, lead = told_story()
    clear_story(actor=lead, story=story)

    def act(number: int) -> None:
        if number % 2:
            publish_story(actor=lead, story=story)
        else:
            save_story(actor=lead, story=story, result=f"Less, says {number}.")

    found = ended(act)

    assert set(found) <= {"done", "Somebody has to clear it first."}
    now = Story.objects.get()
    # Nobody has cleared since the first words, so whatever came last, other words are not out.
    assert (now.state, now.cleared_on) == ("draft", None)


def test_a_story_that_is_taken_back_while_others_publish_it_stays_taken_back():
    story, _writer, lead = told_story()
    clear_story(actor=lead, story=story)

    def act(number: int) -> None:
        step = take_back_story if number == 0 else publish_story
        step(actor=lead, story=story)

    ended(act)

    now = Story.objects.get()
    assert (now.state, now.cleared_by, now.published_on) == ("draft", None, None)


def test_of_those_who_replace_one_decision_at_once_one_does():
    initiative, lead = ours()
    old = make_decision(initiative, title="Buy A")
    reasons: dict[str, Any] = {"decided_on": DAY, "decided_by": "Board", "rationale": "It pays."}

    found = ended(
        lambda number: save_decision(
            actor=lead,
            decision=Decision(initiative=initiative),
            replaces=old,
            title=f"Buy {number}",
            **reasons,
        )
    )

    assert found == {"done": 1, "This decision cannot be replaced by this one.": AT_ONCE - 1}
    assert Decision.objects.count() == 2
    old.refresh_from_db()
    assert old.superseded_by == Decision.objects.exclude(pk=old.pk).get()


def test_two_decisions_never_replace_each_other_at_once():
    initiative, lead = ours()
    first, second = make_decision(initiative, title="A"), make_decision(initiative, title="B")

    def act(number: int) -> None:
        new, old = (first, second) if number % 2 else (second, first)
        save_decision(actor=lead, decision=new, replaces=old)

    ended(act)

    assert Decision.objects.standing().count() == 1


def test_an_input_that_many_name_at_once_stands_there_once():
    initiative, lead = ours()
    decision = make_decision(initiative)
    said: dict[str, Any] = {"kind": "survey", "text": "Wave 2", "link": "/surveys/"}

    made = at_once(lambda _number: add_input(actor=lead, decision=decision, **said).pk)

    assert made == [decision.inputs.get().pk] * AT_ONCE
