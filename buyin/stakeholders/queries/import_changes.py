"""What a row of a file changes of a stakeholder: worked out from plain values, nothing written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from buyin.accounts.models import Department, User
from buyin.stakeholders.contacts import Contact, Vocabulary, codes_of
from buyin.stakeholders.matching import folded_name
from buyin.stakeholders.models import (
    Cadence,
    Category,
    Channel,
    Organisation,
    OrganisationKind,
    StakeholderTag,
)
from buyin.tables.folding import folded

from .import_states import State

CHOICES: Mapping[str, Any] = {
    "category": Category.choices,
    "channel": Channel.choices,
    "cadence": Cadence.choices,
    "organisation_kind": OrganisationKind.choices,
}
KINDS = (("person", ""), ("organisation", ""), ("group", ""))
# Fields of a row, and what keeps them.
PLAIN = {
    "email": ("party", "email"),
    "phone": ("party", "phone"),
    "description": ("party", "description"),
    "organisation_kind": ("party", "kind"),
    "contact": ("party", "contact_permitted"),
    "category": ("stakeholder", "category"),
    "owner": ("stakeholder", "owner_id"),
    "channel": ("stakeholder", "channel"),
    "cadence": ("stakeholder", "cadence"),
}


@dataclass(frozen=True)
class Names:
    """What the ids in states stand for."""

    departments: dict[int, str] = field(default_factory=dict)
    organisations: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)


def names_known() -> Names:
    """Return the names of all departments, organisations and tags."""
    return Names(
        dict(Department.objects.order_by().values_list("pk", "name")),
        dict(Organisation.objects.order_by().values_list("pk", "name")),
        dict(StakeholderTag.objects.order_by().values_list("pk", "name")),
    )


def vocabulary_known() -> Vocabulary:
    """Return what words in files may stand for: choices, departments and people with an account."""
    departments: dict[str, set[int]] = {}
    for pk, code, name in Department.objects.order_by().values_list("pk", "code", "name"):
        departments[code.lower()] = {pk}
        for text in {folded(code), folded(name)} - {code.lower()}:
            departments.setdefault(text, set()).add(pk)
    owners: dict[str, set[int]] = {}
    for pk, email, name in User.objects.active().order_by().values_list("pk", "email", "name"):
        owners.setdefault(email, set()).add(pk)
        owners.setdefault(folded_name(name), set()).add(pk)
    return Vocabulary(
        {name: codes_of(name, choices) for name, choices in CHOICES.items()}
        | {"kind": codes_of("kind", KINDS)},
        {text: tuple(sorted(found)) for text, found in departments.items()},
        {text: tuple(sorted(found)) for text, found in owners.items()},
    )


def changes_of(contact: Contact, state: State, names: Names, today: date) -> dict[str, Any]:
    """Return what a row says otherwise than the record, by field; what it leaves open stays.

    Names stay as they are in the registry. Tags are added. A place where somebody is not yet adds a
    post; a title changes that of the post which they hold there.
    """
    values = contact.values
    found: dict[str, Any] = {}
    for name, (part, attribute) in PLAIN.items():
        new = int(values[name]) if name == "cadence" and name in values else values.get(name)
        if new is not None and new != state[part][attribute]:
            found[name] = new
    known = {names.tags[tag].lower() for tag in state["tags"] if tag in names.tags}
    if tags := [tag for tag in values.get("tags", ()) if tag.lower() not in known]:
        found["tags"] = tags
    if state["kind"] == "person":
        found |= _of_post(values, state, names, today)
    elif values.get("department") not in {None, state["stakeholder"]["department_id"]}:
        found["department"] = values["department"]
    return found


def _of_post(values: Mapping[str, Any], state: State, names: Names, today: date) -> dict[str, Any]:
    """Return the post that is new, or what changes of the one that is held at the same place."""
    department, organisation = values.get("department"), values.get("organisation")
    if not department and not organisation:
        return {}
    title, since = values.get("title"), values.get("since")
    held = [one for one in state["posts"] if not one["ends_on"] or one["ends_on"] >= str(today)]
    here = [one for one in held if _is_at(one, department, organisation, names)]
    if not here:
        starts = since or (str(today) if state["posts"] else None)
        place = {"department": department, "organisation": organisation}
        return {"post": {"title": title, **place, "starts_on": starts}}
    newest = max(here, key=lambda one: (one["starts_on"] or "", one["id"]))
    said = {
        "title": title if title and title != newest["title"] else None,
        "starts_on": since if since and not newest["starts_on"] else None,
    }
    changed = {name: value for name, value in said.items() if value}
    return {"post_held": {"id": newest["id"], **changed}} if changed else {}


def _is_at(post: State, department: int | None, organisation: str | None, names: Names) -> bool:
    if department:
        return bool(post["department"] == department)
    name = names.organisations.get(post["organisation"] or 0, "")
    return bool(name) and folded_name(name) == folded_name(organisation or "")
