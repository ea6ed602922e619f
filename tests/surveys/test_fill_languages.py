"""Filling in a survey in one of its languages: the browser's, or the one that was chosen."""

import re

import pytest

from surveys.models import AnonymousDraft, Draft, Participation
from surveys.queries.filling import questions_of
from tests.factories.surveys import DEFINITION, make_draft_version, make_wave

FRENCH = {
    "useful.text": "L’assistant m’est utile.",
    "scales.agree5.1": "Pas du tout d’accord",
    "reasons.choices.speed": "Répondre plus vite",
    "hours.text": "Combien d’heures ?",
    "wish.text": "Un souhait",
    "intro": "Dites-nous tout.",
}
GERMAN = {"useful.text": "Der Assistent nützt mir."}
DEFINITION_3 = {**DEFINITION, "translations": {"fr": FRENCH, "de-ch": GERMAN}}


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


@pytest.fixture
def wave(cast):
    return make_wave(cast.roads, definition=DEFINITION_3, anonymity="named")


def page(wave, number=1):
    return f"/surveys/{wave.pk}/pages/{number}/"


def fields(answer, **changes):
    hidden = re.findall(r'name="(shown|receipt|owner)" value="([^"]*)"', answer.text)
    return {**{name: value.replace("&quot;", '"') for name, value in hidden}, **changes}


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("", "The assistant is useful"),
        ("fr", "L’assistant m’est utile."),
        ("fr-CA,fr;q=0.8,en;q=0.5", "L’assistant m’est utile."),
        ("de-CH", "Der Assistent nützt mir."),
        ("it,de-CH;q=0.5", "Der Assistent nützt mir."),
        ("it", "The assistant is useful"),
        ("en-GB,fr;q=0.9", "The assistant is useful"),
        ("*", "The assistant is useful"),
        (";;q=,\x7f", "The assistant is useful"),
    ],
)
def test_the_browser_gets_the_language_that_it_asks_for(staff, wave, wanted, text):
    answer = staff.get(page(wave), headers={"accept-language": wanted})

    assert text in answer.text


def test_the_questions_say_in_which_language_they_are(staff, wave):
    french = staff.get(page(wave), headers={"accept-language": "fr"}).text

    assert '<html lang="en"' in french
    assert '<div lang="fr">' in french
    assert "Pas du tout d’accord" in french
    assert "Répondre plus vite" in french
    assert "Dites-nous tout." in french
    assert "Checking my own decision" in french  # what is not translated stays as it is


def test_choosing_a_language_saves_what_was_typed_and_stays(staff, wave, cast):
    first = staff.get(page(wave, 2))
    assert "Combien" not in first.text

    typed = fields(first, q_wish="Tea", q_hours="nine", go="language:fr")
    answer = staff.post(page(wave, 2), typed)

    assert answer.headers["Location"] == page(wave, 2)
    assert Draft.objects.get().typed == {"wish": "Tea", "hours": "nine"}
    french = staff.get(page(wave, 2)).text
    assert "Combien d’heures ?" in french
    assert 'value="Tea"' in french
    assert "L’assistant m’est utile." in staff.get(page(wave, 1)).text


