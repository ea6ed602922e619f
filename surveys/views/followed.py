"""The survey or the wave that an address names, for whoever may follow it; for others there is none."""

from django.shortcuts import get_object_or_404

from buyin.http import Request
from surveys.models import Survey, Wave


def survey_of(request: Request, pk: int) -> Survey:
    """Return this survey where this person may follow it, or answer 404."""
    return get_object_or_404(Survey.objects.visible_to(request.user), pk=pk)


def wave_of(request: Request, survey: int, number: int) -> Wave:
    """Return this wave of a survey that this person may follow, or answer 404."""
    waves = Wave.objects.visible_to(request.user).select_related("survey", "version")
    return get_object_or_404(waves.defer("version__definition"), survey__pk=survey, number=number)
