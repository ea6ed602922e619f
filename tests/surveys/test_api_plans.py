"""The plan of the next wave for programs: the same plan as on the page, for the same people."""

import datetime as dt

import pytest
from django.utils import timezone

from buyin.accounts.models import RoleAssignment, Tag
from surveys.models import Happening, Survey, Wave, WavePlan, What
from tests.factories.accounts import PersonFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.sessions import make_series
from tests.factories.surveys import (
    make_draft_version,
    make_guest,
    make_panel,
    make_planned,
    make_public_wave,
    make_wave,
)

SURVEYS = "/api/v1/surveys/"
LISTS = ("departments", "roles", "tags", "panels", "addresses")


def in_days(days):
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def place(survey, more=""):
    return f"{SURVEYS}{survey.pk}/plan/{more}"


def read(client, survey):
    return client.get(place(survey)).json()


def put(client, survey, **changed):
    """Send the plan as it is read, with some of it changed."""
    body = {**read(client, survey)["plan"], "closes_on": in_days(9), **changed}
    return client.put(place(survey), body, content_type="application/json")


def post(client, survey, more="", body=None):
    return client.post(place(survey, more), body or {}, content_type="application/json")


@pytest.fixture
def survey(cast):
    return make_draft_version().survey


# What it says


def test_a_new_plan_asks_everybody_and_says_what_is_missing(lead, survey):
    found = read(lead, survey)

    assert found["plan"] == {
        "revision": 1,
        "asks": "everybody",
        **{name: [] for name in LISTS},
        "opens_on": None,
        "closes_on": None,
        "sends_mail": False,
        "reminders": 0,
        "remind_every": 5,
        "target": 50,
        "anonymity": "anonymous",
    }
    assert found["problems"] == ["Choose the last day on which people can answer."]


def test_it_counts_before_anything_is_sent_as_the_page_does(lead, cast, survey):
    found = put(lead, survey, asks="some", departments=["roads"]).json()
    page = lead.get(f"/surveys/author/{survey.pk}/publish/").text

    assert found["asked"] == cast.roads.headcount == 40
    assert "Publish to 40 people?" in " ".join(page.split())
    assert found["groups"] == [
        {"department": "roads", "name": "Roads", "asked": 40, "is_whole": True}
    ]
    assert not Wave.objects.exists()


def test_what_is_read_can_be_sent_back_and_changes_nothing_but_the_revision(lead, cast, survey):
    Tag.objects.create(name="Pilot")
    panel = make_panel(cast.staff, owner=cast.lead)
    sent = {
        "asks": "some",
        "departments": ["parks", "roads"],
        "roles": ["coordinator"],
        "tags": ["Pilot"],
        "panels": [panel.pk],
        "addresses": [
            {"address": "ann@elsewhere.example", "department": "roads"},
            {"address": "ben@elsewhere.example", "department": None},
        ],
        "opens_on": in_days(1),
        "sends_mail": True,
        "reminders": 2,
        "remind_every": 4,
        "target": 60,
    }
    first = put(lead, survey, **sent)
    second = put(lead, survey)

    assert (first.status_code, second.status_code) == (200, 200)
    assert {name: first.json()["plan"][name] for name in sent} == sent
    assert second.json()["plan"] == {**first.json()["plan"], "revision": 3}
    assert second.json()["groups"] == first.json()["groups"]


def test_it_is_the_plan_of_the_page(lead, cast, survey):
    put(lead, survey, asks="listed", addresses=[{"address": "Ann@Elsewhere.example"}], target=70)

    page = lead.get(f"/surveys/author/{survey.pk}/plan/").text

    assert "ann@elsewhere.example" in page
    assert 'name="target" value="70"' in page


def test_it_says_what_becomes_of_listed_addresses(lead, cast, survey):
    listed = [{"address": cast.staff.email}, {"address": "ann@elsewhere.example"}]

    found = put(lead, survey, asks="listed", addresses=listed).json()

    assert [group["department"] for group in found["groups"]] == ["roads", None]
    assert "1 listed address belongs to a person who is asked." in found["notes"]
    assert any("can be asked by mail only" in problem for problem in found["problems"])


