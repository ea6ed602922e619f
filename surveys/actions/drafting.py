"""Drafts: what has been typed so far, kept under the person's name or under their browser's seal."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from buyin.prepared import Prepared, PreparedDelete, PreparedUpdate, Statement
from surveys.answers import Edit, Typed, counted, merge
from surveys.models import AnonymousDraft, Draft, Participation
from surveys.queries.filling import Filling

DAYS = 30


@dataclass
class Kept:
    """A draft while its row is locked; `row` is None until it is first kept."""

    filling: Filling
    row: Draft | AnonymousDraft | None
    typed: Typed
    saves: dict[str, int]

    def take(self, edit: Edit) -> bool:
        """Merge one page into the draft; False where a later save of that page came first."""
        saves = counted(self.saves, edit)
        if saves is None:
            return False
        self.saves = saves
        self.typed = merge(self.typed, edit)
        return True


def _named(wave: int, person: int) -> QuerySet[Draft, Any]:
    return Draft.objects.filter(wave=wave, person=person).order_by().values_list(*NAMED)


def _sealed(token: str) -> QuerySet[AnonymousDraft, Any]:
    return AnonymousDraft.objects.filter(pk=token).order_by().values_list(*SEALED)


NAMED = [field.attname for field in Draft._meta.concrete_fields]  # noqa: SLF001 - as documented
SEALED = [field.attname for field in AnonymousDraft._meta.concrete_fields]  # noqa: SLF001
NAMED_DRAFT = Prepared(_named, wave=int, person=int, lock="FOR UPDATE")
SEALED_DRAFT = Prepared(_sealed, token=str, lock="FOR UPDATE")


@dataclass(frozen=True)
class Writes:
    """How a draft that is there is changed, and how it ends."""

    change: PreparedUpdate[Any]
    end: PreparedDelete[Any]


WRITES: dict[type[Draft | AnonymousDraft], Writes] = {
    Draft: Writes(PreparedUpdate(Draft, "typed", "saves", "touched_on"), PreparedDelete(Draft)),
    AnonymousDraft: Writes(
        PreparedUpdate(AnonymousDraft, "ciphertext", "expires_on"), PreparedDelete(AnonymousDraft)
    ),
}


def locked(filling: Filling) -> Kept:
    """Return the draft, its row locked until the transaction ends."""
    if filling.seal is None:
        cells = NAMED_DRAFT.first(wave=filling.wave.pk, person=filling.person.pk)
        if cells is None:
            return Kept(filling, None, {}, {})
        named = Draft.from_db("default", NAMED, cells)
        return Kept(filling, named, named.typed, named.saves)
    cells = SEALED_DRAFT.first(token=filling.seal.token_hash)
    if cells is None:
        return Kept(filling, None, {}, {})
    sealed = AnonymousDraft.from_db("default", SEALED, cells)
    opened = filling.seal.open(bytes(sealed.ciphertext)) or {"typed": {}, "saves": {}}
    return Kept(filling, sealed, opened["typed"], opened["saves"])


def keep(kept: Kept) -> None:
    """Write the draft; an IntegrityError tells that another page wrote the first one meanwhile."""
    today = timezone.localdate()
    row = kept.row or _new_row(kept.filling)
    if isinstance(row, Draft):
        row.typed, row.saves, row.touched_on = kept.typed, kept.saves, today
    elif kept.filling.seal is not None:
        content = {"typed": kept.typed, "saves": kept.saves}
        row.ciphertext = kept.filling.seal.close(content)
        row.expires_on = today + dt.timedelta(days=DAYS)
    if kept.row is None:
        row.save(force_insert=True)
    else:
        WRITES[type(row)].change.write(row)
    kept.row = row


def _new_row(filling: Filling) -> Draft | AnonymousDraft:
    if filling.seal is None:
        return Draft(wave=filling.wave, person=filling.person)
    return AnonymousDraft(token_hash=filling.seal.token_hash)


def forget(kept: Kept) -> list[Statement]:
    """Return what deletes the draft, because its answers are handed in; nothing where there is none."""
    return [] if kept.row is None else [WRITES[type(kept.row)].end.statement(kept.row)]


def forget_old_drafts() -> int:
    """Delete drafts that nobody has touched for 30 days or whose answers are in; return how many."""
    today = timezone.localdate()
    answered = Participation.objects.filter(wave=OuterRef("wave"), person=OuterRef("person"))
    stale, _by_model = Draft.objects.filter(touched_on__lt=today - dt.timedelta(days=DAYS)).delete()
    done, _by_model = Draft.objects.filter(Exists(answered)).delete()
    sealed, _by_model = AnonymousDraft.objects.filter(expires_on__lt=today).delete()
    return stale + done + sealed
