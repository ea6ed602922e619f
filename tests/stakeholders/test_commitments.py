"""Commitments: who asks, who promises, and that every step stays readable."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from buyin.stakeholders.actions import add_entry, save_commitment
from buyin.stakeholders.models import Commitment, CommitmentEntry
from buyin.stakeholders.promises import Amounts
from tests.factories.commitments import DAY, CommitmentFactory, make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory
from tests.factories.stakeholders import InterestFactory, StakeholderFactory

ALL = "/commitments/"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def asked(cast, ours):
    """What the executive is asked for."""
    return make_commitment(initiative=ours, stakeholder=make_giver(cast.executive, ours))


def entry(**changed):
    return {"step": "pledged", "amount": "40000", "day": str(DAY), "note": ""} | changed


def steps(commitment):
    found = commitment.entries.order_by("pk")
    return [(one.step, int(one.amount)) for one in found]


# Asking


def test_a_lead_asks_somebody_on_the_list_once(sign_in, cast, ours):
    giver = make_giver(cast.executive, ours)
    typed = {
        "stakeholder": giver.pk, "kind": "funding", "title": "Money for the pilot", "unit": "USD",
        "requested": "40000", "needed_by": "2027-01-31", "made_by_form": str(uuid4()),
    }  # fmt: skip
    lead = sign_in("lead")

    answers = [lead.post(f"/initiatives/{ours.pk}/commitments/add/", typed) for _ in range(2)]

    made = Commitment.objects.get()
    assert [one.url for one in answers] == [f"{ALL}{made.pk}/"] * 2
    assert made.requested == 40_000
    assert (made.stakeholder, str(made.stage)) == (giver, "open")
    (first,) = made.entries.all()
    assert (first.step, int(first.amount)) == ("requested", 40_000)
    assert first.entered_by == cast.lead


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"requested": "0"}, "it must be more than 0"),
        ({"requested": "much"}, "How much is requested"),
        ({"stakeholder": ""}, "Who gives:"),
        ({"kind": "luck"}, "Kind:"),
        ({"begins_on": "2027-02-01", "ends_on": "2027-01-01"}, "The time ends before it begins."),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, cast, ours, changed, said):
    giver = make_giver(cast.executive, ours)
    typed = {
        "stakeholder": giver.pk, "kind": "funding", "title": "Money for a long pilot",
        "unit": "USD", "requested": "40000",
    } | changed  # fmt: skip

    answer = sign_in("lead").post(f"/initiatives/{ours.pk}/commitments/add/", typed)

    assert answer.status_code == 200
    assert said in answer.text
    assert "Money for a long pilot" in answer.text
    assert not Commitment.objects.exists()


def test_who_is_not_on_the_list_cannot_be_asked(sign_in, cast, ours):
    stranger = StakeholderFactory(name="Nobody here")
    page = f"/initiatives/{ours.pk}/commitments/add/"

    assert "list of people yet" in sign_in("lead").get(page).text
    make_giver(cast.executive, ours)
    typed = {
        "stakeholder": stranger.pk,
        "kind": "funding",
        "title": "X",
        "unit": "USD",
        "requested": 1,
    }
    answer = sign_in("lead").post(page, typed)

    assert "Who gives:" in answer.text
    assert "Nobody here" not in answer.text
    assert not Commitment.objects.exists()


def test_another_amount_is_one_more_entry_and_the_first_stays_readable(sign_in, asked):
    typed = {"kind": "funding", "title": asked.title, "unit": "USD", "requested": "30000"}

    for _ in range(2):
        sign_in("lead").post(f"{ALL}{asked.pk}/edit/", typed)

    assert steps(asked) == [("requested", 40_000), ("requested", 30_000)]
    assert Commitment.objects.get().requested == 30_000


# Promising and receiving


def test_who_is_asked_answers_from_their_page(sign_in, asked):
    executive = sign_in("executive")

    assert "1 decision is asked of you" in executive.get(f"{ALL}mine/").text
    answer = executive.post(f"{ALL}{asked.pk}/entry/", entry(evidence="Minutes of 1 June"))

    assert answer.url == f"{ALL}mine/"
    asked.refresh_from_db()
    assert (asked.pledged, asked.stage) == (40_000, "pledged")
    mine = executive.get(f"{ALL}mine/")
    assert (mine.context["asked"], mine.context["promised"]) == ([], [asked])


@pytest.mark.parametrize("step", ["requested", "received"])
def test_what_is_asked_and_what_has_arrived_is_not_for_the_giver_to_say(sign_in, cast, asked, step):
    answer = sign_in("executive").post(f"{ALL}{asked.pk}/entry/", entry(step=step))

    assert "Step:" in answer.text
    with pytest.raises(PermissionDenied):
        add_entry(actor=cast.executive, commitment=asked, step=step, day=DAY, amount=Decimal(1))
    assert steps(asked) == [("requested", 40_000)]


def test_the_lead_notes_each_step_and_amounts_are_in_all(sign_in, asked):
    lead = sign_in("lead")
    for step, amount, day in (
        ("committed", 30_000, "2026-06-02"), ("received", 10_000, "2026-06-03"),
        ("received", 25_000, "2026-06-04"), ("received", 5_000, "2026-06-01"),
    ):  # fmt: skip
        lead.post(f"{ALL}{asked.pk}/entry/", entry(step=step, amount=amount, day=day))

    asked.refresh_from_db()
    assert (asked.committed, asked.received, asked.stage) == (30_000, 25_000, "partly")
    assert asked.amounts.coverage == Decimal("0.75")
    assert asked.entries.count() == 5


def test_a_refusal_needs_a_reason_and_a_later_promise_lifts_it(sign_in, asked):
    executive = sign_in("executive")
    page = f"{ALL}{asked.pk}/entry/"

    refused = executive.post(page, entry(step="declined", amount=""))
    assert "Say why it is declined" in refused.text
    executive.post(page, entry(step="declined", amount="", note="No budget this year."))
    asked.refresh_from_db()
    assert (asked.declined_on, asked.stage, asked.is_late) == (DAY, "declined", False)

    executive.post(page, entry(day="2026-06-02"))
    asked.refresh_from_db()
    assert (asked.declined_on, asked.stage) == (None, "pledged")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": ""}, "Say how much it is."),
        ({"amount": "-1"}, "Amount, in USD:"),
        ({"day": "2099-01-01"}, "This day is still to come."),
        ({"link": "javascript:x"}, "Write an address"),
        ({"step": "given"}, "Step:"),
    ],
)
def test_an_entry_that_does_not_hold_is_refused_by_name(sign_in, asked, changed, said):
    answer = sign_in("lead").post(
        f"{ALL}{asked.pk}/entry/", entry(note="A long thought-out note.") | changed
    )

    assert said in answer.text
    assert "A long thought-out note." in answer.text
    assert steps(asked) == [("requested", 40_000)]


def test_the_same_form_sent_twice_notes_one_step(sign_in, asked):
    form = str(uuid4())

    for _ in range(2):
        sign_in("executive").post(f"{ALL}{asked.pk}/entry/", entry(made_by_form=form))

    assert steps(asked) == [("requested", 40_000), ("pledged", 40_000)]


# Who reads what


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("lead", 200), ("administrator", 200), ("executive", 200), ("coordinator", 404),
        ("staff", 404), ("neighbour", 404), ("trainer", 404),
    ],
)  # fmt: skip
def test_a_commitment_is_read_by_leads_executives_and_who_gives(sign_in, asked, who, status):
    assert sign_in(who).get(f"{ALL}{asked.pk}/").status_code == status


def test_a_coordinator_reads_what_their_department_gives(sign_in, cast, ours):
    giver = StakeholderFactory(department=cast.roads)
    theirs = make_commitment(initiative=ours, stakeholder=giver)
    other = make_commitment(initiative=ours)
    coordinator = sign_in("coordinator")

    assert coordinator.get(f"{ALL}{theirs.pk}/").status_code == 200
    assert coordinator.get(f"{ALL}{other.pk}/").status_code == 404
    assert coordinator.get(f"{ALL}{theirs.pk}/entry/").status_code == 404
    assert list(coordinator.get(ALL).context["page"]) == [theirs]


def test_everybody_who_opens_the_initiative_reads_what_is_covered_but_not_by_whom(
    sign_in, ours, asked
):
    make_commitment(
        initiative=ours, kind="personnel", title="Two developers", unit="posts", requested=2,
        entries=[("committed", 1)],
    )  # fmt: skip
    page = sign_in("staff").get(f"/initiatives/{ours.pk}/commitments/")

    assert "Funding (USD): nothing is committed yet" in page.text
    assert "50 %" in page.text
    assert "Two developers" not in page.text
    assert str(asked.stakeholder) not in page.text


def test_a_giver_from_outside_reads_their_commitment_and_not_the_initiative(sign_in, cast, ours):
    made = make_commitment(initiative=ours, stakeholder=make_giver(cast.neighbour, ours))
    neighbour = sign_in("neighbour")

    page = neighbour.get(f"{ALL}{made.pk}/")

    assert page.status_code == 200
    assert f'href="/initiatives/{ours.pk}/"' not in page.text
    assert neighbour.get(f"/initiatives/{ours.pk}/").status_code == 404


# The list of all


def test_the_list_is_cut_to_what_is_late_waiting_lapsed_declined_or_there(sign_in, ours):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = make_commitment(initiative=ours, needed_by=yesterday, entries=[("pledged", 1)])
    waiting = make_commitment(initiative=ours)
    lapsed = make_commitment(initiative=ours, expires_on=yesterday, entries=[("committed", 9)])
    declined = make_commitment(
        initiative=ours, declined_on=DAY, needed_by=yesterday, entries=[("pledged", 1)]
    )
    there = make_commitment(initiative=ours, entries=[("received", 40_000)], needed_by=yesterday)
    lead = sign_in("lead")

    found = {
        stands: list(lead.get(ALL, {"stands": stands}).context["page"])
        for stands in ("late", "waiting", "lapsed", "declined", "received")
    }

    assert found == {
        "late": [late], "waiting": [waiting], "lapsed": [lapsed], "declined": [declined],
        "received": [there],
    }  # fmt: skip
    assert (late.is_late, declined.is_late, there.is_late) == (True, False, False)
    assert (lapsed.has_lapsed, there.has_lapsed) == (True, False)


def test_the_list_is_searched_and_leaves_as_a_file(sign_in, ours):
    make_commitment(initiative=ours, title="=Servers", kind="infrastructure", unit="GPU hours")
    make_commitment(initiative=ours, title="Money")
    lead = sign_in("lead")

    assert [one.title for one in lead.get(ALL, {"search": "serv"}).context["page"]] == ["=Servers"]
    text = b"".join(lead.get(f"{ALL}all.csv", {"kind": "infrastructure"})).decode()
    (row,) = text.splitlines()[1:]
    assert row.startswith("Pothole finder,infrastructure,'=Servers,")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, ours, django_assert_num_queries, count
):
    for _ in range(count):
        giver = StakeholderFactory()
        InterestFactory(stakeholder=giver, initiative=ours)
        make_commitment(initiative=ours, stakeholder=giver, entries=[("pledged", 3)])
    lead = sign_in("lead")

    with django_assert_num_queries(5):
        lead.get(ALL)
    with django_assert_num_queries(4):
        lead.get(f"/initiatives/{ours.pk}/commitments/")


def test_only_who_leads_the_initiative_changes_what_is_asked(cast, asked):
    with pytest.raises(PermissionDenied):
        save_commitment(actor=cast.executive, commitment=asked, title="Less")
    with pytest.raises(TypeError, match="not writable"):
        save_commitment(actor=cast.lead, commitment=asked, received=1)


def test_two_who_note_at_the_same_time_are_both_kept(cast, asked):
    stale = Commitment.objects.get()

    add_entry(actor=cast.lead, commitment=stale, step="committed", day=DAY, amount=Decimal(7))
    add_entry(actor=cast.lead, commitment=asked, step="received", day=DAY, amount=Decimal(5))

    found = Commitment.objects.get()
    assert found.amounts == Amounts(Decimal(40_000), committed=Decimal(7), received=Decimal(5))


def test_amounts_of_several_units_are_never_added_up(sign_in, ours):
    CommitmentFactory(initiative=ours, requested=10, unit="posts", kind="personnel")
    CommitmentFactory(initiative=ours, requested=20, unit="hours", kind="personnel")

    rows = sign_in("lead").get(f"/initiatives/{ours.pk}/commitments/").context["figure"].rows

    assert [row[:2] for row in rows] == [["Personnel (hours)", "20"], ["Personnel (posts)", "10"]]


def test_an_entry_says_what_it_is(asked):
    made = CommitmentEntry(commitment=asked, step="pledged", amount=3, day=date(2026, 6, 1))

    assert str(made) == "Pledged: 3 (2026-06-01)"


@pytest.mark.parametrize(
    ("entries", "waits"),
    [
        ([], True),
        ([("pledged", 39_999)], True),
        ([("pledged", 40_000)], False),
        ([("committed", 40_000)], False),
        ([("received", 40_000)], False),
        ([("pledged", 10), ("received", 39_000)], True),
    ],
)
def test_a_decision_waits_until_it_is_promised_or_given_in_full(cast, ours, entries, waits):
    made = make_commitment(
        initiative=ours, stakeholder=make_giver(cast.executive, ours), entries=entries
    )

    assert (made in Commitment.objects.asked_of(cast.executive, cast.lead)) is waits
    assert not Commitment.objects.asked_of(cast.lead).exists()