def test_it_says_how_often_people_were_asked_lately_in_groups_only(lead, cast, survey):
    for _ in range(12):
        PersonFactory(department=cast.roads)

    found = put(lead, survey, asks="some", departments=["roads"]).json()

    assert found["load"]["surveys"] == [{"least": 0, "most": 0, "people": 13}]
    few = put(lead, survey, asks="some", departments=["clinic"]).json()
    assert few["load"] == {"warning": "", "surveys": [], "mails": []}


def test_it_offers_tags_and_panels_that_this_person_may_choose(sign_in, cast, survey):
    Tag.objects.create(name="Pilot")
    panel = make_panel(cast.staff, owner=cast.lead)
    initiative = survey.initiative
    initiative.lead = cast.people["trainer"]
    initiative.save()

    theirs = read(sign_in("trainer"), survey)["may_choose"]
    ours = read(sign_in("lead"), survey)["may_choose"]

    assert theirs == {"tags": ["Pilot"], "panels": []}
    assert ours == {
        "tags": ["Pilot"],
        "panels": [{"id": panel.pk, "name": "Testers", "people": 1}],
    }


def test_in_public_nobody_is_counted(lead, survey):
    found = put(lead, survey, asks="public", departments=["roads"], addresses=[]).json()

    assert (found["plan"]["asks"], found["asked"], found["groups"]) == ("public", 0, [])
    assert found["plan"]["departments"] == []
    assert found["load"]["surveys"] == []
    assert any("What the collection rests on" in one for one in found["problems"])


@pytest.mark.parametrize("count", [1, 3])
def test_it_needs_as_many_queries_for_many_as_for_one(
    lead, cast, survey, django_assert_num_queries, count
):
    codes = ["roads", "parks", "clinic"][:count]
    listed = [
        {"address": f"a{n}@elsewhere.example", "department": code} for n, code in enumerate(codes)
    ]
    for code in codes:
        make_panel(cast.staff, owner=cast.lead, name=code)
        Tag.objects.create(name=code)
    put(lead, survey, asks="some", departments=codes, tags=codes, addresses=listed)

    with django_assert_num_queries(45):
        read(lead, survey)


# Who


