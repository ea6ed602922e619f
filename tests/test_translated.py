"""Every text that a person can read goes through gettext: shown with a language of brackets."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from buyin.accounts.models import Department, User
from buyin.initiatives.models import Initiative
from buyin.views import server_error
from tests.pages import PAGES
from tests.pseudo import bracket, untranslated
from tests.shown import Shown


def names_of_the_agency():
    """Return what people typed: names of people, departments and initiatives."""
    people = User.objects.order_by("pk")
    return {
        settings.AGENCY_NAME,
        *people.values_list("name", flat=True),
        *people.values_list("email", flat=True),
        *(person.get_short_name() for person in people),
        *Department.objects.values_list("name", flat=True),
        *Department.objects.values_list("code", flat=True),
        *Initiative.objects.values_list("name", flat=True),
    } - {""}


@pytest.mark.evaluation
@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_nothing_on_the_page_was_forgotten_in_translation(shown: Shown, cast, sign_in, monkeypatch):
    found = shown.make(cast)
    bracket(monkeypatch)

    answer = sign_in(shown.who).get(shown.path.format(**found))

    assert answer.status_code == shown.status
    assert untranslated(answer.text, written=names_of_the_agency() | set(shown.written)) == []


@pytest.mark.parametrize("sent", [{}, {"story": "Hard to read", "password": "x"}])
def test_nothing_on_the_page_of_a_failure_was_forgotten(sent, settings, monkeypatch):
    settings.AGENCY_CONTACT = "help@fairhaven.example"
    bracket(monkeypatch)
    ask = RequestFactory().post if sent else RequestFactory().get

    answer = server_error(ask("/initiatives/add/", sent))

    written = {settings.AGENCY_NAME, settings.AGENCY_CONTACT, *sent, *sent.values()}
    assert untranslated(answer.text, written=written) == []


@pytest.mark.parametrize(
    ("page", "forgotten"),
    [
        ("<p>⟦Good morning⟧, Ines</p>", []),
        ("<p>⟦Read <a>the decision</a> now⟧ 12 %</p>", []),
        ("<p>Hello <b>⟦you⟧</b></p>", ["Hello"]),
        ('<nav aria-label="Main"></nav>', ["Main"]),
        ('<nav aria-label="⟦Main⟧"></nav>', []),
        ("<script>let words = 1</script><title>⟦For you⟧ – Ines</title>", []),
    ],
)
def test_the_reader_finds_what_stands_outside_the_brackets(page, forgotten):
    assert untranslated(page, written={"Ines"}) == forgotten
