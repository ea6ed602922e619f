"""What is sent twice makes one record, and who comes second loses nothing that they typed."""

from datetime import date
from uuid import uuid4

import pytest

from buyin.initiatives.models import Benefit, Decision, Measurement, RaidItem, Story
from tests.factories.benefits import (
    DAYS,
    make_benefit,
    make_decision,
    make_measurement,
    make_risk,
    make_story,
)
from tests.factories.initiatives import InitiativeFactory

DAY = date(2026, 9, 30)
DECISION = {"title": "Buy B", "decided_on": "2026-05-12", "decided_by": "Board", "rationale": "Y"}
RISK = {
    "kind": "risk", "statement": "Old scans", "category": "quality", "probability": "3",
    "impact": "4", "response": "mitigate", "status": "open", "raised_on": "2026-05-12",
}  # fmt: skip
STORY = {"title": "Sooner", "challenge": "Waiting.", "done": "Sorting.", "result": "Less."}
BENEFIT = {name: str(value) for name, value in DAYS.items()}
ADDED = [
    ("benefits/add/", BENEFIT, Benefit),
    ("decisions/add/", DECISION, Decision),
    ("risks/add/", RISK, RaidItem),
    ("stories/add/", STORY, Story),
]


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def place(ours):
    return f"/initiatives/{ours.pk}/"


@pytest.mark.parametrize(("address", "sent", "model"), ADDED)
def test_a_form_that_is_sent_twice_makes_one_and_leads_to_it_both_times(
    sign_in, place, address, sent, model
):
    lead, form = sign_in("lead"), {**sent, "made_by_form": str(uuid4())}

    answers = [lead.post(f"{place}{address}", form) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert model.objects.count() == 1


@pytest.mark.parametrize(("address", "sent", "model"), ADDED)
def test_two_forms_that_say_the_same_make_two(sign_in, place, address, sent, model):
    lead = sign_in("lead")

    for _ in range(2):
        lead.post(f"{place}{address}", {**sent, "made_by_form": str(uuid4())})

    assert model.objects.count() == 2


@pytest.mark.parametrize(("address", "sent", "model"), ADDED)
def test_a_form_without_its_number_is_taken_and_a_broken_number_is_refused(
    sign_in, place, address, sent, model
):
    lead = sign_in("lead")

    assert lead.post(f"{place}{address}", sent).status_code == 302
    refused = lead.post(f"{place}{address}", {**sent, "made_by_form": "twelve"})

    assert "Enter a valid UUID." in refused.text
    assert model.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "sent", "model"),
    [("benefits", BENEFIT, Benefit), ("decisions", DECISION, Decision), ("risks", RISK, RaidItem),
     ("stories", STORY, Story)],
)  # fmt: skip
def test_a_record_with_the_number_nought_is_none_and_none_is_made(
    sign_in, place, part, sent, model
):
    lead = sign_in("lead")

    assert lead.get(f"{place}{part}/0/edit/").status_code == 404
    assert lead.post(f"{place}{part}/0/edit/", sent).status_code == 404
    assert not model.objects.exists()


