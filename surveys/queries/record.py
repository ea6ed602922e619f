"""What surveys know for the record of an AI system: whom the agency has asked about it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.initiatives.models import Initiative
from buyin.initiatives.queries.record import Fact
from surveys.models import Session, Wave
from surveys.models.writing import Kind

NAME = "hi_public_consultation"


def consulted(initiative: Initiative) -> Iterable[Fact]:
    """Yield that the public was asked, and that the system was tested with people."""
    public = Wave.objects.filter(
        survey__initiative=initiative, address__isnull=False, opens_at__lte=timezone.now()
    )
    if asked := public.count():
        why = _("Public questionnaires on it: %(n)d") % {"n": asked}
        yield Fact(NAME, "Public Feedback Solicitations", why, reverse("surveys:public-list"))
    tests = Session.objects.filter(
        survey__initiative=initiative, survey__kind=Kind.USABILITY, finished_at__isnull=False
    )
    if tested := tests.count():
        why = _("Sessions in which people tried it: %(n)d") % {"n": tested}
        url = reverse("surveys:series-list") + f"?initiative={initiative.pk}"
        yield Fact(NAME, "Usability Testing", why, url)
