"""What a roster file would change: worked out against what is stored, nothing written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from buyin.accounts.models import (
    LONGEST_TAG,
    Department,
    RosterKind,
    Tag,
    User,
    tag_names,
    tags_text,
)
from buyin.accounts.roster import (
    DEPARTMENT_COLUMNS,
    LABELS,
    PEOPLE_COLUMNS,
    SHOWN,
    CellError,
    Problem,
    Row,
    code_in,
    line_in,
    mail_address_in,
    rows_in,
    text_in,
    whole_number_in,
)

COLUMNS = {RosterKind.DEPARTMENTS: DEPARTMENT_COLUMNS, RosterKind.PEOPLE: PEOPLE_COLUMNS}
Values = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What one row does: the key of the record, its values, and what they were if they differ."""

    row: int
    key: str
    values: Values
    before: Values
    is_new: bool

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Return (field, was, becomes) for each value that differs."""
        return [
            (str(LABELS[name]), str(was), str(self.values[name]))
            for name, was in self.before.items()
        ]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Return (field, value) for what the row says beside the name."""
        return [
            (str(LABELS[name]), str(value))
            for name, value in self.values.items()
            if value and name != "name"
        ]


@dataclass
class Plan:
    """The changes and the problems of one file."""

    kind: RosterKind
    created: list[Change] = field(default_factory=list)
    updated: list[Change] = field(default_factory=list)
    unchanged: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """Return how many rows the import leaves out because of a problem."""
        return len({problem.row for problem in self.problems if problem.is_fatal})

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to confirm."""
        return bool(self.created or self.updated)


def plan_roster(*, kind: RosterKind, text: str) -> Plan:
    """Return what importing this text would do; the same text twice changes nothing twice."""
    table = rows_in(text, COLUMNS[kind])
    plan = Plan(kind=kind, problems=list(table.problems))
    is_departments = kind == RosterKind.DEPARTMENTS
    stored = _stored_departments() if is_departments else _stored_people()
    read = _department_reader(plan) if is_departments else _person_reader(plan)
    rows = _read_rows(table.rows, read, plan)
    if is_departments:
        _leave_out_broken_branches(rows, stored, plan)
    for key, (number, values) in rows.items():
        was = stored.get(key)
        before = {} if was is None else {n: was[n] for n, v in values.items() if was[n] != v}
        change = Change(number, key, values, before, is_new=was is None)
        pile = plan.created if was is None else plan.updated if before else plan.unchanged
        pile.append(change)
    plan.problems.sort(key=lambda problem: (problem.row, problem.column))
    return plan


def _read_rows(
    rows: Iterable[Row], read: Callable[[Row], tuple[str, Values]], plan: Plan
) -> dict[str, tuple[int, Values]]:
    """Return (row number, values) by key; rows that cannot be read become problems of the plan."""
    found: dict[str, tuple[int, Values]] = {}
    for row in rows:
        try:
            key, values = read(row)
        except CellError as problem:
            plan.problems.append(Problem(row.number, problem.column, str(problem)))
            continue
        if key in found:
            message = _("The same as in row %(row)d. One of them has to go.")
            column = "code" if plan.kind == RosterKind.DEPARTMENTS else "email"
            plan.problems.append(Problem(row.number, column, message % {"row": found[key][0]}))
        else:
            found[key] = (row.number, values)
    return found


def _stored_departments() -> dict[str, Values]:
    fields = ("code", "name", "parent__code", "head__email", "headcount")
    return {
        code: {"name": name, "parent": parent or "", "head": head or "", "headcount": headcount}
        for code, name, parent, head, headcount in Department.objects.values_list(*fields)
    }


def _stored_people() -> dict[str, Values]:
    fields = ("pk", "email", "name", "department__code", "time_zone")
    tags: dict[int, list[str]] = defaultdict(list)
    for person, tag in User.tags.through.objects.values_list("user_id", "tag__name"):
        tags[person].append(tag)
    return {
        email: {
            "name": name,
            "department": department or "",
            "time_zone": zone,
            "tags": tags_text(tags.get(pk, ())),
        }
        for pk, email, name, department, zone in User.objects.order_by().values_list(*fields)
    }


def _department_reader(plan: Plan) -> Callable[[Row], tuple[str, Values]]:
    heads = set(User.objects.active().order_by().values_list("email", flat=True))

    def read(row: Row) -> tuple[str, Values]:
        cells = row.cells
        values: Values = {"name": text_in(cells, "name", 120)}
        if "parent" in cells:
            values["parent"] = cells["parent"]
        if "headcount" in cells:
            values["headcount"] = whole_number_in(cells, "headcount")
        head = cells.get("head", "").lower()
        if "head" in cells and (not head or head in heads):
            values["head"] = head
        elif head:
            message = _("Nobody has this mail address yet. Import people, then this file again.")
            plan.problems.append(Problem(row.number, "head", message, is_fatal=False))
        return code_in(cells), values

    return read


def _person_reader(plan: Plan) -> Callable[[Row], tuple[str, Values]]:
    codes = list(Department.objects.values_list("code", "name"))
    known = {name.lower(): code for code, name in codes} | {
        code.lower(): code for code, _n in codes
    }
    times = Counter(name.lower() for _c, name in codes)
    unclear = {name for name, count in times.items() if count > 1} - {c.lower() for c, _n in codes}
    zones = available_timezones() | {""}
    names = {name.lower(): name for name in Tag.objects.values_list("name", flat=True)}
    closed = set(User.objects.filter(is_active=False).values_list("email", flat=True))

    def read(row: Row) -> tuple[str, Values]:
        cells = row.cells
        values: Values = {"name": text_in(cells, "name", 120)}
        if "department" in cells:
            said = cells["department"].lower()
            if said and said not in known:
                raise CellError("department", _no_department(cells["department"]))
            if said in unclear:
                message = _("More than one department has this name. Write its code instead.")
                raise CellError("department", message)
            values["department"] = known.get(said, "")
        if "time_zone" in cells:
            if cells["time_zone"] not in zones:
                message = _("There is no such time zone. Write it as Europe/Berlin.")
                raise CellError("time_zone", message)
            values["time_zone"] = cells["time_zone"]
        if "tags" in cells:
            values["tags"] = _tags(cells, names)
        address = mail_address_in(cells)
        plan.problems += [_closed(row)] if address in closed else []
        return address, values

    return read


def _closed(row: Row) -> Problem:
    message = _("This account is closed, and stays closed. Open it on the person's page.")
    return Problem(row.number, "email", message, is_fatal=False)


def _no_department(said: str) -> str:
    return _("There is no department “%(text)s”.") % {"text": Truncator(said).chars(SHOWN)}


def _tags(cells: dict[str, str], known: dict[str, str]) -> str:
    """Return the tags of a cell as tags are written already, or as this file writes them first."""
    line_in(cells, "tags")
    names = tag_names(cells["tags"])
    if any(len(name) > LONGEST_TAG for name in names):
        message = _("A tag has at most %(longest)d characters.") % {"longest": LONGEST_TAG}
        raise CellError("tags", message)
    return tags_text(known.setdefault(name.lower(), name) for name in names)


def _leave_out_broken_branches(
    rows: dict[str, tuple[int, Values]], stored: dict[str, Values], plan: Plan
) -> None:
    """Take out rows whose parent is nowhere, and rows that would make the tree a circle."""
    while True:
        parents = {code: values["parent"] for code, values in stored.items()}
        parents |= {c: v["parent"] for c, (_row, v) in rows.items() if "parent" in v}
        names = parents.keys() | rows.keys()
        broken = {
            code: _no_department(values["parent"])
            for code, (_row, values) in rows.items()
            if values.get("parent") and values["parent"] not in names
        }
        broken |= {
            code: _("This would be a circle: %(path)s.") % {"path": " → ".join(path)}
            for code in rows
            if (path := _circle_from(code, parents))
        }
        if not broken:
            return
        for code, message in broken.items():
            plan.problems.append(Problem(rows.pop(code)[0], "parent", message))


def _circle_from(code: str, parents: dict[str, str]) -> list[str]:
    """Return the way from a department up to itself again, empty where it ends at the top."""
    path, here = [code], parents.get(code, "")
    while here and here != code:
        if here in path:
            return []
        path.append(here)
        here = parents.get(here, "")
    return [*path, code] if here else []
