"""Coming in with a personal link, as whoever got the mail would."""

from django.test import Client

from surveys.models import Invitation, Wave
from tests.factories.surveys import make_invitation, make_link
from tests.surveys.public_pages import PAGE_1, form_on


def opened(invitation: Invitation, client: Client | None = None) -> Client:
    """Return a browser in which a link of this invitation was opened."""
    client = client or Client()
    answer = client.get(f"/surveys/link/{make_link(invitation)}/")
    assert answer.status_code == 302, answer
    return client


def guest_of(wave: Wave, person) -> Client:
    """Return the browser of an invited person who is not signed in."""
    return opened(make_invitation(wave, person))


def url(wave: Wave, page: int = 1) -> str:
    return f"/surveys/invited/{wave.pk}/pages/{page}/"


def press(client: Client, wave: Wave, page: int, button: str, **fields):
    form = form_on(client.get(url(wave, page)))
    return client.post(url(wave, page), {**form, **fields, "go": button})


def answer(client: Client, wave: Wave, **fields):
    """Fill in both pages and hand them in; return the answer to the last button."""
    press(client, wave, 1, "next", **PAGE_1)
    return press(client, wave, 2, "submit", **fields)
