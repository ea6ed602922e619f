"""Where questions can be taken from: the templates, and surveys that the author may see."""

from django.db.models import OuterRef, Subquery

from buyin.accounts.models import User
from surveys.building.bank import Origin
from surveys.instruments import all_instruments
from surveys.models import Survey, SurveyVersion

MOST_SURVEYS = 100


def origins_for(user: User, survey: Survey) -> list[Origin]:
    """Return every template and the newest surveys that this person may see, but for this one."""
    templates = [
        Origin(f"template-{one.code}", one.title, one.definition, one.attribution)
        for one in all_instruments()
    ]
    return [*templates, *_surveys(user, survey)]


def _surveys(user: User, survey: Survey) -> list[Origin]:
    newest = SurveyVersion.objects.filter(survey=OuterRef("survey")).order_by("-number")
    seen = Survey.objects.visible_to(user).exclude(pk=survey.pk).order_by("-pk")
    versions = SurveyVersion.objects.filter(
        survey__in=seen.values("pk"), number=Subquery(newest.values("number")[:1])
    )
    versions = versions.select_related("survey").order_by("-survey_id")[:MOST_SURVEYS]
    return [Origin(f"survey-{v.survey_id}", str(v.survey), v.definition) for v in versions]
