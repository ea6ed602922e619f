"""The pages of public questionnaires: those of visitors and those of their authors."""

from datetime import timedelta

from django.utils import timezone

from surveys.actions import close_wave
from surveys.mail import token_for
from surveys.models import Survey, ToldAddress, Wave, WavePlan
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
    close_wave(wave=Wave.objects.get().pk, by=None)
    return found


def public_planned(cast: Cast) -> dict[str, object]:
    """Write one that is nearly ready to be published again."""
    found = public_over(cast)
    last_day = timezone.localdate() + timedelta(days=9)
    WavePlan.objects.create(survey=Survey.objects.get(), closes_on=last_day, is_public=True)
    return found


def public_left(cast: Cast) -> dict[str, object]:
    """Write one about whose result two addresses are to be told; one of them said yes."""
    found = public(cast)
    rows = [
        ToldAddress.objects.create(wave=Wave.objects.get(), address=address, state=state)
        for address, state in (("a@example.org", "asked"), ("b@example.org", "confirmed"))
    ]
    asked, confirmed = (token_for(row.pk) for row in rows)
    return {**found, "asked": asked, "confirmed": confirmed}


QUESTIONNAIRES = [
    Shown("anonymous", "/surveys/public/"),
    Shown("anonymous", "/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/pages/1/", public, WRITTEN),
    Shown("staff", "/surveys/public/{address}/pages/2/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/check/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/", public_over, WRITTEN, status=410),
    Shown("anonymous", "/surveys/public/{address}/tell-me/", public, WRITTEN),
    Shown("anonymous", "/surveys/public/{address}/tell-me/left/", public, WRITTEN),
    Shown("anonymous", "/surveys/told/{asked}/", public_left, WRITTEN),
    Shown("anonymous", "/surveys/told/{confirmed}/", public_left, WRITTEN),
    Shown("anonymous", "/surveys/told/unknown/", status=404),
    Shown("lead", "/surveys/author/{survey}/waves/{number}/", public, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/", public, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/", public_planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/basis/", public_planned, WRITTEN),
    Shown("lead", "/surveys/author/{survey}/publish/", public_planned, WRITTEN),
]