def test_a_chosen_language_is_stronger_than_that_of_the_browser(staff, wave):
    staff.post(page(wave), fields(staff.get(page(wave)), go="language:de-ch"))

    answer = staff.get(page(wave), headers={"accept-language": "fr"})

    assert "Der Assistent nützt mir." in answer.text
    cookie = staff.cookies["survey_language"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_a_chosen_language_that_another_survey_does_not_have_does_no_harm(staff, wave, cast):
    other = make_wave(cast.roads)
    staff.post(page(wave), fields(staff.get(page(wave)), go="language:fr"))

    answer = staff.get(page(other))

    assert "The assistant is useful" in answer.text
    assert "Language of the questions" not in answer.text


@pytest.mark.parametrize("go", ["language:it", "language:", "language", "language:fr:fr"])
def test_a_language_that_is_not_offered_is_not_kept(staff, wave, go):
    staff.post(page(wave), fields(staff.get(page(wave)), go=go))

    assert "survey_language" not in staff.cookies


def test_each_language_has_a_button_and_the_return_key_still_leads_on(staff, wave):
    text = staff.get(page(wave), headers={"accept-language": "fr"}).text
    buttons = re.findall(r"<button\b[^>]*>", text[text.index("data-autosave") :])

    assert [re.search(r'value="([^"]+)"', b)[1] for b in buttons[:4]] == [  # type: ignore[index]
        "next", "language:en", "language:fr", "language:de-ch",
    ]  # fmt: skip
    assert "aria-current" in buttons[2]
    last = staff.get(page(wave, 2)).text
    first = re.search(r"<button\b[^>]*>", last[last.index("data-autosave") :])
    assert first
    assert 'value="stay"' in first[0]


def test_answers_are_the_same_in_every_language(staff, wave, cast):
    french = {"headers": {"accept-language": "fr"}}
    first = fields(staff.get(page(wave), **french), q_useful="4", q_told="2", go="next")
    staff.post(page(wave), first, **french)
    last = fields(staff.get(page(wave, 2), **french), q_wish="Thé", go="submit")

    staff.post(page(wave, 2), last, **french)

    answers = Participation.objects.get().wave.responses.get().answers
    assert (answers["useful"], answers["wish"]) == (4, "Thé")


def test_what_is_wrong_is_said_in_the_language_of_the_respondent(staff, cast):
    rule = {"constraint": ". != 'x'", "constraint_message": "Not x."}
    pages = [{"code": "p", "questions": [{"code": "q", "type": "short_text", "text": "?", **rule}]}]
    french = {"fr": {"q.constraint_message": "Pas x."}}
    definition = {"schema": 1, "language": "en", "pages": pages, "translations": french}
    wave = make_wave(cast.roads, definition=definition)
    wanted = {"headers": {"accept-language": "fr"}}

    typed = fields(staff.get(page(wave), **wanted), q_q="x", go="submit")
    answer = staff.post(page(wave), typed, **wanted)

    assert "Pas x." in answer.text
    assert "Not x." not in answer.text
    assert not Participation.objects.exists()


def test_anonymous_drafts_go_through_a_change_of_language_too(staff, cast):
    wave = make_wave(cast.roads, definition=DEFINITION_3)
    staff.post(page(wave, 2), fields(staff.get(page(wave, 2)), q_wish="Tea", go="language:fr"))

    assert AnonymousDraft.objects.count() == 1
    assert 'value="Tea"' in staff.get(page(wave, 2)).text


def test_the_look_at_all_answers_is_in_the_same_language(staff, wave):
    answer = staff.get(f"/surveys/{wave.pk}/check/", headers={"accept-language": "fr"})

    assert 'lang="fr"' in answer.text
    assert "L’assistant m’est utile." in answer.text


@pytest.mark.parametrize("wanted", ["en", "fr"])
def test_a_page_in_any_language_costs_no_more_queries(
    staff, wave, wanted, django_assert_num_queries
):
    questions_of.cache_clear()
    staff.get(page(wave), headers={"accept-language": wanted})

    with django_assert_num_queries(2):
        staff.get(page(wave), headers={"accept-language": wanted})


def test_one_persons_language_is_not_shown_to_the_next(wave, sign_in):
    staff, other = sign_in("staff"), sign_in("staff")

    french = staff.get(page(wave), headers={"accept-language": "fr"}).text
    english = other.get(page(wave)).text

    assert "L’assistant" in french
    assert "L’assistant" not in english


def test_an_author_previews_every_language(sign_in, cast):
    version = make_draft_version(DEFINITION_3)
    lead = sign_in("lead")

    for part in ("preview", "frame"):
        address = f"/surveys/author/{version.survey_id}/{part}/1/"
        assert "L’assistant m’est utile." in lead.get(f"{address}?lang=fr").text
        assert "The assistant is useful" in lead.get(f"{address}?lang=xx").text
