"""Tests of the NUL character, which PostgreSQL refuses: it may come by every way into the portal."""

import re

import pytest
from auditlog.models import LogEntry
from django.conf import settings

from surveys.models import Draft
from tests.conftest import SignIn
from tests.factories.surveys import make_wave

WITH_WORDS = (
    "/people/?q=%00",
    "/people/?department=%00",
    "/people/events/?q=%00",
    "/people/events.csv?q=%00&kind=%00",
    "/people/history/?q=%00",
    "/readiness/?initiative=%00&week=%00&department=%00",
    "/reports/?page=%00",
    "/reports/preview/?kind=%00",
    "/surveys/author/?page=%00",
    "/api/docs/?a=%00",
    "/admin/accounts/user/?q=%00",
)


@pytest.mark.parametrize("address", WITH_WORDS)
def test_words_that_no_database_keeps_are_refused_as_unreadable(sign_in: SignIn, address: str):
    answer = sign_in("administrator").get(address)

    assert answer.status_code == 400
    assert "could not read that" in answer.content.decode()


def test_a_name_of_a_search_word_is_looked_at_too(sign_in: SignIn):
    assert sign_in("lead").get("/people/?%00=1").status_code == 400


def test_an_address_that_no_database_keeps_is_refused_before_anybody_looks_it_up(sign_in: SignIn):
    assert sign_in("administrator").get("/admin/accounts/user/a%00/change/").status_code == 400


@pytest.mark.parametrize(
    "address", ["/api/v1/readiness/?initiative=%00", "/api/v1/people/a%00/", "/api/schema/?%00=1"]
)
def test_a_program_is_told_in_json_what_no_database_keeps(sign_in: SignIn, address: str):
    for who in ("administrator", "anonymous"):
        answer = sign_in(who).get(address)

        assert answer.status_code == 400
        assert answer.json() == {"detail": "This request could not be read."}


def test_what_was_typed_is_still_there_beside_an_address_that_cannot_be_read(sign_in: SignIn):
    answer = sign_in("lead").post("/initiatives/add/?a=%00", {"name": "A long name of ours"})

    assert answer.status_code == 400
    assert "A long name of ours" in answer.content.decode()


def test_a_session_cookie_that_nobody_could_have_stored_counts_as_none(sign_in: SignIn):
    broken = f'{settings.SESSION_COOKIE_NAME}="abcdefgh\\000"'

    answer = sign_in("anonymous").get("/surveys/", headers={"Cookie": broken})

    assert answer.status_code == 302


def test_the_name_of_an_open_page_is_kept_only_where_it_is_one(cast, sign_in):
    wave = make_wave(cast.roads, anonymity="named")
    address = f"/surveys/{wave.pk}/pages/1/"
    browser = sign_in("staff")
    [owner] = re.findall(r'name="owner" value="(\w+)"', browser.get(address).text)
    form = {"owner": owner, "go": "autosave", "q_hours": "3", "count": "1", "client": "a\0b"}

    answer = browser.post(address, form)

    assert answer.status_code == 200
    assert Draft.objects.get().saves == {}


def test_a_header_of_the_browser_does_not_get_into_the_history(sign_in: SignIn):
    header = {"X-Correlation-ID": "x" * 300}
    form = {"name": "Reading room", "summary": "For all.", "stage": "idea"}

    answer = sign_in("lead").post("/initiatives/add/", form, headers=header)

    assert answer.status_code == 302
    assert set(LogEntry.objects.values_list("cid", flat=True)) == {None}
