"""The look at all answers before they are handed in: complete, optional, and nothing is lost."""

import re
from html import unescape

import pytest
from django.utils.html import escape

from surveys.models import BufferedResponse, Draft, Participation, Response, Wave
from tests.factories.surveys import make_draft, make_participation, make_wave
from tests.surveys.test_fill import fill_first_page, press, url

TYPED: dict[str, str | list[str]] = {
    "useful": "4",
    "reasons": ["speed"],
    "helped": "no",
    "told": "dk",
    "hours": "3",
}


@pytest.fixture
def named(cast):
    return make_wave(cast.roads, anonymity="named")


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def look(client, wave):
    return client.get(f"/surveys/{wave.pk}/check/")


def said(answer):
    """Return question and answer of each line, without marks."""
    lines = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", answer.text, re.DOTALL)
    return {q: " ".join(re.sub(r"<[^>]+>", " ", a).split()) for q, a in lines}


def hand_in(client, wave, answer, **changes):
    """Press the button of the look as a browser would."""
    form = re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', answer.text)
    fields = {name: unescape(value) for name, value in form}
    return client.post(url(wave, 2), {**fields, "go": "submit", **changes})


def test_the_last_page_offers_a_look_that_saves_it_and_shows_everything_in_words(cast, staff):
    wave = make_wave(cast.roads)
    fill_first_page(staff, wave)

    answer = press(staff, wave, 2, "check", q_hours="3", q_more="One\nTwo <b>", q_wish="Time")

    assert answer.headers["Location"] == f"/surveys/{wave.pk}/check/"
    shown = said(look(staff, wave))
    assert shown["I was told what will change."] == "Don’t know"
    assert shown["How much time could you give to training?"] == "3 hours"
    assert shown["Anything else?"] == "One Two &lt;b&gt;"
    assert shown["Nobody asked me."] == "No answer"
    assert not Participation.objects.exists()


def test_each_answer_leads_back_to_its_place(staff, named, cast):
    make_draft(named, cast.staff, **TYPED)

    answer = look(staff, named)

    for page, anchor in re.findall(r'href="(/surveys/\d+/pages/\d/)#([\w-]+)"', answer.text):
        assert f'id="{anchor}"' in staff.get(page).text
    assert answer.text.count("/pages/1/#") == 5


def test_handing_in_from_the_look_stores_everything_once(cast, staff):
    wave = make_wave(cast.roads)
    fill_first_page(staff, wave)
    press(staff, wave, 2, "check", q_more="Kept", q_wish='A "quoted" wish')
    answer = look(staff, wave)

    first, again = hand_in(staff, wave, answer), hand_in(staff, wave, answer)

    assert first.headers["Location"] == again.headers["Location"] == f"/surveys/{wave.pk}/thanks/"
    stored = BufferedResponse.objects.get().answers
    assert (stored["more"], stored["wish"]) == ("Kept", 'A "quoted" wish')
    assert look(staff, wave).headers["Location"] == f"/surveys/{wave.pk}/thanks/"


def test_what_is_missing_is_said_on_the_look_and_at_its_place(staff, named, cast):
    make_draft(named, cast.staff, wish="Bread", hours="many")

    answer = look(staff, named)
    sent = hand_in(staff, named, answer)

    assert said(answer)["I was told what will change."] == "Problem: Choose an answer."
    assert "is not a number" in said(answer)["How much time could you give to training?"]
    assert sent.headers["Location"].endswith("/pages/1/?check=1")
    assert Draft.objects.get().typed == {"wish": "Bread", "hours": "many"}
    assert not Response.objects.exists()


def test_another_tab_that_changed_an_answer_meanwhile_is_not_overwritten(staff, named, cast):
    make_draft(named, cast.staff, **TYPED, wish="Old")
    answer = look(staff, named)
    press(staff, named, 2, "save", q_hours="3", q_wish="New")

    hand_in(staff, named, answer)

    assert Response.objects.get().answers["wish"] == "New"


def test_a_form_of_the_look_from_before_another_sign_in_comes_back_with_the_answers(
    sign_in, staff, named, cast
):
    make_draft(named, cast.staff, **TYPED, wish="Bread & roses")

    answer = hand_in(staff, named, look(staff, named), owner="somebody else")

    assert answer.status_code == 409
    assert escape("Bread & roses") in answer.text
    assert not Response.objects.exists()


def test_a_wave_that_is_over_has_nothing_to_look_at(staff, named, cast):
    make_draft(named, cast.staff, **TYPED)
    Wave.objects.update(closed_at=named.opens_at)

    assert look(staff, named).status_code == 410


def test_the_look_is_for_who_is_asked(sign_in, named, cast):
    make_participation(named, cast.staff)

    assert look(sign_in("neighbour"), named).status_code == 404
    assert look(sign_in("staff"), named).status_code == 302


def test_the_look_asks_as_few_questions_for_many_answers_as_for_one(
    staff, named, cast, django_assert_num_queries
):
    draft = make_draft(named, cast.staff, useful="4")
    look(staff, named)
    with django_assert_num_queries(2):
        look(staff, named)

    draft.typed = {**TYPED, "wish": "Bread", "more": "And roses"}
    draft.save()
    with django_assert_num_queries(2):
        look(staff, named)
