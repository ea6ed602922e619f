"""The department tree and its pages."""

import pytest
from django.urls import reverse

from buyin.accounts.models import Department

TREE = "/people/departments/"


def form(**changed):
    return {"name": "Waste", "code": "waste", "headcount": 7, "parent": "", "head": ""} | changed


def test_the_tree_shows_sizes_with_what_is_under_each_department(sign_in, cast):
    tree = sign_in("lead").get(TREE).context["tree"]

    lines = [(b.depth, b.department.code, b.headcount_below, b.accounts) for b in tree]
    assert lines == [
        (0, "city", 180, 4),
        (1, "health", 75, 1),
        (2, "clinic", 50, 1),
        (1, "works", 85, 1),
        (2, "parks", 30, 1),
        (2, "roads", 40, 1),
    ]


def test_a_coordinator_sees_the_own_branch_only(sign_in, cast):
    answer = sign_in("coordinator").get(TREE)

    assert [b.department.code for b in answer.context["tree"]] == ["works", "parks", "roads"]
    assert "Clinic" not in answer.text


def test_the_tree_needs_as_many_queries_for_many_departments(
    sign_in, cast, django_assert_num_queries
):
    client = sign_in("administrator")
    client.get(TREE)

    with django_assert_num_queries(3):
        client.get(TREE)


def test_an_administrator_adds_a_department_with_its_place_and_head(sign_in, cast):
    client = sign_in("administrator")

    answer = client.post(
        reverse("accounts:department-add"),
        form(parent=cast.works.pk, head="STAFF@fairhaven.example"),
    )

    waste = Department.objects.get(code="waste")
    assert answer.url == TREE
    assert "Saved." in client.get(TREE).text
    assert (waste.parent, waste.head, waste.headcount) == (cast.works, cast.staff, 7)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "roads"}, "Code: "),
        ({"code": "no good"}, "Code: Use letters, digits, hyphens and underscores only."),
        ({"headcount": -1}, "Headcount: "),
        ({"head": "nobody@fairhaven.example"}, "Nobody with an open account"),
        ({"name": ""}, "Name: "),
        ({"parent": "999999"}, "Part of: "),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(sign_in, changed, said):
    answer = sign_in("administrator").post("/people/departments/add/", form(**changed))

    assert answer.status_code == 200
    assert f"{said}" in answer.text
    assert 'value="7"' in answer.text or "headcount" in changed
    assert not Department.objects.filter(code="waste").exists()


def test_a_department_cannot_be_put_under_itself_or_its_own_branch(sign_in, cast):
    for parent in (cast.works, cast.roads):
        answer = sign_in("administrator").post(
            "/people/departments/works/edit/",
            form(code="works", name="Public works", parent=parent.pk),
        )
        assert "cannot be part of itself" in answer.text

    assert Department.objects.get(code="works").parent == cast.city


@pytest.mark.parametrize(
    ("page", "other"), [("/people/", "/people/departments/"), ("/people/departments/", "/people/")]
)
def test_the_people_and_the_departments_lead_to_each_other_and_not_to_themselves(
    sign_in, page, other
):
    tools = sign_in("coordinator").get(page).text.split('class="tools"')[1].split("</div>")[0]

    assert f'href="{other}"' in tools
    assert f'href="{page}"' not in tools
