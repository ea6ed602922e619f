"""What the reports know of readiness: what the readiness pages would show their reader."""

from dataclasses import dataclass

from buyin import periods
from buyin.accounts.models import Department, User
from buyin.digests.reports import Finding, Overview, Span
from buyin.readiness.models import Snapshot
from buyin.readiness.queries import Reading, Shelf, wave_before
from buyin.readiness.standing import Board, Standing

LEAST_READY = 3


@dataclass(frozen=True)
class Look:
    """One initiative as one person may see it: the newest snapshot and that of the wave before."""

    snapshot: Snapshot
    reading: Reading
    earlier: Reading | None
    is_new: bool

    def board(self, department: Department | None) -> Board:
        """Return the page of a department, or of the agency."""
        return self.reading.board(department)

    def finding(self, department: Department | None) -> Finding | None:
        """Return where the department or the agency stands; None where it was never asked."""
        now = _standing(self.reading, department)
        if now is None:
            return None
        return Finding(
            initiative=self.snapshot.initiative.name,
            now=now,
            then=_standing(self.earlier, department) if self.earlier else None,
            board=self.board(department),
            is_new=self.is_new,
        )

    def overview(self) -> Overview:
        """Return how many departments stand where, and which are least ready."""
        below = [d for pk, d in self.reading.departments.items() if d.parent and pk in self.now]
        standings = [self.reading.standing(department) for department in below]
        scored = [(s.overall.value, s.name, s) for s in standings if s.overall]
        behind = [s for _value, _name, s in sorted(scored) if not _is_ready(s)]
        return Overview(
            bands=tuple(s.overall.band if s.overall else "not-enough" for s in standings),
            least_ready=tuple(behind[:LEAST_READY]),
        )

    @property
    def now(self) -> set[int]:
        """Return the ids of the departments that were asked."""
        return set(self.reading.now)


def looks_of(person: User, span: Span) -> list[Look]:
    """Return a look at each initiative that this person may see, the freshest answers first."""
    shelf = Shelf.of(person)
    found = []
    for initiative in shelf.initiatives:
        known = [s for s in shelf.of_initiative(initiative.pk) if s.period <= span.period]
        if known:
            found.append(_look(person, known, span))
    found.sort(key=lambda look: str(look.snapshot.closed_on or ""), reverse=True)
    return found


def _look(person: User, known: list[Snapshot], span: Span) -> Look:
    newest, before = known[0], wave_before(known[0], known)
    last = periods.previous(span.period, weeks=span.weeks)
    return Look(
        snapshot=newest,
        reading=Reading.of(newest, before, user=person),
        earlier=Reading.of(before, None, user=person) if before else None,
        is_new=not any(s.source == newest.source and s.period <= last for s in known),
    )


def _standing(reading: Reading, department: Department | None) -> Standing | None:
    if department is None:
        return reading.agency()
    return reading.standing(department) if department.pk in reading.now else None


def _is_ready(standing: Standing) -> bool:
    return standing.overall is not None and standing.overall.band == "ready"
