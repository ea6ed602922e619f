"""The decision log: what the database refuses, what a decision rests on, what replaces it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from buyin.initiatives.actions import add_input, save_decision
from buyin.initiatives.models import Decision, DecisionInput
from surveys.actions.needs import merge_needs
from tests.factories.benefits import make_decision
from tests.factories.initiatives import InitiativeFactory
from tests.factories.needs import STATEMENT, make_need


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


def log(initiative):
    return f"/initiatives/{initiative.pk}/decisions/"


def form(**changed):
    sent = {"title": "Buy it", "decided_on": "2026-05-12", "decided_by": "Board"}
    return {**sent, "rationale": "It pays.", **changed}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decided_by": ""}, "Say who decided"),
        ({"rationale": ""}, "cannot be blank"),
        ({"review_on": date(2026, 5, 12)}, "after the day"),
        ({"decided_on": timezone.localdate() + timedelta(days=2)}, "still to come"),
    ],
)
def test_what_does_not_hold_is_refused_in_words(ours, cast, changed, said):
    fields = {"title": "Buy", "decided_on": date(2026, 5, 12), "decided_by": "Board",
              "rationale": "It pays.", **changed}  # fmt: skip

    with pytest.raises(ValidationError, match=said):
        save_decision(actor=cast.lead, decision=Decision(initiative=ours), **fields)


@pytest.mark.parametrize(
    "changed", [{"decided_by": ""}, {"rationale": ""}, {"review_on": date(2026, 5, 1)}]
)
def test_the_database_refuses_it_too(ours, changed):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_decision(ours, **changed)


def test_a_lead_records_a_decision_with_what_drove_it(sign_in, cast, ours):
    sent = form(input_kind="concern", input_text="Who answers for errors?", input_link="/ai/",
                made_by_form=str(uuid4()), review_on="2027-05-12")  # fmt: skip
    lead = sign_in("lead")

    for _ in range(2):
        answer = lead.post(f"{log(ours)}add/", sent, follow=True)

    made = Decision.objects.get()
    assert [(one.kind, one.link) for one in made.inputs.all()] == [("concern", "/ai/")]
    assert "Who answers for errors?" in answer.text
    assert "Buy it" in sign_in("staff").get(log(ours)).text


def test_who_has_an_account_need_not_be_named_again(sign_in, cast, ours):
    sent = form(decided_by="", decider=cast.executive.email)

    sign_in("lead").post(f"{log(ours)}add/", sent)

    made = Decision.objects.get()
    assert (made.decider, made.decided_by) == (cast.executive, "Executive Persona")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decided_by": ""}, "Say who decided."),
        ({"decided_by": "", "decider": "nobody@fairhaven.example"}, "Nobody with an open account"),
        ({"review_on": "2026-05-01"}, "after the day"),
        ({"input_kind": "need"}, "what it says"),
        ({"input_text": "To see why"}, "what kind of thing"),
        ({"input_kind": "need", "input_text": "x", "input_link": "javascript:x"}, "https://"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, ours, changed, said):
    answer = sign_in("lead").post(f"{log(ours)}add/", form(options="Long thought.") | changed)

    assert said in answer.text
    assert "Long thought." in answer.text
    assert not Decision.objects.exists()


def test_from_a_need_one_press_leads_to_a_decision_that_rests_on_it(sign_in, cast, ours):
    need = make_need(ours, cast.roads)
    lead, place = sign_in("lead"), f"/surveys/needs/{need.pk}/"
    page = lead.get(place)
    link = page.text.split("Record a decision about this")[0].rsplit('href="', 1)[1].split('"')[0]

    opened = lead.get(link.replace("&amp;", "&"))
    assert f'value="{STATEMENT}"' in opened.text
    assert f'value="{place}"' in opened.text
    sent = form(input_kind="need", input_text=STATEMENT, input_link=place)
    lead.post(link.replace("&amp;", "&"), sent)

    assert "Buy it" in lead.get(place).text
    shown = lead.get(f"{log(ours)}{Decision.objects.get().pk}/").text
    assert f'href="{place}"' in shown
    staff = sign_in("staff").get(f"{log(ours)}{Decision.objects.get().pk}/").text
    assert f'href="{place}"' not in staff


def test_needs_that_are_put_together_take_their_decisions_along(cast, ours):
    old, kept = make_need(ours), make_need(ours, statement="I need reasons.")
    first, second = make_decision(ours), make_decision(ours)
    for need, decision in ((old, first), (old, second), (kept, second)):
        link = f"/surveys/needs/{need.pk}/"
        add_input(actor=cast.lead, decision=decision, kind="need", text="Why", link=link)

    merge_needs(need=old, into=kept, by=cast.lead)

    place = f"/surveys/needs/{kept.pk}/"
    assert set(Decision.objects.resting_on(place)) == {first, second}
    assert DecisionInput.objects.count() == 2


def test_a_later_decision_replaces_an_earlier_one_and_both_say_so(sign_in, ours):
    old = make_decision(ours, title="Buy A")
    lead = sign_in("lead")

    lead.post(f"{log(ours)}add/", form(title="Buy B", replaces=old.pk))

    new = Decision.objects.get(title="Buy B")
    old.refresh_from_db()
    assert old.superseded_by == new
    assert "replaced" in lead.get(log(ours)).text
    assert f"{log(ours)}{old.pk}/" in lead.get(f"{log(ours)}{new.pk}/").text
    assert "Buy B" in lead.get(f"{log(ours)}{old.pk}/").text


def test_no_circle_and_nothing_of_another_initiative_is_replaced(cast, ours):
    old, other = make_decision(ours), make_decision(InitiativeFactory(name="Zip"))
    new = save_decision(actor=cast.lead, decision=make_decision(ours), replaces=old)

    for decision, replaces in ((old, new), (new, other), (new, new)):
        with pytest.raises(ValidationError, match="cannot be replaced"):
            save_decision(actor=cast.lead, decision=decision, replaces=replaces)


@pytest.mark.parametrize(
    ("days", "is_replaced", "is_overdue"),
    [(0, False, True), (-3, False, True), (1, False, False), (-3, True, False)],
)
def test_a_review_that_is_due_is_said(sign_in, ours, days, is_replaced, is_overdue):
    day = timezone.localdate() + timedelta(days=days)
    made = make_decision(ours, review_on=day)
    if is_replaced:
        Decision.objects.filter(pk=made.pk).update(superseded_by=make_decision(ours))

    shown = sign_in("staff").get(log(ours)).text

    assert ("To be looked at again since" in " ".join(shown.split())) == is_overdue


def test_inputs_are_added_once_and_taken_away(sign_in, ours):
    made = make_decision(ours)
    lead, place = sign_in("lead"), f"{log(ours)}{made.pk}/"
    sent = {"kind": "survey", "text": "Wave 2", "link": "https://example.org/"}

    for _ in range(2):
        lead.post(f"{place}inputs/", sent)
    refused = lead.post(f"{place}inputs/", {**sent, "link": "//evil.example"})

    (one,) = made.inputs.all()
    assert "https://" in refused.text
    for _ in range(2):
        lead.post(f"{place}inputs/{one.pk}/remove/")
    assert not made.inputs.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, django_assert_num_queries, count
):
    for _ in range(count):
        make_decision(ours, decider=cast.lead).inputs.create(kind="other", text="x")
    lead = sign_in("lead")

    with django_assert_num_queries(5):
        lead.get(log(ours))
    with django_assert_num_queries(4):
        found = lead.get("/api/v1/decisions/").json()["results"]
    assert len(found) == count
