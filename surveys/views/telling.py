"""Pages on which somebody leaves an address to be told about the result, and says yes or no."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from buyin import typed
from buyin.http import without_trace
from buyin.methods import takes_form
from surveys.actions import telling
from surveys.forms.telling import AddressForm
from surveys.mail import key_in
from surveys.models import ToldAddress
from surveys.queries.telling import taking_addresses

from .public import TRAP


@login_not_required
@never_cache
@takes_form
def public_tell(request: HttpRequest, address: str) -> HttpResponse:
    """Take an address; what is answered is the same whether it was known before or not."""
    waves = taking_addresses().select_related("survey")
    wave = get_object_or_404(waves, address=address)
    form = AddressForm(request.POST or None)
    notice, status = "", HTTPStatus.OK
    if form.is_valid():
        notice, status = _doubt(request)
        if not notice:
            telling.leave_address(wave=wave.pk, address=form.cleaned_data["address"])
            return redirect("surveys:public-told", address)
    context = {"wave": wave, "form": form, "notice": notice}
    return render(request, "surveys/public/tell.html", context, status=status)


def _doubt(request: HttpRequest) -> tuple[str, HTTPStatus]:
    """Return why an address is not taken yet, in words, or nothing."""
    if request.POST.get(TRAP):
        notice = _("Nothing was stored. A field was filled in that is hidden from people.")
        return notice, HTTPStatus.UNPROCESSABLE_ENTITY
    if not typed.may_send(request, "public_tell"):
        notice = _("Too much was sent from your network at once. Please wait a minute.")
        return notice, HTTPStatus.TOO_MANY_REQUESTS
    return "", HTTPStatus.OK


@login_not_required
@require_safe
def public_told(request: HttpRequest, address: str) -> HttpResponse:
    """Say what happens with an address that was left."""
    wave = get_object_or_404(taking_addresses().select_related("survey"), address=address)
    return render(request, "surveys/public/told.html", {"wave": wave})


@csrf_exempt  # the token is what lets somebody act, and no other site knows it
@login_not_required
@takes_form
@without_trace
def told(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of an address say yes or no. Opening the page changes nothing."""
    if not typed.may_send(request, "link_open"):
        return _said(request, "busy", status=HTTPStatus.TOO_MANY_REQUESTS)
    key = key_in(token)
    rows = ToldAddress.objects.select_related("wave__survey")
    found = rows.filter(pk=key).first() if key else None
    if found is None:
        return _said(request, "unknown", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST" and "no" in request.POST:
        telling.withdraw_address(key=found.pk)
        return _said(request, "withdrawn", found)
    if request.method == "POST" and telling.confirm_address(key=found.pk) is None:
        return _said(request, "unknown", status=HTTPStatus.NOT_FOUND)  # forgotten this moment
    if request.method == "POST":
        return _said(request, "confirmed", found)
    return _said(request, found.state, found)


def _said(
    request: HttpRequest, step: str, found: ToldAddress | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"step": step, "wave": found.wave if found else None}
    return render(request, "surveys/public/address.html", context, status=status)
