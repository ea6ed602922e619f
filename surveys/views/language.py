"""In which of its languages a survey asks: as its respondent chose, else as the browser wants it."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from buyin.http import give_cookie
from surveys.models import Wave
from surveys.queries.filling import definition_of

COOKIE = f"{settings.COOKIE_PREFIX}survey_language"
CHOOSE = "language:"  # begins the name of the button that chooses one


def language_for(request: HttpRequest, offered: Sequence[str]) -> str:
    """Return one of the offered languages, the first where nobody wants another."""
    known = {language.lower(): language for language in offered}
    wanted = [request.COOKIES.get(COOKIE, "").lower()]
    header = request.headers.get("Accept-Language", "")
    wanted += [tag for tag, _weight in parse_accept_lang_header(header)]
    for tag in wanted:
        found = known.get(tag) or known.get(tag.partition("-")[0])
        if found:
            return found
    return offered[0]


def chosen_in(request: HttpRequest, offered: Sequence[str]) -> str:
    """Return the language whose button was pressed, nothing where none was."""
    name, sign, language = request.POST.get("go", "").partition(":")
    return language if name + sign == CHOOSE and language in offered else ""


def keep_language(response: HttpResponse, language: str) -> HttpResponse:
    """Return the response, which lets the browser remember a language until it is closed."""
    if language:
        give_cookie(response, COOKIE, language)
    return response


def speak_to(request: HttpRequest, wave: Wave) -> None:
    """Let the survey of a wave say its title and purpose as its questions will be asked."""
    if wave.survey.translations:
        definition = definition_of(wave.version)
        offered = [definition.language, *definition.languages]
        wave.survey.speak(language_for(request, offered))
