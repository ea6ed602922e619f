"""The way in for anybody: no account, no name, nothing that tells one browser from another."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from buyin import typed
from buyin.http import give_cookie
from surveys.forms.telling import AddressForm
from surveys.queries.filling import Asked, Respondent, definition_of
from surveys.queries.public import (
    ANYBODY,
    asked_publicly,
    closed_to_everybody,
    is_published,
    open_to_everybody,
)
from surveys.queries.telling import takes_addresses

from .doors import Door, Doubt
from .keeping import COOKIE_AGE
from .language import speak_to

REMEMBERED = f"{settings.COOKIE_PREFIX}answered"
SALT = "surveys.answered"
SHOWN = 10  # closed waves on the list
MOST = 20  # waves that one browser remembers
TRAP = "website"  # a field that no person sees; programs that fill in everything fill it in


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """List what everybody can answer now, and what has closed lately."""
    waves, closed = list(open_to_everybody()), list(closed_to_everybody()[:SHOWN])
    for wave in (*waves, *closed):
        speak_to(request, wave)
    context = {
        "waves": [(wave, definition_of(wave.version)) for wave in waves],
        "closed": closed,
    }
    return render(request, "surveys/public/list.html", context)


@login_not_required
@require_POST
def public_anew(request: HttpRequest, address: str) -> HttpResponse:
    """Begin anew for somebody else at the same browser."""
    return Public(request, address=address).forget()


class Public(Door):
    """The way in for everybody who has the address of a public wave.

    That a browser has answered is remembered by that browser alone, in a signed cookie.
    """

    name: ClassVar[str] = "public-"
    promise: ClassVar[str] = "surveys/public/_promise.html"
    thanks: ClassVar[str] = "surveys/public/thanks.html"
    closed: ClassVar[str] = "surveys/public/closed.html"
    trap: ClassVar[str] = TRAP
    small_print: ClassVar[str] = "surveys/public/_collection.html"

    @property
    def respondent(self) -> Respondent:
        """Return nobody in particular."""
        return ANYBODY

    @property
    def look(self) -> tuple[object, ...]:
        """Return what else is printed on each page."""
        printed = self.asked.wave.survey.basis.printed
        return (self.name, self.place["address"], *printed.values())

    def find(self) -> Asked | None:
        """Return the public wave at this address."""
        address = self.place["address"]
        receipt = remembered_in(self.request).get(address)
        secret = self.secret.text
        return asked_publicly(address, secret=secret, receipt=UUID(receipt) if receipt else None)

    def welcome(self) -> HttpResponse | None:
        """Return the page that says why this is asked and what becomes of the answers."""
        if not self.asked.is_taking and is_published(self.asked.wave):
            return redirect(self.url("results"))
        if self.asked.receipt:
            return None
        if waiting := self.waiting():
            return waiting
        context = {
            "asked": self.asked,
            "survey": self.asked.wave.survey,
            "definition": definition_of(self.asked.wave.version),
            "smallest_group": settings.SMALLEST_GROUP,
            "first": self.url("fill", page=1),
        }
        return render(self.request, "surveys/public/welcome.html", context)

    def too_late(self) -> dict[str, Any]:
        """Return whether one can still ask to be told about the result."""
        return {"takes_addresses": takes_addresses(self.asked.wave)}

    def aftermath(self) -> dict[str, Any]:
        """Return the form by which one can ask to be told about the result."""
        wave = self.asked.wave
        return {
            "wave": wave,
            "form": AddressForm() if takes_addresses(wave) else None,
            "is_published": is_published(wave),
        }

    def doubt(self) -> Doubt | None:
        """Return why this form looks like that of a program, or comes with too many others."""
        if self.request.POST.get(TRAP):
            notice = _(
                "Nothing was stored yet and nothing is lost. A field was filled in that is hidden "
                "from people. If you are one, please press the button once more."
            )
            return Doubt(notice, 422)
        if all(typed.may_send(self.request, kind) for kind in self._kinds()):
            return None
        notice = _(
            "Nothing was stored yet and nothing is lost. Too much was sent from your network at "
            "once. Please wait a minute, then press the button once more."
        )
        return Doubt(notice, 429)

    def _kinds(self) -> list[str]:
        """Return as what this form counts; whoever begins anew each time would fill the table."""
        if self.request.POST.get("go") == "submit":
            return ["public_answer"]
        return ["public_save"] if self.asked.draft else ["public_save", "public_begin"]

    def forget(self) -> HttpResponse:
        """Let the browser forget that it handed in, for the next person who sits down at it."""
        answered = remembered_in(self.request)
        answered.pop(self.asked.wave.address or "", None)
        return self._remembering(redirect(self.url("start")), answered)

    def remember(self, response: HttpResponse, receipt: UUID) -> HttpResponse:
        """Let the browser remember that it handed in; the portal keeps nothing of it."""
        answered = {**remembered_in(self.request), self.place["address"]: str(receipt)}
        return self._remembering(response, answered)

    def _remembering(self, response: HttpResponse, answered: dict[str, Any]) -> HttpResponse:
        text = signing.dumps(dict([*answered.items()][-MOST:]), salt=SALT)
        give_cookie(response, REMEMBERED, text, max_age=COOKIE_AGE)
        return response


def remembered_in(request: HttpRequest) -> dict[str, Any]:
    """Return the receipts that this browser holds by the address of the wave; none if forged."""
    try:
        answered: dict[str, Any] = signing.loads(request.COOKIES.get(REMEMBERED, ""), salt=SALT)
    except signing.BadSignature:
        return {}
    return answered
