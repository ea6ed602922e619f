"""What one person may see of a snapshot, as plain values for pages and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from buyin.accounts.models import Department, Role, User
from buyin.prepared import Prepared
from buyin.readiness.differences import Change, chance_of_spread, change_between, is_unlikely
from buyin.readiness.index import BY_CODE, is_enough
from buyin.readiness.measuring import OVERALL
from buyin.readiness.models import Snapshot, SnapshotCell
from buyin.readiness.scoring import if_silent_lower
from buyin.readiness.standing import Board, Score, Standing, in_order

from .history import one_a_wave

type Cells = dict[str, SnapshotCell]


@dataclass(frozen=True)
class Reading:
    """All that one person may see of a snapshot and of the wave before it; two queries."""

    snapshot: Snapshot
    before: Snapshot | None
    departments: dict[int, Department]
    cells: dict[int, dict[int, Cells]]

    @classmethod
    def of(cls, snapshot: Snapshot, before: Snapshot | None, *, user: User) -> "Reading":
        """Read what this person may see."""
        cells: dict[int, dict[int, Cells]] = {snapshot.pk: {}}
        departments: dict[int, Department] = {}
        rows = SnapshotCell.objects.visible_to(user).select_related("department")
        chosen = [snapshot.pk, before.pk] if before else [snapshot.pk]
        for cell in rows.filter(snapshot__in=chosen).order_by("pk"):
            departments[cell.department_id] = cell.department
            of_snapshot = cells.setdefault(cell.snapshot_id, {})
            of_snapshot.setdefault(cell.department_id, {})[cell.dimension] = cell
        return cls(snapshot, before, departments, cells)

    @property
    def now(self) -> dict[int, Cells]:
        """Return this snapshot's cells by department."""
        return self.cells[self.snapshot.pk]

    @cached_property
    def lens(self) -> str:
        """Return the dimension that stands for the overall score where there is none, else "".

        Of the few that were asked about it is the one that the agency is lowest in.
        """
        if is_enough(len(self.dimensions)) or not self.dimensions:
            return OVERALL
        values = {r["dimension"]: r["value"] for r in self.snapshot.summary["agency"]}
        return min(self.dimensions, key=lambda code: (values.get(code) is None, values.get(code)))

    @property
    def dimensions(self) -> Sequence[str]:
        """Return the codes of the dimensions that were asked about."""
        found: Sequence[str] = self.snapshot.summary.get("dimensions", ())
        return found

    def standing(self, department: Department) -> Standing:
        """Return where one department stands, with its change since the wave before."""
        cells = self.now.get(department.pk, {})
        earlier = self.cells.get(self.before.pk, {}) if self.before else {}
        before = earlier.get(department.pk, {}).get(self.lens)
        return _standing((department.name, department.code), cells, before, lens=self.lens)

    def agency(self) -> Standing | None:
        """Return where the agency as a whole stands, or None where too few answered."""
        rows = [SnapshotCell(**_columns(row)) for row in self.snapshot.summary.get("agency", [])]
        if not rows:
            return None
        earlier = self.before.summary.get("agency", []) if self.before else []
        cells = (SnapshotCell(**_columns(row)) for row in earlier)
        before = next((cell for cell in cells if cell.dimension == self.lens), None)
        top = self.departments.get(rows[0].department_id)
        named = (top.name, top.code) if top else (settings.AGENCY_NAME, "")
        return _standing(named, {row.dimension: row for row in rows}, before, lens=self.lens)

    def children(self, department: Department | None) -> list[Department]:
        """Return the departments that were right under one, or at the top for None."""
        parent, parents = department.pk if department else None, self.snapshot.parents
        return [
            found
            for pk, found in self.departments.items()
            if pk in self.now and parents.get(pk, found.parent_id) == parent
        ]

    def scopes(self, user: User) -> list[Department]:
        """Return the departments whose page this person may open, by name."""
        if user.sees_agency:
            near = set(self.now)
        else:
            held = user.department_ids_held(Role.COORDINATOR, Role.LEAD)
            near = {*held, *([user.department_id] if user.department_id else [])}
        found = [self.departments[pk] for pk in near if pk in self.now]
        return sorted(found, key=lambda department: department.name)

    def home(self, user: User) -> Department | None:
        """Return the department whose page opens first for a person, None for the agency's.

        It is the highest of those that they look after, else the one they work in.
        """
        if user.sees_agency:
            return None
        scopes = self.scopes(user)
        inside = {department.pk for department in scopes}
        tops = [department for department in scopes if department.parent_id not in inside]
        held = [d for d in tops if d.pk != user.department_id] or tops
        return held[0] if held else None

    def shown_above(self, scope: Department, user: User) -> Department | None:
        """Return the nearest department above that has results which this person may read."""
        open_to = {department.pk for department in self.scopes(user)}
        above = self.departments.get(scope.parent_id or 0)
        while above and not (above.pk in open_to and self.standing(above).is_shown):
            above = self.departments.get(above.parent_id or 0)
        return above

    def board(self, scope: Department | None) -> Board:
        """Return the page of one department and the parts of it, or of the agency for None."""
        top = self.children(None)
        if scope is None and len(top) == 1:
            scope = top[0]
        children = self.children(scope)
        parts = [self.standing(child) for child in children or ([scope] if scope else [])]
        whole = self.agency() if scope is None else self.standing(scope)
        shown = [part for part in parts if part.is_shown]
        asked = whole.asked if whole else sum(part.asked for part in parts)
        agency = self.agency()
        is_agency = not agency or not whole or agency.code == whole.code
        chance = self._chance_of(shown, is_agency=is_agency)
        differ = None if chance is None else is_unlikely(chance)
        return Board(
            whole=whole,
            parts=in_order(shown, differ=differ),
            ready_from=self.snapshot.ready_from,
            smallest=self.snapshot.smallest_group,
            hidden=len(children) and len(parts) - len(shown),
            others=max(0, asked - sum(part.asked for part in shown)) if children else 0,
            beside=None if is_agency else agency,
            differ=differ,
            chance=chance,
            dimensions=self.dimensions,
            lens=self.lens,
            since=self.before.closed_on if self.before else None,
            is_first=self.before is None,
        )

    def _chance_of(self, parts: Sequence[Standing], *, is_agency: bool) -> float | None:
        """Return how likely chance alone sets the parts apart: all departments, or these few."""
        if is_agency:
            facts = self.snapshot.summary.get("by_dimension", {}).get(self.lens)
            found = facts["difference"] if facts else self.snapshot.summary.get("difference")
            return found["p"] if found else None
        scores = [part.overall for part in parts if part.overall]
        return chance_of_spread([s.value for s in scores], [s.error or 0.0 for s in scores])


