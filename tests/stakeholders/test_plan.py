"""The engagement plan: who reads and changes it, how it is cut, and as a file."""

import csv
import io
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from buyin.accounts.models import EventKind, SecurityEvent
from buyin.stakeholders.actions import change_activity, plan_activity
from buyin.stakeholders.models import PlannedActivity
from buyin.stakeholders.queries.plans import loads
from tests.cast import make_cast
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.plan import in_days, make_activity, make_gap
from tests.factories.stakeholders import StakeholderFactory
from tests.races import ON_POSTGRESQL, at_once

PLAN = "/stakeholders/plan/"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def union(cast):
    return StakeholderFactory(name="Union of clerks", department=cast.roads)


def fields(cast, **changed):
    return {
        "kind": "call", "purpose": "Ask", "owner": cast.staff, "due_on": in_days(3),
        "cadence": None,
    } | changed  # fmt: skip


def edit(client, activity, **changed):
    form = client.get(f"{PLAN}{activity.pk}/edit/").context["form"]
    seen = {"seen": form["seen"].value()}
    return {
        "kind": "call", "purpose": "Ask them", "owner": "lead@fairhaven.example",
        "due_on": str(in_days(9)), "cadence": "30", **seen,
    } | changed  # fmt: skip


# Who reads it


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("lead", True), ("administrator", True), ("executive", True), ("coordinator", True),
        ("staff", True), ("neighbour", False), ("trainer", False),
    ],
)  # fmt: skip
def test_it_is_read_by_its_owner_and_by_who_works_with_them(sign_in, cast, ours, union, who, reads):
    made = make_activity(union, owner=cast.staff, initiative=ours)

    answer = sign_in(who).get(f"{PLAN}{made.pk}/")

    assert (answer.status_code == 200) is reads
    if reads:
        assert "Union of clerks" in answer.text


def test_who_leads_the_initiative_and_who_planned_it_read_it(sign_in, cast, ours):
    ours.lead = cast.neighbour
    ours.save()
    stranger = StakeholderFactory(department=cast.clinic)
    made = make_activity(stranger, owner=cast.staff, initiative=ours, planned_by=cast.coordinator)

    for who in ("neighbour", "coordinator"):
        assert sign_in(who).get(f"{PLAN}{made.pk}/").status_code == 200


def test_a_coordinator_reads_nothing_of_an_initiative_that_they_may_not_open(sign_in, cast, union):
    far = InitiativeFactory(departments=[cast.clinic])
    made = make_activity(union, owner=cast.neighbour, initiative=far)
    coordinator = sign_in("coordinator")

    assert coordinator.get(f"{PLAN}{made.pk}/").status_code == 404
    assert made.purpose not in coordinator.get(PLAN).text


def test_who_is_not_known_is_named_and_not_linked(sign_in, cast, union):
    made = make_activity(union, owner=cast.staff)

    text = sign_in("staff").get(f"{PLAN}{made.pk}/").text

    assert "Union of clerks" in text
    assert f"/stakeholders/{union.pk}/" not in text
    assert f"/stakeholders/{union.pk}/" in sign_in("lead").get(f"{PLAN}{made.pk}/").text


@pytest.mark.parametrize("who", ["staff", "trainer", "moderator"])
def test_the_plan_of_the_agency_is_for_those_who_work_with_stakeholders(sign_in, who):
    for page in (PLAN, f"{PLAN}plan.csv", f"{PLAN}new/"):
        assert sign_in(who).get(page).status_code == 404


# How it is cut


