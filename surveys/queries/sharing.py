"""What can be shared of a wave's results, and what was shared with whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from buyin.accounts.models import Department, User, in_tree_order
from buyin.prepared import Prepared
from buyin.readiness.release import path_up
from surveys.definitions import Definition
from surveys.models import (
    DepartmentResult,
    Need,
    Remedy,
    SharedDepartment,
    SharedResult,
    Wave,
    WaveResult,
)
from surveys.models.homes import homes_of
from surveys.results.reading import QuestionResult, Section, questions_in, sections_in
from surveys.results.sharing import Counted, Unit, document_of

from .filling import definition_of

NEWS = timedelta(days=14)  # how long the start page tells of shared results


@dataclass(frozen=True)
class Own:
    """A reader's own department in a document, with its tables by question code."""

    code: str
    name: str
    questions: Mapping[str, Any]


@dataclass(frozen=True)
class ToldNeed:
    """A need with what was done about it when the results were shared; the rows are not stored."""

    statement: str
    remedies: list[Remedy]


@dataclass(frozen=True)
class Shared:
    """A document as one reader sees it: the whole, and their own department where it is there."""

    document: Mapping[str, Any]
    definition: Definition
    home: int | None = None

    @property
    def title(self) -> str:
        """Return what the survey was called when its results were shared."""
        return str(self.document["title"])

    @property
    def closed_on(self) -> date:
        """Return the day on which the wave closed."""
        return date.fromisoformat(self.document["closed_on"])

    @cached_property
    def questions(self) -> list[QuestionResult]:
        """Return every question with what came out of it for all together."""
        return questions_in(self.definition, self.document["questions"])

    @property
    def sections(self) -> list[Section]:
        """Return the pages of the survey that ask something."""
        return sections_in(self.definition, self.questions)

    @property
    def answers(self) -> int:
        """Return how many have answered."""
        return int(self.document["answers"])

    @property
    def asked(self) -> int:
        """Return how many were asked."""
        return int(self.document["asked"])

    @property
    def smallest_group(self) -> int:
        """Return how many answers a group needs to be shown."""
        return int(self.document["smallest_group"])

    @property
    def needs(self) -> list[ToldNeed]:
        """Return what people need, and what is done about it, as it was when this was shared."""
        return [
            ToldNeed(one["statement"], [_remedy(remedy) for remedy in one["remedies"]])
            for one in self.document["needs"]
        ]

    @property
    def own(self) -> Own | None:
        """Return the reader's department, None where it may not be shown or they have none."""
        found = self.document["departments"].get(str(self.home))
        return Own(found["code"], found["name"], found["questions"]) if found else None


def _remedy(told: Mapping[str, Any]) -> Remedy:
    days = {name: date.fromisoformat(told[name]) for name in ("due", "done_on") if told[name]}
    return Remedy(kind=told["kind"], text=told["text"], link=told["link"], **days)


def shared_as(share: SharedResult, home: int | None) -> Shared:
    """Return shared results as somebody of this department reads them."""
    return Shared(share.document, definition_of(share.result.wave.version), home)


def with_waves(shares: QuerySet[SharedResult]) -> QuerySet[SharedResult]:
    """Add what pages of shared results name, without the questions and without live figures."""
    return shares.select_related("result__wave__survey", "result__wave__version").defer(
        "result__questions",
        "result__scales",
        "result__tree",
        "result__wave__version__definition",
    )


def readable_by(person: User) -> QuerySet[SharedResult]:
    """Return what this person reads of shared results, also what was taken back: it says why."""
    return with_waves(SharedResult.objects.visible_to(person))


def published() -> QuerySet[SharedResult]:
    """Return what everybody reads of public waves, also what was taken back: it says why."""
    return with_waves(SharedResult.objects.published())


def shared_with(person: User) -> list[SharedResult]:
    """Return what is shared with this person now, the newest first, without the documents."""
    shares = SharedResult.objects.newest().standing().addressed_to(person)
    return list(with_waves(shares).defer("document").order_by("-shared_at", "-pk"))


@dataclass(frozen=True)
class NewlyShared:
    """What the start page tells of shared results: of which wave, and what differs in them."""

    wave: int
    title: str
    different: str


def newly_shared_with(person: User) -> list[NewlyShared]:
    """Return what was shared with this person in the last two weeks, the newest first."""
    rows = NEWLY_SHARED.rows(person=person.pk, department=person.department_id)
    since = timezone.now() - NEWS
    return [NewlyShared(*told) for shared_at, *told in rows if shared_at > since]


def _newly_shared(person: int, department: int) -> QuerySet[SharedResult, Any]:
    addressed = SharedResult.objects.addressed_to(User(pk=person, department_id=department))
    shares = addressed.newest().standing().order_by("-shared_at", "-pk")
    named = ("result__wave", "result__wave__survey__title", "different")
    return shares.values_list("shared_at", *named)


