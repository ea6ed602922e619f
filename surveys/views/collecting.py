"""What authors of public questionnaires see besides: the basis, the address, how many answered."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from buyin.http import Request
from buyin.methods import takes_form
from surveys.actions.collecting import edit_basis
from surveys.forms.collecting import BasisForm
from surveys.models import Wave
from surveys.queries.authoring import basis_of
from surveys.queries.field import state_of
from surveys.queries.frozen import is_counted
from surveys.queries.happenings import happened_to
from surveys.queries.public import answers_so_far
from surveys.queries.rows import offer_of

from .followed import survey_of, wave_of
from .saving import saved


@takes_form
def author_basis(request: Request, survey: int) -> HttpResponse:
    """Change authority, control number, end and burden of a public questionnaire."""
    found = survey_of(request, survey)

    def shown() -> dict[str, Any]:
        return BasisForm.initial_of(basis_of(found), found.revision)

    def save(revision: int) -> None:
        edit_basis(survey=found, revision=revision, basis=form.basis(), by=request.user)

    form = BasisForm(request.POST or None, initial=shown())
    if form.is_valid() and saved(form, found, save, shown=shown):
        return redirect("surveys:author-survey", survey)
    return render(request, "surveys/author/basis.html", {"form": form, "survey": found})


def public_field(request: Request, wave: Wave) -> HttpResponse:
    """Show where a public wave stands: how many answers there are, and the address to share."""
    context = {
        "wave": wave,
        "survey": wave.survey,
        "state": state_of(wave, timezone.now()),
        "answers": answers_so_far([wave])[wave.pk],
        "address": address_of(request, wave),
        "basis": basis_of(wave.survey),
        "happened": happened_to(wave),
        "offer": offer_of(wave),
        "has_results": is_counted(wave),
    }
    return render(request, "surveys/author/public_field.html", context)


@require_safe
def author_qr(request: Request, survey: int, wave: int) -> HttpResponse:
    """Answer the address of a public wave as a picture that phones read."""
    found = wave_of(request, survey, wave)
    if not found.is_public:
        raise Http404
    # The library of the second factor draws such pictures; what it draws is up to us.
    drawn = get_adapter().build_totp_svg(address_of(request, found))
    return HttpResponse(drawn, content_type="image/svg+xml")


def address_of(request: Request, wave: Wave) -> str:
    """Return the whole address at which everybody can answer this wave."""
    return request.build_absolute_uri(reverse("surveys:public-start", args=[wave.address]))
