"""The pages of filling in serve whoever comes in by a door; here one that signs nobody in."""

import sys

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from buyin import urls as portal
from buyin.accounts.models import User
from surveys import urls
from surveys.models import BufferedResponse, Participation, Wave
from surveys.urls.answering import pages_of
from surveys.views.doors import PersonDoor
from tests.factories.surveys import make_wave
from tests.surveys.public_pages import PAGE_1, form_on

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class ByKey(PersonDoor):
    """Whoever shows somebody's address in a cookie answers as that person."""

    name = "key-"

    @property
    def person(self):
        return User.objects.get(email=self.request.COOKIES["key"])

    def refuse(self, page=0):
        return None if "key" in self.request.COOKIES else HttpResponse("No key", status=403)


SURVEYS = [*urls.urlpatterns, *pages_of(ByKey, "by-key/<int:wave>/")]
urlpatterns = [path("surveys/", include((SURVEYS, "surveys"))), *portal.urlpatterns]
for name in ("handler400", "handler403", "handler404", "handler500"):
    setattr(sys.modules[__name__], name, getattr(portal, name))


@pytest.fixture
def guest(cast):
    client = Client()
    client.cookies["key"] = cast.staff.email
    return client


def url(wave, page):
    return f"/surveys/by-key/{wave.pk}/pages/{page}/"


def press(client, wave, page, button, **fields):
    form = form_on(client.get(url(wave, page)))
    return client.post(url(wave, page), {**form, **fields, "go": button})


def test_a_person_who_is_not_signed_in_answers_behind_their_own_door(guest, wave, cast):
    start = guest.get(f"/surveys/by-key/{wave.pk}/")
    first = press(guest, wave, 1, "next", **PAGE_1)
    look = press(guest, wave, 2, "check", q_more="By link")
    sent = guest.post(url(wave, 2), {**form_on(guest.get(look.url)), "go": "submit"})

    assert start.headers["Location"] == url(wave, 1)
    assert first.headers["Location"] == url(wave, 2)
    assert look.headers["Location"] == f"/surveys/by-key/{wave.pk}/check/"
    assert sent.headers["Location"] == f"/surveys/by-key/{wave.pk}/thanks/"
    assert "We have your answers" in guest.get(sent.url).text
    assert Participation.objects.get().person == cast.staff
    assert BufferedResponse.objects.get().department == cast.roads


def test_nobody_is_signed_in_on_the_way(guest, wave):
    page = guest.get(url(wave, 1)).text

    assert "Sign in" in page
    assert "Staff Persona" not in page
    assert "session" not in guest.cookies


def test_a_draft_goes_on_behind_another_door_in_the_same_browser(guest, wave, cast):
    press(guest, wave, 2, "save", q_wish="canary")
    guest.force_login(cast.staff)

    assert "canary" in guest.get(f"/surveys/{wave.pk}/pages/2/").text


def test_one_answer_each_whichever_door_they_take(guest, wave, cast):
    press(guest, wave, 1, "next", **PAGE_1)
    press(guest, wave, 2, "submit")
    guest.force_login(cast.staff)

    assert guest.get(f"/surveys/{wave.pk}/").headers["Location"] == f"/surveys/{wave.pk}/thanks/"
    assert guest.get(url(wave, 1)).headers["Location"] == f"/surveys/by-key/{wave.pk}/thanks/"


def test_saving_to_go_on_later_stays_where_there_is_nowhere_else_to_go(guest, wave):
    saved = press(guest, wave, 2, "save", q_wish="later")

    assert saved.status_code == 200
    assert "Saved. Nothing was handed in yet." in saved.text


@pytest.mark.parametrize("part", ["", "pages/1/", "check/", "thanks/"])
def test_a_door_refuses_on_every_page(wave, part):
    refused = Client().get(f"/surveys/by-key/{wave.pk}/{part}")

    assert refused.status_code == 403
    assert refused.text == "No key"


def test_a_door_opens_only_what_asks_the_person(guest, cast):
    wave = make_wave(cast.clinic)

    assert guest.get(url(wave, 1)).status_code == 404
    assert guest.get(f"/surveys/by-key/{wave.pk}/check/").status_code == 404


def test_somebody_else_who_is_signed_in_stays_who_they_are(guest, wave, cast):
    guest.force_login(cast.neighbour)

    page = guest.get(url(wave, 1)).text
    press(guest, wave, 1, "next", **PAGE_1)
    press(guest, wave, 2, "submit")

    assert "Neighbour Persona" in page
    assert Participation.objects.get().person == cast.staff
    assert Wave.objects.get() == wave
