"""What the portal asks of each feature app, so that the portal never has to import one."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from buyin.accounts.models import Department, User
from buyin.fatigue import Asked, Contact
from buyin.initiatives.models import Initiative

# Accounts by id, or a subquery of their ids.
type People = Collection[int] | QuerySet[Any, Any]

NO_COOKIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Task:
    """Something that waits for one person on the page "For you" and in the weekly report."""

    kind: str
    title: str
    url: str
    action: str
    detail: str = ""
    minutes: int | None = None
    due: datetime | None = None


def end_of(day: date | None) -> datetime | None:
    """Return when a task of this day is due: at the day's last moment where its reader is."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


def by_day(tasks: Iterable[Task]) -> list[Task]:
    """Return tasks as people get to them: by the day on which they are due, those without one last."""
    return sorted(tasks, key=lambda task: (0, task.due.timestamp()) if task.due else (1, 0))


@dataclass(frozen=True)
class Item:
    """One question that counts towards a dimension, as people read it."""

    code: str
    text: str
    dimension: str


@dataclass(frozen=True)
class ScoreSource:
    """Where scores come from: known without reading a single answer.

    `source` reads well ("Ready for AI, wave 2") and is the same each time for the same answers.
    They are not measured, or not again, where they are not `is_whole`: because some of them were
    deleted after they had been counted. Figures without those would tell what they said.
    """

    source: str
    initiative: int
    closed_on: date | None
    dimensions: Sequence[str]
    is_whole: bool = field(default=True, kw_only=True)


def _no_answers() -> npt.NDArray[np.float64]:
    return np.empty((0, 0))


@dataclass(frozen=True)
class Scores(ScoreSource):
    """People's scores for the readiness dimensions: one row a person, one column a dimension.

    `department` holds the department id under which each row is counted, `values` the scores from
    0 to 100 with NaN where the person said too little, and `asked` how many people were asked in
    each department of the audience. `counted_in` names the department that holds the answers of
    another one, where too few people had answered there. 0 stands for no department: whoever belongs
    to none counts for the whole only. `items` and `answers` (one column an
    item, 0 to 100, reversed items turned round, NaN where not answered) are what the scores were
    made of, for reliability and for the lowest item; a feature without items leaves them out.
    """

    department: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    asked: dict[int, int] = field(default_factory=dict)
    counted_in: dict[int, int] = field(default_factory=dict)
    items: Sequence[Item] = ()
    answers: npt.NDArray[np.float64] = field(default_factory=_no_answers)


@dataclass(frozen=True)
class DigestItem:
    """One line of a weekly report: what it says and where it leads."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Offer:
    """Something that everybody may take part in, also visitors without an account."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class DemoAgency:
    """The demo agency as a feature finds it: whom to ask, about what, and how people feel.

    `moods` holds each department's average answer, 0 to 100, for commitment, confidence, skills,
    resources and openness; `rates` the share of its people who answer a survey.
    """

    now: datetime
    seed: int
    lead: User
    staff: User
    initiatives: Sequence[Initiative]
    departments: dict[str, Department]
    moods: dict[str, tuple[int, ...]]
    rates: dict[str, float]


@dataclass(frozen=True)
class Running:
    """Something that people are asked now: about what, until when, and how many have taken part.

    `rate` is rounded and in words, and empty where too few people are asked to show it.
    """

    title: str
    initiative: Initiative
    ends: datetime
    rate: str = ""
    percent: int = 0


@dataclass(frozen=True)
class Evidence:
    """What a person was asked to do about an initiative, and how much of it they did.

    `label` says what is counted, in the plural ("Surveys by name"). `done` is None where that is not
    for whoever reads it, or for nobody.
    """

    person: int
    initiative: int
    label: str
    asked: int
    done: int | None = None


class Feature(ABC):
    """One app's contribution to the home page, the readiness index and the weekly report."""

    name: str

    @abstractmethod
    def tasks_for(self, person: User, *, cookies: Mapping[str, str] = NO_COOKIES) -> Iterable[Task]:
        """Return what waits for this person, the most urgent first.

        The cookies are those of the browser in which they read it, none in a mail.
        """

    @abstractmethod
    def scores(self, *, until: datetime) -> Iterable[Scores]:
        """Return the scores that this app holds for each initiative at this moment."""

    def offers(self) -> Iterable[Offer]:
        """Return what visitors can take part in now, the first to end first."""
        return ()

    def score_sources(self, *, until: datetime) -> Iterable[ScoreSource]:
        """Return what `scores` would give, without the scores; make it cheap, it is asked often."""
        return self.scores(until=until)

    @abstractmethod
    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterable[DigestItem]:
        """Return what happened in the period that concerns this person."""

    def running_for(self, person: User) -> Iterable[Running]:
        """Return what people in this person's reach are asked now, the first to end first."""
        return ()

    def contacts_of(self, people: People) -> Mapping[int, Contact]:
        """Return how often this app asked and wrote to each of these people in the last 30 days.

        Nothing of those whom it did not ask. It must not tell whether somebody has answered.
        """
        return {}

    def contacts_in(self, departments: Collection[int]) -> Mapping[int, Asked]:
        """Return the same for the people of each of these departments, by the release rule."""
        return {}

    def evidence_on(
        self, people: Collection[int], *, viewer: User, until: date
    ) -> Iterable[Evidence]:
        """Return what each of these people was asked and did by a day, as far as the viewer may know."""
        return ()

    def fill_demo(self, agency: DemoAgency) -> None:  # noqa: B027 - an app may have nothing to add
        """Add this app's past and present to the demo agency; called once, on an empty portal."""

    def tasks_for_all(self, people: Sequence[User]) -> dict[int, list[Task]]:
        """Return what waits for each of these people, by id; override where one query serves all."""
        return {person.pk: list(self.tasks_for(person)) for person in people}

    def digest_items_for_all(
        self, people: Sequence[User], *, since: datetime, until: datetime
    ) -> dict[int, list[DigestItem]]:
        """Return what happened for each of these people, by id; override as above."""
        return {
            person.pk: list(self.digest_items(person, since=since, until=until))
            for person in people
        }


@cache
def all_features() -> list[Feature]:
    """Return one instance of each feature that the settings list, in that order."""
    return [import_string(path)() for path in settings.FEATURES]
