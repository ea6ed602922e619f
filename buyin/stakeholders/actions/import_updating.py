"""Writing what a list says of stakeholders who are in the registry."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.stakeholders.contacts import Contact
from buyin.stakeholders.models import (
    ConsentEvent,
    Group,
    ImportRun,
    Organisation,
    Person,
    Post,
    Stakeholder,
)
from buyin.stakeholders.queries.import_changes import changes_of
from buyin.stakeholders.queries.import_plan import Plan, Update
from buyin.stakeholders.queries.import_states import states_of
from buyin.tables.columns import Remark
from buyin.uploads import Tell, silent

from .import_writing import AT_ONCE, Beside, add_tags, consent, note_changes, title_of
from .posts import place_of

FEW = 200  # rows of one statement that changes rows
OF_PARTY: dict[type[Model], dict[str, str]] = {
    Person: {"email": "email", "phone": "phone", "contact": "contact_permitted"},
    Organisation: {"organisation_kind": "kind", "department": "department_id"},
    Group: {"description": "description", "department": "department_id"},
}
OF_STAKEHOLDER = {
    "category": "category",
    "owner": "owner_id",
    "channel": "channel",
    "cadence": "cadence",
}


def write_updated(run: ImportRun, plan: Plan, beside: Beside, tell: Tell = silent) -> None:
    """Change those whose rows say something else. The caller holds the transaction."""
    rows = Stakeholder.objects.select_related("person", "organisation", "group")
    found = rows.in_bulk([one.stakeholder for one in plan.updated])
    pairs = [(found[update.stakeholder], update) for update in plan.updated]
    for stakeholder, update in pairs:
        _set(stakeholder, update.changes)
    tell(0.3)
    _write_posts(pairs, beside)
    tell(0.5)
    _write_rows([stakeholder for stakeholder, _update in pairs])
    ConsentEvent.objects.bulk_create(_consents(run, pairs), batch_size=AT_ONCE)
    add_tags(((one, update.changes.get("tags", ())) for one, update in pairs), beside)
    tell(0.8)
    changed: list[tuple[Contact, Stakeholder]] = [
        (update.contact, stakeholder) for stakeholder, update in pairs
    ]
    note_changes(run, changed, {one.stakeholder: one.state for one in plan.updated})


def lock_updated(plan: Plan) -> None:
    """Lock those who change, and work out what changes from how they are now.

    Somebody may have changed one while the file was read. Who was merged or removed meanwhile is
    left alone, and their row is a problem.
    """
    there: list[int] = []
    for some in batched((one.stakeholder for one in plan.updated), FEW):
        alone = Stakeholder.objects.standing_alone().filter(pk__in=some)
        rows = list(alone.select_for_update(of=("self",)).order_by("pk"))
        people = [one.person_id for one in rows if one.person_id]
        list(Person.objects.filter(pk__in=people).select_for_update().order_by("pk"))
        there += [one.pk for one in rows]
    states, today = states_of(there), timezone.localdate()
    plan.problems += [
        Remark(one.contact.row, "", _("Who this is about was merged or removed meanwhile."))
        for one in plan.updated
        if one.stakeholder not in states
    ]
    plan.updated = [
        replace(one, state=state, changes=changes_of(one.contact, state, plan.names, today))
        for one in plan.updated
        if (state := states.get(one.stakeholder))
    ]


def _set(stakeholder: Stakeholder, changes: dict[str, Any]) -> None:
    party = stakeholder.party
    for name, attribute in OF_PARTY[type(party)].items():
        if name in changes:
            setattr(party, attribute, changes[name])
    for name, attribute in OF_STAKEHOLDER.items():
        if name in changes:
            setattr(stakeholder, attribute, changes[name])
    if "department" in changes:
        stakeholder.department_id = changes["department"]


def _write_rows(stakeholders: Sequence[Stakeholder]) -> None:
    Stakeholder.objects.bulk_update(
        stakeholders, [*OF_STAKEHOLDER.values(), "department"], batch_size=FEW
    )
    for model, names in OF_PARTY.items():
        parties = [one.party for one in stakeholders if isinstance(one.party, model)]
        fields = [name.removesuffix("_id") for name in names.values()]
        model._default_manager.bulk_update(parties, fields, batch_size=FEW)  # noqa: SLF001


def _write_posts(pairs: Sequence[tuple[Stakeholder, Update]], beside: Beside) -> None:
    """Add posts at new places and change those that are held; the newest gives the department."""
    new = [
        _post(stakeholder, update.changes["post"], beside)
        for stakeholder, update in pairs
        if "post" in update.changes
    ]
    Post.objects.bulk_create(new, batch_size=AT_ONCE)
    held = {c["id"]: c for _one, u in pairs if (c := u.changes.get("post_held"))}
    for some in batched(held, FEW):
        posts = list(Post.objects.filter(pk__in=some))
        for post in posts:
            post.title = held[post.pk].get("title", post.title)
            post.starts_on = held[post.pk].get("starts_on", post.starts_on)
        Post.objects.bulk_update(posts, ["title", "starts_on"])
    moved = {one.person_id: one for one, u in pairs if {"post", "post_held"} & u.changes.keys()}
    for people in batched(moved, FEW):
        _move({pk: moved[pk] for pk in people})


def _move(people: dict[int | None, Stakeholder]) -> None:
    """Let these people belong where their newest post is."""
    posts = Post.objects.filter(person__in=people)
    for post in reversed(posts.select_related("department", "organisation__department")):
        department = place_of(post)
        people[post.person_id].department_id = department.pk if department else None


def _post(stakeholder: Stakeholder, said: dict[str, Any], beside: Beside) -> Post:
    return Post(
        person=stakeholder.person,
        department_id=said["department"],
        organisation=beside.organisation(said["organisation"]),
        title=title_of(said["title"], stakeholder),
        starts_on=said["starts_on"],
    )


def _consents(run: ImportRun, pairs: Sequence[tuple[Stakeholder, Update]]) -> list[ConsentEvent]:
    return [
        consent(run, one, said=update.changes["contact"], basis=update.contact.values.get("basis"))
        for one, update in pairs
        if "contact" in update.changes
    ]
