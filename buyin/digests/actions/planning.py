"""Planning a week's reports: one delivery a person, however many planners there are."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin import periods
from buyin.accounts.models import User
from buyin.bulk import write_rows
from buyin.digests import timetable
from buyin.digests.content import Writer
from buyin.digests.mail import KIND, written
from buyin.digests.models import Delivery, DigestPreference, DigestRun
from buyin.digests.queries import Audience, audience_of, people_to_plan
from buyin.digests.reports import Report, Span
from buyin.outbox.actions import compose, queue_thousands
from buyin.outbox.models import Message

AT_ONCE = 500


@dataclass(frozen=True)
class Planned:
    """One person's report as it will be stored: a message, or the reason why there is none."""

    person: User
    audience: Audience
    message: Message | None = None
    skip_reason: str = ""


def plan(*, now: datetime | None = None, period: str | None = None) -> Counter[str]:
    """Write the reports that are due and return how many were planned, empty, late or not due.

    Without a period it is the week before this one, for those whose Monday morning has come. A
    period that is named is planned at once for everybody; a ValueError says that it is not over.
    """
    now = now or timezone.now()
    run = _run_for(period or periods.previous(periods.week_of(now)), now)
    round_ = _Round(run, now, is_at_once=period is not None)
    done: Counter[str] = Counter(planned=0, empty=0, late=0, not_due=0)
    last = 0
    while people := people_to_plan(run, after=last, limit=AT_ONCE):
        last = people[-1].pk
        done.update(round_.plan_for(people))
    if done["planned"] + done["empty"] + done["late"]:
        DigestRun.objects.filter(pk=run.pk).update(planned_at=Now())
    return done


class _Round:
    """One pass over the people; the writers keep what they read from one step to the next."""

    def __init__(self, run: DigestRun, now: datetime, *, is_at_once: bool) -> None:
        self.run, self.now, self.is_at_once = run, now, is_at_once
        self.week = timetable.week(run.period)
        self.month = timetable.month(run.period)
        self.writers = {span: Writer(span) for span in {self.week, self.month}}

    def plan_for(self, people: list[User]) -> Counter[str]:
        """Write the reports of these people and store them; return what became of them."""
        spans = [(person, self._span_for(person)) for person in people]
        ready = [(person, span) for person, span in spans if span and self._is_due(person, span)]
        done: Counter[str] = Counter(not_due=len(people) - len(ready))
        planned = [row for span in self.writers for row in self._written(span, ready)]
        for row in _store(self.run, planned):
            done[_outcome(row)] += 1
        return done

    def _span_for(self, person: User) -> Span | None:
        """Return what the report looks back on, or nothing in a week that brings this person none."""
        preference = getattr(person, "digest_preference", None)
        if preference is None or preference.frequency == DigestPreference.Frequency.WEEKLY:
            return self.week
        return self.month if timetable.is_month_end(self.week) else None

    def _is_due(self, person: User, span: Span) -> bool:
        return self.is_at_once or self.now >= timetable.due_at(span, person.zone)

    def _written(self, span: Span, ready: list[tuple[User, Span]]) -> list[Planned]:
        rows = [(person, audience_of(person)) for person, theirs in ready if theirs == span]
        late = [row for row in rows if self._is_too_late(row[0], span)]
        in_time = [row for row in rows if row not in late]
        reports = self.writers[span].write_all(in_time)
        return [
            *(Planned(person, audience, skip_reason=_("too late")) for person, audience in late),
            *(
                self._planned(person, audience, report)
                for (person, audience), report in zip(in_time, reports, strict=True)
            ),
        ]

    def _planned(self, person: User, audience: Audience, report: Report) -> Planned:
        if report.is_empty:
            return Planned(person, audience, skip_reason=_("nothing new"))
        message = compose(
            kind=KIND,
            person=person,
            key=f"{KIND}:{self.run.period}:{person.pk}",
            **written(report, person.pk),
        )
        return Planned(person, audience, message)

    def _is_too_late(self, person: User, span: Span) -> bool:
        return not self.is_at_once and timetable.is_too_late(span, person.zone, self.now)


def _run_for(period: str, now: datetime) -> DigestRun:
    span = timetable.week(period)
    if periods.bounds(period)[1] > now:
        raise ValueError(_("The week %(period)s is not over yet.") % {"period": period})
    run, _is_new = DigestRun.objects.get_or_create(
        period=period, defaults={"starts_on": span.starts_on, "ends_on": span.ends_on}
    )
    return run


@transaction.atomic
def _store(run: DigestRun, planned: list[Planned]) -> list[Planned]:
    """Store what no other planner has stored meanwhile, and return that."""
    DigestRun.objects.select_for_update().get(pk=run.pk)  # planners take turns
    people = [row.person.pk for row in planned]
    taken = set(
        Delivery.objects.order_by()
        .filter(run=run, person__in=people)
        .values_list("person_id", flat=True)
    )
    fresh = [row for row in planned if row.person.pk not in taken]
    ids = queue_thousands([row.message for row in fresh if row.message])
    write_rows(
        Delivery,
        ("run", "person", "kind", "department", "message", "skip_reason"),
        (
            (
                run.pk,
                row.person.pk,
                row.audience.kind,
                row.audience.department_id,
                ids[row.message.key] if row.message else None,
                row.skip_reason,
            )
            for row in fresh
        ),
    )
    return fresh


def _outcome(row: Planned) -> str:
    if row.message:
        return "planned"
    return "late" if row.skip_reason == _("too late") else "empty"
