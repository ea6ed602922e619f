"""The page of a stage in every case: what it offers, what it keeps of what was typed, what it tells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyin.initiatives.models import Initiative, Stage, StageChange
from buyin.initiatives.queries.gates import GATES, demanded
from buyin.initiatives.queries.stages import Passed, stages_of
from tests.factories.initiatives import (
    InitiativeFactory,
    make_agreement,
    make_change,
    make_milestone,
    make_update,
)

TODAY = "2026-11-20"
STAGES = st.sampled_from(list(Stage))


@pytest.fixture
def _today(time_machine):
    time_machine.move_to(f"{TODAY} 10:00Z", tick=False)


@pytest.fixture
def ours(cast, _today):
    made = InitiativeFactory(
        name="Pothole finder", summary="Finds potholes.", lead=cast.lead, departments=[cast.roads]
    )
    make_change(made, "", "idea", day="2026-01-05")
    return made


def address(initiative):
    return f"/initiatives/{initiative.pk}/stage/"


def typed(to, **changed):
    return {"start": "idea", "to": to, "day": TODAY, "note": ""} | changed


def words(answer):
    return " ".join(answer.text.split())


def offered(page, word):
    """Return to which stages links lead that begin with this word."""
    return [stage for stage in Stage.values if f'?to={stage}"' in page.text and word in page.text]


# Which checks a step has


@given(STAGES, STAGES)
def test_every_check_of_a_step_forward_is_of_a_stage_that_it_enters_or_crosses(start, to):
    gates = demanded(start, to)

    if to.position <= start.position:
        assert gates == []
    for gate in gates:
        places = [stage.position for stage in gate.stages]
        assert any(start.position < place <= to.position for place in places)


@given(STAGES, STAGES, STAGES)
def test_a_longer_step_before_the_end_has_at_least_the_checks_of_a_shorter_one(start, near, far):
    if far == Stage.RETIRED or near.position > far.position:
        return

    longer = {gate.code for gate in demanded(start, far)}

    assert {gate.code for gate in demanded(start, near)} <= longer


@given(STAGES)
def test_the_list_keeps_its_order_in_every_step(start):
    order = [gate.code for gate in GATES]

    for to in Stage:
        places = [order.index(gate.code) for gate in demanded(start, to)]
        assert places == sorted(places)


# The row of all stages


@given(STAGES, st.lists(STAGES, max_size=6))
def test_one_stage_is_now_and_what_is_to_come_has_no_day(now, passed):
    history = [
        Passed(StageChange(to_stage=stage, day=date(2026, 1, 28 - number)), [])
        for number, stage in enumerate(passed)
    ]

    steps = stages_of(Initiative(stage=now), history)

    assert [step.stage for step in steps if step.is_now] == [now]
    for step in steps:
        assert step.is_past is (step.stage.position < now.position)
        newest = next(
            (one.change.day for one in history if one.change.to_stage == step.stage), None
        )
        assert step.since == (newest if step.stage.position <= now.position else None)


def test_a_stage_that_was_left_out_says_that_no_day_is_known(sign_in, ours):
    make_change(ours, "idea", "pilot", day="2026-03-01")
    type(ours).objects.update(stage="pilot")

    page = words(sign_in("staff").get(address(ours)))

    assert "since 5 January 2026" in page
    assert "since 1 March 2026" in page
    assert page.count("no day known") == 1
    assert page.count("to come") == 2


def test_what_came_in_without_a_history_says_so(sign_in, ours):
    ours.stage_changes.all().delete()

    page = words(sign_in("staff").get(address(ours)))

    assert "When it came into this stage is not written down." in page
    assert ">now<" in page.replace("> now <", ">now<")


# What the page offers


@pytest.mark.parametrize(
    ("stage", "following"),
    [("idea", "pre-deployment"), ("pre-deployment", "pilot"), ("pilot", "deployed")],
)
def test_the_next_stage_is_offered_first_and_each_other_by_a_link(sign_in, ours, stage, following):
    type(ours).objects.update(stage=stage)

    page = sign_in("lead").get(address(ours))

    assert page.context["to"] == following
    assert offered(page, "instead") == [
        one for one in Stage.values if one not in {stage, following}
    ]


def test_a_step_back_is_named_as_one_and_asks_nothing_but_the_reason(sign_in, ours):
    type(ours).objects.update(stage="pilot")

    page = sign_in("lead").get(address(ours), {"to": "idea"})

    assert "Back to “Idea”" in words(page)
    assert "Say why it goes back; the reason stays to be read." in words(page)
    assert "confirmed" not in page.context["form"].fields
    assert page.context["checks"] == []


def test_each_check_says_what_is_known_and_leads_to_where_it_is_mended(sign_in, ours):
    type(ours).objects.update(stage="pilot", lead=None, summary="  ")
    make_milestone(ours, due="2026-11-01")
    make_milestone(ours, due="2026-11-01", is_given_up=True)

    page = words(sign_in("administrator").get(address(ours)))

    plan, edit = f"/initiatives/{ours.pk}/plan/", f"/initiatives/{ours.pk}/edit/"
    assert f'<a href="{edit}">nobody yet</a>' in page
    assert f'<a href="{plan}">Milestones: 1</a>' in page
    assert f'<a href="{plan}">Overdue: 1</a>' in page
    assert "Write a summary in two plain sentences." in page
    assert "no update yet" in page


def test_the_checks_of_an_end_name_the_last_update_and_what_is_in_force(sign_in, ours, cast):
    type(ours).objects.update(stage="deployed")
    make_update(ours, made_at="2026-11-01T10:00Z")
    for state, day in (("signed", "2026-01-01"), ("asked", None), ("ended", "2026-01-01")):
        make_agreement(ours, cast.roads, cast.clinic, state=state, signed_on=day)

    page = words(sign_in("lead").get(address(ours)))

    assert "last update on 1 November 2026" in page
    assert "In force: 1" in page
    assert page.count("you answer for it") == 1


@pytest.mark.parametrize(
    ("day", "is_met"), [("2026-10-21T10:00Z", True), ("2026-10-21T09:59Z", False)]
)
def test_people_were_told_of_the_end_within_thirty_days(sign_in, ours, day, is_met):
    type(ours).objects.update(stage="deployed")
    make_update(ours, made_at=day)

    checks = sign_in("lead").get(address(ours)).context["checks"]

    assert {one.gate.code: one.is_met for one in checks}["end-told"] is is_met


# What is typed


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "soon"}, "Since which day?"),
        ({"note": "x" * 1001}, "Why"),
        ({"confirmed": ["lead"]}, "What the portal cannot see"),
        ({"start": "launched"}, "start"),
        ({"start": ""}, "start"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, ours, changed, said):
    sent = typed("deployed", note="The council wants it in May.") | changed

    answer = sign_in("lead").post(address(ours), sent)

    assert answer.status_code == 200
    assert said in words(answer)
    assert sent["note"] in answer.text
    assert "Next: “Deployed”" in words(answer)
    assert Initiative.objects.get().stage == "idea"


def test_what_was_ticked_stays_ticked_when_the_reason_is_missing(sign_in, ours):
    answer = sign_in("lead").post(address(ours), typed("deployed", confirmed=["way-to-object"]))

    assert "Say why it moves on all the same." in answer.text
    assert answer.context["form"]["confirmed"].value() == ["way-to-object"]
    met = {one.gate.code: one.is_met for one in answer.context["checks"] if one.answer is None}
    assert met["way-to-object"]
    assert answer.text.count(" checked") == 1


def test_a_stage_that_is_not_sent_is_not_guessed(sign_in, ours):
    answer = sign_in("lead").post(address(ours), typed("") | {"note": "Go."})

    assert answer.status_code == 200
    assert Initiative.objects.get().stage == "idea"


def test_the_day_of_the_last_step_is_early_enough(sign_in, ours):
    sign_in("lead").post(address(ours), typed("pre-deployment", day="2026-01-05"))

    assert Initiative.objects.get().stage == "pre-deployment"
    assert [change.to_stage for change in StageChange.objects.all()] == ["pre-deployment", "idea"]


def test_a_reason_is_read_as_text_and_line_by_line(sign_in, ours):
    note = "Why not?\n<b>Now</b>"
    sign_in("lead").post(address(ours), typed("pre-deployment", note=note))

    page = sign_in("staff").get(address(ours)).text

    assert "Why not?<br>&lt;b&gt;Now&lt;/b&gt;" in page


# What stays to be read


def test_a_check_that_is_no_longer_made_is_still_named(sign_in, ours):
    make_change(ours, "idea", "pilot", day="2026-02-02", unmet=["lead", "old-check"])

    [passed, begun] = sign_in("staff").get(address(ours)).context["history"]

    assert [str(text) for text in passed.unmet] == ["Somebody leads it", "old-check"]
    assert begun.unmet == []


def test_who_moved_it_may_leave_and_the_step_stays(sign_in, ours, cast):
    make_change(ours, "idea", "pilot", day="2026-02-02", by=cast.trainer)
    assert "Trainer Persona" in sign_in("staff").get(address(ours)).text

    cast.trainer.delete()

    page = sign_in("staff").get(address(ours)).text
    assert "Trainer Persona" not in page
    assert "from Idea to Pilot" in " ".join(page.split())


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_page_is_read_and_posted_to_and_nothing_else(sign_in, ours, method):
    assert getattr(sign_in("lead"), method)(address(ours)).status_code == 405


def test_no_cache_keeps_the_page(sign_in, ours):
    assert "no-store" in sign_in("lead").get(address(ours))["Cache-Control"]
