"""A person's own surveys: what waits, where they stopped, and thanks with what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buyin.accounts.models import Role
from buyin.http import Request
from surveys.answers import Typed
from surveys.definitions import Definition, Page
from surveys.queries.authoring import may_author
from surveys.queries.drafts import drafts_of, stopped_at
from surveys.queries.filling import Asked, asked_of, definition_of, typed_in_draft
from surveys.queries.own import is_withdrawn
from surveys.queries.running import may_look
from surveys.queries.sharing import shared_with

from . import keeping
from .doors import Door
from .fill import SECOND
from .language import speak_to


@dataclass(frozen=True)
class Waiting:
    """A survey that waits for a person: how long it takes, and where they stopped."""

    asked: Asked
    definition: Definition
    typed: Typed

    @property
    def questions(self) -> int:
        """Return how many questions there are."""
        return sum(_questions_on(page) for page in self.definition.pages)

    @property
    def stopped_at(self) -> int:
        """Return the number of the first question without an answer, 0 where nothing is typed."""
        return stopped_at(self.definition, self.typed)

    @property
    def page(self) -> int:
        """Return the number of the page to go on with."""
        reached = 0
        for number, page in enumerate(self.definition.pages, 1):
            reached += _questions_on(page)
            if self.stopped_at <= reached:
                return number
        return 1


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show the surveys that wait for this person, and those they have answered."""
    everything = asked_of(request.user)
    for one in everything:
        speak_to(request, one.wave)
    open_ones = [one for one in everything if one.is_taking and not one.receipt]
    waiting = _waiting(
        request, sorted(open_ones, key=lambda one: (one.wave.closes_at, one.wave.pk))
    )
    answered = [a for a in everything if a.receipt]
    writes = may_author(request.user)
    context = {
        "waiting": waiting,
        "answered": answered,
        "shared": shared_with(request.user),
        "writes": writes,
        "looks": may_look(request.user),
        "sees_results": writes or request.user.holds(Role.EXECUTIVE),
    }
    return render(request, "surveys/mine.html", context)


@login_not_required
@never_cache
@require_safe
def start(request: HttpRequest, door: type[Door], **place: Any) -> HttpResponseBase:
    """Lead to the page where this respondent stopped, or to the first one."""
    way = door(request, **place)
    return way.refuse() or way.welcome() or _going_on(way)


def _going_on(way: Door) -> HttpResponse:
    asked = way.asked
    if asked.receipt:
        return redirect(way.url("thanks"))
    typed = typed_in_draft(asked, way.filling)
    waiting = Waiting(asked, definition_of(asked.wave.version), typed)
    return redirect(way.url("fill", page=waiting.page))


@login_not_required
@never_cache
@require_safe
def thanks(request: HttpRequest, door: type[Door], **place: Any) -> HttpResponseBase:
    """Thank a respondent who has answered, and say what happens next and when results appear."""
    way = door(request, **place)
    return way.refuse() or _thanked(way)


def _thanked(way: Door) -> HttpResponse:
    if not way.asked.receipt:
        raise Http404
    known = None if way.asked.is_anonymous else way.respondent.known
    gone = known is not None and is_withdrawn(way.asked.wave.pk, known)
    context = {
        "asked": way.asked,
        "is_second": SECOND in way.request.GET,
        "is_withdrawn": gone,
        "has_own": known is not None and not gone,
        **way.aftermath(),
    }
    return render(way.request, way.thanks, context)


def _questions_on(page: Page) -> int:
    """Return how many questions of a page can be answered."""
    return sum(item.is_typed and not item.is_other for item in page.items())


def _waiting(request: Request, asked: Iterable[Asked]) -> list[Waiting]:
    asked = list(asked)
    drafts = drafts_of(request.user, asked, secret=keeping.secret_of(request).text)
    return [Waiting(a, definition_of(a.wave.version), drafts.get(a.wave.pk, {})) for a in asked]