@pytest.mark.parametrize("who", ["staff", "coordinator", "executive", "trainer"])
def test_for_others_there_is_no_plan(sign_in, survey, who):
    client = sign_in(who)

    answers = [
        client.get(place(survey)),
        client.put(place(survey), {}, content_type="application/json"),
        post(client, survey),
        post(client, survey, "publish/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert WavePlan.objects.get().closes_on is None


def test_who_leads_the_initiative_plans_its_waves_and_no_others(sign_in, cast, survey):
    initiative = survey.initiative
    initiative.lead = cast.people["trainer"]
    initiative.save()
    other = make_draft_version().survey
    Survey.objects.filter(pk=other.pk).update(
        initiative=type(initiative).objects.create(name="Another")
    )
    client = sign_in("trainer")

    assert put(client, survey).status_code == 200
    assert client.get(place(other)).status_code == 404
    assert post(client, survey, "publish/").status_code == 201


def test_who_loses_the_role_loses_the_plan(sign_in, cast, survey):
    client = sign_in("lead")
    assert put(client, survey).status_code == 200

    RoleAssignment.objects.filter(person=cast.people["lead"]).delete()

    assert client.get(place(survey)).status_code == 404
    assert post(client, survey, "publish/").status_code == 404
    assert not Wave.objects.exists()


def test_a_panel_that_one_may_not_see_cannot_be_put_into_a_plan(sign_in, cast, survey):
    panel = make_panel(cast.staff, owner=cast.lead)
    survey.initiative.lead = cast.people["trainer"]
    survey.initiative.save()
    client = sign_in("trainer")

    hidden = put(client, survey, panels=[panel.pk])
    none = put(client, survey, panels=[panel.pk + 1])

    assert (hidden.status_code, none.status_code) == (400, 400)
    words = "There is no panel {}, or none for this account."
    assert hidden.json() == {"panels": [words.format(panel.pk)]}
    assert none.json() == {"panels": [words.format(panel.pk + 1)]}


# From the last wave to the next


def test_the_next_wave_begins_with_what_the_last_one_did(lead, cast):
    closed = make_wave(cast.roads, closed_at=timezone.now(), target=70, reminders=2)
    assert lead.get(place(closed.survey)).status_code == 404

    found = post(lead, closed.survey)
    again = post(lead, closed.survey)

    assert (found.status_code, again.status_code) == (200, 200)
    assert found.json()["plan"]["departments"] == ["roads"]
    assert (found.json()["plan"]["target"], found.json()["plan"]["reminders"]) == (70, 2)
    assert again.json() == found.json()
    assert WavePlan.objects.count() == 1


def test_while_a_wave_runs_or_sessions_are_held_nothing_is_prepared(lead, cast):
    running = make_wave(cast.roads).survey
    talks = make_series(cast.people["lead"], initiative=InitiativeFactory(name="Talks"))

    refused = [post(lead, survey) for survey in (running, talks)]

    assert [answer.status_code for answer in refused] == [409, 409]
    assert "has not been closed yet" in refused[0].json()["detail"]
    assert "held in sessions" in refused[1].json()["detail"]


def test_publishing_asks_people_once(lead, cast, survey):
    put(lead, survey, asks="some", departments=["roads"])

    first, second = post(lead, survey, "publish/"), post(lead, survey, "publish/")

    assert (first.status_code, second.status_code) == (201, 409)
    assert (first.json()["state"], first.json()["mode"]) == ("open", "invited")
    assert second.json()["detail"].startswith("This wave has been published already.")
    assert Wave.objects.get().groups.get().department == cast.roads
    assert Happening.objects.get().what == What.PUBLISHED
    assert Happening.objects.get().by == cast.people["lead"]
    assert lead.get(place(survey)).status_code == 404


def test_what_speaks_against_publishing_is_told_and_nothing_is_published(lead, survey):
    told = read(lead, survey)["problems"]

    refused = post(lead, survey, "publish/")

    assert refused.status_code == 409
    assert refused.json() == {"detail": " ".join(told)}
    assert not Wave.objects.exists()


def test_a_plan_of_a_published_wave_can_no_longer_be_changed(lead, survey):
    body = read(lead, survey)["plan"] | {"closes_on": in_days(9)}
    put(lead, survey)
    post(lead, survey, "publish/")

    answer = lead.put(place(survey), body, content_type="application/json")

    assert answer.status_code == 404


# A wave that is out


def test_a_wave_says_by_which_rules_it_chose(lead, cast, survey):
    panel = make_panel(cast.staff, owner=cast.lead)
    listed = [{"address": "ann@elsewhere.example"}]
    put(lead, survey, asks="some", departments=["roads", "parks"], panels=[panel.pk],
        addresses=listed, sends_mail=True, reminders=1)  # fmt: skip
    number = post(lead, survey, "publish/").json()["number"]

    found = lead.get(f"{SURVEYS}{survey.pk}/waves/{number}/plan/").json()

    assert (found["asks"], found["departments"]) == ("some", ["parks", "roads"])
    assert (found["panels"], found["addresses"]) == ([panel.pk], 1)
    assert (found["sends_mail"], found["reminders"], found["target"]) == (True, 1, 50)
    assert found["words"] == ["Parks, Roads", "The panels: Testers", "1 listed mail address"]
    assert "ann@elsewhere.example" not in str(found)


def test_a_wave_tells_nobody_whom_it_asked_by_name(lead, cast):
    wave = make_wave(cast.roads)
    make_guest(wave, "mira@elsewhere.example")
    public = make_public_wave()

    plans = [lead.get(f"{SURVEYS}{one.survey_id}/waves/1/plan/") for one in (wave, public)]

    assert [plan.json()["asks"] for plan in plans] == [None, "public"]
    assert "mira" not in plans[0].text


def test_a_planned_wave_beside_a_closed_one_is_read_by_its_own_address(lead, cast):
    survey = make_planned(cast.roads)

    assert read(lead, survey)["plan"]["asks"] == "everybody"
    assert lead.get(f"{SURVEYS}{survey.pk}/waves/1/plan/").json()["asks"] is None
    assert lead.get(f"{SURVEYS}{survey.pk}/waves/2/plan/").status_code == 404
