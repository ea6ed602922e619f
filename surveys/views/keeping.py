"""What a browser brings along besides answers: its secret, its owner's mark, and rescued pages."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CsrfViewMiddleware, get_token
from django.utils.crypto import constant_time_compare

from buyin import typed
from buyin.http import give_cookie
from surveys.queries.filling import Respondent
from surveys.sealing import COOKIE, new_secret, seal_for, secret_in

COOKIE_AGE = 40 * 24 * 3600
RESCUED = "rescued_page"
LONGEST_RESCUE = 400_000
KEPT_BY_NOBODY = "max-age=0, no-cache, no-store, must-revalidate, private"

SYMBOLS = len(CSRF_ALLOWED_CHARS)
PLACE_OF = {symbol: number for number, symbol in enumerate(CSRF_ALLOWED_CHARS)}
TWICE = CSRF_ALLOWED_CHARS * 2  # a place and one more lead round the symbols without a division
SYMBOL_OF = bytes(ord(CSRF_ALLOWED_CHARS[byte % SYMBOLS]) for byte in range(256))
UNEVEN = bytes(range(256 - 256 % SYMBOLS, 256))  # the others fall on each symbol equally often


@dataclass
class Secret:
    """The secret of one browser; `is_new` where the answer has to bring it there."""

    text: str
    is_new: bool

    def give(self, response: HttpResponseBase) -> None:
        """Put the secret into the browser, where only the portal can read it."""
        give_cookie(response, COOKIE, self.text, max_age=COOKIE_AGE)


def secret_of(request: HttpRequest) -> Secret:
    """Return the secret that this browser holds, or a new one."""
    text = secret_in(request.COOKIES)
    return Secret(text or new_secret(), is_new=not text)


def owner_mark(respondent: Respondent, wave: int) -> str:
    """Return what a form carries to tell whose answers are typed in it, without saying who."""
    about = f"{wave}:{respondent.key}".encode()
    return hmac.digest(_owner_key(settings.SECRET_KEY), about, "sha256").hex()[:32]


@lru_cache(maxsize=2)
def _owner_key(secret: str) -> bytes:
    """Return the key of these marks as `salted_hmac` makes it, which would be anew for each mark."""
    return hashlib.sha256(b"surveys.owner" + secret.encode()).digest()


def is_owner(mark: str, respondent: Respondent, wave: int) -> bool:
    """Return whether a form was opened by this respondent."""
    return constant_time_compare(mark, owner_mark(respondent, wave))


def rescue(request: HttpRequest, wave: int, page: int) -> HttpResponse:
    """Keep a page that came without a valid session, and lead to the sign-in and back."""
    return kept_aside(request, wave, page, redirect_to_login(request.get_full_path()))


def kept_aside(request: HttpRequest, wave: int, page: int, response: HttpResponse) -> HttpResponse:
    """Return the response, and keep the page that was sent until whoever sent it is known again.

    The page is sealed with the browser's secret before it goes into the session, which soon may
    belong to a person: an anonymous answer must not lie beside a name.
    """
    # A browser sends no cookies with another site's form, but would take ours: a new session would
    # sign the person out, and a new secret would shut all their drafts for good.
    if request.method != "POST" or typed.is_foreign(request):
        return response
    fields = {name: request.POST.getlist(name) for name in request.POST}
    fields.pop("csrfmiddlewaretoken", None)
    is_long = sum(map(len, map(str, fields.values()))) >= LONGEST_RESCUE
    if is_long or not typed.may_keep(request):
        return typed.give_back(request) or response
    secret = secret_of(request)
    sealed = seal_for(secret.text, RESCUED).close([wave, page, fields])
    request.session[RESCUED] = base64.b64encode(sealed).decode()
    secret.give(response)
    return response


def rescued(
    request: HttpRequest, respondent: Respondent, wave: int, page: int
) -> dict[str, list[str]] | None:
    """Return, once, the fields of this page as they were kept when it was known whose they are."""
    if RESCUED not in request.session:
        return None
    content = _kept_in(request)
    if content is not None and content[:2] != [wave, page]:
        return None
    del request.session[RESCUED]
    fields: dict[str, list[str]] | None = content[2] if content else None
    is_theirs = fields and is_owner("".join(fields.get("owner", [])), respondent, wave)
    return fields if is_theirs else None


def page_kept(request: HttpRequest, wave: int) -> int:
    """Return the number of the page of this wave that is kept, 0 where none is."""
    content = _kept_in(request) if RESCUED in request.session else None
    return content[1] if content and content[0] == wave else 0


def forget_kept(request: HttpRequest, wave: int) -> None:
    """Forget the page of this wave that is kept until it is known whose it is."""
    if page_kept(request, wave):
        del request.session[RESCUED]


def _kept_in(request: HttpRequest) -> Any:
    """Return what lies in the session as far as this browser can open it."""
    sealed = base64.b64decode(request.session[RESCUED])
    return seal_for(secret_of(request).text, RESCUED).open(sealed)


def csrf_failure(request: HttpRequest) -> HttpResponseBase | None:
    """Return the portal's answer to a form that fails the check against forgery, None if it holds.

    The fill page checks by itself so that it can show everything typed in its own form again.
    """
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    return check.process_view(request, HttpResponse, (), {})


def form_token(request: HttpRequest) -> str:
    """Return the token against forgery for a form, as `get_token` would.

    Django draws each letter of the mask by itself, which is a twentieth of all work on this page. Here
    one draw makes them all, as evenly. The cookie is not sent again: it holds for a year, other pages
    renew it, and a form that comes after that is shown once more with everything in it.
    """
    secret = request.META.get("CSRF_COOKIE")
    if secret is None:
        return get_token(request)
    mask = ""
    while len(mask) < len(secret):
        mask += secrets.token_bytes(48).translate(SYMBOL_OF, UNEVEN).decode()
    mask = mask[: len(secret)]
    cipher = [TWICE[PLACE_OF[x] + PLACE_OF[y]] for x, y in zip(secret, mask, strict=True)]
    return mask + "".join(cipher)


def kept_by_nobody[**P, R: HttpResponseBase](view: Callable[P, R]) -> Callable[P, R]:
    """Return the view, with the word to browsers and proxies not to keep what it answers."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = KEPT_BY_NOBODY
        return response

    return answer
