"""Closing what was planned: what happened goes into the log, levels are assessed, series go on."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from buyin.own import Stakeholders
from buyin.stakeholders.actions import Outcome, close_activity, drop_activity, note_engagement
from buyin.stakeholders.models import Assessment, Engagement, PlannedActivity
from tests.cast import make_cast
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import in_days, make_activity, make_gap
from tests.factories.stakeholders import StakeholderFactory
from tests.races import ON_POSTGRESQL, at_once


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def gap(cast, ours):
    return make_gap(ours, cast.roads, name="Bo Budget", power=5, interest=4, current=1, desired=3)


@pytest.fixture
def planned(cast, gap):
    return make_activity(gap.stakeholder, owner=cast.staff, initiative=gap.initiative)


def at(activity, what="close"):
    return f"/stakeholders/plan/{activity.pk}/{what}/"


def happened(activity, **changed):
    people = activity.stakeholders.values_list("pk", flat=True)
    return {
        "kind": "call", "day": str(in_days(0)), "participants": [*people],
        "summary": "They want a trial first.", "sentiment": "1", "engagement": "",
        "made_by_form": str(uuid4()),
    } | changed  # fmt: skip


def words(answer):
    return " ".join(answer.text.split())


# Done


def test_the_owner_who_knows_no_stakeholders_says_what_happened(sign_in, cast, planned, gap):
    staff, form = sign_in("staff"), happened(planned)

    answers = [staff.post(at(planned), form) for _sent in range(2)]

    planned.refresh_from_db()
    noted = Engagement.objects.get()
    assert [one.url for one in answers] == [f"/stakeholders/plan/{planned.pk}/"] * 2
    assert (planned.state, planned.engagement, planned.closed_by) == ("done", noted, cast.staff)
    assert (noted.kind, noted.summary, noted.sentiment, noted.initiative) == (
        "call", "They want a trial first.", 1, gap.initiative,
    )  # fmt: skip
    assert list(noted.participants.all()) == [gap.stakeholder]
    assert not list(Stakeholders().tasks_for(cast.staff))
    assert staff.get(f"/stakeholders/log/{noted.pk}/").status_code == 200


def test_a_new_assessment_is_offered_in_the_same_step_and_keeps_the_rest(sign_in, planned, gap):
    lead = sign_in("lead")
    assert "How Bo Budget stands now" in lead.get(at(planned)).text

    lead.post(at(planned), happened(planned, **{f"level_{gap.pk}": "3"}, why="Offered two people"))

    gap.refresh_from_db()
    noted = Assessment.objects.get()
    assert (gap.current, gap.desired, gap.power, gap.interest) == (3, 3, 5, 4)
    assert (noted.rationale, noted.assessed_on) == ("Offered two people", timezone.localdate())
    assert noted.evidence == str(Engagement.objects.get())


def test_without_a_level_nothing_is_assessed(sign_in, planned, gap):
    sign_in("lead").post(at(planned), happened(planned, **{f"level_{gap.pk}": ""}))

    assert not Assessment.objects.exists()
    assert PlannedActivity.objects.get().state == "done"


def test_who_may_not_assess_is_not_asked_and_cannot(sign_in, planned, gap):
    staff = sign_in("staff")

    assert "stands now" not in staff.get(at(planned)).text
    staff.post(at(planned), happened(planned, **{f"level_{gap.pk}": "4"}))

    assert not Assessment.objects.exists()


def test_a_level_that_one_may_not_set_closes_nothing(cast, planned, gap):
    outcome = Outcome(
        participants=(gap.stakeholder,),
        said={"kind": "call", "day": in_days(0), "summary": "-"},
        levels={gap: 4},
    )

    with pytest.raises(PermissionDenied):
        close_activity(actor=cast.staff, activity=planned, outcome=outcome)
    assert PlannedActivity.objects.get().is_open
    assert not Engagement.objects.exists()


def test_what_is_in_the_log_already_is_tied_and_not_noted_again(sign_in, cast, planned, gap):
    made = note_engagement(
        actor=cast.lead, participants=[gap.stakeholder], kind="call", day=in_days(-1), summary="-"
    )
    note_engagement(
        actor=cast.lead, participants=[StakeholderFactory()], kind="call", day=in_days(-1),
        summary="Somebody else",
    )  # fmt: skip
    lead = sign_in("lead")
    offered = lead.get(at(planned)).context["form"].fields["engagement"].queryset

    assert list(offered) == [made]
    lead.post(at(planned), happened(planned, engagement=made.pk, summary="", participants=[]))

    planned.refresh_from_db()
    assert (planned.state, planned.engagement) == ("done", made)
    assert Engagement.objects.count() == 2


def test_what_one_may_not_read_cannot_be_tied(cast, planned, gap):
    secret = note_engagement(
        actor=cast.lead, participants=[gap.stakeholder], kind="call", day=in_days(0), summary="-",
        is_confidential=True,
    )  # fmt: skip
    strange = note_engagement(
        actor=cast.lead, participants=[StakeholderFactory()], kind="call", day=in_days(0),
        summary="-",
    )  # fmt: skip

    for actor, engagement in ((cast.staff, secret), (cast.lead, strange)):
        with pytest.raises(ValidationError):
            close_activity(actor=actor, activity=planned, outcome=Outcome(engagement=engagement))
    assert PlannedActivity.objects.get().is_open


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"summary": ""}, "Say in a sentence what came of it."),
        ({"participants": []}, "Say who took part."),
        ({"day": "2099-01-01"}, "This day is still to come."),
        ({"day": "x"}, "Day"),
        ({"engagement": "999999"}, "Is it in the log already?"),
    ],
)
def test_what_does_not_hold_is_named_and_nothing_typed_is_lost(sign_in, planned, changed, said):
    form = happened(planned, why="A reason typed once") | changed

    answer = sign_in("lead").post(at(planned), form)

    assert answer.status_code == 200
    assert said in answer.text
    assert "A reason typed once" in answer.text
    assert PlannedActivity.objects.get().is_open


# Series


def test_closing_one_of_a_series_plans_the_next_from_the_day_it_happened(sign_in, cast, planned):
    PlannedActivity.objects.update(cadence=30)
    day = in_days(-3)

    answer = sign_in("staff").post(
        at(planned), happened(planned, day=str(day), goes_on="on"), follow=True
    )

    following = PlannedActivity.objects.get(follows=planned)
    assert following.due_on == day + timedelta(days=30)
    assert (following.owner, following.cadence, following.purpose) == (
        cast.staff, 30, planned.purpose,
    )  # fmt: skip
    assert list(following.stakeholders.all()) == list(planned.stakeholders.all())
    assert "The next one is planned for" in answer.text


def test_a_series_ends_where_one_says_so_and_what_is_done_once_has_no_next(sign_in, cast, planned):
    repeated = make_activity(owner=cast.staff, cadence=7)
    lead = sign_in("lead")

    lead.post(at(repeated), happened(repeated))
    lead.post(at(planned), happened(planned, goes_on="on"))

    assert PlannedActivity.objects.count() == 2


# Dropped


def test_what_will_not_happen_is_dropped_with_a_reason(sign_in, cast, planned):
    staff, page = sign_in("staff"), at(planned, "drop")

    refused = staff.post(page, {"why": " "})
    answers = [staff.post(page, {"why": "They have left"}) for _sent in range(2)]

    planned.refresh_from_db()
    assert "Say why it is dropped" in refused.text
    assert [one.url for one in answers] == [f"/stakeholders/plan/{planned.pk}/"] * 2
    assert (planned.state, planned.dropped_why, planned.closed_by) == (
        "dropped", "They have left", cast.staff,
    )  # fmt: skip
    assert "They have left" in sign_in("lead").get(answers[0].url).text
    assert not list(Stakeholders().tasks_for(cast.staff))


def test_a_series_that_ends_with_the_calendar_is_dropped_all_the_same(sign_in, cast, planned):
    PlannedActivity.objects.filter(pk=planned.pk).update(due_on=date.max, cadence=365)

    answer = sign_in("lead").post(at(planned, "drop"), {"why": "Too far", "goes_on": "on"})

    assert answer.status_code == 302
    first, following = PlannedActivity.objects.order_by("pk")
    assert (first.state, following.due_on) == ("dropped", date.max)


@pytest.mark.parametrize(("goes_on", "count"), [("", 1), ("on", 2)])
def test_dropping_one_of_a_series_leaves_the_rest_if_one_says_so(
    sign_in, cast, planned, goes_on, count
):
    PlannedActivity.objects.update(cadence=7, due_on=in_days(3))

    sign_in("lead").post(at(planned, "drop"), {"why": "Holidays", "goes_on": goes_on})

    assert PlannedActivity.objects.count() == count
    if goes_on:
        assert PlannedActivity.objects.get(follows=planned).due_on == in_days(10)


# Two at once


def test_who_comes_second_is_told_and_what_they_typed_is_still_there(sign_in, cast, planned):
    drop_activity(actor=cast.staff, activity=planned, why="They have left")
    lead = sign_in("lead")

    closing = lead.post(at(planned), happened(planned, summary="We met after all"))
    dropping = lead.post(at(planned, "drop"), {"why": "No time"})

    assert "Staff Persona has closed this already" in closing.text
    assert "We met after all" in closing.text
    assert "No time" in dropping.text
    assert not Engagement.objects.exists()
    assert lead.get(at(planned)).url == f"/stakeholders/plan/{planned.pk}/"


@pytest.mark.parametrize("_mark", [pytest.param(None, marks=ON_POSTGRESQL)])
def test_the_same_form_sent_eight_times_at_once_closes_once_and_plans_one_next(_mark):
    cast = make_cast()
    planned = make_activity(owner=cast.people["staff"], cadence=30)
    person, form = planned.stakeholders.get(), uuid4()
    outcome = Outcome(
        participants=(person,), said={"kind": "call", "day": in_days(0), "summary": "-"}
    )

    closed = at_once(
        lambda _n: close_activity(
            actor=cast.people["staff"], activity=planned, outcome=outcome, made_by_form=form
        )
    )

    assert {one.pk for one in closed} == {planned.pk}
    assert Engagement.objects.count() == 1
    assert PlannedActivity.objects.filter(follows=planned).count() == 1
    connection.close()


# Who may


@pytest.mark.parametrize("who", ["neighbour", "trainer", "executive"])
@pytest.mark.parametrize("what", ["close", "drop", "edit"])
def test_nobody_else_closes_it(sign_in, planned, who, what):
    client = sign_in(who)

    assert client.get(at(planned, what)).status_code == 404
    assert client.post(at(planned, what), happened(planned, why="-")).status_code == 404
    assert PlannedActivity.objects.get().is_open


def test_actions_ask_again_who_it_is(cast, planned):
    with pytest.raises(PermissionDenied):
        close_activity(actor=cast.executive, activity=planned, outcome=Outcome())
    with pytest.raises(PermissionDenied):
        drop_activity(actor=cast.neighbour, activity=planned, why="-")
