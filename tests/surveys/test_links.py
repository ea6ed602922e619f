"""A personal link opens one survey for whoever holds it, and signs nobody in to anything."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.utils import timezone

from buyin.http import LINKS_COOKIE
from surveys.actions import close_wave, flush_group
from surveys.models import BufferedResponse, Participation, PersonalLink, Response, Signature
from surveys.views import links
from tests.factories.surveys import (
    make_draft,
    make_invitation,
    make_link,
    make_participation,
    make_wave,
)
from tests.surveys.links import answer, guest_of, opened, press, url
from tests.surveys.public_pages import PAGE_1, form_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(wave, cast):
    return make_invitation(wave, cast.staff)


@pytest.fixture
def guest(invitation):
    return opened(invitation)


def test_the_link_leads_to_the_first_page_and_is_not_in_its_address(invitation):
    client, token = Client(), make_link(invitation)

    answer = client.get(f"/surveys/link/{token}/", follow=True)

    assert [where for where, _status in answer.redirect_chain] == [
        f"/surveys/invited/{invitation.wave_id}/",
        url(invitation.wave),
    ]
    assert "Permit assistant" in answer.text
    assert token not in answer.text


def test_the_link_is_told_to_no_other_site_and_kept_by_no_cache(invitation):
    for page in ("", "stop/"):
        answer = Client().get(f"/surveys/link/{make_link(invitation)}/{page}")

        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]


def test_only_the_hash_of_a_link_is_stored(invitation):
    token = make_link(invitation)

    assert len(token) >= 43
    assert token not in PersonalLink.objects.get().token_hash


def test_who_comes_by_link_answers_without_being_signed_in(guest, wave, cast):
    sent = answer(guest, wave, q_wish="A quiet room")

    thanks = guest.get(sent.url)
    assert sent.url == f"/surveys/invited/{wave.pk}/thanks/"
    assert "We have your answers" in thanks.text
    assert Participation.objects.get().person == cast.staff
    assert BufferedResponse.objects.get().department == cast.roads
    assert "Sign in" in thanks.text
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "page", ["/surveys/", "/people/me/", "/surveys/panels/", "/reports/preferences/", "/admin/"]
)
def test_the_link_opens_no_other_page(guest, page):
    assert guest.get(page).headers["Location"].startswith(("/accounts/login/", "/admin/login/"))


def test_the_link_opens_no_other_wave_not_even_one_that_asks_the_same_person(guest, cast):
    other = make_wave(cast.roads)
    make_invitation(other, cast.staff)

    assert guest.get(url(other)).status_code == 403
    assert guest.get(f"/surveys/{other.pk}/").headers["Location"].startswith("/accounts/login/")


def test_the_link_opens_no_program_address(guest, wave):
    assert guest.get("/api/v1/my/waves/").status_code == 403
    assert guest.get(f"/api/v1/my/waves/{wave.pk}/").status_code == 403


def test_a_token_in_the_cookie_of_another_wave_opens_nothing(guest, wave, cast):
    other = make_wave(cast.roads)
    token = signing.loads(guest.cookies[LINKS_COOKIE].value, salt=links.SALT)[str(wave.pk)]
    forged = signing.dumps({str(other.pk): token}, salt=links.SALT)

    guest.cookies[LINKS_COOKIE] = forged

    assert guest.get(url(other)).status_code == 403


def test_a_cookie_that_was_changed_or_is_too_old_opens_nothing(guest, wave, time_machine):
    time_machine.move_to(timezone.now() + dt.timedelta(hours=settings.SESSION_HOURS, minutes=1))
    assert guest.get(url(wave)).status_code == 403

    guest.cookies[LINKS_COOKIE] = guest.cookies[LINKS_COOKIE].value[:-1] + "x"
    assert guest.get(url(wave)).status_code == 403


def test_opening_another_link_makes_an_older_one_no_younger(guest, wave, cast, time_machine):
    other = make_wave(cast.roads)
    start = timezone.now()
    time_machine.move_to(start + dt.timedelta(hours=settings.SESSION_HOURS - 1))
    opened(make_invitation(other, cast.staff), guest)
    assert guest.get(url(wave)).status_code == 200

    time_machine.move_to(start + dt.timedelta(hours=settings.SESSION_HOURS, minutes=1))

    assert guest.get(url(wave)).status_code == 403
    assert guest.get(url(other)).status_code == 200


def test_who_signs_out_closes_the_links_that_were_opened_in_this_browser(cast, sign_in):
    wave = make_wave(cast.roads, anonymity="named")
    make_draft(wave, cast.staff, wish="from my desk")
    browser = opened(make_invitation(wave, cast.staff), sign_in("staff"))
    assert "from my desk" in browser.get(url(wave, 2)).text

    browser.post("/accounts/logout/")

    after = browser.get(url(wave, 2))
    assert after.status_code == 403
    assert "from my desk" not in after.text


def test_the_cookie_is_read_by_the_portal_alone(guest):
    cookie = guest.cookies[LINKS_COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_what_is_no_link_is_told_from_nothing_else(invitation):
    real = make_link(invitation)

    for made_up in ("x", real[:-1], real.swapcase(), PersonalLink.objects.get().token_hash):
        answer = Client().get(f"/surveys/link/{made_up}/")
        assert answer.status_code == 404
        assert "This link does not work" in answer.text


def test_who_tries_many_links_is_stopped_and_those_with_a_real_one_are_not(invitation):
    tries = [Client().get(f"/surveys/link/guess-{n}/").status_code for n in range(32)]

    assert tries == [404] * 30 + [429] * 2
    assert Client().get(f"/surveys/link/{make_link(invitation)}/").status_code == 302


def test_the_link_of_a_closed_account_opens_nothing_also_where_it_was_opened(guest, wave, cast):
    cast.staff.is_active = False
    cast.staff.save()

    assert guest.get(url(wave)).status_code == 403
    assert guest.post(url(wave), {"go": "submit"}).status_code == 403
    assert not Participation.objects.exists()


def test_the_link_ends_with_the_wave_and_its_grace(invitation, wave):
    closed_at = timezone.now() - dt.timedelta(minutes=10)
    wave.closes_at = closed_at
    wave.save()

    in_grace = opened(invitation)
    assert "We still take what you send" in in_grace.get(url(wave)).text

    wave.closes_at = closed_at - wave.grace
    wave.save()
    late = opened(invitation).get(url(wave))
    assert late.status_code == 410
    assert "This survey has closed" in late.text
    assert "You need not do anything" in late.text


def test_who_answers_while_the_wave_closes_keeps_the_text_and_is_told(guest, wave):
    form = form_on(guest.get(url(wave, 2)))
    close_wave(wave=wave.pk, by=None)

    late = guest.post(url(wave, 2), {**form, "q_wish": "Do not lose me", "go": "submit"})

    assert late.status_code == 410
    assert "Do not lose me" in late.text


def test_the_link_of_somebody_who_has_answered_says_so_kindly(invitation, wave, cast):
    make_participation(wave, cast.staff)

    page = Client().get(f"/surveys/link/{make_link(invitation)}/", follow=True)

    assert page.status_code == 200
    assert "Thank you. We have your answers." in page.text
    assert "Your link has done its work" in page.text


def test_all_links_of_an_invitation_are_one_way_in_and_one_answer_counts(invitation, wave, cast):
    first, second = opened(invitation), opened(invitation)
    form = form_on(second.get(url(wave, 2)))
    answer(first, wave)

    again = second.post(url(wave, 2), {**form, "go": "submit"})

    assert again.headers["Location"] == f"/surveys/invited/{wave.pk}/thanks/?second"
    assert Participation.objects.count() == BufferedResponse.objects.count() == 1


def test_an_answer_by_link_is_the_answer_of_the_person_who_signs_in_later(guest, wave, sign_in):
    answer(guest, wave)

    mine = sign_in("staff").get(f"/surveys/{wave.pk}/")

    assert mine.headers["Location"] == f"/surveys/{wave.pk}/thanks/"


def test_a_draft_goes_on_when_the_link_is_opened_again_in_this_browser(guest, invitation, wave):
    press(guest, wave, 2, "save", q_wish="half a wish")
    del guest.cookies[LINKS_COOKIE]

    again = guest.get(f"/surveys/link/{make_link(invitation)}/", follow=True)

    assert again.redirect_chain[-1][0] == url(wave, 1)
    assert "half a wish" in guest.get(url(wave, 2)).text


def test_the_draft_of_a_named_wave_goes_on_on_any_device(cast):
    wave = make_wave(cast.roads, anonymity="named")
    make_draft(wave, cast.staff, wish="from my desk")

    page = guest_of(wave, cast.staff).get(url(wave, 2))

    assert "from my desk" in page.text


def test_a_named_answer_by_link_carries_the_name_as_it_promised(cast):
    wave = make_wave(cast.roads, anonymity="named")

    answer(guest_of(wave, cast.staff), wave)

    assert Signature.objects.get().person == cast.staff


def test_what_is_sent_without_the_link_is_kept_until_the_link_is_opened(guest, invitation, wave):
    form = form_on(guest.get(url(wave, 2)))
    del guest.cookies[LINKS_COOKIE]

    refused = guest.post(url(wave, 2), {**form, "q_wish": "Do not lose me", "go": "next"})
    back = guest.get(f"/surveys/link/{make_link(invitation)}/", follow=True)

    assert refused.status_code == 403
    assert "open the link from your mail again" in refused.text
    assert back.redirect_chain[-1][0] == url(wave, 2)
    assert "Do not lose me" in back.text
    assert "Do not lose me" not in guest.get(url(wave, 2)).text


def test_what_was_kept_comes_back_to_whoever_typed_it_only(guest, wave, cast):
    form = form_on(guest.get(url(wave, 2)))
    del guest.cookies[LINKS_COOKIE]
    guest.post(url(wave, 2), {**form, "q_wish": "canary", "go": "next"})

    other = opened(make_invitation(wave, cast.neighbour), guest)

    assert "canary" not in other.get(url(wave, 2)).text


def test_a_script_that_saves_without_the_link_is_told(guest, wave):
    form = form_on(guest.get(url(wave, 1)))
    del guest.cookies[LINKS_COOKIE]

    assert guest.post(url(wave), {**form, "go": "autosave"}).status_code == 401


def test_whoever_is_signed_in_goes_on_by_their_own_way_where_no_link_was_opened(sign_in, wave):
    there = sign_in("staff").get(url(wave))

    assert there.headers["Location"] == f"/surveys/{wave.pk}/"


def test_the_link_of_somebody_else_is_not_used_by_who_is_signed_in(invitation, wave, sign_in):
    neighbour = opened(invitation, sign_in("neighbour"))

    for page in (url(wave), f"/surveys/invited/{wave.pk}/", f"/surveys/invited/{wave.pk}/check/"):
        answer = neighbour.get(page)
        assert answer.status_code == 403
        assert "This link was sent to somebody else" in answer.text
    assert neighbour.post(url(wave), {"go": "submit"}).status_code == 403
    assert not Participation.objects.exists()


def test_the_page_of_thanks_tells_nothing_that_only_people_of_the_agency_may_read(cast):
    first = make_wave(cast.roads, closed_at=timezone.now())
    Response.objects.bulk_create(
        Response(wave=first, department=cast.roads, answers={}, week="2026-W40") for _n in range(12)
    )
    wave = make_wave(cast.roads, number=2)
    type(wave).objects.filter(pk=wave.pk).update(survey=first.survey, version=first.version)
    wave.refresh_from_db()
    make_participation(wave, cast.staff)

    page = guest_of(wave, cast.staff).get(f"/surveys/invited/{wave.pk}/thanks/")

    assert "Thank you" in page.text
    assert "Last time" not in page.text


def test_a_link_cannot_fill_the_table_of_drafts(invitation, wave):
    answers = []
    for _n in range(22):  # a new browser each time: every draft would be one more row
        client = opened(invitation)
        answers.append(press(client, wave, 1, "autosave", q_useful="4").status_code)

    assert answers == [200] * 20 + [429] * 2


def test_nothing_leads_from_an_answer_by_link_to_the_link(cast, wave, settings):
    settings.SMALLEST_GROUP = 2
    for person in (cast.staff, cast.neighbour):
        person.department = cast.roads
        person.save()
        answer(guest_of(wave, person), wave, **PAGE_1)

    flush_group(wave=wave.pk, department=cast.roads.pk)

    known = {field.name for field in Response._meta.get_fields()}
    assert known == {"id", "department", "answers", "wave", "week", "signature"}
    assert not Signature.objects.exists()
    assert Response.objects.count() == 2
