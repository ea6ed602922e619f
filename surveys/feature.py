"""What surveys give to the home page, to readiness and to the weekly report."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buyin.accounts.models import Role, User
from buyin.fatigue import Asked, Contact
from buyin.features import (
    NO_COOKIES,
    DemoAgency,
    DigestItem,
    Evidence,
    Feature,
    Offer,
    People,
    Running,
    Scores,
    ScoreSource,
    Task,
)
from buyin.initiatives.models import Initiative

from .demo import fill, talk, tell
from .models import Anonymity, SharedResult, Wave
from .queries.cut import not_whole
from .queries.fatigue import contacts_in, contacts_of
from .queries.field import Rate
from .queries.glance import glance_at
from .queries.ledger import evidence_on
from .queries.needs import news_for
from .queries.needs_waiting import Waits, waits_for_all
from .queries.public import open_to_everybody
from .queries.running import NearRate, RunningWave, lagging_for_all, running_for
from .queries.scores import scored_waves, scores_of, source_of
from .queries.sharing import NewlyShared, newly_shared_with, shared_for_all
from .queries.tasks import Waiting, closed_for_all, closing_soon, waiting_for, waiting_for_all
from .rendering.needs import news_item, tasks_of
from .sealing import secret_in


class Surveys(Feature):
    """Surveys ask, and hand on what people said as scores."""

    name = "surveys"

    def tasks_for(self, person: User, *, cookies: Mapping[str, str] = NO_COOKIES) -> Iterator[Task]:
        """Yield what waits for an answer, what was found, own waves that need a push, needs."""
        for waiting in waiting_for(person, secret=secret_in(cookies)):
            yield _task(waiting)
        yield from map(_found, newly_shared_with(person))
        may = glance_at(person)
        if may.waves:
            yield from (_push(wave, rate) for wave, rate in closing_soon(person))
        for lagging in lagging_for_all([person]).get(person.pk, []):
            yield from _nudges(lagging)
        if may.needs:
            for waits in waits_for_all([person], today=timezone.localdate()).values():
                yield from tasks_of(waits)

    def tasks_for_all(self, people: Sequence[User]) -> dict[int, list[Task]]:
        """Return the same for many people; only those who may have waves are asked for them.

        What was found is not among it: a report tells it once, under what happened in its weeks.
        """
        leads = set(Initiative.objects.order_by().values_list("lead", flat=True))
        found: dict[int, list[Task]] = {}
        waiting = waiting_for_all(people)
        made = {one: _task(one) for one in {one for ones in waiting.values() for one in ones}}
        needs = waits_for_all(people, today=timezone.localdate())
        lagging = lagging_for_all(people)
        for person in people:
            tasks = found[person.pk] = [made[one] for one in waiting[person.pk]]
            if person.holds(Role.LEAD) or person.pk in leads:
                tasks += [_push(wave, rate) for wave, rate in closing_soon(person)]
            tasks += [task for one in lagging.get(person.pk, []) for task in _nudges(one)]
            tasks += tasks_of(needs.get(person.pk, Waits()))
        return found

    def offers(self) -> Iterator[Offer]:
        """Yield the public questionnaires that are open."""
        for wave in open_to_everybody():
            yield Offer(
                title=wave.survey.title,
                url=reverse("surveys:public-start", args=[wave.address]),
                detail=_("Open until %(day)s.") % {"day": _day(wave.closes_at)},
            )

    def score_sources(self, *, until: datetime) -> Iterator[ScoreSource]:
        """Yield the closed waves that `scores` would read."""
        waves = scored_waves(until=until)
        cut = not_whole(waves)
        for wave in waves:
            yield replace(source_of(wave), is_whole=wave.pk not in cut)

    def scores(self, *, until: datetime) -> Iterator[Scores]:
        """Yield the scores of the newest closed wave of each initiative and set of dimensions."""
        for wave in scored_waves(until=until):
            scores = scores_of(wave)
            if not not_whole([wave]):  # asked after reading: somebody may have deleted meanwhile
                yield scores

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterator[DigestItem]:
        """Yield what has closed or was shared that asked this person, and what is new about needs."""
        yield from self.digest_items_for_all([person], since=since, until=until)[person.pk]

    def digest_items_for_all(
        self, people: Sequence[User], *, since: datetime, until: datetime
    ) -> dict[int, list[DigestItem]]:
        """Return the same for many people."""
        closed = closed_for_all(people, since=since, until=until)
        shared = shared_for_all(people, since=since, until=until)
        news = news_for(people, since=since, until=until)
        found: dict[int, list[DigestItem]] = {}
        for pk, waves in closed.items():
            told = {share.result.wave_id for share in shared.get(pk, [])}
            found[pk] = [_closed(wave) for wave in waves if wave.pk not in told]
            found[pk] += [_shared(share) for share in shared.get(pk, [])]
        for pk, one in news.items():
            found[pk].append(news_item(one))
        return found

    def running_for(self, person: User) -> Iterator[Running]:
        """Yield the open waves in this person's reach with how many have answered."""
        for running in running_for(person):
            yield from _running(running)

    def contacts_of(self, people: People) -> Mapping[int, Contact]:
        """Return how many surveys and rounds of mails each of these people got lately."""
        return contacts_of(people)

    def contacts_in(self, departments: Collection[int]) -> Mapping[int, Asked]:
        """Return how many surveys and rounds of mails the people of these departments got lately."""
        return contacts_in(departments)

    def evidence_on(
        self, people: Collection[int], *, viewer: User, until: date
    ) -> Iterator[Evidence]:
        """Yield how many surveys asked these people; who answered only where it is by name."""
        return evidence_on(people, viewer=viewer, until=until)

    def fill_demo(self, agency: DemoAgency) -> None:
        """Add the demo agency's surveys with their waves and answers."""
        fill(agency)
        talk(agency)
        tell(agency)


