"""What authors of public questionnaires see besides: the basis, the address, how many answered."""

from allauth.mfa.adapter import get_adapter
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from buyin.http import Request
from surveys.actions.collecting import edit_basis
from surveys.actions.refusals import ChangedMeanwhileError, RefusedError
from surveys.forms.collecting import BasisForm
from surveys.models import Wave
from surveys.queries.authoring import basis_of
from surveys.queries.field import state_of
from surveys.queries.frozen import is_counted
from surveys.queries.happenings import happened_to
from surveys.queries.public import answers_so_far
from surveys.queries.rows import offer_of

from .followed import survey_of, wave_of


@require_http_methods(["GET", "HEAD", "POST"])
def author_basis(request: Request, survey: int) -> HttpResponse:
    """Change authority, control number, end and burden of a public questionnaire."""
    found = survey_of(request, survey)
    initial = BasisForm.initial_of(basis_of(found), found.revision)
    form = BasisForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            revision = form.cleaned_data["revision"]
            edit_basis(survey=found, revision=revision, basis=form.basis(), by=request.user)
            return redirect("surveys:author-survey", survey)
        except ChangedMeanwhileError as error:
            found.refresh_from_db()
            form = form.again(found, error, BasisForm.initial_of(basis_of(found), found.revision))
        except RefusedError as error:
            form.add_error(None, str(error))
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
