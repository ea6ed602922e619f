"""Who is missing in an initiative: told where it is seen, with the next step one click away."""

from urllib.parse import quote

import pytest
from django.utils import timezone

from buyin.stakeholders.models import Interest, Raci, Stakeholder
from buyin.stakeholders.queries.lacking import ACCOUNTABLE, CHAMPION, NOBODY, SPONSOR
from buyin.stakeholders.queries.representation import WORDS, WORDS_OF_DEPARTMENT, represented
from buyin.stakeholders.representation import RULES
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people_on_board import make_met, make_on_board
from tests.factories.stakeholders import InterestFactory, StakeholderFactory, make_assessed

ALL = "/stakeholders/missing/"


def page_of(initiative):
    return f"/initiatives/{initiative.pk}/people/missing/"


def missing_in(viewer, initiative):
    (found,) = represented(viewer, [initiative])
    return [one.text for one in found.now]


def one_line(text):
    return " ".join(text.split())


@pytest.fixture
def ours(cast):
    """A pilot of Roads and Parks with everybody on board."""
    return make_on_board(cast.roads, cast.parks, name="Pothole finder")


# What counts


def test_each_rule_has_words_also_for_one_department_and_no_code_of_something_else():
    categories = {rule.category for rule in RULES}
    others = {NOBODY, ACCOUNTABLE, CHAMPION, SPONSOR}
    in_departments = {rule.category for rule in RULES if rule.in_each_department}

    assert WORDS.keys() == categories | others
    assert not categories & others
    assert WORDS_OF_DEPARTMENT.keys() == in_departments | {SPONSOR}


def test_where_everybody_is_on_board_nothing_is_said(sign_in, cast, ours):
    page = one_line(sign_in("lead").get(page_of(ours)).text)

    assert missing_in(cast.lead, ours) == []
    assert "Everybody whom the stage “Pilot” needs is involved" in page
    assert "missing, too" not in page


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("union", "A union"), ("budget-holder", "A budget holder"), ("it", "Somebody of IT"),
        ("end-user", "An end user"), ("expert", "A subject-matter expert"),
        ("data-scientist", "A data scientist"),
    ],
)  # fmt: skip
def test_a_category_that_the_stage_needs_and_nobody_is_of_is_named(cast, category, text):
    ours = make_on_board(cast.roads, without=[category])

    assert missing_in(cast.lead, ours) == [text]


def test_a_department_that_nobody_speaks_for_is_named(cast):
    ours = make_on_board(cast.roads, without=["representative"])
    ours.departments.add(cast.clinic)

    assert missing_in(cast.lead, ours) == [
        "A representative of Clinic", "A representative of Roads",
    ]  # fmt: skip


def test_nobody_accountable_and_no_champion_are_named(cast, ours):
    Raci.objects.update(part="R")
    Interest.objects.update(current=3)

    assert missing_in(cast.lead, ours) == [
        "Nobody is accountable for anything",
        "No champion: nobody is assessed as leading",
    ]


@pytest.mark.parametrize("stage", ["idea", "retired"])
def test_who_is_accountable_and_who_pulls_is_asked_while_something_is_made(cast, stage):
    ours = make_on_board(cast.roads, stage=stage)
    Raci.objects.all().delete()
    Interest.objects.update(current=3)

    assert missing_in(cast.lead, ours) == []


@pytest.mark.parametrize("level", [None, 0])
def test_a_name_on_the_list_that_nobody_told_or_met_is_not_involved(cast, ours, level):
    Interest.objects.filter(stakeholder__category="union").update(current=level)

    assert missing_in(cast.lead, ours) == ["A union"]


def test_who_was_met_about_it_or_has_a_part_is_involved(cast, ours):
    listed = Interest.objects.filter(stakeholder__category__in=["union", "it"])
    listed.update(current=None)
    make_met(Stakeholder.objects.get(category="union"), initiative=ours)
    it = Stakeholder.objects.get(category="it")
    Raci.objects.create(initiative=ours, deliverable="Servers", stakeholder=it, part="C")

    assert missing_in(cast.lead, ours) == []


