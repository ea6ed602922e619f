"""The engagement log: noted in a minute, read by those it concerns, and what came up is done."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from buyin.stakeholders.actions import Point, finish_point, note_engagement
from buyin.stakeholders.models import DiscussionPoint, Engagement
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

LOG = "/stakeholders/log/"
DAY = date(2026, 9, 30)


@pytest.fixture
def union(cast):
    return StakeholderFactory(name="Union of clerks", department=cast.roads)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def typed(**changed):
    return {
        "kind": "call", "day": str(DAY), "others": "", "summary": "They want a trial first.",
        "sentiment": "", "made_by_form": str(uuid4()),
    } | changed  # fmt: skip


def noted(cast, *who, by=None, points=(), **said):
    usual: dict[str, Any] = {"kind": "call", "day": DAY, "summary": "They want a trial first."}
    said = usual | said
    return note_engagement(actor=by or cast.lead, participants=who, points=points, **said)


# Noting


def test_a_coordinator_notes_a_call_with_names_points_and_a_task_for_somebody(
    sign_in, cast, union, ours
):
    colleague = StakeholderFactory(name="Ann Other", department=cast.parks)
    form = typed(
        participants=[union.pk], others="ann other\n", sentiment="-1", initiative=ours.pk,
        point_1="Send the plan of the trial", owner_1=cast.staff.email, due_1="2026-10-07",
        point_2="They like the map",
    )  # fmt: skip
    coordinator = sign_in("coordinator")

    answers = [coordinator.post(f"{LOG}new/?stakeholder={union.pk}", form) for _ in range(2)]

    made = Engagement.objects.get()
    assert [one.url for one in answers] == [f"{LOG}{made.pk}/"] * 2
    assert set(made.participants.all()) == {union, colleague}
    assert (made.kind, made.sentiment, made.initiative, made.entered_by) == (
        "call", -1, ours, cast.coordinator,
    )  # fmt: skip
    assert [(one.text, one.owner, one.due_on) for one in made.points.all()] == [
        ("Send the plan of the trial", cast.staff, date(2026, 10, 7)),
        ("They like the map", None, None),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"others": ""}, "Say who took part."),
        ({"others": "Nobody Known"}, "Nobody whom you work with is called “Nobody Known”."),
        ({"others": "Twin"}, "Several are called “Twin”"),
        ({"others": "\n".join("abc" for _ in range(31))}, "Name at most 30 people."),
        ({"others": "Union of clerks", "day": "2099-01-01"}, "This day is still to come."),
        ({"others": "Union of clerks", "kind": "séance"}, "What it was:"),
        ({"others": "Union of clerks", "due_1": "2026-10-07"}, "Write what is to be done."),
        (
            {"others": "Union of clerks", "point_1": "Plan", "due_1": "2026-10-07"},
            "Say who takes care of it until that day.",
        ),
        (
            {"others": "Union of clerks", "point_1": "Plan", "owner_1": "no@one.example"},
            "Nobody with an open account has this mail address.",
        ),
    ],
)
def test_what_does_not_hold_is_named_and_nothing_typed_is_lost(sign_in, cast, union, changed, said):
    for _ in range(2):
        StakeholderFactory(name="Twin", department=cast.roads)
    long_note = "A long note that nobody wants to type again."

    answer = sign_in("coordinator").post(f"{LOG}new/", typed(summary=long_note) | changed)

    assert answer.status_code == 200
    assert said in answer.text
    assert long_note in answer.text
    assert not Engagement.objects.exists()


def test_who_is_not_found_for_a_point_is_not_asked_for_a_second_time(sign_in, union):
    wrong = {"point_1": "Plan", "owner_1": "no@one.example", "due_1": "2026-10-07"}

    answer = sign_in("coordinator").post(f"{LOG}new/", typed(others="Union of clerks") | wrong)

    assert answer.context["form"].errors == {
        "owner_1": ["Nobody with an open account has this mail address."]
    }
    assert "no@one.example" in answer.text


def test_a_stakeholder_of_others_cannot_have_taken_part_and_is_not_told_of(sign_in, cast):
    stranger = StakeholderFactory(name="Clinic's vendor", department=cast.clinic)
    coordinator = sign_in("coordinator")

    by_name = coordinator.post(f"{LOG}new/", typed(others="Clinic's vendor"))
    ticked = coordinator.post(f"{LOG}new/", typed(participants=[stranger.pk]))

    assert "Nobody whom you work with" in by_name.text
    assert ticked.status_code == 200
    assert "Clinic&#x27;s vendor" not in ticked.text
    assert "Clinic" not in coordinator.get(f"{LOG}new/?stakeholder={stranger.pk}").text
    with pytest.raises(PermissionDenied):
        noted(cast, stranger, by=cast.coordinator)
    assert not Engagement.objects.exists()


def test_the_form_offers_whom_one_most_likely_met(sign_in, cast, union, ours):
    mine = StakeholderFactory(name="My contact", owner=cast.lead)
    InterestFactory(stakeholder=union, initiative=ours)
    lead = sign_in("lead")

    def offered(query):
        form = lead.get(f"{LOG}new/{query}").context["form"]
        return [name for _pk, name in form.fields["participants"].choices]

    assert offered("") == ["My contact"]
    assert offered(f"?initiative={ours.pk}") == ["Union of clerks"]
    assert offered(f"?initiative={ours.pk}&stakeholder={mine.pk}") == [
        "My contact", "Union of clerks",
    ]  # fmt: skip
    assert offered("?stakeholder=x&initiative=-1") == ["My contact"]


def test_whom_one_met_last_is_offered_first_and_whom_one_wrote_of_without_owning_them(
    sign_in, cast, union
):
    StakeholderFactory(name="Anna not met", owner=cast.lead)
    met = StakeholderFactory(name="Zoe met", owner=cast.lead)
    noted(cast, met)
    noted(cast, union, is_confidential=True, by=cast.executive)

    form = sign_in("lead").get(f"{LOG}new/").context["form"]
    assert [name for _pk, name in form.fields["participants"].choices] == [
        "Zoe met", "Anna not met",
    ]  # fmt: skip
    noted(cast, union)
    form = sign_in("lead").get(f"{LOG}new/").context["form"]
    assert "Union of clerks" in [name for _pk, name in form.fields["participants"].choices]


def test_a_part_of_a_name_is_answered_with_the_whole_names_that_hold_it(sign_in, cast):
    for name in ("Elena Bianchi", "Rosa Bianchi", "Tom Ott"):
        StakeholderFactory(name=name, department=cast.roads)
    StakeholderFactory(name="Ida Bianchi", department=cast.clinic)

    answer = sign_in("coordinator").post(f"{LOG}new/", typed(participants=[], others="bianchi"))

    assert "Write the whole name for “bianchi”: Elena Bianchi, Rosa Bianchi." in answer.text
    assert "Ida Bianchi" not in answer.text


def test_from_the_page_of_an_engagement_one_comes_to_those_whom_one_works_with(sign_in, cast):
    near = StakeholderFactory(name="Near", department=cast.roads)
    far = StakeholderFactory(name="Far", department=cast.clinic)
    made = noted(cast, near, far)

    page = sign_in("coordinator").get(f"{LOG}{made.pk}/").text

    assert f'href="/stakeholders/{near.pk}/"' in page
    assert f'href="/stakeholders/{far.pk}/"' not in page
    assert "Far" in page


def test_the_page_of_a_stakeholder_leads_to_the_next_note_and_the_next_plan(sign_in, cast):
    ruth = StakeholderFactory(name="Ruth Roads", department=cast.roads)
    note, plan = (f"{LOG}new/?stakeholder={ruth.pk}", f"plan/new/?stakeholder={ruth.pk}&amp;back=")

    lead, executive = (
        sign_in(who).get(f"/stakeholders/{ruth.pk}/").text for who in ("lead", "executive")
    )

    assert note in lead
    assert plan in lead
    assert note in executive
    assert plan not in executive


# Reading


@pytest.mark.parametrize(
    ("who", "plain", "secret"),
    [
        ("lead", True, True), ("administrator", True, True), ("executive", True, False),
        ("coordinator", True, False), ("staff", False, False), ("neighbour", False, False),
    ],
)  # fmt: skip
def test_an_engagement_is_read_by_who_works_with_those_who_took_part(
    sign_in, cast, union, who, plain, secret
):
    openly = noted(cast, union)
    closed = noted(cast, union, is_confidential=True, summary="Between us.")
    client = sign_in(who)

    assert (client.get(f"{LOG}{openly.pk}/").status_code == 200) is plain
    assert (client.get(f"{LOG}{closed.pk}/").status_code == 200) is secret
    if client.get(LOG).status_code == 200:
        assert ("Between us." in client.get(LOG).text) is secret
    else:
        assert not plain


def test_who_noted_something_confidential_and_who_leads_the_initiative_read_it(sign_in, cast, ours):
    ours.lead = cast.staff
    ours.save()
    union = StakeholderFactory(department=cast.roads)
    made = noted(cast, union, by=cast.coordinator, is_confidential=True, initiative=ours)

    assert sign_in("coordinator").get(f"{LOG}{made.pk}/").status_code == 200
    assert sign_in("staff").get(f"{LOG}{made.pk}/").status_code == 200


def test_the_log_is_searched_by_words_and_names_and_cut(sign_in, cast, union, ours):
    first = noted(cast, union, initiative=ours)
    second = noted(cast, StakeholderFactory(name="Vendor"), kind="demo", summary="A demo of maps.")
    lead = sign_in("lead")

    def found(**asked):
        return list(lead.get(LOG, asked).context["page"])

    assert found() == [second, first]
    assert found(search="maps") == [second]
    assert found(search="clerks") == [first]
    assert found(kind="demo") == [second]
    assert found(initiative=ours.pk) == [first]


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, union, django_assert_num_queries, count
):
    for _ in range(count):
        noted(cast, union, StakeholderFactory())
    lead = sign_in("lead")

    with django_assert_num_queries(5):
        lead.get(LOG)


# What came up


def test_who_took_a_point_on_sees_it_and_says_that_it_is_done(sign_in, cast, union):
    made = noted(cast, union, points=[Point("Send the plan", cast.staff, DAY)])
    point = made.points.get()
    staff = sign_in("staff")

    assert "Send the plan" in staff.get(f"{LOG}points/").text
    for _ in range(2):
        assert staff.post(f"{LOG}points/{point.pk}/").url == f"{LOG}points/"
    point.refresh_from_db()
    assert point.done_on == timezone.localdate()
    assert "Send the plan" not in staff.get(f"{LOG}points/").text
    assert staff.get(f"{LOG}{made.pk}/").status_code == 404

    answer = sign_in("lead").post(f"{LOG}points/{point.pk}/", {"done": "no"})
    point.refresh_from_db()
    assert (answer.url, point.done_on, point.is_late) == (f"{LOG}{made.pk}/", None, True)


def test_nobody_else_says_that_a_point_is_done(sign_in, cast, union):
    point = noted(cast, union, points=[Point("Send the plan", cast.staff)]).points.get()

    assert sign_in("coordinator").post(f"{LOG}points/{point.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        finish_point(actor=cast.coordinator, point=point)
    assert DiscussionPoint.objects.get().done_on is None


def test_what_came_up_is_added_later_by_who_noted_it(sign_in, cast, union):
    made = noted(cast, union, by=cast.coordinator)
    page = f"{LOG}{made.pk}/"

    assert sign_in("coordinator").post(page, {"point_1": "Ask for the budget"}).status_code == 302
    refused = sign_in("coordinator").post(page, {"owner_1": cast.staff.email})

    assert "Write what is to be done." in refused.text
    assert sign_in("executive").post(page, {"point_1": "More"}).status_code == 404
    assert [one.text for one in made.points.all()] == ["Ask for the budget"]
