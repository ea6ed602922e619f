"""The token against forgery in the form of a survey, which the portal masks by itself."""

import re
from collections import Counter

from django.http import HttpResponse
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CsrfViewMiddleware
from django.test import RequestFactory
from django.urls import reverse

from surveys.views.keeping import form_token
from tests.factories.surveys import make_wave

SECRET = "a1B2c3D4" * 4


def url(wave, page):
    return reverse("surveys:fill", args=[wave.pk, page])


def request_with(secret=SECRET, **sent):
    make = RequestFactory()
    request = make.post("/", sent) if sent else make.get("/")
    request.COOKIES["csrf"] = secret
    request.META["CSRF_COOKIE"] = secret
    return request


def refused(token, secret=SECRET):
    request = request_with(secret, csrfmiddlewaretoken=token)
    return CsrfViewMiddleware(lambda _r: HttpResponse()).process_view(request, HttpResponse, (), {})


def test_django_takes_every_token_for_its_secret_and_for_no_other(settings):
    settings.CSRF_COOKIE_NAME = "csrf"
    for _try in range(50):
        token = form_token(request_with())
        assert refused(token) is None
        assert refused(token, secret="z" * 32) is not None


def test_a_token_is_new_each_time_and_never_shows_the_secret():
    tokens = {form_token(request_with()) for _try in range(200)}

    assert len(tokens) == 200
    assert not any(SECRET in token for token in tokens)


def test_every_letter_of_the_mask_is_as_likely_as_any_other():
    seen = Counter("".join(form_token(request_with())[:32] for _try in range(2_000)))

    assert set(seen) == set(CSRF_ALLOWED_CHARS)
    expected = 2_000 * 32 / len(CSRF_ALLOWED_CHARS)
    # Six times the spread that chance allows; one symbol in five would be far outside.
    assert all(abs(n - expected) < 6 * expected**0.5 for n in seen.values()), seen


def test_a_browser_without_a_secret_gets_one_with_the_page(sign_in, cast):
    wave = make_wave(cast.roads)
    staff = sign_in("staff")
    staff.cookies.pop("csrf", None)

    page = staff.get(url(wave, 1))

    assert re.search(r'name="csrfmiddlewaretoken" value="[A-Za-z0-9]{64}"', page.text)
    assert any("csrf" in name for name in page.cookies)


def test_nobody_may_keep_a_page_with_answers(sign_in, cast):
    wave = make_wave(cast.roads)

    page = sign_in("staff").get(url(wave, 1))

    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]
