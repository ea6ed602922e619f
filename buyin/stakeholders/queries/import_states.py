"""Stakeholders as imports see them: who is in the registry, and all that an import may touch."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import batched
from typing import Any

from buyin.stakeholders.contacts import Contact
from buyin.stakeholders.matching import Party, folded_name
from buyin.stakeholders.models import ConsentEvent, Group, Organisation, Person, Post, Stakeholder
from buyin.uploads import Tell, silent

AT_ONCE = 500
State = dict[str, Any]

OF_STAKEHOLDER = ("name", "department_id", "category", "owner_id", "channel", "cadence")
OF_PARTY: dict[type, tuple[str, ...]] = {
    Person: ("name", "email", "phone", "contact_permitted"),
    Organisation: ("name", "kind", "department_id"),
    Group: ("name", "description", "department_id"),
}


def states_of(stakeholders: Iterable[int], tell: Tell = silent) -> dict[int, State]:
    """Return all that an import may touch of each of these stakeholders, as plain values.

    What belongs to people and groups is asked for by their own ids: right after an import the
    database believes that its tables are small, and would walk through joined ones row by row.
    """
    wanted = list(stakeholders)
    found: dict[int, State] = {}
    for some in batched(wanted, AT_ONCE):
        rows = Stakeholder.objects.filter(pk__in=some).order_by()
        people, groups = {}, {}
        for row in rows.select_related("person", "organisation", "group"):
            own = found[row.pk] = state_of(row)
            people[row.person_id], groups[row.group_id] = own, own
        tagged = Stakeholder.tags.through.objects.filter(stakeholder__in=some)
        for pk, tag in tagged.order_by("stakeholdertag_id").values_list(
            "stakeholder_id", "stakeholdertag_id"
        ):
            found[pk]["tags"].append(tag)
        _add_of_people({pk: own for pk, own in people.items() if pk})
        _add_of_groups({pk: own for pk, own in groups.items() if pk})
        tell(len(found) / len(wanted))
    return found


def _add_of_people(people: Mapping[int, State]) -> None:
    posts = Post.objects.filter(person__in=people).order_by("pk")
    for pk, *post in posts.values_list(
        *("person", "pk", "title", "organisation", "department", "starts_on", "ends_on")
    ):
        people[pk]["posts"].append(post_state(*post))
    events = ConsentEvent.objects.filter(person__in=people).order_by("pk")
    for pk, event in events.values_list("person", "pk"):
        people[pk]["consents"].append(event)


def _add_of_groups(groups: Mapping[int, State]) -> None:
    members = Group.members.through.objects.filter(group__in=groups).order_by("person_id")
    for pk, person in members.values_list("group", "person_id"):
        groups[pk]["members"].append(person)


def post_state(
    pk: int,
    title: str,
    organisation: int | None,
    department: int | None,
    starts_on: date | None,
    ends_on: date | None,
) -> State:
    """Return a post as plain values."""
    return {
        "id": pk,
        "title": title,
        "organisation": organisation,
        "department": department,
        "starts_on": starts_on.isoformat() if starts_on else None,
        "ends_on": ends_on.isoformat() if ends_on else None,
    }


def state_of(row: Stakeholder) -> State:
    """Return the state of a stakeholder as far as its own row and its party's tell."""
    party = row.party
    return {
        "kind": type(party).__name__.lower(),
        "is_archived": row.archived_at is not None,
        "merged_into": row.merged_into_id,
        "stakeholder": {name: getattr(row, name) for name in OF_STAKEHOLDER},
        "party": {"id": party.pk, **{name: getattr(party, name) for name in OF_PARTY[type(party)]}},
        "posts": [],
        "tags": [],
        "members": [],
        "consents": [],
    }


def party_of(contact: Contact) -> Party:
    """Return what tells the stakeholder of a row apart."""
    values = contact.values
    return Party(
        key=f"r:{contact.row}",
        kind=contact.kind,
        name=contact.name,
        mail=str(values.get("email", "")),
        places=_places(contact.kind, values.get("organisation"), values.get("department")),
    )


def parties_known() -> Iterator[Party]:
    """Yield everybody in the registry; whoever was merged into another stands for that one."""
    places: dict[int, set[str]] = {}
    for holder, organisation, department in Post.objects.order_by().values_list(
        "person", "organisation__name", "department"
    ):
        places.setdefault(holder, set()).update(_places("person", organisation, department))
    rows = Stakeholder.objects.order_by("pk").values_list(
        "pk", "person", "organisation", "name", "person__email", "department"
    )
    kept = _kept()
    for pk, person, body, name, mail, unit in rows:
        key = f"s:{kept.get(pk, pk)}/{pk}"
        if person:
            yield Party(
                key, "person", name, (mail or "").lower(), frozenset(places.get(person, ()))
            )
        else:
            kind = "organisation" if body else "group"
            yield Party(key, kind, name, "", _places(kind, None, unit))


def stakeholder_in(key: str) -> int | None:
    """Return the id of the stakeholder that the key of a party names, None for a row."""
    return int(key[2:].partition("/")[0]) if key.startswith("s:") else None


def _kept() -> dict[int, int]:
    """Return for each stakeholder that was merged into another the one that is used."""
    merged = Stakeholder.objects.exclude(merged_into=None).order_by()
    into = dict(merged.values_list("pk", "merged_into"))
    found = {}
    for start in into:
        end, seen = start, {start}
        while (step := into.get(end)) is not None and step not in seen:
            end = step
            seen.add(end)
        found[start] = end
    return found


def _places(kind: str, organisation: str | None, department: int | None) -> frozenset[str]:
    """Return where somebody belongs. Organisations are told apart by their name alone."""
    if kind == "organisation":
        return frozenset()
    found = {f"d:{department}"} if department else set()
    return frozenset(found | ({folded_name(organisation)} if organisation else set()))
