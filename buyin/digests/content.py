"""Writes reports: gathers what a person may know, and puts it into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buyin import periods
from buyin.accounts.models import Department, Role, User
from buyin.features import DigestItem, Task, all_features, by_day
from buyin.initiatives.models import Initiative
from buyin.readiness.advice import steps_for
from buyin.readiness.standing import Standing

from . import timetable, wording
from .mail import absolute
from .models import DigestKind
from .queries import Audience, Look, looks_of
from .reports import BarRow, Finding, Line, Overview, Report, Section, Span, Words

MOST_LINES = 5
LOOKING_AFTER = {Role.COORDINATOR, Role.LEAD}


@dataclass(frozen=True)
class Told:
    """What the features have to say to one person."""

    tasks: list[Task]
    items: list[DigestItem]

    def sections(self) -> list[tuple[str, list[Line]]]:
        """Return what waits and what happened, under their headings."""
        return [
            (_("For you"), [_task(task) for task in self.tasks]),
            (_("What happened"), [_item(item) for item in self.items]),
        ]

    def __bool__(self) -> bool:
        return bool(self.tasks or self.items)


class Writer:
    """Writes the reports of one run; people with the same view share what was read for them."""

    def __init__(self, span: Span, *, until: datetime | None = None) -> None:
        first = periods.previous(span.period, weeks=span.weeks - 1)
        self.span = span
        self.since = periods.bounds(first)[0]
        self.until = until or periods.bounds(span.period)[1]
        self._looks: dict[object, list[Look]] = {}
        self._reports: dict[object, Report] = {}
        self._departments = Department.objects.in_bulk()
        self._leads = set(
            Initiative.objects.order_by().filter(lead__isnull=False).values_list("lead", flat=True)
        )

    def write_all(self, people: Sequence[tuple[User, Audience]]) -> Iterable[Report]:
        """Return one report for each person, in the same order."""
        told = self._told([person for person, _audience in people]) if people else {}
        for person, audience in people:
            yield self._report_for(person, audience, told[person.pk])

    def write(self, person: User, audience: Audience) -> Report:
        """Return the report of one person."""
        return next(iter(self.write_all([(person, audience)])))

    def _report_for(self, person: User, audience: Audience, told: Told) -> Report:
        """Return the report of one person; whoever is told the same shares one."""
        key = (audience, self._view_of(person), tuple(told.tasks), tuple(told.items))
        if key not in self._reports:
            if audience.kind == DigestKind.STAFF:
                report = self._staff(person, told)
            elif audience.kind == DigestKind.EXECUTIVE:
                report = self._executive(person, told)
            else:
                report = self._lead(person, audience.department_id, told)
            self._reports[key] = report
        return self._reports[key]

    def _staff(self, person: User, told: Told) -> Report:
        own = self._departments.get(person.department_id or 0)
        findings = self._findings(person, own) if own else []
        first = wording.things(told.tasks) if told.tasks else wording.news(told.items)
        words = Words(
            subject=first,
            headline=first,
            summary=wording.first_due(told.tasks),
            button=Line(_("Open the portal"), absolute("/")),
            reason=wording.reason_for(DigestKind.STAFF, ""),
        )
        here = [_department(finding) for finding in findings[:1] if finding.value is not None]
        sections = [*told.sections(), (_("Your department"), here)]
        return self._report(words, sections, is_empty=not told)

    def _lead(self, person: User, department_id: int | None, told: Told) -> Report:
        department = self._departments.get(department_id or 0)
        findings = self._findings(person, department)
        main = findings[0] if findings else None
        name, code = (department.name, department.code) if department else ("", "")
        words = Words(
            subject=wording.lead_subject(main, len(told.tasks)),
            headline=wording.lead_headline(main, len(told.tasks)),
            summary=wording.summary(main),
            button=Line(wording.button_for(name), _readiness(code)),
            reason=wording.reason_for(DigestKind.LEAD, name),
        )
        least = () if department else self._overview(person).least_ready
        sections = [
            (_("Your other departments"), self._beside(person, department)),
            (_("Least ready departments"), [_least(standing) for standing in least]),
            (_("What would help most"), self._steps(person, department)),
            *told.sections(),
            (_("Other initiatives"), _others(findings, _readiness(code))),
        ]
        empty = not told and not _has_news(findings)
        return self._report(words, sections, bars=wording.bar_rows(main), is_empty=empty)

    def _executive(self, person: User, told: Told) -> Report:
        findings, overview = self._findings(person, None), self._overview(person)
        main = findings[0] if findings else None
        words = Words(
            subject=wording.overview_subject(main, overview),
            headline=wording.overview_headline(main, overview),
            summary=wording.overview_summary(main),
            button=Line(wording.button_for(""), _readiness()),
            reason=wording.reason_for(DigestKind.EXECUTIVE, ""),
        )
        sections = [
            (_("Where departments stand"), wording.band_lines(overview)),
            (_("Least ready departments"), [_least(s) for s in overview.least_ready]),
            *told.sections(),
            (_("Other initiatives"), _others(findings, _readiness())),
        ]
        # Once a month executives hear that nothing has changed, too.
        has_turn = timetable.is_month_end(self.span) and main is not None
        empty = not (told or _has_news(findings) or has_turn)
        return self._report(words, sections, bars=wording.bar_rows(main), is_empty=empty)

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

    def _looks_of(self, person: User) -> list[Look]:
        """Return what this person may see of readiness; read once for all who see the same."""
        view = self._view_of(person)
        if view not in self._looks:
            self._looks[view] = looks_of(person, self.span)
        return self._looks[view]

    def _view_of(self, person: User) -> tuple[object, ...]:
        """Return what decides which figures a person may see; equal for people who see the same."""
        own = person.pk if person.pk in self._leads else None
        return (person.department_id, tuple(sorted(person.held_roles, key=str)), own)

    def _findings(self, person: User, department: Department | None) -> list[Finding]:
        found = (look.finding(department) for look in self._looks_of(person))
        return [finding for finding in found if finding]

    def _beside(self, person: User, main: Department | None) -> list[Line]:
        """Return where the other departments stand that somebody looks after beside the main one."""
        if main is None:
            return []
        held = {at for role, at in person.held_roles if role in LOOKING_AFTER} - {main.pk}
        others = [found for pk, found in self._departments.items() if pk in held]
        findings = [self._findings(person, other)[:1] for other in sorted(others, key=str)]
        return [_department(finding) for found in findings for finding in found]

    def _overview(self, person: User) -> Overview:
        looks = self._looks_of(person)
        return looks[0].overview() if looks else Overview()

    def _steps(self, person: User, department: Department | None) -> list[Line]:
        """Return what the readiness pages would advise this person."""
        looks = self._looks_of(person)
        if not looks:
            return []
        steps = steps_for(
            looks[0].board(department),
            looks[0].snapshot,
            today=timezone.localdate(self.until),
            is_author=person.has_role(Role.LEAD, Role.ADMINISTRATOR),
        )
        return [Line(step.title, absolute(step.url), step.reason) for step in steps]

    def _told(self, people: list[User]) -> dict[int, Told]:
        """Return what the features say to each of these people, asked once for all of them."""
        found = {person.pk: Told([], []) for person in people}
        waiting: dict[int, list[Task]] = {}
        for feature in all_features():
            for pk, tasks in feature.tasks_for_all(people).items():
                waiting.setdefault(pk, []).extend(tasks)
            told = feature.digest_items_for_all(people, since=self.since, until=self.until)
            for pk, items in told.items():
                found[pk].items.extend(items)
        for pk, tasks in waiting.items():
            found[pk].tasks.extend(by_day(tasks))
        return found


def _shortened(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the first lines, and after them how many there are beside these."""
    left = len(lines) - MOST_LINES
    rest = (Line(_("and %(n)d more") % {"n": left}),) if left > 0 else ()
    return (*lines[:MOST_LINES], *rest)


def _readiness(code: str = "") -> str:
    name = "readiness:department" if code else "readiness:dashboard"
    return absolute(reverse(name, args=[code] if code else []))


def _task(task: Task) -> Line:
    return Line(task.title, absolute(task.url), wording.task_detail(task))


def _item(item: DigestItem) -> Line:
    return Line(item.title, absolute(item.url), item.detail)


def _department(finding: Finding) -> Line:
    url = _readiness(finding.now.code)
    return Line(wording.headline(finding), url, wording.summary(finding))


def _least(standing: Standing) -> Line:
    return wording.least_ready_line(standing, _readiness(standing.code))


def _others(findings: list[Finding], url: str) -> list[Line]:
    return [wording.initiative_line(finding, url) for finding in findings[1:]]


def _has_news(findings: list[Finding]) -> bool:
    """Return whether there are answers that the last report did not know."""
    return any(finding.is_new for finding in findings)
