"""What other sites and made-up addresses can do to the page that people fill in: nothing."""

import pytest
from django.conf import settings
from django.test import Client

from buyin.accounts.models import Session
from surveys.sealing import COOKIE
from tests.factories.surveys import make_wave

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "told",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_a_form_on_another_site_replaces_neither_the_session_nor_the_key_of_drafts(cast, told):
    # Browsers send no cookies with such a form, but would take those of the answer.
    wave = make_wave(cast.roads)

    answer = Client().post(
        f"/surveys/{wave.pk}/pages/1/",
        {"go": "next", "q_useful": "4"},
        headers=told,
    )

    assert answer.status_code == 302
    assert COOKIE not in answer.cookies
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_beyond_the_limit_a_stranger_gets_their_answers_back_and_the_portal_keeps_none(cast):
    wave = make_wave(cast.roads)
    typed = {"go": "next", "q_useful": "4", "q_wish": "A quieter room, please"}

    answers = [Client().post(f"/surveys/{wave.pk}/pages/1/", typed) for _ in range(31)]

    assert [answer.status_code for answer in answers] == [302] * 30 + [403]
    assert "A quieter room, please" in answers[-1].text
    assert 'name="q_useful" value="4"' in answers[-1].text
    assert COOKIE not in answers[-1].cookies
    assert Session.objects.count() == 30


@pytest.mark.parametrize("part", ["", "pages/1/", "thanks/"])
def test_a_number_that_no_wave_can_have_is_not_found(sign_in, part):
    assert sign_in("staff").get(f"/surveys/{10**24}/{part}").status_code == 404
