"""The header: everybody sees the parts that are for them, and where they are."""

import re

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from buyin import urls
from buyin.navigation import main_links
from tests.factories.features import waiting
from tests.factories.initiatives import InitiativeFactory


def empty(_request):
    return HttpResponse()


ALL = (
    ("surveys/", "surveys", ["mine", "author-list"]),
    ("initiatives/", "initiatives", ["list"]),
    ("readiness/", "readiness", ["dashboard"]),
    ("reports/", "digests", ["mine"]),
    ("people/", "accounts", ["people"]),
)
PREFIXES = {prefix for prefix, _app, _names in ALL}
urlpatterns = [
    *[p for p in urls.urlpatterns if str(getattr(p, "pattern", "")) not in PREFIXES],
    *[
        path(
            prefix,
            include(
                (
                    [
                        path("" if n == 0 else f"{name}/", empty, name=name)
                        for n, name in enumerate(names)
                    ],
                    app,
                )
            ),
        )
        for prefix, app, names in ALL
    ],
]

FOR_EVERYBODY = ["For you", "Surveys", "Initiatives", "Readiness", "Reports"]


def labels(person, path="/"):
    return [str(link.label) for link in main_links(person, path)]


@pytest.mark.urls("tests.buyin.test_navigation")
@pytest.mark.parametrize(
    ("who", "more"),
    [
        ("staff", []),
        ("trainer", []),
        ("coordinator", ["People", "Stakeholders"]),
        ("executive", ["Asked of you", "Stakeholders"]),
        ("lead", ["Write surveys", "People", "Stakeholders"]),
        ("administrator", ["Write surveys", "People", "Stakeholders"]),
    ],
)
def test_each_role_sees_its_parts(cast, who, more):
    assert sorted(labels(cast.people[who])) == sorted(FOR_EVERYBODY + more)


@pytest.mark.urls("tests.buyin.test_navigation")
@pytest.mark.parametrize(
    ("where", "current"),
    [
        ("/", ["For you"]),
        ("/surveys/", ["Surveys"]),
        ("/surveys/7/pages/2/", ["Surveys"]),
        ("/surveys/author-list/", ["Write surveys"]),
        ("/readiness/departments/roads/", ["Readiness"]),
        ("/commitments/7/", ["Initiatives"]),
        ("/about/privacy/", []),
    ],
)
def test_the_part_that_holds_the_page_is_current(cast, where, current):
    links = main_links(cast.lead, where)

    assert [link.label for link in links if link.is_current] == current


def test_a_part_without_pages_is_not_shown(cast):
    with override_settings(ROOT_URLCONF=(path("", empty, name="home"),)):
        assert labels(cast.administrator) == ["For you"]


def test_the_account_menu_names_the_person_and_the_roles(sign_in):
    with waiting():
        page = sign_in("coordinator").get("/").text

    assert "Coordinator Persona" in page
    assert "<span>Coordinator</span>" in re.sub(r"\s*\n\s*", "", page)


def test_signing_out_is_a_form_and_not_a_link(sign_in):
    client = sign_in("staff")
    with waiting():
        page = client.get("/").text
    assert '<form method="post" action="/accounts/logout/">' in page

    client.post("/accounts/logout/")

    assert client.get("/again/").status_code == 302


def test_a_stranger_sees_no_parts(client, db):
    page = client.get("/").text

    assert 'class="site-nav"' not in page
    assert "Sign out" not in page


def test_a_page_marks_where_it_is(sign_in):
    with waiting():
        page = sign_in("staff").get("/").text

    assert 'aria-current="page"' in page
    assert '<html lang="en" dir="ltr">' in page
    assert "<title>" in page


@pytest.mark.parametrize(
    "who", ["staff", "trainer", "coordinator", "executive", "lead", "administrator"]
)
def test_the_menu_shows_people_to_whom_that_page_answers(sign_in, who):
    client = sign_in(who)

    is_shown = 'href="/people/"' in client.get("/").text
    assert is_shown == (client.get("/people/").status_code == 200)
    assert is_shown == (who in {"coordinator", "lead", "administrator"})


@pytest.mark.parametrize("leads", [False, True])
@pytest.mark.parametrize(
    "who", ["staff", "trainer", "coordinator", "executive", "lead", "administrator"]
)
def test_the_menu_shows_stakeholders_to_whom_that_page_answers(sign_in, cast, who, leads):
    InitiativeFactory(lead=cast.people[who] if leads else None)
    client = sign_in(who)

    is_shown = 'href="/stakeholders/"' in client.get("/people/me/").text

    assert is_shown == (client.get("/stakeholders/").status_code == 200)
    assert is_shown == (leads or who in {"coordinator", "executive", "lead", "administrator"})


@pytest.mark.parametrize(("who", "lead"), [("staff", "staff"), ("staff", "lead"), ("lead", "lead")])
def test_the_menu_asks_for_nothing_to_know_who_leads(
    sign_in, cast, django_assert_num_queries, who, lead
):
    for _ in range(3):
        InitiativeFactory(lead=cast.people[lead])
    client = sign_in(who)
    client.get("/again/")

    with django_assert_num_queries(1):  # the session with its person
        assert 'class="site-nav"' in client.get("/about/privacy/").text
