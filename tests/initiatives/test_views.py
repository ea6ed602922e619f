"""Initiatives: who sees which, and who changes them."""

import pytest
from django.utils.html import strip_tags

from buyin.initiatives.models import Initiative
from tests.factories.initiatives import InitiativeFactory

LIST = "/initiatives/"


@pytest.fixture
def ours(cast):
    return InitiativeFactory(name="Pothole finder", departments=[cast.roads])


@pytest.fixture
def theirs(cast):
    return InitiativeFactory(name="Letter reader", departments=[cast.clinic])


def form(**changed):
    return {"name": "Permit assistant", "summary": "Answers.", "stage": "pilot"} | changed


def test_a_new_initiative_begins_its_history_and_later_the_form_moves_nothing(sign_in, cast):
    client = sign_in("lead")
    client.post(f"{LIST}add/", form())
    made = Initiative.objects.get()

    answer = client.post(f"{LIST}{made.pk}/edit/", form(stage="retired", summary="Other."))

    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.stage, made.summary) == ("pilot", "Other.")
    [change] = made.stage_changes.all()
    assert (change.from_stage, change.to_stage, change.by) == ("", "pilot", cast.lead)


@pytest.mark.parametrize(
    ("persona", "names"),
    [
        ("staff", ["Pothole finder"]),
        ("neighbour", ["Letter reader"]),
        ("coordinator", ["Pothole finder"]),
        ("executive", ["Letter reader", "Pothole finder"]),
    ],
)
def test_people_see_the_initiatives_in_which_their_departments_take_part(
    sign_in, ours, theirs, persona, names
):
    answer = sign_in(persona).get(LIST)

    assert [i.name for i in answer.context["page"]] == names


def test_a_department_that_takes_part_brings_everybody_under_it_along(sign_in, cast):
    made = InitiativeFactory(name="Street cameras", departments=[cast.works])

    assert sign_in("staff").get(f"{LIST}{made.pk}/").status_code == 200
    assert sign_in("neighbour").get(f"{LIST}{made.pk}/").status_code == 404


def test_an_initiative_of_other_departments_is_not_there(sign_in, theirs):
    assert sign_in("staff").get(f"{LIST}{theirs.pk}/").status_code == 404


def test_a_lead_adds_an_initiative_with_its_departments(sign_in, cast):
    answer = sign_in("lead").post(
        f"{LIST}add/",
        form(lead=cast.staff.email, departments=[cast.roads.pk, cast.clinic.pk]),
        follow=True,
    )

    assert "Saved." in answer.text
    made = Initiative.objects.get()
    assert (made.name, made.stage, made.lead) == ("Permit assistant", "pilot", cast.staff)
    assert set(made.departments.all()) == {cast.roads, cast.clinic}


def test_whoever_adds_an_initiative_is_proposed_as_its_lead(sign_in, cast):
    assert f'value="{cast.lead.email}"' in sign_in("lead").get("/initiatives/add/").text


def test_the_own_lead_changes_an_initiative_and_nobody_else_of_the_department(sign_in, cast, ours):
    Initiative.objects.update(lead=cast.staff)

    assert sign_in("staff").post(f"{LIST}{ours.pk}/edit/", form()).status_code == 302
    assert sign_in("coordinator").post(f"{LIST}{ours.pk}/edit/", form()).status_code == 404
    assert sign_in("staff").post(f"{LIST}add/", form()).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Name:"),
        ({"name": "Pothole finder"}, "Name:"),
        ({"stage": "launched"}, "Stage:"),
        ({"lead": "nobody@fairhaven.example"}, "Nobody with an open account"),
        ({"departments": ["999999"]}, "Departments taking part:"),
        ({"summary": "x" * 1001}, "Summary:"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, ours, changed, said):
    typed = form(summary="A long thought-out summary.") | changed

    answer = sign_in("lead").post(f"{LIST}add/", typed)

    assert answer.status_code == 200
    assert said in answer.text
    assert typed["summary"] in answer.text
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_as_many_queries_for_many_as_for_one(
    sign_in, cast, django_assert_num_queries, count
):
    client = sign_in("lead")
    for _ in range(count):
        InitiativeFactory(lead=cast.staff, departments=[cast.roads, cast.clinic])

    with django_assert_num_queries(8):
        client.get(LIST)


def test_many_departments_are_a_count_and_a_tree_to_open(sign_in, cast):
    parts = [cast.works, cast.roads, cast.parks, cast.clinic]
    made = InitiativeFactory(name="Street cameras", departments=parts)
    lead = sign_in("lead")

    page, listed = lead.get(f"{LIST}{made.pk}/"), lead.get(LIST)

    assert [(depth, d.code) for depth, d in page.context["departments"]] == [
        (0, "clinic"), (0, "works"), (1, "parks"), (1, "roads"),
    ]  # fmt: skip
    assert "<details >" in page.text
    assert "4 departments take part." in " ".join(listed.text.split())
    assert f"{cast.roads.name}," not in listed.text


def test_few_departments_are_named_at_once(sign_in, ours):
    assert "<details open>" in sign_in("staff").get(f"{LIST}{ours.pk}/").text


def test_the_tab_of_the_page_that_is_open_is_marked(sign_in, ours):
    page = sign_in("staff").get(f"{LIST}{ours.pk}/").text

    in_row, in_menu = [line for line in page.split("<li>") if f'href="{LIST}{ours.pk}/"' in line]
    assert 'aria-current="page"' in in_row
    assert 'aria-current="page"' in in_menu


@pytest.mark.parametrize(
    ("path", "tab"),
    [
        ("", "Overview"),
        ("stage/", "Overview"),
        ("record/", "Record"),
        ("record/risk/", "Record"),
        ("record/versions/", "Record"),
        ("record/publish/", "Record"),
        ("milestones/add/", "Plan"),
        ("benefits/add/", "Benefits"),
        ("stories/add/", "Benefits"),
        ("decisions/add/", "Decisions"),
        ("risks/add/", "Risks"),
        ("assessment/", "Impact assessment"),
        ("updates/", "Updates"),
    ],
)
def test_every_page_of_an_initiative_marks_its_tab(sign_in, ours, path, tab):
    page = sign_in("lead").get(f"/initiatives/{ours.pk}/{path}").text

    for kind in ("tabs", "tabs-menu"):
        tabs = page.partition(f'class="{kind}"')[2].partition("</nav>")[0]
        _before, _is_current, after = tabs.partition('aria-current="page"')
        assert " ".join(after.partition("</a>")[0].split()) == f">{tab}"
        assert "aria-current" not in after


@pytest.mark.parametrize(
    ("path", "in_more", "in_menu"),
    [("", "More", "Overview All parts"), ("risks/add/", "More Risks", "Risks All parts")],
)
def test_what_is_folded_away_says_in_which_part_one_is(sign_in, ours, path, in_more, in_menu):
    page = sign_in("lead").get(f"/initiatives/{ours.pk}/{path}").text

    summaries = page.partition("<h1>")[2].split("<summary>")[1:3]
    said = [strip_tags(one.partition("</summary>")[0]).split() for one in summaries]
    assert said == [in_more.split(), in_menu.split()]