def _task(waiting: Waiting) -> Task:
    """Return a survey to answer as a task."""
    wave = waiting.wave
    is_anonymous = wave.version.anonymity == Anonymity.ANONYMOUS
    # Whether an anonymous survey was begun in another browser nobody knows here.
    action = _("Answer") if is_anonymous else _("Start")
    if waiting.stopped_at:
        action = _("Continue at question %(n)d") % {"n": waiting.stopped_at}
    return Task(
        kind=_("Survey"),
        title=wave.survey.title,
        url=reverse("surveys:start", args=[wave.pk]),
        action=action,
        detail=_("Anonymous.") if is_anonymous else "",
        minutes=waiting.minutes,
        due=wave.closes_at,
    )


def _push(wave: Wave, rate: Rate) -> Task:
    """Return a wave of one's own that few have answered as a task."""
    return Task(
        kind=_("Response rate"),
        title=_("Only %(rate)s have answered “%(title)s”")
        % {"rate": rate.text, "title": wave.survey.title},
        url=reverse("surveys:author-field", args=[wave.survey_id, wave.number]),
        action=_("See who to ask for help"),
        detail=_("A word from the heads of departments helps most."),
        due=wave.closes_at,
    )


def _nudges(running: RunningWave) -> Iterator[Task]:
    """Yield a wave that few have answered as a task, for each tree of the reader's departments."""
    for near in running.rates:
        words = {"rate": near.rate.text, "title": running.wave.survey.title}
        title = _("Only %(rate)s have answered “%(title)s”") % words
        if near.department:
            words["name"] = near.department.name
            title = _("Only %(rate)s have answered “%(title)s” in %(name)s") % words
        yield Task(
            kind=_("Response rate"),
            title=title,
            url=reverse("surveys:answered", args=[running.wave.pk]),
            action=_("See who to ask for help"),
            detail=_("A word from the heads of departments helps most."),
            due=running.wave.closes_at,
        )


def _running(running: RunningWave) -> Iterator[Running]:
    """Yield an open wave with its rate in words, for each tree of the reader's departments."""
    wave = running.wave
    rates: list[NearRate | None] = [*running.rates]
    for near in rates or [None]:
        said = ""
        if near and near.department:
            words = {"rate": near.rate.text, "name": near.department.name}
            said = _("%(rate)s have answered in %(name)s") % words
        elif near:
            said = _("%(rate)s have answered") % {"rate": near.rate.text}
        elif wave.is_public:
            said = _("Everybody can answer, so there is no rate")
        yield Running(
            title=wave.survey.title,
            initiative=wave.survey.initiative,
            ends=wave.closes_at,
            rate=said,
            percent=near.rate.percent if near else 0,
        )


def _closed(wave: Wave) -> DigestItem:
    """Return a survey that has closed as a line of the report."""
    return DigestItem(
        title=_("“%(title)s” has closed") % {"title": wave.survey.title},
        url=reverse("surveys:mine"),
        detail=_("Results are counted now. Small groups are never shown."),
    )


def _found(share: NewlyShared) -> Task:
    """Return results that were shared as something to read."""
    return Task(
        kind=_("Results"),
        title=_("What “%(title)s” found, and what happens next") % {"title": share.title},
        url=reverse("surveys:shared", args=[share.wave]),
        action=_("Read it"),
        detail=share.different,
    )


def _shared(share: SharedResult) -> DigestItem:
    """Return results that were shared as a line of the report."""
    wave = share.result.wave
    return DigestItem(
        title=_("“%(title)s”: what was found, and what happens next")
        % {"title": wave.survey.title},
        url=reverse("surveys:shared", args=[wave.pk]),
        detail=share.different or _("The survey team has shared the results with you."),
    )


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
