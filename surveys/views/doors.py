"""Ways in to a survey: who comes, how they are known, and where their pages are.

The pages of filling in are the same for everybody. A door is made for each request; what differs
between people who are signed in, who come with a link or who are nobody in particular stands in
theirs, and nowhere else. `pages_of` gives a door its addresses.
"""

from abc import ABC, abstractmethod
from functools import cached_property
from http import HTTPStatus
from typing import Any, ClassVar, NamedTuple, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.http import Request
from surveys.queries.filling import Asked, Filling, Respondent, asked_in, filling_of
from surveys.queries.results import last_time
from surveys.queries.sharing import is_shared_with

from . import keeping
from .language import speak_to

AUTOSAVE = "autosave"


class Doubt(NamedTuple):
    """Why a form is not taken yet, in words for whoever sent it, and the status to say so with."""

    notice: str
    status: int


class Door(ABC):
    """One way in to one wave.

    `name` begins the names of its addresses; `promise`, `thanks`, `closed` and `paused` are the
    templates of what is stored, of the page after the last one, and of the pages for those who come
    too late or while the wave is paused.
    `by_link` says whether a link leads here, which can be closed on a computer that others use.
    `trap` is the name of a field for programs to fill in, which no person sees, and `small_print`
    the template of what stands below every page.
    """

    name: ClassVar[str] = ""
    promise: ClassVar[str] = "surveys/_promise_anonymous.html"
    thanks: ClassVar[str] = "surveys/thanks.html"
    closed: ClassVar[str] = "surveys/closed.html"
    paused: ClassVar[str] = "surveys/paused.html"
    by_link: ClassVar[bool] = False
    trap: ClassVar[str] = ""
    small_print: ClassVar[str] = ""

    def __init__(self, request: HttpRequest, **place: Any) -> None:
        self.request = request
        self.place = place
        self.secret = keeping.secret_of(request)

    @property
    @abstractmethod
    def respondent(self) -> Respondent:
        """Return who answers."""

    @abstractmethod
    def find(self) -> Asked | None:
        """Return the wave with the draft of this respondent, None where it does not ask them."""

    @cached_property
    def asked(self) -> Asked:
        """Return the wave, or answer that there is no such page for this respondent."""
        asked = self.find()
        if asked is None:
            raise Http404
        speak_to(self.request, asked.wave)
        return asked

    @cached_property
    def filling(self) -> Filling:
        """Return whose answers these are and how their draft is opened."""
        return filling_of(self.asked, respondent=self.respondent, secret=self.secret.text)

    @property
    def look(self) -> tuple[object, ...]:
        """Return all that the frame of a page depends on because of this way in."""
        return (self.name,)

    def waiting(self) -> HttpResponse | None:
        """Return what whoever comes while nothing can be filled in is shown, None where it can."""
        if self.asked.is_taking:
            return None
        if self.asked.is_paused:
            return render(self.request, self.paused, {"asked": self.asked})
        context = {"asked": self.asked, **self.too_late()}
        return render(self.request, self.closed, context, status=HTTPStatus.GONE)

    def too_late(self) -> dict[str, Any]:
        """Return what the page for those who come too late tells besides."""
        return {}

    @property
    def promised(self) -> str:
        """Return the template of what is promised to whoever comes in here."""
        return self.promise

    @property
    def sent_to(self) -> str:
        """Return to whom the link was sent that leads here, masked; nothing where there is none."""
        return ""

    def url(self, page: str, /, **more: Any) -> str:
        """Return the address of another page of the same survey behind the same door."""
        return reverse(f"surveys:{self.name}{page}", kwargs={**self.place, **more})

    def refuse(self, page: int = 0) -> HttpResponseBase | None:
        """Return what whoever may not come in is told; it must lose nothing that they typed."""
        return None

    def welcome(self) -> HttpResponse | None:
        """Return the page that stands before the first question, None where there is none."""
        return None

    def doubt(self) -> Doubt | None:
        """Return why a form is not taken as it came; it is shown again with everything in it."""
        return None

    def rescued(self, page: int) -> dict[str, list[str]] | None:
        """Return, once, the fields of this page as they were kept when it was refused."""
        return None

    def leave(self) -> HttpResponse | None:
        """Return where a respondent goes who saved to go on later, None where they stay."""
        return None

    def shut(self) -> HttpResponse | None:
        """Return where a respondent goes who closes the survey on this computer, None if they cannot."""
        return None

    def remember(self, response: HttpResponse, receipt: UUID) -> HttpResponse:
        """Let the browser remember that it handed in, where nothing else does."""
        return response

    def aftermath(self) -> dict[str, Any]:
        """Return what the page of thanks tells besides."""
        return {}


class PersonDoor(Door):
    """A way in for somebody who is known to the portal: one answer each, however they come."""

    @property
    @abstractmethod
    def person(self) -> User:
        """Return who comes."""

    @property
    def respondent(self) -> Respondent:
        """Return the person."""
        return Respondent.of(self.person)

    def find(self) -> Asked | None:
        """Return the wave as it asks this person."""
        return asked_in(self.place["wave"], self.person, secret=self.secret.text)

    def aftermath(self) -> dict[str, Any]:
        """Return what came of this wave and of the one before, as far as this person may read it."""
        wave = self.asked.wave
        is_shared = wave.closed_at is not None and is_shared_with(self.person, wave)
        return {"last_time": last_time(wave, self.person), "is_shared": is_shared}


class SignedIn(PersonDoor):
    """The way in for people who have signed in."""

    @property
    def person(self) -> User:
        """Return who has signed in."""
        return cast("Request", self.request).user

    def refuse(self, page: int = 0) -> HttpResponseBase | None:
        """Lead strangers to the sign-in, and keep what they sent until they are back."""
        if self.request.user.is_authenticated:
            return None
        if self.request.POST.get("go") == AUTOSAVE:
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        return keeping.rescue(self.request, self.place["wave"], page)

    def rescued(self, page: int) -> dict[str, list[str]] | None:
        """Return what was typed before the sign-in."""
        return keeping.rescued(self.request, self.respondent, self.place["wave"], page)

    def leave(self) -> HttpResponse | None:
        """Lead to the person's other surveys."""
        messages.success(self.request, _("Saved. You can go on whenever you like."))
        return redirect("surveys:mine")
