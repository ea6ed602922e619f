"""The list of who is missing over all initiatives, and its file."""

import csv

import pytest

from buyin.accounts.models import SecurityEvent
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_on_board
from tests.stakeholders.test_missing import ALL, one_line, page_of


@pytest.fixture
def ours(cast):
    """A pilot of Roads and Parks with everybody on board."""
    return make_on_board(cast.roads, cast.parks, name="Pothole finder")


def test_the_list_has_every_initiative_or_only_those_where_somebody_is_missing(sign_in, cast, ours):
    theirs = make_on_board(cast.clinic, without=["union"], name="Letter reader")
    idea = InitiativeFactory(name="An idea", stage="idea")
    lead = sign_in("lead")

    def names(**asked):
        return [one.initiative for one in lead.get(ALL, asked).context["rows"]]

    assert names() == [idea, theirs, ours]
    assert names(show="missing") == [idea, theirs]
    assert names(stage="pilot") == [theirs, ours]
    assert names(stage="pilot", show="missing") == [theirs]
    assert names(stage="luck", show="luck") == [idea, theirs, ours]


def test_a_stage_of_which_no_day_is_known_is_said_to_be_that_of_now(sign_in, ours):
    page = one_line(sign_in("lead").get(page_of(ours)).text)

    assert 'Pilot <div class="sub"> now </div>' in page


def test_the_list_cuts_what_is_long_and_leads_to_all(sign_in, cast):
    make_on_board(cast.roads, without=["union", "it", "expert", "end-user", "data-scientist"])
    page = one_line(sign_in("lead").get(ALL).text)

    assert "All 5" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "No initiative yet"),
        ("?stage=idea", "No initiative is at this stage"),
        ("?show=missing", "Nobody is missing"),
        ("?stage=idea&show=missing", "Nobody is missing"),
    ],
)
def test_an_empty_list_says_why(sign_in, asked, said):
    page = sign_in("lead").get(f"{ALL}{asked}").text

    assert said in page
    assert "Download CSV" not in page


def test_a_coordinator_finds_the_initiatives_that_they_may_open(sign_in, cast, ours):
    make_on_board(cast.clinic, without=["union"], name="Letter reader")
    page = sign_in("coordinator").get(ALL)

    assert [one.initiative for one in page.context["rows"]] == [ours]


def test_who_leads_one_initiative_finds_that_one_and_opens_all_that_the_list_leads_to(
    sign_in, cast
):
    led = make_on_board(cast.roads, without=["union"], name="Sign finder", lead=cast.neighbour)
    make_on_board(cast.neighbour.department, without=["union"], name="Letter reader")
    neighbour = sign_in("neighbour")

    page = neighbour.get(ALL)
    assert [one.initiative for one in page.context["rows"]] == [led]
    kept = neighbour.get(f"{ALL}?show=missing")
    assert [one.initiative for one in kept.context["rows"]] == [led]
    assert neighbour.get(page_of(led)).status_code == 200
    text = b"".join(neighbour.get(f"{ALL}all.csv").streaming_content).decode()
    assert "Letter reader" not in text


def test_the_file_has_a_row_for_each_thing_that_is_missing(sign_in, cast, ours):
    make_on_board(cast.clinic, without=["union", "representative"], name="=Letter reader")
    lead = sign_in("lead")

    def rows(asked=""):
        answer = lead.get(f"{ALL}all.csv{asked}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.reader(text.splitlines()))

    heads, *found = rows()
    assert heads == ["Initiative", "Stage", "What is missing", "Why", "Department"]
    assert [row[2] for row in found] == ["A union", "A representative of Clinic", ""]
    assert found[1][4] == "Clinic"
    assert not found[0][0].startswith("=")
    assert len(rows("?show=missing")) == 3
    assert SecurityEvent.objects.filter(kind="exported", detail="Who is missing").count() == 2


@pytest.mark.parametrize("count", [1, 4])
def test_pages_need_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    made = [make_on_board(cast.roads, cast.parks, without=["union"]) for _ in range(count)]
    lead = sign_in("lead")

    with django_assert_num_queries(9):
        lead.get(ALL)
    with django_assert_num_queries(11):
        lead.get(page_of(made[0]))
