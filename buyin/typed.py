"""What a person typed into a form that could not be taken, so that nothing of it is lost."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

# What nobody should find on a page again: passwords, codes of a second factor, and the old token.
SECRET_FIELD = re.compile(r"password|secret|token|otp|^code$|credential", re.IGNORECASE)
TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105
SESSION_KEY = "typed"
MOST_KEPT = 300_000
UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they came, without what is secret."""

    path: str = ""
    sent: list[tuple[str, str]] = field(default_factory=list)
    lost_secrets: bool = False
    lost_files: bool = False

    @property
    def written(self) -> list[str]:
        """Return the texts that took time to write, as opposed to choices, numbers and codes."""
        return [text for _name, text in self.sent if " " in text.strip()]


def typed_in(request: HttpRequest) -> Typed:
    """Return what the request's form held; nothing where it cannot be read."""
    try:
        fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
        names = {name for name, _text in fields} - {TOKEN_FIELD}
        return Typed(
            path=request.get_full_path(),
            sent=[(name, text) for name, text in fields if not SECRET_FIELD.search(name)],
            lost_secrets=any(SECRET_FIELD.search(name) for name in names),
            lost_files=bool(request.FILES),
        )
    except UNREADABLE:
        return Typed()


def offered(request: HttpRequest) -> Typed:
    """Return what a page may offer to be sent once more; nothing of what another site has sent.

    Its words would stand on a page of the portal, above a button that sends them as this person.
    """
    return Typed() if is_foreign(request) else typed_in(request)


def is_foreign(request: HttpRequest) -> bool:
    """Return whether the browser says that another site sent this form.

    Other sites of the agency are foreign too. Old browsers, and all where the portal has no
    certificate, name the origin only.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return False
    try:
        return origin.partition("://")[2] != request.get_host()
    except SuspiciousOperation:  # the request names no host of ours
        return True


def keep(request: HttpRequest) -> bool:
    """Keep what was typed in the session until it is sent again; return whether there was any."""
    typed = typed_in(request)
    if not typed.sent or sum(len(text) for _name, text in typed.sent) > MOST_KEPT:
        return False
    if not may_keep(request):
        return False
    request.session[SESSION_KEY] = asdict(typed)
    return True


def may_keep(request: HttpRequest) -> bool:
    """Return whether this address may have one more form kept, and count it.

    Whoever is signed out can send as much as they like; it must not fill the session table.
    """
    return may_send(request, "keep_typed")


def may_send(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Return whether this address may send one more form of a kind, and count it in the cache.

    Opening a page counts too. Where a limit goes by a key, it is the key that is counted.
    """
    try:
        usage = ratelimit.consume(
            request, app="allauth.account", action=action, key=key or None, limit_get=True
        )
    except PermissionDenied:  # the address is not known
        return False
    return usage is not None


def give_back(request: HttpRequest) -> HttpResponse | None:
    """Return a page that shows a stranger what they typed, to be sent once they have signed in."""
    typed = typed_in(request)
    if not typed.sent:
        return None
    response = render(request, "signed_out.html", {"typed": typed}, status=403)
    add_never_cache_headers(response)
    return response


def kept(request: HttpRequest) -> Typed:
    """Return what was kept in this session; nothing where nothing was."""
    stored: dict[str, Any] = request.session.get(SESSION_KEY, {})
    return Typed(**stored)


def forget_if_sent(request: HttpRequest) -> None:
    """Forget what was kept once it arrives at its address again."""
    if SESSION_KEY in request.session and kept(request).path == request.get_full_path():
        del request.session[SESSION_KEY]