def test_a_correction_that_is_sent_twice_is_one_and_no_error(sign_in, ours, place):
    benefit = make_benefit(ours)
    wrong = make_measurement(benefit, 92, DAY)
    address = f"{place}benefits/{benefit.pk}/measure/?corrects={wrong.pk}"
    sent = {"value": "29", "day": "2026-09-30", "made_by_form": str(uuid4())}
    lead = sign_in("lead")

    answers = [lead.post(address, sent) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert [int(one.value) for one in Measurement.objects.filter(corrects=wrong)] == [29]


def test_who_corrects_second_is_told_and_what_they_typed_comes_back(sign_in, ours, place):
    benefit = make_benefit(ours)
    wrong = make_measurement(benefit, 92, DAY)
    address = f"{place}benefits/{benefit.pk}/measure/?corrects={wrong.pk}"
    lead, other = sign_in("lead"), sign_in("administrator")
    opened = other.get(address)
    lead.post(address, {"value": "29", "day": "2026-09-30"})

    answer = other.post(address, {"value": "30", "day": "2026-09-30", "note": "Counted again."})

    assert opened.status_code == 200
    assert "This measurement is corrected already." in answer.text
    assert "Counted again." in answer.text
    assert Measurement.objects.count() == 2


def test_a_correction_of_what_was_measured_of_another_benefit_is_not_there(sign_in, ours, place):
    benefit, other = make_benefit(ours), make_benefit(ours, title="Cheaper")
    wrong = make_measurement(other, 92, DAY)
    address = f"{place}benefits/{benefit.pk}/measure/?corrects={wrong.pk}"

    answer = sign_in("lead").post(address, {"value": "29", "day": "2026-09-30"})

    assert answer.status_code == 404
    assert Measurement.objects.get() == wrong


def test_a_decision_that_replaces_another_is_sent_twice_without_an_error(sign_in, ours, place):
    old = make_decision(ours, title="Buy A")
    sent = {**DECISION, "replaces": str(old.pk), "made_by_form": str(uuid4())}
    sent |= {"input_kind": "survey", "input_text": "Wave 2", "input_link": "/surveys/"}
    lead = sign_in("lead")

    answers = [lead.post(f"{place}decisions/add/", sent) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    made = Decision.objects.get(title="Buy B")
    old.refresh_from_db()
    assert old.superseded_by == made
    assert made.inputs.count() == 1


def test_who_replaces_a_decision_second_is_told_and_keeps_what_they_typed(sign_in, ours, place):
    old = make_decision(ours, title="Buy A")
    lead, other = sign_in("lead"), sign_in("administrator")
    lead.post(f"{place}decisions/add/", {**DECISION, "replaces": str(old.pk)})

    answer = other.post(
        f"{place}decisions/add/",
        {**DECISION, "title": "Buy C", "options": "A long list.", "replaces": str(old.pk)},
    )

    assert "It replaces:" in answer.text
    assert "A long list." in answer.text
    assert not Decision.objects.filter(title="Buy C").exists()


def test_what_was_replaced_is_not_offered_and_a_decision_never_offers_itself(sign_in, ours, place):
    new = make_decision(ours, title="Buy B")
    make_decision(ours, title="Buy A", superseded_by=new)
    make_decision(InitiativeFactory(name="Zip"), title="Of others")

    def offered(address):
        form = sign_in("lead").get(f"{place}decisions/{address}").context["form"]
        return {one.title for one in form.fields["replaces"].queryset}

    assert offered("add/") == {"Buy B"}
    assert offered(f"{new.pk}/edit/") == set()


def test_a_state_that_is_set_twice_is_one_change(sign_in, ours, place):
    benefit = make_benefit(ours)
    lead = sign_in("lead")

    for _ in range(2):
        lead.post(f"{place}benefits/{benefit.pk}/state/", {"state": "at-risk"})

    assert [(one.before, one.after) for one in benefit.changes.all()] == [("planned", "at-risk")]


def test_an_edit_that_is_sent_twice_changes_once(sign_in, ours, place):
    benefit, risk, story = make_benefit(ours), make_risk(ours), make_story(ours)
    make_measurement(benefit, 29, DAY)
    lead = sign_in("lead")

    for _ in range(2):
        lead.post(
            f"{place}benefits/{benefit.pk}/edit/",
            BENEFIT | {"target_value": "20", "reason": "New law."},
        )
        lead.post(f"{place}risks/{risk.pk}/edit/", RISK | {"impact": "2"})
        lead.post(f"{place}stories/{story.pk}/edit/", STORY | {"outlook": "More."})

    assert benefit.changes.count() == 1
    assert RaidItem.objects.get().score == 6
    assert Story.objects.get().outlook == "More."
