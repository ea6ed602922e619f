"""Risks, assumptions, issues and dependencies: what holds, and in which order they stand."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.initiatives.actions import save_raid_item
from buyin.initiatives.models import RaidItem
from tests.factories.benefits import make_risk
from tests.factories.initiatives import InitiativeFactory

RISK = {
    "kind": "risk", "statement": "Old scans", "category": "quality", "probability": 3, "impact": 4,
    "response": "mitigate",
}  # fmt: skip


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def tab(initiative):
    return f"/initiatives/{initiative.pk}/risks/"


def days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"probability": None}, "from 1 to 5"),
        ({"impact": None}, "from 1 to 5"),
        ({"probability": 6}, "less than or equal to 5"),
        ({"impact": 0}, "greater than or equal to 1"),
        ({"kind": "issue", "response": ""}, "from 1 to 5"),
        ({"response": ""}, "what is done"),
        ({"valid_until": days(9)}, "Only an assumption"),
        ({"proved_by": "A test"}, "Only an assumption"),
    ],
)
def test_what_does_not_hold_is_refused_by_the_database_and_in_words(ours, cast, changed, said):
    fields = RISK | changed

    with pytest.raises(ValidationError, match=said):
        save_raid_item(actor=cast.lead, item=RaidItem(initiative=ours), **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        RaidItem.objects.create(initiative=ours, **fields)


def test_the_score_is_probability_times_impact_and_of_risks_only(ours):
    assert make_risk(ours, 3, 4).score == 12
    assert make_risk(ours, kind="issue").score is None


def test_the_highest_score_stands_first_then_what_is_overdue(sign_in, ours):
    for name, score, due in (
        ("low", (1, 2), days(-9)),
        ("high", (5, 5), days(9)),
        ("late", (2, 3), days(-1)),
        ("soon", (3, 2), days(1)),
        ("whenever", (2, 3), None),
    ):
        make_risk(ours, *score, statement=name, due=due)
    make_risk(ours, kind="issue", statement="issue", due=days(-30))
    make_risk(ours, 5, 5, statement="gone", status="closed", due=days(-30))

    answer = sign_in("staff").get(tab(ours))

    risks = answer.context["risks"]
    assert [one.statement for one in risks.open] == [
        "high", "late", "soon", "whenever", "low", "issue",
    ]  # fmt: skip
    assert [one.statement for one in risks.closed] == ["gone"]
    assert [name for name, _items in risks.by_kind] == ["risks", "issues"]
    assert answer.text.count("Overdue.") == 3
    assert "1 is closed" in answer.text


@pytest.mark.parametrize(
    ("fields", "is_late"),
    [
        ({"valid_until": days(-1)}, True),
        ({"valid_until": days(0)}, False),
        ({"valid_until": days(-1), "proved_by": "A test in May"}, False),
        ({"valid_until": days(-1), "status": "closed"}, False),
    ],
)
def test_an_assumption_outlives_its_day_only_with_proof(ours, fields, is_late):
    made = make_risk(ours, kind="assumption", **fields)

    assert made.is_overdue == is_late
    first: Any = RaidItem.objects.pressing_first(days(0)).get()
    assert first.lateness == is_late


def test_a_lead_writes_a_risk_down_and_closes_it(sign_in, cast, ours):
    lead = sign_in("lead")
    sent = {**RISK, "owner": cast.staff.email, "status": "open", "raised_on": "2026-05-12"}

    lead.post(f"{tab(ours)}add/", sent)
    made = RaidItem.objects.get()
    assert (made.owner, made.score) == (cast.staff, 12)
    lead.post(f"{tab(ours)}{made.pk}/edit/", {**sent, "status": "closed"})

    made.refresh_from_db()
    assert made.status == "closed"
    assert sign_in("staff").get(f"{tab(ours)}{made.pk}/edit/").status_code == 404


def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, ours):
    sent = {**RISK, "probability": "9", "next_action": "Scan again", "status": "open"}

    answer = sign_in("lead").post(f"{tab(ours)}add/", sent)

    assert "Probability, 1 to 5:" in answer.text
    assert "Scan again" in answer.text
    assert not RaidItem.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, django_assert_num_queries, count
):
    for _ in range(count):
        make_risk(ours, owner=cast.staff)
    lead = sign_in("lead")

    with django_assert_num_queries(3):
        lead.get(tab(ours))
    with django_assert_num_queries(3):
        found = lead.get("/api/v1/risks/?kind=risk").json()["results"]
    assert [one["score"] for one in found] == [12] * count


def test_only_risks_have_scores_in_their_list(sign_in, ours):
    make_risk(ours, kind="issue", statement="Down on Mondays")
    client = sign_in("staff")
    assert "Score" not in client.get(tab(ours)).text

    make_risk(ours, 3, 4)

    page = client.get(tab(ours)).text
    assert page.count('<th scope="col" class="number">Score</th>') == 1
    assert "Risks (1)" in page


def test_a_new_item_has_no_type_before_one_is_chosen(sign_in, ours):
    page = sign_in("lead").get(f"{tab(ours)}add/")

    assert "checked" not in page.text
    assert page.text.count('name="kind"') == len(RaidItem.Kind)


def test_what_only_risks_have_is_asked_with_a_risk_and_never_hides_a_fault(sign_in, ours):
    client, add = sign_in("lead"), f"{tab(ours)}add/"
    page = client.get(add).text
    assert 'data-shown-with="kind=risk"' in page

    refused = client.post(add, RISK | {"kind": "issue", "response": ""})

    assert "from 1 to 5" in refused.text
    assert "data-shown-with" not in refused.text


@pytest.mark.parametrize("name", ["probability", "impact", "response"])
def test_what_a_risk_lacks_is_said_at_its_field(sign_in, ours, name):
    whole = RISK | {"status": "open", "raised_on": str(days(0))}
    page = sign_in("lead").post(f"{tab(ours)}add/", whole | {name: ""})

    form = page.context["form"]
    assert {*form.errors} == {name}
    assert len(form.errors[name]) == 1
    assert not form[name].is_optional


@pytest.mark.parametrize(
    ("page", "said"), [("risks/add", "Quality and accuracy"), ("benefits/add", "Higher is better")]
)
def test_the_choices_of_a_form_begin_as_lines_of_their_own(sign_in, ours, page, said):
    text = sign_in("lead").get(f"/initiatives/{ours.pk}/{page}/").text

    assert said in text
    assert said[0].lower() + said[1:] not in text