def trend(
    snapshots: Sequence[Snapshot], department: Department, *, user: User, lens: str = OVERALL
) -> list[tuple[Snapshot, Score]]:
    """Return a department's score in each wave, the oldest first; one query."""
    waves = {snapshot.pk: snapshot for snapshot in one_a_wave(snapshots)}
    cells = SnapshotCell.objects.visible_to(user).filter(
        snapshot__in=waves, department=department, dimension=lens, is_released=True
    )
    found = [(waves[cell.snapshot_id], score_of(cell)) for cell in cells.order_by("pk")]
    return sorted(found, key=lambda pair: (pair[0].closed_on or date.min, pair[0].pk))


def newest_standing(user: User) -> Standing | None:
    """Return where the department that a person works in stood last; one query.

    Everybody may see that, so nothing more is asked than whether it may be shown at all.
    """
    found: Cells = {}
    named = ("", "")
    for name, code, *cells in NEWEST.rows(department=user.department_id):
        cell = SnapshotCell.from_db("default", CELL, cells)
        found[cell.dimension], named = cell, (name, code)
    return _standing(named, found, None, lens=OVERALL) if OVERALL in found else None


def _newest(department: int) -> QuerySet[SnapshotCell, Any]:
    """Return the cells of this department in the last snapshot in which it is shown."""
    own = SnapshotCell.objects.filter(department=department, is_released=True)
    newest = Snapshot.objects.filter(pk__in=own.filter(dimension=OVERALL).values("snapshot"))
    cells = own.filter(snapshot=newest.values("pk")[:1]).order_by()
    return cells.values_list("department__name", "department__code", *CELL)


CELL = ["id", "snapshot_id", "department_id", "dimension", "is_released", "asked", "answered"]
CELL += ["value", "standard_error", "low", "high", "band", "is_barrier", "detail"]
NEWEST = Prepared(_newest, department=int)


def score_of(cell: SnapshotCell) -> Score:
    """Return a released cell as a plain value."""
    between = cell.detail.get("favourable_between")
    return Score(
        value=cell.value or 0.0,
        low=cell.low,
        high=cell.high,
        band=cell.band,  # type: ignore[arg-type]
        answered=cell.answered or 0,
        error=cell.standard_error,
        is_barrier=cell.is_barrier,
        favourable=cell.detail.get("favourable", ""),
        favourable_between=(between[0], between[1]) if between else None,
        distribution=[(name, count) for name, count in cell.detail.get("distribution", [])],
    )


def _standing(
    named: tuple[str, str], cells: Cells, before: SnapshotCell | None, *, lens: str
) -> Standing:
    released = {dimension: cell for dimension, cell in cells.items() if cell.is_released}
    overall = released.get(lens)
    counted = overall or next(iter(released.values()), None)
    return Standing(
        name=named[0],
        code=named[1],
        lens=lens,
        asked=max((cell.asked for cell in cells.values()), default=0),
        answered=counted.answered if counted else None,
        overall=score_of(overall) if overall else None,
        dimensions={c: score_of(released[c]) for c in BY_CODE if c in released},
        change=_change(overall, before),
        if_silent_lower=_if_silent_lower(overall) if overall else None,
        otherwise=overall.detail.get("otherwise", []) if overall else [],
    )


def _if_silent_lower(cell: SnapshotCell) -> float:
    answered = cell.answered or 0
    asked = max(cell.asked, answered, 1)
    return if_silent_lower(cell.value or 0.0, answered=answered, asked=asked)


def _change(now: SnapshotCell | None, before: SnapshotCell | None) -> Change | None:
    if now is None or before is None or now.value is None or before.value is None:
        return None
    errors = (now.standard_error or 0.0, before.standard_error or 0.0)
    return change_between(now.value, before.value, errors=errors)


def _columns(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the summary as columns of a cell."""
    return {("department_id" if key == "department" else key): row[key] for key in row}
