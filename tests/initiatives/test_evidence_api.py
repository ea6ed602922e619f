"""Decisions, risks and stories for programs: whole bodies, filters, pages, and nothing for others."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from buyin.initiatives.models import Measurement, Story
from tests.factories.benefits import (
    evidence_of,
    make_benefit,
    make_decision,
    make_measurement,
    make_risk,
    make_story,
)
from tests.factories.initiatives import InitiativeFactory

LISTS = ("benefits", "decisions", "risks", "stories")
DAY = date(2026, 9, 30)


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def api(name: str, asked: str = "") -> str:
    return f"/api/v1/{name}/{asked}"


def rows(client: Any, name: str, asked: str = "") -> Any:
    answer = client.get(api(name, asked))
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def test_a_decision_comes_whole_with_what_it_rests_on(sign_in, cast, ours):
    new = make_decision(ours, title="Buy B", decided_on=date(2026, 6, 1))
    old = make_decision(
        ours,
        title="Buy A",
        forum="Steering group",
        options="A\nB",
        review_on=date(2027, 5, 12),
        superseded_by=new,
        decider=cast.lead,
    )
    old.inputs.create(kind="survey", text="Wave 2", link="/surveys/")
    old.inputs.create(kind="other", text="A walk")

    found = rows(sign_in("staff"), "decisions")

    assert [one["title"] for one in found] == ["Buy B", "Buy A"]
    assert found[1] == {
        "id": old.pk,
        "initiative": ours.pk,
        "title": "Buy A",
        "decided_on": "2026-05-12",
        "decided_by": "Steering group",
        "forum": "Steering group",
        "options": "A\nB",
        "rationale": "Nobody trusts what they cannot explain.",
        "review_on": "2027-05-12",
        "superseded_by": new.pk,
        "inputs": [
            {"kind": "survey", "text": "Wave 2", "link": "/surveys/"},
            {"kind": "other", "text": "A walk", "link": ""},
        ],
    }


def test_a_risk_comes_whole_with_its_score(sign_in, cast, ours):
    made = make_risk(ours, 3, 4, owner=cast.staff, due=date(2026, 1, 31), next_action="Scan again")

    (found,) = rows(sign_in("staff"), "risks")

    assert found == {
        "id": made.pk,
        "initiative": ours.pk,
        "kind": "risk",
        "statement": "Old scans are sorted last",
        "category": "quality",
        "probability": 3,
        "impact": 4,
        "score": 12,
        "response": "mitigate",
        "owner": "Staff Persona",
        "next_action": "Scan again",
        "due": "2026-01-31",
        "trigger": "",
        "status": "open",
        "raised_on": timezone.localdate().isoformat(),
        "valid_until": None,
        "proved_by": "",
        "is_overdue": True,
    }


def test_what_is_no_risk_has_no_score_and_what_nobody_owns_no_owner(sign_in, ours):
    make_risk(ours, kind="assumption")

    (found,) = rows(sign_in("staff"), "risks")

    assert [found[name] for name in ("score", "probability", "impact", "owner")] == [None] * 4


def test_a_story_comes_without_who_wrote_cleared_and_agreed(sign_in, cast, ours):
    measured = make_measurement(make_benefit(ours), 29, DAY)
    made = make_story(
        ours,
        measurement=measured,
        state="published",
        quote="I know now.",
        quoted="A case worker",
        consent_on=DAY,
        consent_how="by mail of a secret person",
        written_by=cast.lead,
        cleared_by=cast.administrator,
        cleared_on=DAY,
        published_on=DAY,
    )

    answer = sign_in("staff").get(api("stories"))

    (found,) = answer.json()["results"]
    assert (found["id"], found["measurement"], found["state"]) == (
        made.pk,
        measured.pk,
        "published",
    )
    assert (found["quote"], found["published_on"]) == ("I know now.", "2026-09-30")
    for kept in ("secret person", "Lead Persona", "Administrator Persona"):
        assert kept not in answer.text


@pytest.mark.parametrize("name", LISTS)
def test_each_list_holds_what_one_may_open_and_nothing_else(sign_in, cast, ours, name):
    theirs = InitiativeFactory(name="Zip", departments=[cast.clinic])
    for initiative in (ours, theirs):
        evidence_of(initiative, owner=cast.lead)

    for persona, seen in (
        ("staff", {ours.pk}),
        ("coordinator", {ours.pk}),
        ("neighbour", {theirs.pk}),
        ("trainer", set()),
        ("executive", {ours.pk, theirs.pk}),
    ):
        assert {one["initiative"] for one in rows(sign_in(persona), name)} == seen, persona


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_cut_to_one_initiative_and_never_opens_a_closed_one(sign_in, cast, ours, name):
    theirs = InitiativeFactory(name="Zip", departments=[cast.clinic])
    for initiative in (ours, theirs):
        evidence_of(initiative, owner=cast.lead)

    for persona, asked, seen in (
        ("executive", theirs.pk, {theirs.pk}),
        ("executive", 0, set()),
        ("staff", theirs.pk, set()),
    ):
        found = rows(sign_in(persona), name, f"?initiative={asked}")
        assert {one["initiative"] for one in found} == seen


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("initiative=-1", "initiative"),
        ("initiative=1e3", "initiative"),
        ("initiative=٣", "initiative"),
        (f"initiative={'9' * 30}", "initiative"),
        ("limit=0", "limit"),
        ("offset=x", "offset"),
        ("sort=title", "sort"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(sign_in, name, asked, field):
    answer = sign_in("lead").get(api(name, f"?{asked}"))

    assert (answer.status_code, list(answer.json())) == (400, [field])


@pytest.mark.parametrize(
    ("asked", "statements"),
    [
        ("", ["high", "low", "open assumption", "shut issue"]),
        ("?kind=risk", ["high", "low"]),
        ("?status=closed", ["shut issue"]),
        ("?kind=assumption&status=open", ["open assumption"]),
        ("?kind=dependency", []),
        ("?limit=1&offset=1", ["low"]),
    ],
)
def test_risks_are_cut_and_paged_the_most_pressing_first(sign_in, ours, asked, statements):
    make_risk(ours, kind="issue", statement="shut issue", status="closed")
    make_risk(ours, 1, 2, statement="low")
    make_risk(ours, 5, 5, statement="high")
    late = timezone.localdate() - timedelta(days=1)
    make_risk(ours, kind="assumption", statement="open assumption", valid_until=late)

    assert [one["statement"] for one in rows(sign_in("lead"), "risks", asked)] == statements


@pytest.mark.parametrize("asked", ["kind=hope", "status=gone", "status="])
def test_a_choice_that_there_is_not_is_refused_with_those_that_there_are(sign_in, asked):
    name = asked.partition("=")[0]

    answer = sign_in("lead").get(api("risks", f"?{asked}"))

    assert answer.status_code == 400
    known = {"kind": "risk, assumption, issue, dependency", "status": "open, in-work, closed"}
    assert answer.json() == {name: [f"There is no such choice. There are: {known[name]}."]}


@pytest.mark.parametrize("name", ["decisions", "risks", "stories"])
def test_what_programs_only_read_they_do_not_write(sign_in, cast, ours, name):
    evidence_of(ours, owner=cast.lead)
    lead, before = sign_in("lead"), Story.objects.count()

    for method in ("post", "put", "patch", "delete"):
        answer = getattr(lead, method)(api(name), {"title": "x"}, content_type="application/json")
        assert answer.status_code == 403, method
    assert Story.objects.count() == before


def test_a_story_whose_number_was_corrected_is_for_those_who_write_it(sign_in, cast, ours):
    wrong = make_measurement(make_benefit(ours), 92, DAY)
    make_story(
        ours, measurement=wrong, state="published", cleared_on=DAY, published_on=DAY, title="Out"
    )
    seen = {name: [one["title"] for one in rows(sign_in(name), "stories")] for name in
            ("staff", "lead")}  # fmt: skip
    make_measurement(wrong.benefit, 29, DAY, corrects=wrong)

    assert seen == {"staff": ["Out"], "lead": ["Out"]}
    assert rows(sign_in("staff"), "stories") == []
    assert [one["title"] for one in rows(sign_in("lead"), "stories")] == ["Out"]


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        '"29"',
        "{",
        '{"value": NaN}',
        '{"value": 1, "value": 2}',
        '{"form": "x", "value": 29, "day": "2026-09-30"}',
        '{"value": 29, "day": "2026-09-30"}',
        '{"form": "5f0a2c9e-8f5b-4f3f-9a51-4a3c1c0f7a10", "value": 1e30, "day": "2026-09-30"}',
        '{"form": "5f0a2c9e-8f5b-4f3f-9a51-4a3c1c0f7a10", "value": 0.00001, "day": "2026-09-30"}',
        '{"form": "5f0a2c9e-8f5b-4f3f-9a51-4a3c1c0f7a10", "value": 1, "day": "30.9.2026"}',
        '{"form": "5f0a2c9e-8f5b-4f3f-9a51-4a3c1c0f7a10", "value": null, "day": "2026-09-30"}',
    ],
)
def test_a_body_that_no_measurement_can_be_made_of_is_refused_and_leaves_nothing(
    sign_in, ours, body
):
    address = f"{api('benefits')}{make_benefit(ours).pk}/measurements/"

    answer = sign_in("lead").post(address, body, content_type="application/json")

    assert answer.status_code == 400, answer.text
    assert not Measurement.objects.exists()


def test_measurements_are_paged_the_newest_day_first_with_those_corrected(sign_in, ours):
    benefit = make_benefit(ours)
    made = [make_measurement(benefit, 40 - n, DAY + timedelta(days=n)) for n in range(3)]
    make_measurement(benefit, 20, DAY, corrects=made[0])
    address = f"{api('benefits')}{benefit.pk}/measurements/"

    answer = sign_in("staff").get(f"{address}?limit=2&offset=1").json()

    assert answer["count"] == 4
    assert [one["value"] for one in answer["results"]] == [39.0, 20.0]
    last = sign_in("staff").get(f"{address}?offset=3").json()["results"]
    assert [(one["value"], one["is_corrected"], one["entered_by"]) for one in last] == [
        (40.0, True, None)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_measurements_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, django_assert_num_queries, count
):
    benefit = make_benefit(ours)
    for n in range(count):
        wrong = make_measurement(benefit, 92, DAY, entered_by=cast.staff)
        make_measurement(benefit, n, DAY, entered_by=cast.staff, corrects=wrong)
    lead = sign_in("lead")

    with django_assert_num_queries(4):
        found = lead.get(f"{api('benefits')}{benefit.pk}/measurements/").json()
    assert found["count"] == 2 * count


def test_an_owner_who_may_no_longer_open_the_initiative_measures_no_longer(sign_in, cast, ours):
    benefit = make_benefit(ours, owner=cast.staff)
    ours.departments.set([cast.clinic])
    sent = {"form": str(uuid4()), "value": "29", "day": "2026-09-30"}
    staff = sign_in("staff")

    by_program = staff.post(
        f"{api('benefits')}{benefit.pk}/measurements/", sent, content_type="application/json"
    )
    by_page = staff.post(f"/initiatives/{ours.pk}/benefits/{benefit.pk}/measure/", sent)

    assert (by_program.status_code, by_page.status_code) == (404, 404)
    assert not Measurement.objects.exists()
