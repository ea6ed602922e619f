"""The way in with a personal link: it opens one survey and signs nobody in to anything.

The link's token comes in the address once and goes into a cookie of its own, so the pages that
follow have addresses that are the same for everybody: nothing of it stands in logs and referrers.
"""

import time
from functools import cached_property
from http import HTTPStatus
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from buyin import typed
from buyin.http import LINKS_COOKIE, forget_links, give_cookie, without_trace
from buyin.methods import takes_form
from surveys.actions import stopping
from surveys.models import Invitation
from surveys.queries.filling import Asked, Respondent, asked_in
from surveys.queries.links import asked_as_guest, invitation_behind, is_stopped, sent_to

from . import keeping
from .doors import AUTOSAVE, Door, Doubt

SALT = "surveys.invited.times"
MOST = 8  # surveys that one browser has open by link


@login_not_required
@require_safe
@without_trace
def link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Take a link's token into the browser and lead to its survey; it changes nothing."""
    invitation = _looked_up(request, token)
    if isinstance(invitation, HttpResponse):
        return invitation
    wave = invitation.wave_id
    page = keeping.page_kept(request, wave)
    where = {"wave": wave, "page": page} if page else {"wave": wave}
    response = redirect(reverse(f"surveys:invited-{'fill' if page else 'start'}", kwargs=where))
    return _remembering(request, response, wave, token)


@login_not_required
@require_POST
def link_leave(request: HttpRequest, wave: int) -> HttpResponse:
    """Close a survey on this computer: its link has to be opened again. Twice does no harm."""
    return _forgetting(request, wave)


@login_not_required
@never_cache
@require_safe
def link_left(request: HttpRequest) -> HttpResponse:
    """Say that a survey is closed on this computer, and what else to close."""
    return render(request, "surveys/link/left.html")


