"""Writing what a list says: new stakeholders with all that belongs to them, many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from buyin.stakeholders.contacts import Contact
from buyin.stakeholders.matching import folded_name
from buyin.stakeholders.models import (
    Category,
    ConsentEvent,
    Group,
    ImportChange,
    ImportedRow,
    ImportRun,
    Organisation,
    Person,
    Post,
    Stakeholder,
    StakeholderTag,
)
from buyin.stakeholders.queries.import_plan import Plan
from buyin.stakeholders.queries.import_states import states_of
from buyin.uploads import Tell, part_of, silent

from .registry import tags_called

AT_ONCE = 1000
KIND_OF = {Category.VENDOR: "vendor", Category.UNION: "union", Category.CITIZENS: "citizens"}


@dataclass
class Beside:
    """What stands beside stakeholders and is made where there is none: organisations and tags."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    tags: dict[str, StakeholderTag] = field(default_factory=dict)
    made: dict[str, list[int]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)  # organisations that are stakeholders

    def organisation(self, name: str | None) -> Organisation | None:
        """Return the organisation that a row names."""
        return self.organisations[folded_name(name)] if name else None

    def tags_of(self, names: Iterable[str]) -> list[StakeholderTag]:
        """Return the tags that a row names."""
        return [self.tags[name.lower()] for name in names]


def write_created(
    run: ImportRun, plan: Plan, beside: Beside, tell: Tell = silent
) -> dict[int, int]:
    """Make the stakeholders that are new; return their ids by row. The caller holds the transaction."""
    rows = plan.created
    parties = _parties(rows, beside)
    tell(0.2)
    made = Stakeholder.objects.bulk_create(
        [_stakeholder(row, party, beside) for row, party in zip(rows, parties, strict=True)],
        batch_size=AT_ONCE,
    )
    tell(0.4)
    Post.objects.bulk_create(_posts(rows, made, beside), batch_size=AT_ONCE)
    ConsentEvent.objects.bulk_create(_consents(run, rows, made), batch_size=AT_ONCE)
    tell(0.6)
    add_tags(zip(made, (row.values.get("tags", ()) for row in rows), strict=True), beside)
    note_changes(run, list(zip(rows, made, strict=True)), {}, part_of(tell, 0.7, 1))
    return {row.row: one.pk for row, one in zip(rows, made, strict=True)}


def write_rows(run: ImportRun, rows: Iterable[tuple[str, int]]) -> None:
    """Keep which row was about whom, so that the same row again changes nothing."""
    ImportedRow.objects.bulk_create(
        [ImportedRow(run=run, digest=digest, stakeholder_id=pk) for digest, pk in rows],
        batch_size=AT_ONCE,
    )


def note_changes(
    run: ImportRun,
    changed: Sequence[tuple[Contact, Stakeholder]],
    before: dict[int, Any],
    tell: Tell = silent,
) -> None:
    """Keep what was and what is of each of these, in full; nothing was of those that are new."""
    after = states_of((one.pk for _contact, one in changed), part_of(tell, 0, 0.5))
    ImportChange.objects.bulk_create(
        [
            ImportChange(
                run=run,
                stakeholder=one,
                row=contact.row,
                name=one.name,
                before=before.get(one.pk),
                after=after[one.pk],
            )
            for contact, one in changed
        ],
        batch_size=AT_ONCE,
    )


def beside_of(plan: Plan) -> Beside:
    """Return the organisations and tags that the rows name, made where there are none."""
    beside = Beside()
    changes = [one.changes for one in plan.updated]
    _add_organisations(beside, plan, [one.get("post", {}).get("organisation") for one in changes])
    names = [tag for row in plan.created for tag in row.values.get("tags", ())]
    names += [tag for one in changes for tag in one.get("tags", ())]
    known = set(StakeholderTag.objects.order_by().values_list("pk", flat=True))
    beside.tags = {tag.name.lower(): tag for tag in tags_called(list(dict.fromkeys(names)))}
    beside.made["tags"] = [tag.pk for tag in beside.tags.values() if tag.pk not in known]
    return beside


