"""In which language an impact assessment asks: as chosen on its pages, else that of the portal."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from buyin.http import give_cookie
from buyin.initiatives.assessment import LANGUAGES

COOKIE = f"{settings.COOKIE_PREFIX}impact_language"
CHOOSE = "language:"  # begins the name of the button that chooses one


def chosen_in(request: HttpRequest) -> str:
    """Return the language whose button or link was pressed, nothing where none was."""
    pressed = request.POST.get("go", "")
    language = pressed.removeprefix(CHOOSE) if pressed.startswith(CHOOSE) else ""
    language = language or request.GET.get("language", "")
    return language if language in LANGUAGES else ""


def language_for(request: HttpRequest) -> str:
    """Return the language in which this request is answered."""
    wanted = (request.COOKIES.get(COOKIE, ""), (get_language() or "")[:2])
    known = (language for language in wanted if language in LANGUAGES)
    return chosen_in(request) or next(known, "en")


def keep_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response, which lets the browser remember the chosen language until it is closed."""
    if language := chosen_in(request):
        give_cookie(response, COOKIE, language)
    return response