def test_it_shows_what_is_still_to_be_done_unless_asked_otherwise(sign_in, cast, ours, union):
    late = make_activity(union, owner=cast.staff, due=-2, initiative=ours)
    soon = make_activity(union, owner=cast.lead, due=0, purpose="Ask how it went")
    later = make_activity(union, owner=cast.lead, due=40, kind="call", purpose="Plan the trial")
    done = make_activity(union, owner=cast.lead, state="done")
    dropped = make_activity(union, owner=cast.lead, state="dropped", dropped_why="-")
    lead = sign_in("lead")

    def found(**asked):
        return list(lead.get(PLAN, asked).context["page"])

    assert found() == found(stands="open") == [late, soon, later]
    assert found(stands="overdue") == [late]
    assert found(stands="soon") == [late, soon]
    assert found(stands="done") == [done]
    assert found(stands="dropped") == [dropped]
    assert set(found(stands="all")) == {late, soon, later, done, dropped}
    assert found(owner="me") == [soon, later]
    assert found(kind="call") == found(search="trial") == [later]
    assert found(owner=cast.staff.pk) == found(initiative=ours.pk) == [late]
    assert found(search="clerks") == [late, soon, later]
    assert found(owner="x", kind="y", initiative="z") == [late, soon, later]


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_of_what_is_closed_the_newest_stands_first(sign_in, cast, union, state):
    made = [
        make_activity(union, owner=cast.lead, due=due, state=state, dropped_why="-")
        for due in (-1, -9, -5)
    ]
    for one, days in zip(made, (-1, -3, -2), strict=True):
        PlannedActivity.objects.filter(pk=one.pk).update(closed_on=in_days(days))

    first, second, third = sign_in("lead").get(PLAN, {"stands": state}).context["page"]

    assert [first, second, third] == [made[0], made[2], made[1]]


def test_it_says_who_has_how_much_to_do(sign_in, cast, ours, union):
    for due in (-2, 3):
        make_activity(union, owner=cast.staff, due=due, initiative=ours)
    make_activity(union, owner=cast.lead, due=-2, initiative=ours)
    make_activity(union, owner=cast.lead, state="done")
    make_activity(union, owner=None, due=1)

    found = [(one.owner, one.open, one.overdue) for one in loads(cast.lead)]
    text = " ".join(sign_in("lead").get(f"/initiatives/{ours.pk}/people/plan/").text.split())

    assert found == [(cast.staff, 2, 1), (cast.lead, 1, 1), (None, 1, 0)]
    assert "Staff Persona</th>" in text
    assert "nobody" not in text


def test_the_plan_of_an_initiative_has_its_own_and_its_gaps(sign_in, cast, ours, union):
    here = make_activity(union, owner=cast.staff, initiative=ours)
    make_activity(union, owner=cast.staff, purpose="Elsewhere")
    weak = make_gap(ours, cast.roads, name="Wendy Weak", power=1)
    strong = make_gap(ours, cast.roads, name="Sam Strong", power=5)
    for _more in range(10):
        make_gap(ours, cast.roads, power=4)

    answer = sign_in("lead").get(f"/initiatives/{ours.pk}/people/plan/")

    assert list(answer.context["page"]) == [here]
    assert answer.context["gaps"][0] == strong
    assert weak not in answer.context["gaps"]
    assert "12 are not yet where you want them" in " ".join(answer.text.split())
    assert f"initiative={ours.pk}&amp;gap=unplanned" in answer.text


@pytest.mark.parametrize("page", [PLAN, "{tab}"])
def test_the_plan_costs_the_same_for_much_as_for_little(
    sign_in, cast, ours, union, page, django_assert_max_num_queries
):
    lead = sign_in("lead")
    for count in (1, 3):
        for _one in range(count):
            make_activity(union, StakeholderFactory(), owner=PersonFactory(), initiative=ours)
            make_gap(ours, cast.roads)
        with django_assert_max_num_queries(16):
            lead.get(page.format(tab=f"/initiatives/{ours.pk}/people/plan/"))


def test_the_file_has_what_the_page_lists_and_that_it_left_is_written_down(
    sign_in, cast, ours, union
):
    made = make_activity(union, owner=cast.staff, due=-1, initiative=ours, purpose="=1+1")
    make_activity(union, owner=cast.staff, state="done")

    answer = sign_in("lead").get(f"{PLAN}plan.csv?stands=overdue")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    _head, row = csv.reader(io.StringIO(text))
    assert row == [
        str(made.due_on), "meeting", "'=1+1", "Union of clerks", "Pothole finder",
        "Staff Persona", "", "planned", "yes", "", "",
    ]  # fmt: skip
    assert SecurityEvent.objects.filter(kind=EventKind.EXPORTED, actor=cast.lead).exists()


# Changing it