def _add_organisations(beside: Beside, plan: Plan, others: Iterable[str | None]) -> None:
    """Find the organisations of posts and of rows about one; those that are missing are made."""
    for one in Organisation.objects.select_related("department").order_by("-pk"):
        beside.organisations[folded_name(one.name)] = one
    used = Stakeholder.objects.exclude(organisation=None).order_by()
    beside.used = set(used.values_list("organisation_id", flat=True))
    fresh: dict[str, Organisation] = {}
    for row in plan.created:
        values = row.values
        if row.kind == "organisation" and folded_name(row.name) not in beside.organisations:
            kind = values.get("organisation_kind") or KIND_OF.get(values["category"], "agency")
            fresh[folded_name(row.name)] = Organisation(
                name=row.name, kind=kind, department_id=values.get("department")
            )
    for name in (*(row.values.get("organisation") for row in plan.created), *others):
        if name and folded_name(name) not in beside.organisations:
            fresh.setdefault(folded_name(name), Organisation(name=name, kind="agency"))
    made = Organisation.objects.bulk_create(fresh.values(), batch_size=AT_ONCE)
    beside.made["organisations"] = [one.pk for one in made]
    beside.organisations |= fresh


def _parties(rows: Sequence[Contact], beside: Beside) -> list[Model]:
    """Return the person, organisation or group of each row, made but for organisations."""
    made: dict[int, Model] = {}
    people = {row.row: _person(row) for row in rows if row.kind == "person"}
    groups = {row.row: _group(row) for row in rows if row.kind == "group"}
    made |= zip(people, Person.objects.bulk_create(people.values(), AT_ONCE), strict=True)
    made |= zip(groups, Group.objects.bulk_create(groups.values(), AT_ONCE), strict=True)
    return [made.get(row.row) or _organisation(row, beside) for row in rows]


def _person(row: Contact) -> Person:
    values = row.values
    return Person(
        name=row.name,
        email=values.get("email", ""),
        phone=values.get("phone", ""),
        contact_permitted=values.get("contact"),
    )


def _group(row: Contact) -> Group:
    values = row.values
    return Group(
        name=row.name,
        description=values.get("description", ""),
        department_id=values.get("department"),
    )


def _organisation(row: Contact, beside: Beside) -> Organisation:
    """Return the organisation of a row; where it is somebody's already, one of the same name."""
    key = folded_name(row.name)
    found = beside.organisations[key]
    if found.pk in beside.used:
        found = Organisation.objects.create(
            name=row.name, kind=found.kind, department_id=row.values.get("department")
        )
        beside.made["organisations"].append(found.pk)
    beside.used.add(found.pk)
    return found


def _stakeholder(row: Contact, party: Model, beside: Beside) -> Stakeholder:
    values = row.values
    department = values.get("department")
    if isinstance(party, Organisation):
        department = party.department_id
    elif not department and (at := beside.organisation(values.get("organisation"))):
        department = at.department_id
    return Stakeholder(
        **{row.kind: party},
        name=row.name,
        department_id=department,
        category=values["category"],
        owner_id=values.get("owner"),
        channel=values.get("channel", ""),
        cadence=int(values["cadence"]) if values.get("cadence") else None,
    )


def _posts(rows: Sequence[Contact], made: Sequence[Stakeholder], beside: Beside) -> list[Post]:
    """Return the post of each person whose row says where they are."""
    return [
        Post(
            person=one.person,
            department_id=row.values.get("department"),
            organisation=beside.organisation(row.values.get("organisation")),
            title=title_of(row.values.get("title"), one),
            starts_on=row.values.get("since"),
        )
        for row, one in zip(rows, made, strict=True)
        if one.person and (row.values.get("department") or row.values.get("organisation"))
    ]


def title_of(title: str | None, stakeholder: Stakeholder) -> str:
    """Return what somebody is in a post; who has no title there is called by their category."""
    return title or str(Category(stakeholder.category).label)


def _consents(
    run: ImportRun, rows: Sequence[Contact], made: Sequence[Stakeholder]
) -> list[ConsentEvent]:
    return [
        consent(run, one, said=row.values["contact"], basis=row.values.get("basis"))
        for row, one in zip(rows, made, strict=True)
        if one.person and row.values.get("contact") is not None
    ]


def consent(
    run: ImportRun, stakeholder: Stakeholder, *, said: bool, basis: str | None
) -> ConsentEvent:
    """Return the note that somebody agreed to be contacted or does not want to be."""
    return ConsentEvent(
        person=stakeholder.person,
        kind="given" if said else "withdrawn",
        basis=basis or (_("From the file “%(name)s”") % {"name": run.name})[:300],
        noted_by_id=run.owner_id,
    )


def add_tags(tagged: Iterable[tuple[Stakeholder, Sequence[str]]], beside: Beside) -> None:
    """Give each of these stakeholders its tags; one that somebody gave meanwhile is not given twice."""
    through = Stakeholder.tags.through
    through.objects.bulk_create(
        [
            through(stakeholder_id=one.pk, stakeholdertag_id=tag.pk)
            for one, names in tagged
            for tag in beside.tags_of(names)
        ],
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