def test_what_happened_in_another_initiative_does_not_count(cast, ours):
    theirs = InitiativeFactory()
    Interest.objects.filter(stakeholder__category="union").update(current=None)
    union = Stakeholder.objects.get(category="union")
    make_met(union, initiative=theirs)
    Raci.objects.create(initiative=theirs, deliverable="Go-live", stakeholder=union, part="C")
    make_assessed(stakeholder=union, initiative=theirs, current=3)

    assert missing_in(cast.lead, ours) == ["A union"]


def test_who_is_archived_is_not_there(cast, ours):
    Stakeholder.objects.filter(category="union").update(archived_at=timezone.now())

    assert missing_in(cast.lead, ours) == ["A union"]


def test_of_a_list_that_is_empty_one_thing_is_said(sign_in, cast):
    bare = InitiativeFactory(stage="pilot", departments=[cast.roads])
    (found,) = represented(cast.lead, [bare])

    assert [(one.code, one.url) for one in found.warnings] == [
        ("nobody", f"/stakeholders/add/?initiative={bare.pk}")
    ]
    assert found.ahead == []


# The next step


def steps(viewer, initiative):
    (found,) = represented(viewer, [initiative])
    return {one.code: (one.action, one.url) for one in found.warnings}


def test_somebody_is_added_with_category_and_department_filled_in(sign_in, cast):
    ours = make_on_board(cast.roads, without=["union", "representative"])
    found = steps(cast.lead, ours)
    lead = sign_in("lead")

    assert found["union"] == (
        "Add somebody", f"/stakeholders/add/?initiative={ours.pk}&category=union",
    )  # fmt: skip
    choice = lead.get(found["representative"][1]).text
    place = f"category=representative&amp;department={cast.roads.pk}"
    assert f"/stakeholders/add/person/?initiative={ours.pk}&amp;{place}" in choice
    form = lead.get(
        f"/stakeholders/add/person/?initiative={ours.pk}"
        f"&category=representative&department={cast.roads.pk}"
    ).context["form"]
    assert (form["category"].value(), form["department"].value()) == (
        "representative", cast.roads.pk,
    )  # fmt: skip


@pytest.mark.parametrize("words", ["category=luck&department=x", "category=&department=", ""])
def test_a_form_with_words_that_mean_nothing_is_empty(sign_in, words):
    form = sign_in("lead").get(f"/stakeholders/add/group/?{words}").context["form"]

    assert (form["category"].value(), form["department"].value()) == (None, None)


def test_with_somebody_who_is_on_the_list_already_one_talks(sign_in, cast, ours):
    Interest.objects.filter(stakeholder__category="union").update(current=None)
    union = Stakeholder.objects.get(category="union")

    action, url = steps(cast.lead, ours)["union"]

    assert action == f"Talk with {union.name}, and note it"
    asked = f"stakeholder={union.pk}&initiative={ours.pk}"
    assert url == f"/stakeholders/log/new/?{asked}&back={quote(page_of(ours), safe='')}"
    form = sign_in("lead").get(url).context["form"]
    assert (form["initiative"].value(), form["participants"].value()) == (ours.pk, [union.pk])


def test_accountable_and_champion_lead_to_where_they_are_named(sign_in, cast, ours):
    Raci.objects.all().delete()
    Interest.objects.update(current=3)
    lead = sign_in("lead")

    found = steps(cast.lead, ours)

    assert found["accountable"][1] == f"/initiatives/{ours.pk}/people/parts/"
    assert found["champion"][1] == f"/initiatives/{ours.pk}/people/matrix/"
    page = lead.get(page_of(ours)).text
    for _action, url in found.values():
        assert f'href="{url}"' in page
        assert lead.get(url).status_code == 200