@csrf_exempt
@login_not_required
@takes_form
@without_trace
def link_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails about the survey of a link, without signing in.

    Opening the address changes nothing, because mail scanners open links. Posting to it acts, as
    RFC 8058 asks: from the mail program or from the button here.
    """
    invitation = _looked_up(request, token)
    if isinstance(invitation, HttpResponse):
        return invitation
    step = "stopped" if is_stopped(invitation) else "ask"
    if request.method == "POST" and "undo" in request.POST:
        stopping.write_again(invitation=invitation)
        step = "undone"
    elif request.method == "POST":
        stopping.stop_mails(invitation=invitation)
        step = "stopped"
    context = {
        "step": step,
        "invitation": invitation,
        "link": reverse("surveys:link-open", args=[token]),
    }
    return render(request, "surveys/link/stop.html", context)


def _looked_up(request: HttpRequest, token: str) -> Invitation | HttpResponse:
    """Return the invitation of a link, or the page that says that it opens nothing."""
    if not typed.may_send(request, "link_open"):
        return _said(request, "busy", HTTPStatus.TOO_MANY_REQUESTS)
    invitation = invitation_behind(token)
    if invitation is not None:
        return invitation
    if not typed.may_send(request, "link_unknown"):
        return _said(request, "busy", HTTPStatus.TOO_MANY_REQUESTS)
    return _said(request, "unknown", HTTPStatus.NOT_FOUND)


class Invited(Door):
    """The way in for whoever has opened their link in this browser.

    The token is asked for anew with each page, so a link that is no longer good opens nothing, also
    in a browser that came in before.
    """

    name: ClassVar[str] = "invited-"
    by_link: ClassVar[bool] = True
    thanks: ClassVar[str] = "surveys/link/thanks.html"
    closed: ClassVar[str] = "surveys/link/closed.html"

    @cached_property
    def invitation(self) -> Invitation | None:
        """Return the invitation to this wave whose link was opened here."""
        token = links_in(self.request).get(str(self.place["wave"]))
        found = invitation_behind(token) if token else None
        return found if found and found.wave_id == self.place["wave"] else None

    @property
    def invited(self) -> Invitation:
        """Return the invitation, or answer that there is no such page."""
        if self.invitation is None:
            raise Http404
        return self.invitation

    @property
    def respondent(self) -> Respondent:
        """Return the person whom the link was sent to, or the guest."""
        person = self.invited.person
        return Respondent.of(person) if person else Respondent.guest(self.invited)

    @property
    def look(self) -> tuple[object, ...]:
        """Return what differs between the pages of people and of guests."""
        return (self.name, self.promised)

    @property
    def promised(self) -> str:
        """Return what is promised to people, or to guests, of whom less is known."""
        return "surveys/link/_promise.html" if self.invited.is_of_guest else self.promise

    def find(self) -> Asked | None:
        """Return the wave as it asks whoever is invited."""
        person = self.invited.person
        if person is None:
            return asked_as_guest(self.invited, secret=self.secret.text)
        return asked_in(self.place["wave"], person, secret=self.secret.text)

    def refuse(self, page: int = 0) -> HttpResponseBase | None:
        """Ask for the link where it was not opened here, or was sent to somebody else."""
        viewer = self.request.user
        if self.invitation is None:
            if viewer.is_authenticated and self.request.method != "POST":
                return redirect("surveys:start", self.place["wave"])
            return self._kept(page, "link")
        person = self.invitation.person
        if viewer.is_authenticated and person and viewer != person:
            return self._kept(page, "other")
        return None

    def _kept(self, page: int, why: str) -> HttpResponse:
        if self.request.POST.get("go") == AUTOSAVE:
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        said = _said(self.request, why, HTTPStatus.FORBIDDEN)
        return keeping.kept_aside(self.request, self.place["wave"], page, said)

    def doubt(self) -> Doubt | None:
        """Return why a form that begins anew too often is not taken: each would be kept."""
        key = str(self.invited.pk)
        if self.asked.draft or typed.may_send(self.request, "link_begin", key=key):
            return None
        notice = _(
            "Nothing was stored yet and nothing is lost. This link was begun with too often. Please "
            "wait an hour, then press the button once more."
        )
        return Doubt(notice, HTTPStatus.TOO_MANY_REQUESTS)

    @property
    def sent_to(self) -> str:
        """Return the masked address to which the link was sent."""
        return sent_to(self.invited)

    def shut(self) -> HttpResponse:
        """Forget the link in this browser; what was typed comes back when it is opened again."""
        return _forgetting(self.request, self.place["wave"])

    def rescued(self, page: int) -> dict[str, list[str]] | None:
        """Return what was typed before the link was opened once more."""
        return keeping.rescued(self.request, self.respondent, self.place["wave"], page)


def links_in(request: HttpRequest) -> dict[str, str]:
    """Return the tokens that this browser has come in with, by wave; none if forged or too old."""
    return {wave: token for wave, (token, _opened) in _known_in(request).items()}


def _known_in(request: HttpRequest) -> dict[str, tuple[str, float]]:
    """Return each token with when its link was opened: opening another one makes it no younger."""
    try:
        found = signing.loads(request.COOKIES.get(LINKS_COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return {}
    oldest = time.time() - settings.SESSION_HOURS * 3600
    return {wave: (token, at) for wave, (token, at) in found.items() if at > oldest}


def _others_in(request: HttpRequest, wave: int) -> dict[str, tuple[str, float]]:
    """Return what this browser knows of all waves but this one."""
    return {key: link for key, link in _known_in(request).items() if key != str(wave)}


def _remembering(
    request: HttpRequest, response: HttpResponse, wave: int, token: str
) -> HttpResponse:
    """Let the browser keep the token of a wave until it is closed, where no script can read it."""
    known = [*_others_in(request, wave).items(), (str(wave), (token, time.time()))]
    return _storing(response, dict(known[-MOST:]))


def _storing(response: HttpResponse, links: dict[str, tuple[str, float]]) -> HttpResponse:
    """Let the browser hold these tokens and no others; without any, no cookie."""
    if links:
        give_cookie(response, LINKS_COOKIE, signing.dumps(links, salt=SALT))
    else:
        forget_links(response)
    return response


def _forgetting(request: HttpRequest, wave: int) -> HttpResponse:
    """Lead to where it is said, without the token of this wave and without what was kept of it."""
    keeping.forget_kept(request, wave)
    response = _storing(redirect("surveys:link-left"), _others_in(request, wave))
    response["Clear-Site-Data"] = '"cache"'  # so that “Back” shows nothing of it either
    return response


def _said(request: HttpRequest, why: str, status: HTTPStatus) -> HttpResponse:
    return render(request, "surveys/link/refused.html", {"why": why}, status=status)
