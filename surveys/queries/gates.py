"""What surveys know about an initiative that is to move on: whether the people concerned were asked."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import Answer
from surveys.models import Session, Wave


def people_asked(initiative: Initiative, _to: str) -> Iterable[Answer]:
    """Yield whether anybody was asked about this initiative, in a wave or in a session."""
    waves = Wave.objects.filter(survey__initiative=initiative, opens_at__lte=timezone.now())
    talks = Session.objects.filter(survey__initiative=initiative, finished_at__isnull=False)
    asked, told = waves.count(), talks.count()
    words = {"waves": asked, "sessions": told}
    detail = _("Waves of surveys: %(waves)d. Interviews and tests: %(sessions)d.") % words
    url = reverse("surveys:needs") + f"?initiative={initiative.pk}"
    yield Answer("people-asked", is_met=bool(asked or told), detail=detail, url=url)