NEWLY_SHARED = Prepared(_newly_shared, person=int, department=int)


def is_shared_with(person: User, wave: Wave) -> bool:
    """Return whether the results of a wave are shared with this person now."""
    shares = SharedResult.objects.filter(result__wave=wave)
    return shares.newest().standing().addressed_to(person).exists()


def shared_for_all(
    people: Sequence[User], *, since: datetime, until: datetime
) -> dict[int, list[SharedResult]]:
    """Return what was shared in a period and still is, by person; four queries for any number."""
    rows = SharedResult.objects.newest().standing()
    recent = with_waves(rows.filter(shared_at__gt=since, shared_at__lte=until)).defer("document")
    shares = list(recent.order_by("shared_at", "pk"))
    if not shares:
        return {}
    homes = homes_of([share.result.wave_id for share in shares], people)
    listed = set(
        SharedDepartment.objects.filter(share__in=shares)
        .order_by()
        .values_list("share_id", "department_id")
    )
    found: dict[int, list[SharedResult]] = {}
    for person in people:
        for share in shares:
            home = homes.home(share.result.wave_id, person)
            if home is not None and (share.is_for_all or (share.pk, home) in listed):
                found.setdefault(person.pk, []).append(share)
    return found


def document_for(
    result: WaveResult, *, departments: Collection[int] | None, needs: Iterable[Need]
) -> dict[str, Any]:
    """Return what would be shared of a wave's results now; None stands for all departments."""
    wave = result.wave
    closed = timezone.localtime(wave.closed_at or result.frozen_at)
    counted = Counted(
        title=wave.survey.title,
        number=wave.number,
        closed_on=closed.date().isoformat(),
        answers=result.answers or 0,
        asked=result.asked,
        smallest=result.smallest_group,
        questions=result.questions,
    )
    rows = DepartmentResult.objects.filter(result=result).select_related("department")
    if departments is not None:
        rows = rows.filter(department__in=departments)
    units = [
        Unit(row.department_id, row.department.code, row.department.name, row.questions)
        for row in rows.order_by("department")
    ]
    told = [_need(one) for one in needs]
    return document_of(counted, units, told, smallest=settings.SMALLEST_GROUP)


def everybody_under(result: WaveResult, chosen: Iterable[int]) -> list[int]:
    """Return the asked departments that are one of these or stand under one."""
    tree, wanted = _tree(result), set(chosen)
    groups = result.wave.groups.order_by("department").values_list("department_id", flat=True)
    return [one for one in groups if wanted & {one, *path_up(one, tree)}]


def choosable(result: WaveResult) -> list[tuple[int, Department]]:
    """Return the departments that were asked and those above them, as (depth, department)."""
    tree = _tree(result)
    groups = result.wave.groups.order_by().values_list("department_id", flat=True)
    wanted = {one for group in groups for one in (group, *path_up(group, tree))}
    return in_tree_order(Department.objects.filter(pk__in=wanted))


def offered_needs(result: WaveResult, user: User) -> QuerySet[Need]:
    """Return the needs of the initiative that this person works on, the most pressing first."""
    needs = Need.objects.kept_by(user).filter(initiative=result.wave.survey.initiative_id)
    return needs.ranked().prefetch_related("remedies")


def shared_by(person: User, wave: int) -> bool | None:
    """Return whether the results of a wave are shared now; None where this person may not share."""
    standing = SharedResult.objects.standing().filter(result=OuterRef("pk"))
    shareable = WaveResult.objects.shareable_by(person).filter(wave=wave)
    return (
        shareable.annotate(is_shared=Exists(standing)).values_list("is_shared", flat=True).first()
    )


def last_words(result: WaveResult) -> SharedResult | None:
    """Return the last version of what was shared of a wave, to go on from; None before the first."""
    versions = result.shared.prefetch_related("departments").order_by("-number")
    return versions.first()


def versions_of(result: WaveResult) -> QuerySet[SharedResult]:
    """Return all versions of what was shared of a wave, the last one first, without documents."""
    shares = SharedResult.objects.filter(result=result).defer("document")
    people = shares.select_related("shared_by", "withdrawn_by")
    return people.prefetch_related("departments__department").order_by("-number")


def _tree(result: WaveResult) -> dict[int, int | None]:
    """Return the department above each one when the answers were counted."""
    return {int(one): above for one, above in result.tree.items()}


def _need(need: Need) -> dict[str, Any]:
    """Return a need and what is done about it, in the words of this moment."""
    remedies = [
        {
            "kind": one.kind,
            "text": one.text,
            "link": one.link,
            "due": one.due.isoformat() if one.due else None,
            "done_on": one.done_on.isoformat() if one.done_on else None,
        }
        for one in need.remedies.all()
    ]
    return {"id": need.pk, "statement": need.statement, "remedies": remedies}
