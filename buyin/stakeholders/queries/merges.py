"""Merges as pages and programs read them: what moved, and what did not go back."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from buyin.stakeholders.models import MergeRecord, Stakeholder

from .finding import Search, find


@dataclass(frozen=True)
class Stayed:
    """Something that did not go back when a merge was undone, and why."""

    kind: str
    name: str
    field: str
    why: str


def merges(user: User) -> QuerySet[MergeRecord]:
    """Return the merges that this person may read, the newest first."""
    found: QuerySet[MergeRecord] = MergeRecord.objects.visible_to(user)
    return found.select_related("kept", "absorbed", "made_by", "undone_by")


def moved(record: MergeRecord) -> list[tuple[str, int]]:
    """Return what moved in a merge: each kind of record by name, with how many there were."""
    counts: Counter[str] = Counter()
    for entry in record.snapshot:
        if entry["op"] == "move":
            counts[entry["model"]] += len(entry["pks"])
        elif entry["op"] == "remove" or _is_move(entry):
            counts[entry["model"]] += 1
    named = {_plural(model): number for model, number in counts.items()}
    return sorted(named.items())


def _is_move(entry: dict[str, Any]) -> bool:
    """Return whether an entry says that a row belongs to somebody else now."""
    apart = {"stakeholders.stakeholder", "stakeholders.person", "stakeholders.interest"}
    return entry["op"] == "change" and entry["model"] not in apart and "before" in entry


def _plural(model: str) -> str:
    return str(apps.get_model(model)._meta.verbose_name_plural)  # noqa: SLF001 - Django's own way


def stayed(record: MergeRecord) -> list[Stayed]:
    """Return in words what did not go back when a merge was undone."""
    words = {
        "changed": _("was changed since, and stays as it is"),
        "gone": _("is not there any more, or what it was about is not"),
        "in-the-way": _("cannot be beside what was noted since"),
    }
    found = []
    for one in record.stayed:
        meta = apps.get_model(one["model"])._meta  # noqa: SLF001 - Django's own way
        field = str(meta.get_field(one["field"]).verbose_name) if one.get("field") else ""
        found.append(Stayed(str(meta.verbose_name), one["name"], field, words[one["why"]]))
    return found


def others_like(stakeholder: Stakeholder, *, viewer: User, words: str) -> QuerySet[Stakeholder]:
    """Return stakeholders of the same sort that the words fit, archived ones as well."""
    sort = type(stakeholder.party).__name__.lower()
    found = find(viewer=viewer, search=Search(q=words, state="all"))
    same = found.filter(**{f"{sort}__isnull": False}).exclude(pk=stakeholder.pk)
    return same.select_related("department", "person")


def kept_instead(user: User, pk: int) -> int | None:
    """Return the id of the stakeholder into whom this one was merged, if this person may see it."""
    into = Stakeholder.objects.filter(pk=pk).order_by().values("merged_into")
    found = Stakeholder.objects.visible_to(user).filter(pk__in=into).first()
    return found.pk if found else None