def test_who_may_not_change_it_is_told_and_offered_nothing_that_would_be_refused(sign_in, cast):
    ours = make_on_board(cast.roads, without=["union"])
    Raci.objects.all().delete()
    page = sign_in("coordinator").get(page_of(ours)).text

    assert "A union" in page
    assert "Add somebody" not in page
    assert "Name who is accountable" not in page


def test_whoever_is_closest_is_shown_to_those_who_know_one_of_them_and_assessed_by_those_who_may(
    cast,
):
    ours = make_on_board(cast.roads, cast.clinic)
    Interest.objects.update(current=3)

    def step(who):
        return steps(who, ours)["champion"][0]

    assert step(cast.lead) == step(cast.coordinator) == "See who is closest, and assess"
    assert step(cast.executive) == "See who is closest"
    Interest.objects.filter(stakeholder__department=cast.roads).delete()
    assert step(cast.coordinator) == ""


# Who reads what


def test_a_coordinator_reads_no_names_of_others_and_only_their_departments(sign_in, cast):
    ours = make_on_board(cast.roads, cast.clinic, without=["union"])
    secret = StakeholderFactory(name="Clinic's union", category="union", department=cast.clinic)
    InterestFactory(stakeholder=secret, initiative=ours)
    page = sign_in("coordinator").get(page_of(ours))

    assert "Clinic" not in page.text
    assert [row.department.name for row in page.context["departments"]] == ["Roads"]
    assert steps(cast.lead, ours)["union"][0] == "Talk with Clinic's union, and note it"


def test_who_leads_the_initiative_reads_all_of_it(sign_in, cast):
    ours = make_on_board(cast.roads, cast.clinic, lead=cast.staff)
    page = sign_in("staff").get(page_of(ours))

    assert [row.department.name for row in page.context["departments"]] == ["Clinic", "Roads"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 200), ("executive", 200), ("coordinator", 200), ("staff", 404), ("neighbour", 404)],
)
def test_the_pages_are_for_those_who_look_into_departments(sign_in, ours, who, status):
    client = sign_in(who)

    for path in (page_of(ours), ALL, f"{ALL}all.csv", f"/initiatives/{ours.pk}/people/sponsors/"):
        assert client.get(path).status_code == status


# Before the next stage


def test_what_the_next_stage_needs_as_well_is_said_before_it_begins(sign_in, cast):
    ours = make_on_board(cast.roads, without=["citizens", "decision-maker"])
    (found,) = represented(cast.lead, [ours])
    page = one_line(sign_in("lead").get(page_of(ours)).text)

    assert [one.text for one in found.ahead] == ["A decision-maker", "A citizen group"]
    assert "Before the next stage, “Deployed”, you also need" in page


def test_what_is_missing_now_is_not_said_twice_and_after_the_end_nothing_follows(cast):
    (now,) = represented(cast.lead, [make_on_board(cast.roads, without=["it"])])
    (ended,) = represented(cast.lead, [make_on_board(cast.roads, stage="retired")])

    assert [one.code for one in now.now] == ["it"]
    assert [one.code for one in now.ahead] == []
    assert ended.ahead == []


# On the overview


@pytest.mark.parametrize(
    ("who", "is_told"),
    [("lead", True), ("coordinator", True), ("executive", True), ("staff", False)],
)
def test_the_overview_says_it_in_one_sentence_to_who_may_look(sign_in, cast, who, is_told):
    ours = make_on_board(cast.roads, without=["union", "it"])
    page = one_line(sign_in(who).get(f"/initiatives/{ours.pk}/").text)

    said = "2 things are missing to have everybody on board, among them: Somebody of IT."
    assert (said in page) is is_told
    assert (page_of(ours) in page) is is_told


def test_the_overview_is_silent_where_nobody_is_missing(sign_in, ours):
    assert "usa-alert--warning" not in sign_in("lead").get(f"/initiatives/{ours.pk}/").text
