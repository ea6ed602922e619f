"""Taking back what an import wrote; what somebody has changed since stays and is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from auditlog.context import disable_auditlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import Department, User
from buyin.stakeholders.models import (
    ConsentEvent,
    Group,
    ImportChange,
    ImportRun,
    Organisation,
    Person,
    Post,
    Stakeholder,
    StakeholderTag,
)
from buyin.stakeholders.queries.import_states import OF_PARTY, OF_STAKEHOLDER, State, states_of
from buyin.uploads import Tell, hanging, part_of, silent

FEW = 200
COMPARED, RESTORED, UNMADE = 0.3, 0.5, 0.95  # of the time that it takes
# What an import itself hangs on a stakeholder and its party, and what its state tells.
OURS = frozenset({"imported_rows", "import_changes", "posts", "consent_events", "stakeholder"})
PARTIES: dict[str, type[Any]] = {"person": Person, "organisation": Organisation, "group": Group}


@dataclass(frozen=True)
class Kept:
    """Why what an import did to one stakeholder is not taken back."""

    row: int
    name: str
    stakeholder: int
    message: str


@transaction.atomic
def undo_import(*, run: ImportRun, tell: Tell = silent) -> list[Kept]:
    """Take back all that an import wrote; the database is then as it was before.

    What somebody changed since, or built on, is theirs: it stays as it is. Returns that. Said twice,
    it is said once.
    """
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in {ImportRun.State.DONE, ImportRun.State.UNDOING}:
        return []
    changes = list(locked.changes.filter(stakeholder__isnull=False))
    _lock(changes)
    kept = kept_of(locked, changes, part_of(tell, 0, COMPARED))
    tell(COMPARED)
    rows = {one.row for one in kept}
    undone = [one for one in changes if one.row not in rows]
    with disable_auditlog():  # the changes of the import are the trail of what it did
        _restore([one for one in undone if not one.is_new], part_of(tell, COMPARED, RESTORED))
        _unmake([one for one in undone if one.is_new], part_of(tell, RESTORED, UNMADE))
        locked.rows.all().delete()
        _unmake_beside(locked)
    locked.state, locked.undone_at = ImportRun.State.UNDONE, timezone.now()
    locked.report = locked.report | {"kept": [[one.row, one.name, one.message] for one in kept]}
    locked.save(update_fields=["state", "undone_at", "report"])
    return kept


def _lock(changes: Sequence[ImportChange]) -> None:
    for some in batched((one.stakeholder_id or 0 for one in changes), FEW):
        rows = Stakeholder.objects.filter(pk__in=some).select_for_update(of=("self",))
        people = [one.person_id for one in rows.order_by("pk") if one.person_id]
        list(Person.objects.filter(pk__in=people).select_for_update().order_by("pk"))


def kept_of(run: ImportRun, changes: Iterable[ImportChange], tell: Tell = silent) -> list[Kept]:
    """Return which of these changes of a run people have built on since, and how."""
    changes = list(changes)
    now = states_of((one.stakeholder_id or 0 for one in changes), tell)
    hung = _hung_on(run)
    gone = _gone(changes)
    kept = []
    for one in changes:
        pk = one.stakeholder_id or 0
        message = ""
        if now.get(pk) != one.after:
            message = _("It was changed since.")
        elif one.is_new and (words := hung.get(pk)):
            message = _("It has by now: %(what)s.") % {"what": ", ".join(sorted(words))}
        elif not one.is_new and _needs(one.before or {}) & gone:
            message = _("What it belonged to before is gone.")
        if message:
            kept.append(Kept(one.row, one.name, pk, message))
    return kept


def _hung_on(run: ImportRun) -> dict[int, set[str]]:
    """Return what people have hung on the stakeholders that a run made, and on their parties."""
    made = Stakeholder.objects.filter(import_changes__run=run, import_changes__before__isnull=True)
    found = hanging(made.order_by(), but=OURS)
    for model in PARTIES.values():
        for pk, words in hanging(
            made.order_by(), but=OURS, model=model, through="stakeholder"
        ).items():
            found.setdefault(pk, set()).update(words)
    return found


def _needs(before: State) -> set[tuple[str, int]]:
    """Return the departments and owners that a state names."""
    own, party = before["stakeholder"], before["party"]
    found = {("owner", own["owner_id"]), ("department", own["department_id"])}
    return found | {("department", party.get("department_id"))}


def _gone(changes: Sequence[ImportChange]) -> set[tuple[str, int]]:
    """Return the departments and owners of before that are not there any more."""
    named = {pair for one in changes if one.before for pair in _needs(one.before)}
    named = {pair for pair in named if pair[1] is not None}
    there = {
        ("department", pk) for pk in Department.objects.order_by().values_list("pk", flat=True)
    }
    owners = [pk for kind, pk in named if kind == "owner"]
    for some in batched(owners, FEW):
        there |= {
            ("owner", pk) for pk in User.objects.filter(pk__in=some).values_list("pk", flat=True)
        }
    return named - there


def _restore(changes: Sequence[ImportChange], tell: Tell) -> None:
    """Put back what was before: values, posts, tags and notes on consent."""
    before = {one.stakeholder_id or 0: one.before for one in changes if one.before}
    after = {one.stakeholder_id or 0: one.after for one in changes}
    done = 0
    for some in batched(before, FEW):
        rows = Stakeholder.objects.select_related("person", "organisation", "group")
        stakeholders = list(rows.filter(pk__in=some))
        for one in stakeholders:
            _set(one, before[one.pk])
        fields = [name.removesuffix("_id") for name in OF_STAKEHOLDER]
        Stakeholder.objects.bulk_update(stakeholders, fields)
        for model, names in OF_PARTY.items():
            parties = [one.party for one in stakeholders if isinstance(one.party, model)]
            fields = [name.removesuffix("_id") for name in names]
            PARTIES[model.__name__.lower()].objects.bulk_update(parties, fields)
        for pk in some:
            _restore_beside(before[pk], after[pk], pk)
        done += len(some)
        tell(done / len(before))


def _set(stakeholder: Stakeholder, before: State) -> None:
    for name in OF_STAKEHOLDER:
        setattr(stakeholder, name, before["stakeholder"][name])
    party = stakeholder.party
    for name in OF_PARTY[type(party)]:
        setattr(party, name, before["party"][name])


def _restore_beside(before: State, after: State, stakeholder: int) -> None:
    """Take away posts, tags and notes that were added, and put back posts that were changed."""
    if added := _added(before["consents"], after["consents"]):
        ConsentEvent.objects.filter(pk__in=added).delete()
    if added := _added(before["tags"], after["tags"]):
        through = Stakeholder.tags.through.objects
        through.filter(stakeholder=stakeholder, stakeholdertag__in=added).delete()
    if before["posts"] == after["posts"]:
        return
    was = {one["id"]: one for one in before["posts"]}
    Post.objects.filter(pk__in=_added(was, [one["id"] for one in after["posts"]])).delete()
    for post in after["posts"]:
        if post["id"] in was and was[post["id"]] != post:
            old = was[post["id"]]
            Post.objects.filter(pk=post["id"]).update(
                title=old["title"], starts_on=old["starts_on"]
            )


def _added(before: Iterable[int], after: Iterable[int]) -> list[int]:
    return sorted(set(after) - set(before))


def _unmake(changes: Sequence[ImportChange], tell: Tell) -> None:
    """Delete stakeholders with their parties; an organisation that was there before stays."""
    made: dict[type[Any], list[int]] = {Person: [], Group: [], Stakeholder: []}
    for one in changes:
        model = PARTIES[one.after["kind"]]
        stays = model is Organisation
        pk = one.stakeholder_id or 0 if stays else one.after["party"]["id"]
        made[Stakeholder if stays else model].append(pk)
    done = 0
    for model, ids in made.items():
        for some in batched(ids, FEW):
            model.objects.filter(pk__in=some).delete()
            done += len(some)
            tell(done / len(changes))


def _unmake_beside(run: ImportRun) -> None:
    """Delete organisations and tags that the import made and nothing uses."""
    for some in batched(run.made.get("organisations", []), FEW):
        made = Organisation.objects.filter(pk__in=some).order_by()
        used = hanging(made, but=frozenset())
        made.exclude(pk__in=list(used)).delete()
    for some in batched(run.made.get("tags", []), FEW):
        StakeholderTag.objects.filter(pk__in=some, stakeholders=None).delete()
