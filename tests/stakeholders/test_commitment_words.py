"""Commitments are told as they stand: in part, late, covered by nothing, with the way onwards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from buyin.stakeholders.charts.commitments import coverage_figure
from buyin.stakeholders.models import Commitment
from buyin.stakeholders.promises import Amounts
from buyin.stakeholders.queries.commitments import Cover
from tests.factories.commitments import make_commitment, make_giver
from tests.factories.initiatives import InitiativeFactory

ALL = "/commitments/"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", lead=cast.lead, departments=[cast.roads])


def words(answer):
    return " ".join(answer.text.split())


def test_a_part_that_was_promised_is_not_told_as_only_asked_for(sign_in, cast, ours):
    giver = make_giver(cast.executive, ours)
    make_commitment(initiative=ours, stakeholder=giver, entries=[("pledged", 12_000)])
    mine = words(sign_in("executive").get(f"{ALL}mine/"))

    assert "12,000 promised so far" in mine
    assert "promised in part" in mine
    assert "asked for" not in mine


def test_what_was_said_stands_beside_what_was_signed(sign_in, ours):
    make_commitment(initiative=ours, entries=[("pledged", 40_000), ("committed", 30_000)])
    page = words(sign_in("lead").get(ALL))

    assert '30,000 <p class="sub">signed</p> <p class="sub"> 40,000 said </p>' in page


def test_the_list_says_how_many_are_late_and_leads_to_them(sign_in, ours):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = make_commitment(initiative=ours, needed_by=yesterday)
    make_commitment(initiative=ours)
    lead = sign_in("lead")

    assert '2 commitments, <a href="?stands=late">1 of them late</a>' in words(lead.get(ALL))
    assert list(lead.get(f"{ALL}?stands=late").context["page"]) == [late]


def test_the_tab_leads_to_the_commitments_to_all_initiatives(sign_in, ours):
    make_commitment(initiative=ours)
    page = sign_in("lead").get(f"/initiatives/{ours.pk}/commitments/").text

    assert f'href="{ALL}"' in page


@pytest.mark.parametrize(("entries", "may"), [((), True), ((("received", 40_000),), False)])
def test_a_commitment_leads_to_whoever_gives_and_to_a_plan_as_long_as_it_waits(
    sign_in, cast, ours, entries, may
):
    giver = make_giver(cast.executive, ours)
    made = make_commitment(initiative=ours, stakeholder=giver, entries=entries)
    page = sign_in("lead").get(f"{ALL}{made.pk}/").text

    assert f'href="/stakeholders/{giver.pk}/"' in page
    assert ("Plan something with" in page) == may
    assert "Plan something with" not in sign_in("executive").get(f"{ALL}{made.pk}/").text


def test_no_plan_is_offered_with_whoever_wants_no_contact(sign_in, cast, ours):
    giver = make_giver(cast.executive, ours)
    giver.person.contact_permitted = False
    giver.person.save()
    made = make_commitment(initiative=ours, stakeholder=giver)

    assert "Plan something with" not in sign_in("lead").get(f"{ALL}{made.pk}/").text


@pytest.mark.parametrize(("requested", "typed"), [("40000", "40000"), ("0.50", "0.50")])
def test_an_amount_stands_in_the_form_as_somebody_types_it(sign_in, ours, requested, typed):
    made = make_commitment(initiative=ours, requested=Decimal(requested))
    lead = sign_in("lead")

    assert f'value="{typed}"' in lead.get(f"{ALL}{made.pk}/entry/").text
    assert f'value="{typed}"' in lead.get(f"{ALL}{made.pk}/edit/").text


def test_who_chooses_no_step_is_told_in_plain_words(sign_in, ours):
    made = make_commitment(initiative=ours)
    answer = sign_in("lead").post(f"{ALL}{made.pk}/entry/", {"amount": "1", "day": "2026-01-01"})

    assert "Choose one of the steps." in answer.text


@pytest.mark.parametrize(
    ("bare", "said"),
    [
        (1, "Funding (a): nothing is committed yet"),
        (2, "Nothing is committed yet of Funding (a), Funding (b)"),
        (4, "Of 4 out of 5 nothing is committed yet"),
    ],
)
def test_the_chart_names_all_of_which_nothing_is_committed(bare, said):
    amounts = [Amounts(requested=Decimal(2))] * bare + [Amounts(Decimal(2), received=Decimal(2))]
    units = "abcde"
    kind = Commitment.Kind.FUNDING
    covers = [Cover(kind, unit, one) for unit, one in zip(units, amounts, strict=False)]

    figure = coverage_figure(covers)

    assert figure is not None
    assert figure.title == said


def test_who_reads_nothing_but_the_cover_finds_no_empty_line_of_links(sign_in, ours):
    make_commitment(initiative=ours)
    page = f"/initiatives/{ours.pk}/commitments/"

    links = '<div class="tools">'
    assert sign_in("lead").get(page).text.count(links) == 2
    assert sign_in("staff").get(page).text.count(links) == 1


def test_whom_nobody_asks_for_anything_is_told_so(sign_in, cast):
    page = words(sign_in("coordinator").get(f"{ALL}mine/"))

    assert "Nothing is asked of you now" in page
    assert "0 decisions" not in page
