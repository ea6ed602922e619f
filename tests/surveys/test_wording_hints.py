"""Hints about words in the languages that are known, and honesty about the others."""

import pytest

from buyin.reading import reading_ease, syllables_in
from surveys.building.wording import LANGUAGES, hints_about, is_checked
from tests.factories.surveys import DEFINITION, make_draft_version

LEADS, TWICE, DENIES = "may lead", "two things", "Two words that deny"


@pytest.mark.parametrize(
    ("language", "text", "hint"),
    [
        ("es", "¿No cree que la herramienta es buena?", LEADS),
        ("es", "Por supuesto, ahorra tiempo.", LEADS),
        ("es", "¿Está de acuerdo en que ayuda?", LEADS),
        ("es", "Es rápida y sencilla.", TWICE),
        ("es", "No entiendo por qué no ayuda.", DENIES),
        ("fr", "Ne pensez-vous pas que l’outil aide ?", LEADS),
        ("fr", "Évidemment, il fait gagner du temps.", LEADS),
        ("fr", "Êtes-vous d’accord pour dire qu’il aide ?", LEADS),
        ("fr", "L’outil est rapide et simple.", TWICE),
        ("fr", "Je ne sais pas pourquoi il n’aide pas.", DENIES),
        ("de", "Finden Sie nicht, dass es hilft?", LEADS),
        ("de-AT", "Natürlich spart es Zeit.", LEADS),
        ("de", "Wie hilfreich war die Schulung?", LEADS),
        ("de", "Es ist schnell und einfach.", TWICE),
        ("de", "Ich weiß nicht, warum niemand fragt.", DENIES),
    ],
)
def test_words_that_lead_ask_twice_or_deny_twice_are_named(language, text, hint):
    assert any(hint in found for found in hints_about(text, "likert", language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "No me ayuda nada."),
        ("es", "¿Qué le ayudaría más?"),
        ("es", "Sé cómo usarla."),
        ("fr", "Il ne m’aide pas."),
        ("fr", "Il n’y a rien à faire."),
        ("fr", "Qu’est-ce qui vous aiderait le plus ?"),
        ("de", "Es hilft mir nicht."),
        ("de", "Vor- und Nachteile kenne ich."),
        ("de", "Was würde Ihnen am meisten helfen?"),
        ("ja", "もちろん、これは速くて簡単です。"),
        ("pt", "Claro, é rápida e fácil."),
    ],
)
def test_plain_words_are_left_in_peace(language, text):
    assert list(hints_about(text, "likert", language)) == []


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("día", 2), ("leer", 2), ("agua", 2), ("aire", 2), ("ciudad", 2), ("construyó", 3),
        ("muy", 1), ("rey", 1), ("país", 2), ("que", 1), ("herramienta", 4), ("sol", 1),
        ("xyz", 1), ("ÁREA", 3),
    ],
)  # fmt: skip
def test_spanish_syllables_are_counted_by_their_vowels(word, syllables):
    assert syllables_in(word, "es") == syllables


def test_reading_ease_in_spanish_is_what_its_formula_gives():
    text = "sol pan mar luz paz fin. " * 5

    assert reading_ease(text, "es-mx") == pytest.approx(206.835 - 62.3 - 6, abs=0.1)
    hard = "La interoperabilidad organizativa requiere estandarizaciones administrativas. " * 6
    assert (reading_ease(hard, "es") or 99) < 10


def test_what_is_not_known_is_said_to_be_so():
    assert set(LANGUAGES) == {"en", "es", "fr", "de"}
    assert is_checked("fr-CA")
    assert not is_checked("pt")
    assert reading_ease("palavra " * 40, "pt") is None


@pytest.mark.parametrize(("language", "is_told"), [("pt", True), ("es", False), ("en", False)])
def test_the_outline_says_for_which_languages_words_are_not_checked(
    sign_in, cast, language, is_told
):
    draft = make_draft_version({**DEFINITION, "language": language})

    page = sign_in("lead").get(f"/surveys/author/{draft.survey_id}/questions/").text

    assert ("are not checked for" in page) is is_told
    assert ("português" in page.lower()) is is_told
