"""Impact assessments: begun as a copy, saved page by page, finished for good."""

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from buyin.initiatives.actions import impact as actions
from buyin.initiatives.models import ImpactAssessment
from buyin.initiatives.models.impact import RESULT
from buyin.initiatives.queries.impact import latest_result
from tests.factories.impact import ANSWERS, make_impact
from tests.factories.initiatives import InitiativeFactory


@pytest.fixture
def initiative(cast):
    return InitiativeFactory(name="Permit assistant", departments=[cast.roads], lead=cast.staff)


@pytest.fixture
def begun(initiative):
    return make_impact(initiative, is_finished=False)


def save(cast, assessment, **answers):
    was_seen = actions.seen(assessment.answers, answers)
    return actions.save_answers(
        actor=cast.lead, assessment=assessment, answers=answers, was_seen=was_seen
    )


def test_the_first_one_begins_empty_and_is_the_same_when_begun_twice(cast, initiative):
    first = actions.begin_assessment(actor=cast.staff, initiative=initiative)
    second = actions.begin_assessment(actor=cast.lead, initiative=initiative)

    assert (first.number, first.answers, first.begun_by) == (1, {}, cast.staff)
    assert second == first


def test_a_new_version_begins_as_a_copy_and_the_last_one_stays(cast, initiative):
    last = make_impact(initiative)

    made = actions.begin_assessment(actor=cast.lead, initiative=initiative)
    save(cast, made, riskProfile1="item2-0")

    assert made.number == 2
    assert made.answers == ANSWERS
    last.refresh_from_db()
    assert last.answers == ANSWERS


def test_saving_a_page_leaves_all_other_answers(cast, begun):
    save(cast, begun, riskProfile1="item2-0", riskProfile2="", impact6=[])

    begun.refresh_from_db()
    others = {name: answer for name, answer in ANSWERS.items() if name != "impact6"}
    assert begun.answers == {**others, "riskProfile1": "item2-0"}


def test_two_people_on_different_pages_lose_nothing(cast, begun):
    as_seen_by_the_second = ImpactAssessment.objects.get(pk=begun.pk)

    save(cast, begun, riskProfile1="item2-0")
    save(cast, as_seen_by_the_second, impact6="item1-1")

    begun.refresh_from_db()
    assert (begun.answers["riskProfile1"], begun.answers["impact6"]) == ("item2-0", "item1-1")


def test_whoever_saves_the_same_page_second_is_told_and_replaces_nothing(cast, begun):
    as_seen_by_the_second = ImpactAssessment.objects.get(pk=begun.pk)
    save(cast, begun, riskProfile1="item2-0")

    with pytest.raises(ValidationError) as refused:
        save(cast, as_seen_by_the_second, riskProfile1="")

    assert refused.value.code == actions.MEANWHILE
    begun.refresh_from_db()
    assert begun.answers["riskProfile1"] == "item2-0"


def test_sending_the_same_page_twice_is_no_conflict(cast, begun):
    as_before = ImpactAssessment.objects.get(pk=begun.pk)
    save(cast, begun, riskProfile1="item2-0")

    assert save(cast, as_before, riskProfile1="item2-0").answers["riskProfile1"] == "item2-0"


def test_finishing_keeps_the_result_with_its_date_and_who_did_it(cast, begun):
    done = actions.finish_assessment(actor=cast.lead, assessment=begun)

    done.refresh_from_db()
    assert (done.raw, done.raw_maximum, done.mitigation, done.mitigation_maximum) == (
        11,
        167,
        2,
        77,
    )
    assert (done.total, done.level, done.finished_by) == (11, 1, cast.lead)
    assert done.finished_at is not None
    assert done.left_open == done.score.left_open > 50
    assert latest_result(done.initiative) == done


def test_answers_to_questions_that_are_not_asked_leave_when_it_is_finished(cast, initiative):
    hidden = {"privacyDesign1": "item1-2", "motivation-other": "Words", "gone": "x"}
    begun = make_impact(initiative, is_finished=False, answers={**ANSWERS, **hidden})

    done = actions.finish_assessment(actor=cast.lead, assessment=begun)

    assert done.answers == ANSWERS


def test_without_the_phase_it_cannot_be_finished(cast, initiative):
    begun = make_impact(initiative, is_finished=False, answers={"riskProfile1": "item1-3"})

    with pytest.raises(ValidationError, match="designed or already put to use"):
        actions.finish_assessment(actor=cast.lead, assessment=begun)

    begun.refresh_from_db()
    assert begun.finished_at is None


@pytest.mark.parametrize("action", ["save", "finish", "give up"])
def test_a_finished_one_never_changes(cast, initiative, action):
    done = make_impact(initiative)
    tries = {
        "save": lambda: save(cast, done, riskProfile1="item2-0"),
        "finish": lambda: actions.finish_assessment(actor=cast.lead, assessment=done),
        "give up": lambda: actions.give_up_assessment(actor=cast.lead, assessment=done),
    }

    with pytest.raises(ValidationError) as refused:
        tries[action]()

    assert refused.value.code == actions.FINISHED
    assert ImpactAssessment.objects.values("answers", *RESULT).get() == {
        "answers": ANSWERS, **{name: getattr(done, name) for name in RESULT},
    }  # fmt: skip


def test_giving_up_leaves_finished_versions_and_their_numbers(cast, initiative):
    make_impact(initiative)
    begun = actions.begin_assessment(actor=cast.lead, initiative=initiative)

    actions.give_up_assessment(actor=cast.lead, assessment=begun)

    assert [one.number for one in initiative.impact_assessments.all()] == [1]
    assert actions.begin_assessment(actor=cast.lead, initiative=initiative).number == 2


def test_a_file_never_replaces_what_is_being_filled_in(cast, initiative, begun):
    with pytest.raises(ValidationError) as refused:
        actions.bring_assessment(actor=cast.lead, initiative=initiative, answers={})

    assert refused.value.code == actions.IS_BEGUN
    begun.refresh_from_db()
    assert begun.answers == ANSWERS


@pytest.mark.parametrize("who", ["neighbour", "coordinator", "executive", "moderator"])
def test_others_than_the_own_lead_and_the_agencys_do_nothing(cast, initiative, begun, who):
    actor = cast.people[who]

    for action in (
        lambda: actions.begin_assessment(actor=actor, initiative=initiative),
        lambda: actions.bring_assessment(actor=actor, initiative=initiative, answers={}),
        lambda: actions.save_answers(actor=actor, assessment=begun, answers={}, was_seen=""),
        lambda: actions.finish_assessment(actor=actor, assessment=begun),
        lambda: actions.give_up_assessment(actor=actor, assessment=begun),
    ):
        with pytest.raises(PermissionDenied):
            action()


@pytest.mark.parametrize(
    "wrong",
    [{"level": 5}, {"level": None}, {"raw": 168}, {"total": 12}, {"finished_at": None}],
)
def test_the_database_keeps_no_half_result(initiative, wrong):
    done = make_impact(initiative)

    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactAssessment.objects.filter(pk=done.pk).update(**wrong)


def test_the_database_keeps_one_that_is_being_filled_in(initiative, begun):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_impact(initiative, is_finished=False)


def test_the_history_of_changes_names_who_finished_it(cast, begun):
    actions.finish_assessment(actor=cast.lead, assessment=begun)

    changes = LogEntry.objects.get_for_object(begun).first().changes
    assert "level" in changes
    assert "answers" not in changes
