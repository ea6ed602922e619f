"""What the contributions of the ground have in common: kinds of things that wait for people.

Of most people none waits. To learn that from each kind by itself would cost the page that everybody
opens more than the rest of it, so one person is asked about all kinds at one glance.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Exists, Model, QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from buyin.accounts.models import User
from buyin.features import NO_COOKIES, Feature, Scores, Task
from buyin.prepared import Prepared

AHEAD = timedelta(days=14)  # how long before its day most is told
LONGEST = 120


@dataclass(frozen=True)
class Kind[Row: Model]:
    """One kind of thing that waits for people.

    `rows` returns what waits for these people on a day, `tasks` how that reads, each task with the
    key of the person for whom it waits.
    """

    rows: Callable[[Sequence[User], date], QuerySet[Row]]
    tasks: Callable[[Iterable[Row]], Iterable[tuple[int | None, Task]]]


class Ground(Feature):
    """A part of the ground that has something waiting for people."""

    kinds: Sequence[Kind[Any]]

    def tasks_for(self, person: User, *, cookies: Mapping[str, str] = NO_COOKIES) -> Iterator[Task]:
        """Yield what waits for this person, by kind; one query, and those of the kinds that wait."""
        today = timezone.localdate()
        waits = _glance(tuple(self.kinds), today).first(person=person.pk) or ()
        for kind, is_there in zip(self.kinds, waits, strict=False):
            if is_there:
                yield from (task for _pk, task in kind.tasks(kind.rows([person], today)))

    def tasks_for_all(self, people: Sequence[User]) -> dict[int, list[Task]]:
        """Return the same for many people, each kind asked once for all of them."""
        today = timezone.localdate()
        waiting: defaultdict[int | None, list[Task]] = defaultdict(list)
        for kind in self.kinds:
            for person, task in kind.tasks(kind.rows(people, today)):
                waiting[person].append(task)
        return {person.pk: waiting[person.pk] for person in people}

    def scores(self, *, until: datetime) -> Iterable[Scores]:
        """Return no scores: the ground asks nobody anything."""
        return ()


def in_short(text: str) -> str:
    """Return the beginning of a text that stands below a title."""
    return Truncator(text).chars(LONGEST)


@lru_cache(maxsize=16)
def _glance(kinds: tuple[Kind[Any], ...], today: date) -> Prepared:
    """Return the query that tells for one person what kinds of things wait on this day."""

    def build(person: int) -> QuerySet[User, Any]:
        one = User(pk=person)
        found: QuerySet[User] = User.objects.filter(pk=person).order_by()
        return found.values_list(*(Exists(kind.rows([one], today)) for kind in kinds))

    return Prepared(build, person=int)
