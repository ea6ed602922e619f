"""The guests of a wave: whom its author asked by address, and erasing one of them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.erasing import erase_guest
from surveys.actions.refusals import RefusedError
from surveys.models import Invitation
from surveys.queries.guests import forgotten_in, guests_in, invited_as

from .followed import wave_of

PAGE = 50


@never_cache
@require_safe
def author_guests(request: Request, survey: int, wave: int) -> HttpResponse:
    """List the guests of a wave by address; whether they have answered is on no page."""
    found = wave_of(request, survey, wave)
    page = Paginator(guests_in(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "survey": found.survey,
        "wave": found,
        "page": page,
        "forgotten": forgotten_in(found),
    }
    return render(request, "surveys/author/guests.html", context)


@never_cache
@takes_form
def author_guest_erase(request: Request, survey: int, wave: int, guest: UUID) -> HttpResponse:
    """Ask whether to erase the address of a guest; on POST, erase it wherever it is kept."""
    found = wave_of(request, survey, wave)
    guests = found.invitations.filter(person=None).select_related("department")
    chosen = get_object_or_404(guests, pk=guest)
    if request.method == "POST":
        return _erased(request, survey, wave, chosen)
    if not chosen.address:
        messages.info(request, _("This address was erased already."))
        return redirect("surveys:author-guests", survey, wave)
    surveys = set(invited_as(chosen.address, request.user).values_list("wave__survey"))
    context = {
        "survey": found.survey,
        "wave": found,
        "guest": chosen,
        "others": len(surveys) - 1,
    }
    return render(request, "surveys/author/guest_erase.html", context)


def _erased(request: Request, survey: int, wave: int, guest: Invitation) -> HttpResponse:
    try:
        number = erase_guest(invitation=guest, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("surveys:author-guest-erase", survey, wave, guest.pk)
    if number:
        told = ngettext(
            "The address is erased from %(n)d survey.",
            "The address is erased from %(n)d surveys.",
            number,
        )
        messages.success(request, told % {"n": number})
    else:
        messages.info(request, _("This address was erased already."))
    return redirect("surveys:author-guests", survey, wave)
