"""The pages of decisions, risks and stories at their edges: none, one, many, and who sees which part."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from buyin.initiatives.models import Decision, RaidItem, Story
from tests.factories.benefits import (
    make_benefit,
    make_decision,
    make_measurement,
    make_risk,
    make_story,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.records import make_record, publish

DAY = date(2026, 9, 30)
STORY: dict[str, Any] = {
    "title": "Sooner", "challenge": "Waiting.", "done": "Sorting.", "result": "Less.",
}  # fmt: skip


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def place(ours):
    return f"/initiatives/{ours.pk}/"


def text(answer: Any) -> str:
    return " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("part", "said", "offered"),
    [
        ("benefits/", "No benefit is written down yet.", "Write down a benefit"),
        ("benefits/", "None is told yet.", "Write a success story"),
        ("decisions/", "No decision is written down yet.", "Record a decision"),
        ("risks/", "Nothing is open.", "Write one down"),
    ],
)
def test_an_empty_page_says_so_and_offers_the_first_to_who_may(sign_in, place, part, said, offered):
    for_staff, for_lead = (text(sign_in(who).get(f"{place}{part}")) for who in ("staff", "lead"))

    assert said in for_staff
    assert said in for_lead
    assert offered not in for_staff
    assert offered in for_lead


@pytest.mark.parametrize(
    ("count", "said"), [(0, "What it rests on is not named yet."), (1, "Rests on 1 input."), (3, "Rests on 3 inputs.")]
)  # fmt: skip
def test_the_log_counts_what_a_decision_rests_on(sign_in, ours, place, count, said):
    made = make_decision(ours)
    for number in range(count):
        made.inputs.create(kind="other", text=f"Number {number}")

    assert said in text(sign_in("staff").get(f"{place}decisions/"))


def test_the_log_shows_25_on_a_page_the_newest_first(sign_in, ours, place):
    for number in range(27):
        make_decision(ours, title=f"Step {number:02}", decided_on=DAY - timedelta(days=number))
    staff = sign_in("staff")

    pages = [staff.get(f"{place}decisions/?page={n}").context["page"] for n in (1, 2, 99)]

    assert [len(one) for one in pages] == [25, 2, 2]
    assert [one.title for one in pages[0]][:2] == ["Step 00", "Step 01"]
    assert [one.title for one in pages[1]] == ["Step 25", "Step 26"]


@pytest.mark.parametrize(
    ("kind", "link", "for_staff"),
    [
        ("survey", "https://example.org/wave-2", True),
        ("document", "/ai/", True),
        ("need", "/surveys/needs/7/", False),
    ],
)
def test_an_input_leads_where_the_reader_may_go(sign_in, ours, place, kind, link, for_staff):
    made = make_decision(ours)
    made.inputs.create(kind=kind, text="What people said", link=link)

    staff, lead = (
        sign_in(who).get(f"{place}decisions/{made.pk}/").text for who in ("staff", "lead")
    )

    assert (f'href="{link}"' in staff) == for_staff
    assert f'href="{link}"' in lead
    assert "What people said" in staff
    assert "Take away" not in staff


def test_what_the_address_says_of_a_driver_is_text_and_counts_only_when_sent(sign_in, ours, place):
    asked = "?kind=gossip&text=%3Cscript%3Ex()%3C/script%3E&link=javascript:x"

    opened = sign_in("lead").get(f"{place}decisions/add/{asked}").text

    assert "<script>x()" not in opened
    assert "&lt;script&gt;x()" in opened
    assert 'href="javascript:x"' not in opened
    assert not Decision.objects.exists()


def test_a_decision_that_is_mended_keeps_its_inputs_and_its_place(sign_in, cast, ours, place):
    made = make_decision(ours, decider=cast.executive, decided_by="Executive Persona")
    made.inputs.create(kind="other", text="A walk")
    lead = sign_in("lead")
    form = lead.get(f"{place}decisions/{made.pk}/edit/")
    sent = {"title": "Reasons on request", "decided_on": "2026-05-12",
            "decider": cast.executive.email, "decided_by": "Executive Persona",
            "rationale": "It is cheaper."}  # fmt: skip

    lead.post(f"{place}decisions/{made.pk}/edit/", sent)

    assert cast.executive.email in form.text
    assert "What drove it" not in form.text
    found = Decision.objects.get()
    assert (found.title, found.decider) == ("Reasons on request", cast.executive)
    assert found.inputs.count() == 1


@pytest.mark.parametrize(("count", "said"), [(1, "1 is closed"), (3, "3 are closed")])
def test_what_is_closed_is_counted_and_no_longer_open(sign_in, ours, place, count, said):
    for _ in range(count):
        make_risk(ours, status="closed")

    shown = text(sign_in("staff").get(f"{place}risks/"))

    assert said in shown
    assert "Nothing is open." in shown


def test_the_order_of_the_page_and_the_word_overdue_agree_for_every_item(ours):
    today = timezone.localdate()
    near = [None, today - timedelta(days=1), today, today + timedelta(days=1)]
    RaidItem.objects.bulk_create(
        RaidItem(
            initiative=ours,
            kind="assumption",
            statement=f"{due} {until} {proof} {status}",
            category="other",
            due=due,
            valid_until=until,
            proved_by=proof,
            status=status,
        )
        for due in near
        for until in near
        for proof in ("", "A test")
        for status in ("open", "in-work", "closed")
    )

    rows: list[Any] = list(RaidItem.objects.pressing_first(today))

    assert {(one.statement, bool(one.lateness)) for one in rows} == {
        (one.statement, one.is_late(today)) for one in rows
    }
    late = [bool(one.lateness) for one in rows]
    assert late == sorted(late, reverse=True)
    assert sum(late) == 2 * (
        4 * 2 + 3
    )  # due yesterday, or unproved since yesterday, and not closed


def test_a_risk_that_becomes_an_issue_gives_up_its_score(sign_in, ours, place):
    made = make_risk(ours, 3, 4)
    lead = sign_in("lead")
    sent = {"kind": "issue", "statement": "Old scans", "category": "quality", "probability": "3",
            "impact": "4", "status": "open", "raised_on": "2026-05-12"}  # fmt: skip

    refused = lead.post(f"{place}risks/{made.pk}/edit/", sent)
    lead.post(f"{place}risks/{made.pk}/edit/", sent | {"probability": "", "impact": ""})

    assert "nothing else has." in refused.text
    made.refresh_from_db()
    assert (made.kind, made.score) == ("issue", None)


@pytest.mark.parametrize("part", ["risks", "decisions", "stories", "benefits"])
def test_a_record_of_another_initiative_is_not_there(sign_in, ours, place, part):
    other = InitiativeFactory(name="Zip")
    makers: dict[str, Any] = {"risks": make_risk, "decisions": make_decision, "stories": make_story,
            "benefits": make_benefit}  # fmt: skip
    theirs = makers[part](other)

    answer = sign_in("lead").get(f"{place}{part}/{theirs.pk}/edit/")

    assert answer.status_code == 404


def test_the_lead_of_one_initiative_writes_about_it_and_about_no_other(sign_in, cast, ours):
    own = InitiativeFactory(name="Own", lead=cast.staff)
    make_story(own, title="Not yet out")
    staff = sign_in("staff")

    for initiative, status in ((own, 200), (ours, 404)):
        for part in ("benefits", "stories", "decisions", "risks"):
            address = f"/initiatives/{initiative.pk}/{part}/add/"
            assert staff.get(address).status_code == status, address
    assert "Not yet out" in staff.get(f"/initiatives/{own.pk}/benefits/").text


def test_a_story_offers_the_numbers_that_count_of_its_own_initiative(sign_in, ours, place):
    benefit = make_benefit(ours)
    wrong = make_measurement(benefit, 92, DAY)
    right = make_measurement(benefit, 29, DAY, corrects=wrong)
    make_measurement(make_benefit(InitiativeFactory(name="Zip")), 3, DAY)
    lead = sign_in("lead")

    form = lead.get(f"{place}stories/add/").context["form"]
    refused = lead.post(f"{place}stories/add/", STORY | {"measurement": wrong.pk})

    choices = [(str(value), label) for value, label in form.fields["measurement"].choices]
    assert [value for value, _label in choices] == ["", str(right.pk)]
    assert choices[1][1].startswith("Median days to decide: 29 days (")
    assert "Measurement that shows it:" in refused.text
    assert not Story.objects.exists()


def test_a_story_whose_number_was_corrected_says_so_to_who_writes_it(sign_in, cast, ours, place):
    wrong = make_measurement(make_benefit(ours), 92, DAY)
    story = make_story(ours, measurement=wrong, state="published", cleared_on=DAY, published_on=DAY)
    make_measurement(wrong.benefit, 29, DAY, corrects=wrong)
    page = f"{place}stories/{story.pk}/"

    assert "Its number was corrected since" in sign_in("lead").get(page).text
    assert sign_in("staff").get(page).status_code == 404
    assert story.title not in sign_in("executive").get(f"{place}benefits/").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "nobody is quoted"),
        ({"quote": "I know."}, "missing"),
        ({"quote": "I know.", "consent_on": DAY}, "missing"),
        ({"quote": "I know.", "consent_on": DAY, "consent_how": "by mail"}, "by mail"),
    ],
)
def test_a_draft_says_what_of_the_consent_is_missing(sign_in, ours, place, fields, said):
    measured = make_measurement(make_benefit(ours), 29, DAY)
    story = make_story(ours, measurement=measured, **fields)

    steps = text(sign_in("lead").get(f"{place}stories/{story.pk}/")).split("Before it is out")[1]

    consent = steps.split("Consent to the quotation")[1].split("Cleared")[0]
    assert said in consent
    assert ("missing" in consent) == (said == "missing")


def test_how_somebody_agreed_is_for_those_who_write(sign_in, ours, place):
    measured = make_measurement(make_benefit(ours), 29, DAY)
    story = make_story(
        ours, measurement=measured, state="published", cleared_on=DAY, published_on=DAY,
        quote="I know now.", quoted="A case worker", consent_on=DAY, consent_how="by secret mail",
    )  # fmt: skip
    page = f"{place}stories/{story.pk}/"

    assert "by secret mail" in sign_in("lead").get(page).text
    shown = sign_in("staff").get(page).text
    assert "A case worker" in shown
    assert "by secret mail" not in shown


def test_a_step_that_is_opened_instead_of_sent_changes_nothing(sign_in, cast, ours, place):
    measured = make_measurement(make_benefit(ours), 29, DAY)
    story = make_story(ours, measurement=measured, written_by=cast.lead)
    other = sign_in("administrator")

    for step in ("clear", "publish", "take-back"):
        assert other.get(f"{place}stories/{story.pk}/{step}/").status_code == 405
    assert sign_in("staff").post(f"{place}stories/{story.pk}/clear/").status_code == 404
    assert Story.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("clear", "Cleared. It is not out before somebody publishes it."),
        ("take-back", "Taken back. It is a draft again."),
    ],
)
def test_a_step_of_a_story_says_what_it_did(sign_in, cast, ours, step, said):
    measured = make_measurement(make_benefit(ours), 12, DAY)
    state = {"state": "cleared", "cleared_on": DAY} if step == "take-back" else {}
    made = make_story(ours, measurement=measured, **state)

    page = sign_in("lead").post(f"/initiatives/{ours.pk}/stories/{made.pk}/{step}/", follow=True)

    assert said in page.text


def test_a_story_that_is_out_leads_to_where_everybody_reads_it(sign_in, cast, ours):
    measured = make_measurement(make_benefit(ours), 12, DAY)
    out = {"state": "published", "cleared_on": DAY, "published_on": DAY}
    here = f"/initiatives/{ours.pk}/stories/{make_story(ours, measurement=measured, **out).pk}/"
    client = sign_in("lead")
    assert "only the agency reads this until it is" in text(client.get(here))

    ours.stage = "pilot"
    ours.save()
    record = make_record(ours, by=cast.lead)
    publish(record, by=cast.lead)

    page = client.get(here).text
    assert f'href="/ai/{record.pk}/"' in page
    assert "only the agency reads this" not in page