def test_the_owner_moves_it_and_hands_it_over(sign_in, cast, union):
    made, staff = make_activity(union, owner=cast.staff), sign_in("staff")

    answer = staff.post(f"{PLAN}{made.pk}/edit/", edit(staff, made))

    made.refresh_from_db()
    assert answer.url == f"{PLAN}{made.pk}/"
    assert (made.kind, made.purpose, made.owner, made.due_on, made.cadence) == (
        "call", "Ask them", cast.lead, in_days(9), 30,
    )  # fmt: skip


def test_who_did_not_see_the_newest_is_told_and_may_save_once_more(sign_in, cast, union):
    made = make_activity(union, owner=cast.staff)
    page, lead, staff = f"{PLAN}{made.pk}/edit/", sign_in("lead"), sign_in("staff")
    by_lead = edit(lead, made, purpose="By lead")
    staff.post(page, edit(staff, made, purpose="By staff"))

    told = lead.post(page, by_lead)

    assert "Somebody else has changed this" in told.text
    assert "By lead" in told.text
    assert "By staff" in told.text
    assert PlannedActivity.objects.get().purpose == "By staff"
    lead.post(page, by_lead | {"seen": told.context["form"]["seen"].value()})
    assert PlannedActivity.objects.get().purpose == "By lead"


def test_what_is_overdue_may_be_changed_without_moving_it_but_not_into_the_past(cast, union):
    made = make_activity(union, owner=cast.staff, due=-5)

    change_activity(
        actor=cast.staff, activity=made, **fields(cast, due_on=made.due_on, purpose="Other")
    )

    assert PlannedActivity.objects.get().purpose == "Other"
    with pytest.raises(ValidationError, match="This day is over"):
        change_activity(actor=cast.staff, activity=made, **fields(cast, due_on=in_days(-3)))


def test_what_is_closed_is_not_changed(sign_in, cast, union):
    made, staff = make_activity(union, owner=cast.staff), sign_in("staff")
    page, typed = f"{PLAN}{made.pk}/edit/", edit(staff, made)
    PlannedActivity.objects.update(state="done", closed_on=in_days(0))

    assert staff.get(page).url == staff.post(page, typed).url == f"{PLAN}{made.pk}/"
    assert PlannedActivity.objects.get().purpose == made.purpose
    with pytest.raises(ValidationError, match="closed this already"):
        change_activity(actor=cast.staff, activity=made, **fields(cast))


# The actions, whoever calls them


def test_planning_asks_who_may(cast, ours, union):
    clinic = StakeholderFactory(department=cast.clinic)
    far = InitiativeFactory(departments=[cast.clinic])

    for actor, who, where in (
        (cast.executive, union, ours), (cast.staff, union, ours),
        (cast.coordinator, clinic, ours), (cast.coordinator, union, far),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            plan_activity(actor=actor, stakeholders=[who], initiative=where, **fields(cast))
    assert not PlannedActivity.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"owner": None}, "owner"), ({"due_on": in_days(-1)}, "due_on"), ({"kind": "x"}, "kind")],
)
def test_planning_names_what_is_missing(cast, union, changed, field):
    with pytest.raises(ValidationError) as refused:
        plan_activity(actor=cast.lead, stakeholders=[union], **fields(cast, **changed))

    assert list(refused.value.message_dict) == [field]


def test_nothing_else_is_written(cast, union):
    with pytest.raises(TypeError, match="not writable"):
        plan_activity(actor=cast.lead, stakeholders=[union], **fields(cast, state="done"))


@pytest.mark.parametrize("_mark", [pytest.param(None, marks=ON_POSTGRESQL)])
def test_the_same_form_sent_eight_times_at_once_plans_once(_mark):
    cast = make_cast()
    lead, form = cast.people["lead"], uuid4()
    who = StakeholderFactory()
    said = {"kind": "call", "purpose": "Ask", "owner": lead, "due_on": in_days(1)}

    made = at_once(
        lambda _n: plan_activity(actor=lead, stakeholders=[who], made_by_form=form, **said)
    )

    assert len({one.pk for one in made}) == PlannedActivity.objects.count() == 1


@pytest.mark.parametrize(
    "broken",
    [{"state": "dropped", "dropped_why": ""}, {"state": "planned", "closed_on": in_days(0)},
     {"state": "done", "closed_on": None}],
)  # fmt: skip
def test_the_database_keeps_no_half_closed_activity(cast, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_activity(owner=cast.staff, **broken)
