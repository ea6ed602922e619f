"""What the portal's ground itself gives to the home page and the weekly report: records to look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.features import NO_COOKIES, DigestItem, Feature, Scores, Task
from buyin.initiatives.models import SystemRecord

AHEAD = timedelta(days=14)


class Own(Feature):
    """Initiatives remind who leads them of records that have to be looked through."""

    name = "own"

    def tasks_for(self, person: User, *, cookies: Mapping[str, str] = NO_COOKIES) -> Iterator[Task]:
        """Yield the records that this person should look through soon, the first due first."""
        yield from self.tasks_for_all([person])[person.pk]

    def tasks_for_all(self, people: Sequence[User]) -> dict[int, list[Task]]:
        """Return the same for many people, asked once."""
        until = timezone.localdate() + AHEAD
        records = SystemRecord.objects.to_review(*people, until=until)
        waiting: defaultdict[int | None, list[Task]] = defaultdict(list)
        for record in records.select_related("initiative").order_by("review_due", "pk"):
            waiting[record.initiative.lead_id].append(_review(record))
        return {person.pk: waiting[person.pk] for person in people}

    def scores(self, *, until: datetime) -> Iterable[Scores]:
        """Return no scores: records ask nobody anything."""
        return ()

    def digest_items(
        self, person: User, *, since: datetime, until: datetime
    ) -> Iterable[DigestItem]:
        """Return nothing: what is due stands among the tasks."""
        return ()


def _review(record: SystemRecord) -> Task:
    due = record.review_due
    return Task(
        kind=_("Record"),
        title=_("Look through the record of “%(name)s”") % {"name": record.initiative},
        url=reverse("initiatives:record", args=[record.initiative_id]),
        action=_("Look through it"),
        detail=_("Is it still true? Then say when to look again."),
        due=timezone.make_aware(datetime.combine(due, time.max)) if due else None,
    )
