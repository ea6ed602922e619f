"""Writes reports: gathers what a person may know, and puts it into words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buyin import periods
from buyin.accounts.models import Department, User
from buyin.features import DigestItem, Task, all_features
from buyin.initiatives.models import Initiative

from . import timetable, wording
from .mail import absolute
from .models import DigestKind
from .queries import Audience, overview_of, standings_of
from .reports import BarRow, Line, Overview, Report, Section, Span, Standing, Words

MOST_LINES = 5


class Writer:
    """Writes the reports of one run; people with the same view share what was read for them."""

    def __init__(self, span: Span, *, until: datetime | None = None) -> None:
        first = periods.previous(span.period, weeks=span.weeks - 1)
        self.span = span
        self.since = periods.bounds(first)[0]
        self.until = until or periods.bounds(span.period)[1]
        self._standings: dict[object, list[Standing]] = {}
        self._overviews: dict[object, Overview] = {}
        self._departments = Department.objects.in_bulk()
        self._leads = set(
            Initiative.objects.order_by().filter(lead__isnull=False).values_list("lead", flat=True)
        )

    def write_all(self, people: list[tuple[User, Audience]]) -> Iterable[Report]:
        """Return one report for each person, in the same order."""
        everybody = [person for person, _audience in people]
        tasks, items = self._waiting(everybody), self._happened(everybody)
        for person, audience in people:
            yield self._write(person, audience, tasks[person.pk], items[person.pk])

    def write(self, person: User, audience: Audience) -> Report:
        """Return the report of one person."""
        return next(iter(self.write_all([(person, audience)])))

    def _write(
        self, person: User, audience: Audience, tasks: list[Task], items: list[DigestItem]
    ) -> Report:
        if audience.kind == DigestKind.STAFF:
            return self._staff(person, tasks, items)
        if audience.kind == DigestKind.EXECUTIVE:
            return self._executive(person, tasks, items)
        return self._lead(person, audience, tasks, items)

    def _staff(self, person: User, tasks: list[Task], items: list[DigestItem]) -> Report:
        own = self._standing_for(person, person.department_id) if person.department_id else []
        words = Words(
            subject=wording.things(tasks) if tasks else wording.news(items),
            headline=wording.things(tasks) if tasks else wording.news(items),
            summary=wording.first_due(tasks),
            button=Line(_("Open the portal"), absolute("/")),
            reason=wording.reason_for(DigestKind.STAFF, ""),
        )
        sections = (
            (_("For you"), [_task(task) for task in tasks]),
            (_("What happened"), [_item(item) for item in items]),
            (_("Your department"), [_department(s) for s in own[:1] if s.is_released]),
        )
        return self._report(words, sections, is_empty=not tasks and not items)

    def _lead(
        self, person: User, audience: Audience, tasks: list[Task], items: list[DigestItem]
    ) -> Report:
        standings = self._standing_for(person, audience.department_id)
        main, others = (standings[0] if standings else None), standings[1:]
        department = self._departments.get(audience.department_id or 0)
        name, code = (department.name, department.code) if department else ("", "")
        url = _readiness(code)
        words = Words(
            subject=wording.standing_subject(main, len(tasks)),
            headline=wording.lead_headline(main, len(tasks)),
            summary=wording.standing_summary(main),
            button=Line(wording.button_for(name), url),
            reason=wording.reason_for(DigestKind.LEAD, name),
        )
        least = () if department else self._overview_for(person).least_ready
        sections = (
            (_("Least ready departments"), [_least(standing) for standing in least]),
            (_("What would help most"), wording.what_helps(main.bars if main else (), url)),
            (_("For you"), [_task(task) for task in tasks]),
            (_("What happened"), [_item(item) for item in items]),
            (_("Other initiatives"), [wording.standing_line(s, url) for s in others]),
        )
        empty = not (tasks or items or _has_news(standings))
        return self._report(words, sections, bars=_bars(main), is_empty=empty)

    def _executive(self, person: User, tasks: list[Task], items: list[DigestItem]) -> Report:
        standings, overview = self._standing_for(person, None), self._overview_for(person)
        main, others = (standings[0] if standings else None), standings[1:]
        url = _readiness()
        words = Words(
            subject=wording.overview_subject(main, overview),
            headline=wording.overview_headline(main, overview),
            summary=wording.overview_summary(main),
            button=Line(wording.button_for(""), url),
            reason=wording.reason_for(DigestKind.EXECUTIVE, ""),
        )
        sections = (
            (_("Where departments stand"), wording.band_lines(overview)),
            (_("Least ready departments"), [_least(s) for s in overview.least_ready]),
            (_("For you"), [_task(task) for task in tasks]),
            (_("What happened"), [_item(item) for item in items]),
            (_("Other initiatives"), [wording.standing_line(s, url) for s in others]),
        )
        # Once a month executives hear that nothing has changed, too.
        has_turn = timetable.is_month_end(self.span) and main is not None
        empty = not (tasks or items or _has_news(standings) or has_turn)
        return self._report(words, sections, bars=_bars(main), is_empty=empty)

    def _report(
        self,
        words: Words,
        sections: Iterable[tuple[str, Sequence[Line]]],
        *,
        bars: tuple[BarRow, ...] = (),
        is_empty: bool,
    ) -> Report:
        """Return the report with what all kinds have in common; headings without lines fall away."""
        return Report(
            language=get_language() or settings.LANGUAGE_CODE,
            agency=settings.AGENCY_NAME,
            brand=settings.AGENCY_BRAND_COLOUR,
            week=wording.week_label(self.span),
            words=replace(words, subject=wording.as_subject(words.subject)),
            preferences_url=absolute(reverse("digests:preferences")),
            bars=bars,
            sections=tuple(Section(title, _shortened(lines)) for title, lines in sections if lines),
            is_empty=is_empty,
        )

    def _standing_for(self, person: User, department_id: int | None) -> list[Standing]:
        key = (self._view_of(person), department_id)
        if key not in self._standings:
            department = self._departments[department_id] if department_id else None
            self._standings[key] = standings_of(person, department, self.span)
        return self._standings[key]

    def _overview_for(self, person: User) -> Overview:
        key = self._view_of(person)
        if key not in self._overviews:
            self._overviews[key] = overview_of(person, self.span)
        return self._overviews[key]

    def _view_of(self, person: User) -> tuple[object, ...]:
        """Return what decides which figures a person may see; equal for people who see the same."""
        own = person.pk if person.pk in self._leads else None
        return (person.department_id, tuple(sorted(person.held_roles, key=str)), own)

    def _waiting(self, people: list[User]) -> dict[int, list[Task]]:
        found: dict[int, list[Task]] = {person.pk: [] for person in people}
        for feature in all_features():
            for pk, tasks in feature.tasks_for_all(people).items():
                found[pk] += tasks
        return found

    def _happened(self, people: list[User]) -> dict[int, list[DigestItem]]:
        found: dict[int, list[DigestItem]] = {person.pk: [] for person in people}
        for feature in all_features():
            told = feature.digest_items_for_all(people, since=self.since, until=self.until)
            for pk, items in told.items():
                found[pk] += items
        return found


def _shortened(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the first lines, and after them how many there are beside these."""
    left = len(lines) - MOST_LINES
    rest = (Line(_("and %(n)d more") % {"n": left}),) if left > 0 else ()
    return (*lines[:MOST_LINES], *rest)


def _readiness(code: str = "") -> str:
    name = "readiness:department" if code else "readiness:dashboard"
    try:
        return absolute(reverse(name, args=[code] if code else []))
    except NoReverseMatch:  # the readiness pages are not there yet
        return absolute("/")


def _task(task: Task) -> Line:
    return Line(task.title, absolute(task.url), wording.task_detail(task))


def _item(item: DigestItem) -> Line:
    return Line(item.title, absolute(item.url), item.detail)


def _department(standing: Standing) -> Line:
    return Line(
        wording.standing_headline(standing),
        _readiness(standing.department_code),
        wording.standing_summary(standing),
    )


def _bars(standing: Standing | None) -> tuple[BarRow, ...]:
    if standing is None or not standing.is_released:
        return ()
    return tuple(wording.bar_row(bar) for bar in standing.bars)


def _least(standing: Standing) -> Line:
    return wording.least_ready_line(standing, _readiness(standing.department_code))


def _has_news(standings: list[Standing]) -> bool:
    """Return whether the figures say anything that the last report did not."""
    return any(standing.is_new or standing.change for standing in standings)
