"""Pages on which an author follows a wave: the response rate, more time, an early end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.methods import takes_form
from buyin.spreadsheets import csv_file
from surveys import actions
from surveys.actions import pausing, publishing
from surveys.actions.refusals import RefusedError
from surveys.exports import field_csv
from surveys.forms.authoring import ExtendForm, ResumeForm
from surveys.queries.audience import described
from surveys.queries.field import field_of
from surveys.queries.frozen import is_counted
from surveys.queries.guests import guests_in
from surveys.queries.happenings import happened_to
from surveys.queries.rows import offer_of

from .collecting import public_field
from .followed import wave_of


@require_safe
def author_field(request: Request, survey: int, wave: int) -> HttpResponse:
    """Show how many have answered, by department, and what to do where they are few."""
    found = wave_of(request, survey, wave)
    if found.is_public:
        return public_field(request, found)
    context = {
        "field": field_of(found),
        "wave": found,
        "survey": found.survey,
        "happened": happened_to(found),
        "rules": described(found.rules),
        "guests": guests_in(found).count(),
        "offer": offer_of(found),
        "has_results": is_counted(found),
        "address": request.build_absolute_uri(reverse("surveys:start", args=[found.pk])),
    }
    return render(request, "surveys/author/field.html", context)


@require_safe
def author_field_csv(request: Request, survey: int, wave: int) -> HttpResponse:
    """Send the response rates that the page shows as a file."""
    found = wave_of(request, survey, wave)
    text = field_csv(field_of(found))
    detail = _("Response rates: %(wave)s") % {"wave": found}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail)
    return csv_file(f"response-rate-{found.survey_id}-{found.number}.csv", text)


@takes_form
def author_extend(request: Request, survey: int, wave: int) -> HttpResponse:
    """Give people more days."""
    found = wave_of(request, survey, wave)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        try:
            publishing.extend_wave(wave=found, closes_on=form.day(), by=request.user)
            messages.success(request, _("People have more time now."))
            return redirect("surveys:author-field", survey, wave)
        except RefusedError as error:
            form.add_error("closes_on", str(error))
    context = {"form": form, "wave": found, "survey": found.survey}
    return render(request, "surveys/author/extend.html", context)


@takes_form
def author_close(request: Request, survey: int, wave: int) -> HttpResponse:
    """Ask whether to end this wave now; on POST, end it."""
    found = wave_of(request, survey, wave)
    if request.method == "POST":
        if actions.close_wave(wave=found.pk, by=request.user):
            messages.success(
                request, _("The wave is closed. Its answers are counted within minutes.")
            )
        else:
            messages.info(request, _("This wave was closed already."))
        return redirect("surveys:author-field", survey, wave)
    return render(request, "surveys/author/close.html", {"wave": found, "survey": found.survey})


@takes_form
def author_pause(request: Request, survey: int, wave: int) -> HttpResponse:
    """Ask whether to pause this wave; on POST, pause it."""
    found = wave_of(request, survey, wave)
    if request.method != "POST":
        context = {"wave": found, "survey": found.survey}
        return render(request, "surveys/author/pause.html", context)
    try:
        pausing.pause_wave(wave=found, by=request.user)
        messages.success(request, _("The wave is paused. What people have typed is kept."))
    except RefusedError as error:
        messages.info(request, str(error))
    return redirect("surveys:author-field", survey, wave)


@takes_form
def author_resume(request: Request, survey: int, wave: int) -> HttpResponse:
    """Let a paused wave go on, with more days where its author gives some."""
    found = wave_of(request, survey, wave)
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            pausing.resume_wave(wave=found, closes_on=form.chosen(), by=request.user)
            messages.success(request, _("The wave goes on."))
            return redirect("surveys:author-field", survey, wave)
        except RefusedError as error:
            form.add_error("closes_on", str(error))
    context = {"form": form, "wave": found, "survey": found.survey}
    return render(request, "surveys/author/resume.html", context)
