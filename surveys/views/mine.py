"""A person's own surveys: what waits, where they stopped, and thanks with what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buyin.http import Request
from surveys.answers import Typed
from surveys.definitions import Definition, Page
from surveys.queries.authoring import may_author
from surveys.queries.drafts import drafts_of, stopped_at
from surveys.queries.filling import Asked, asked_in, asked_of, definition_of
from surveys.queries.results import last_time

from . import keeping
from .sheet import found


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
    waiting = _waiting(request, [a for a in everything if a.is_taking and not a.receipt])
    answered = [a for a in everything if a.receipt]
    context = {"waiting": waiting, "answered": answered, "writes": may_author(request.user)}
    return render(request, "surveys/mine.html", context)


@never_cache
@require_safe
def start(request: Request, wave: int) -> HttpResponse:
    """Lead to the page where this person stopped, or to the first one."""
    asked = found(asked_in(wave, request.user))
    if asked.receipt:
        return redirect("surveys:thanks", wave)
    (waiting,) = _waiting(request, [asked])
    return redirect("surveys:fill", wave, waiting.page)


@never_cache
@require_safe
def thanks(request: Request, wave: int) -> HttpResponse:
    """Thank a person who has answered, and say what happens next and when results appear."""
    asked = found(asked_in(wave, request.user))
    if not asked.receipt:
        raise Http404
    context = {"asked": asked, "last_time": last_time(asked.wave, request.user)}
    return render(request, "surveys/thanks.html", context)


def _questions_on(page: Page) -> int:
    """Return how many questions of a page can be answered."""
    return sum(item.is_typed and not item.is_other for item in page.items())


def _waiting(request: Request, asked: Iterable[Asked]) -> list[Waiting]:
    asked = list(asked)
    drafts = drafts_of(request.user, asked, secret=keeping.secret_of(request).text)
    return [Waiting(a, definition_of(a.wave.version), drafts.get(a.wave.pk, {})) for a in asked]
