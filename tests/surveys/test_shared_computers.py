"""Whoever comes by a link reads to whom it was sent, and can close the survey for who comes next."""

import re

import pytest
from django.test import Client

from buyin.http import LINKS_COOKIE
from surveys.models import AnonymousDraft, Invitation, Participation
from surveys.queries.links import sent_to
from surveys.views.links import links_in
from tests.factories.surveys import make_guest, make_wave
from tests.surveys.links import answer, guest_of, opened, press, url
from tests.surveys.public_pages import PAGE_1, form_on

pytestmark = pytest.mark.django_db
LEFT = "/surveys/invited/left/"


def leave(wave):
    return f"/surveys/invited/{wave.pk}/leave/"


def text(response):
    return " ".join(response.text.split())


def is_filled(page):
    """Return whether an answer is chosen on a page."""
    return re.search(r'<input[^>]+type="radio"[^>]+ checked', page.text) is not None


# To whom


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mira.stone@elsewhere.example", "m…@e….example"),
        ("mira@mail.elsewhere.co.uk", "m…@m….uk"),
        ("al@elsewhere.example", "…@e….example"),
        ("mira@xy.org", "m…@….org"),
        ("mira@localhost", "m…@l…"),
        ("åsa@bücher.example", "å…@b….example"),
        ("", ""),
    ],
)
def test_an_address_is_told_by_how_its_words_begin_and_never_how_long_they_are(address, said):
    assert sent_to(Invitation(address=address)) == said


def test_every_page_says_to_whom_the_link_was_sent_and_not_the_whole_address(wave, mira):
    browser = opened(mira)
    press(browser, wave, 1, "next", **PAGE_1)

    for page in (1, 2):
        shown = text(browser.get(url(wave, page)))
        assert "This link was sent to m…@e….example. If that is not you" in shown
        assert "mira" not in shown.lower()
        assert "elsewhere.example" not in shown.lower()


def test_pages_that_are_drawn_once_never_say_the_address_of_who_came_before(wave, mira):
    other = make_guest(wave, "bo.berg@faraway.org")

    first, second, again = (text(opened(one).get(url(wave))) for one in (mira, other, mira))

    assert "m…@e….example" in first
    assert "b…@f….org" in second
    assert "m…@e….example" not in second
    assert "m…@e….example" in again


def test_a_page_with_a_problem_says_it_too(wave, mira):
    shown = press(opened(mira), wave, 1, "next")

    assert shown.status_code == 422
    assert "This link was sent to m…@e….example." in text(shown)


def test_a_person_with_an_account_reads_their_own_masked_address(wave, cast):
    shown = text(guest_of(wave, cast.staff).get(url(wave)))

    assert "This link was sent to s…@f….example." in shown
    assert "staff@" not in shown
    assert str(cast.staff) not in shown


def test_who_is_signed_in_reads_nothing_of_a_link(sign_in, wave):
    shown = text(sign_in("staff").get(f"/surveys/{wave.pk}/pages/1/"))

    assert "This link was sent to" not in shown
    assert "on this computer" not in shown


# Closing


def test_the_page_is_saved_before_the_survey_is_closed_on_this_computer(wave, mira):
    browser = opened(mira)

    left = press(browser, wave, 1, "shut", **PAGE_1)

    assert left["Location"] == LEFT
    assert "The survey is closed on this computer" in browser.get(LEFT).text
    assert browser.get(url(wave)).status_code == 403
    assert AnonymousDraft.objects.count() == 1
    assert is_filled(opened(mira, browser).get(url(wave)))


def test_the_thanks_offer_to_close_it_and_then_the_link_is_asked_for(wave, mira):
    browser = opened(mira)
    answer(browser, wave)
    thanks = browser.get(f"/surveys/invited/{wave.pk}/thanks/")

    assert f'action="{leave(wave)}"' in thanks.text
    assert browser.post(leave(wave))["Location"] == LEFT

    assert browser.get(f"/surveys/invited/{wave.pk}/thanks/").status_code == 403
    assert Participation.objects.filter(invitation=mira).exists()


def test_the_next_person_reads_nothing_that_was_typed(wave, mira):
    browser = opened(mira)
    press(browser, wave, 1, "shut", **PAGE_1)

    other = make_guest(wave, "bo@faraway.org")
    shown = opened(other, browser).get(url(wave))

    assert not is_filled(shown)


def test_the_browser_is_told_to_drop_the_pages_it_has_kept(wave, mira):
    browser = opened(mira)

    for left in (press(browser, wave, 1, "shut", **PAGE_1), browser.post(leave(wave))):
        assert left["Clear-Site-Data"] == '"cache"'


def test_only_the_link_of_this_survey_is_forgotten(wave, mira, cast):
    second = make_wave(cast.parks)
    browser = opened(make_guest(second), opened(mira))

    browser.post(leave(wave))

    assert browser.get(url(wave)).status_code == 403
    assert browser.get(url(second)).status_code == 200
    browser.post(leave(second))
    assert not browser.cookies[LINKS_COOKIE].value


def test_what_came_after_the_link_was_closed_is_not_kept_for_who_comes_next(wave, mira):
    browser = opened(mira)
    form = form_on(browser.get(url(wave)))
    browser.post(leave(wave))
    browser.post(url(wave), {**form, **PAGE_1, "go": "save"})

    browser.post(leave(wave))

    assert not is_filled(opened(mira, browser).get(url(wave)))


def test_twice_and_without_a_link_it_does_no_harm(wave, client):
    for _n in range(2):
        assert client.post(leave(wave))["Location"] == LEFT


def test_looking_closes_nothing_and_another_site_cannot_close_it(wave, mira):
    browser = opened(mira, Client(enforce_csrf_checks=True))

    assert browser.get(leave(wave)).status_code == 405
    assert browser.post(leave(wave)).status_code == 403
    assert browser.get(url(wave)).status_code == 200


def test_a_forged_cookie_holds_no_link(rf):
    request = rf.get("/")
    request.COOKIES[LINKS_COOKIE] = "forged"

    assert links_in(request) == {}
