"""What surveys give to the home page, to readiness and to the weekly report."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.features import DemoAgency, DigestItem, Feature, Scores, ScoreSource, Task

from .demo import fill
from .models import Anonymity, Wave
from .queries.scores import scored_waves, scores_of, source_of
from .queries.tasks import Waiting, closing_soon, waiting_for


class Surveys(Feature):
    """Surveys ask, and hand on what people said as scores."""

    name = "surveys"

    def tasks_for(self, person: User) -> Iterator[Task]:
        """Yield the surveys that wait for this person, then their own waves that need a push."""
        for waiting in waiting_for(person):
            yield _task(waiting)
        for wave, rate in closing_soon(person):
            yield Task(
                kind=_("Response rate"),
                title=_("Only %(rate)s have answered “%(title)s”")
                % {"rate": rate.text, "title": wave.survey.title},
                url=reverse("surveys:author-field", args=[wave.survey_id, wave.number]),
                action=_("See who to ask for help"),
                detail=_("A word from the heads of departments helps most."),
                due=wave.closes_at,
            )

    def score_sources(self, *, until: datetime) -> Iterator[ScoreSource]:
        """Yield the closed waves that `scores` would read."""
        for wave in scored_waves(until=until):
            yield source_of(wave)

    def scores(self, *, until: datetime) -> Iterator[Scores]:
        """Yield the scores of the newest closed wave of each initiative and set of dimensions."""
        for wave in scored_waves(until=until):
            yield scores_of(wave)

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterator[DigestItem]:
        """Yield the surveys that this person was asked in that have closed in this period."""
        closed = (
            Wave.objects.filter(closed_at__gt=since, closed_at__lte=until, takes_imports=False)
            .asking(person)
            .select_related("survey")
            .order_by("closed_at", "pk")
        )
        for wave in closed:
            yield DigestItem(
                title=_("“%(title)s” has closed") % {"title": wave.survey.title},
                url=reverse("surveys:mine"),
                detail=_("Results are counted now. Small groups are never shown."),
            )

    def fill_demo(self, agency: DemoAgency) -> None:
        """Add the demo agency's surveys with their waves and answers."""
        fill(agency)


def _task(waiting: Waiting) -> Task:
    """Return a survey to answer as a task."""
    wave = waiting.wave
    action = _("Start")
    if waiting.answered:
        action = _("Continue at question %(n)d") % {"n": waiting.answered + 1}
    is_anonymous = wave.version.anonymity == Anonymity.ANONYMOUS
    return Task(
        kind=_("Survey"),
        title=wave.survey.title,
        url=reverse("surveys:start", args=[wave.pk]),
        action=action,
        detail=_("Anonymous.") if is_anonymous else "",
        minutes=waiting.minutes,
        due=wave.closes_at,
    )
