"""The page for people who write programs: it says what the schema says."""

import re

import pytest
import yaml

from buyin.paging import Pages
from buyin.views.programs import operations

DOCS = "/api/docs/"


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_every_address_of_the_schema_stands_on_the_page_and_no_other(sign_in):
    staff = sign_in("staff")
    schema = yaml.safe_load(staff.get("/api/schema/").content)
    listed = {
        f"{method.upper()} {path}" for path, found in schema["paths"].items() for method in found
    }

    page = staff.get(DOCS).text

    assert set(re.findall(r"<code>((?:GET|POST|PUT|PATCH|DELETE) [^<]+)</code>", page)) == listed
    assert 'href="/api/schema/"' in page
    assert "published results need none" in page


def test_an_address_says_what_it_does_what_it_takes_and_what_it_answers(sign_in):
    text = plain(sign_in("staff").get(DOCS))

    assert "The departments that the person who asks may look into." in text
    assert f"{Pages.default_limit} rows at a time" in text
    found = {one.path: one for one in operations()}["/api/v1/departments/"]
    assert [part.name for part in found.parameters] == ["limit", "offset"]
    assert found.is_list
    assert ("code", "string") in [(part.name, part.type) for part in found.fields]


def test_filters_are_named_as_the_portal_takes_them(sign_in):
    found = {one.path: one for one in operations()}["/api/v1/readiness/"]
    filters = {part.name for part in found.parameters} - {"limit", "offset"}
    answer = sign_in("lead").get("/api/v1/readiness/", dict.fromkeys(filters, "?"))

    assert filters == {"period", "initiative", "department", "dimension"}
    assert "There is no such filter" not in answer.text


def test_each_link_on_the_page_leads_to_a_place_on_it(sign_in):
    page = sign_in("staff").get(DOCS).text

    places = re.findall(r'id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)


def test_strangers_sign_in_first(client, db):
    assert client.get(DOCS)["Location"] == f"/accounts/login/?next={DOCS}"


@pytest.mark.parametrize(("who", "is_shown"), [("administrator", True), ("coordinator", False)])
def test_administrators_find_the_page(sign_in, who, is_shown):
    assert (f'href="{DOCS}"' in sign_in(who).get("/people/departments/").text) == is_shown


def test_what_a_program_sends_is_listed_too(sign_in):
    text = plain(sign_in("staff").get(DOCS))
    found = {f"{one.method} {one.path}": one for one in operations()}
    send = found["POST /api/v1/my/waves/{wave}/response/"]

    assert [(part.name, part.type) for part in send.sent] == [
        ("receipt", "uuid"),
        ("answers", "object"),
    ]
    assert [part.name for part in send.fields] == ["receipt", "outcome"]
    assert found["GET /api/v1/people/"].sent == []
    assert "You send" in text
    assert "X-CSRFToken" in text
