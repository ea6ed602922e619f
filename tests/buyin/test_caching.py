"""Who may keep a copy of an answer: of what belongs to a person, nobody between us and them."""

import pytest

PERSONAL = ("/", "/people/me/", "/people/", "/reports/preview/mail/", "/people/events.csv")


@pytest.mark.parametrize("path", [*PERSONAL, "/api/v1/people/", "/no/such/page/"])
def test_what_a_person_gets_is_kept_by_no_cache_and_asked_for_again(sign_in, path):
    answer = sign_in("administrator").get(path)

    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_pages_that_are_stricter_or_the_same_for_all_say_so_themselves(sign_in):
    client = sign_in("staff")

    assert "no-store" in client.get("/surveys/")["Cache-Control"]
    assert "public" in client.get("/brand.css")["Cache-Control"]


def test_signing_out_clears_what_the_browser_kept(sign_in):
    client = sign_in("staff")

    answer = client.post("/accounts/logout/")

    assert answer.status_code == 302
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "_auth_user_id" not in client.session


def test_nothing_else_that_a_stranger_sends_clears_anything(client, db):
    assert not client.post("/accounts/login/").has_header("Clear-Site-Data")
    assert not client.get("/accounts/logout/").has_header("Clear-Site-Data")
