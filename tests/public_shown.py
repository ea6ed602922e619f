"""The pages of public questionnaires: those of visitors and those of their authors."""

from datetime import timedelta

from django.utils import timezone

from surveys.actions import close_wave
from surveys.models import Survey, Wave, WavePlan
from tests.cast import Cast
from tests.factories.surveys import make_public_wave
from tests.shown import WRITTEN, Shown


def public(_cast: Cast) -> dict[str, object]:
    """Write a questionnaire that everybody can answer."""
    asked = make_public_wave()
    return {"address": asked.address, "survey": asked.survey_id, "number": asked.number}


def public_over(cast: Cast) -> dict[str, object]:
    """Write one that everybody could answer."""
    found = public(cast)
    close_wave(wave=Wave.objects.get().pk)
    return found


def public_planned(cast: Cast) -> dict[str, object]:
    """Write one that is nearly ready to be published again."""
    found = public_over(cast)
    last_day = timezone.localdate() + timedelta(days=9)
    WavePlan.objects.create(survey=Survey.objects.get(), closes_on=last_day, is_public=True)
    return found


QUESTIONNAIRES = [
    Shown("anonymous", "/surveys/public/"),
    Shown("anonymous", "/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/pages/1/", public, WRITTEN),
    Shown("staff", "/surveys/public/{address}/pages/2/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/check/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/", public_over, WRITTEN, status=410),
    Shown("lead", "/surveys/author/{survey}/waves/{number}/", public, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/", public, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/", public_planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/basis/", public_planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/publish/", public_planned, WRITTEN),
]
