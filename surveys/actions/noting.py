"""That an answer was given, noted so that it counts once: by a person, or by a form's receipt."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from buyin.prepared import Prepared, PreparedInsert
from surveys.models import Participation, Receipt
from surveys.queries.filling import Filling
from surveys.sealing import hashed


def _receipt(wave: int, person: int) -> QuerySet[Participation, Any]:
    given = Participation.objects.filter(wave=wave, person=person).order_by()
    return given.values_list("receipt")


NEW_PARTICIPATION = PreparedInsert(Participation)
NEW_RECEIPT = PreparedInsert(Receipt)
RECEIPT = Prepared(_receipt, wave=int, person=int)


def note(filling: Filling, receipt: UUID) -> None:
    """Note that this respondent has answered; an IntegrityError tells that it was noted before."""
    respondent = filling.respondent
    if not respondent.is_counted_once:
        token_hash = receipt_hash(filling.wave.pk, receipt)
        NEW_RECEIPT.write(Receipt(token_hash=token_hash, wave=filling.wave))
        return
    participation = Participation(
        wave=filling.wave,
        person=respondent.known,
        invitation=respondent.invitation,
        department_id=filling.department,
        receipt=receipt,
        is_sealed=filling.seal is None,
    )
    NEW_PARTICIPATION.write(participation)


def noted(filling: Filling, receipt: UUID | None = None) -> UUID | None:
    """Return the receipt of the answer that counts, None where there is none yet.

    Where nobody is known only the receipt of a form tells whether that form was sent before.
    """
    respondent = filling.respondent
    if not respondent.is_counted_once:
        if receipt is None:
            return None
        token_hash = receipt_hash(filling.wave.pk, receipt)
        return receipt if Receipt.objects.filter(pk=token_hash).exists() else None
    if respondent.invitation is None:
        row = RECEIPT.first(wave=filling.wave.pk, person=filling.person.pk)
        return row[0] if row else None
    given = Participation.objects.filter(wave=filling.wave, invitation=respondent.invitation)
    return given.values_list("receipt", flat=True).first()


def receipt_hash(wave: int, receipt: UUID) -> str:
    """Return what is kept of a receipt: enough to know it again, nothing to find it by."""
    return hashed(f"{wave}:{receipt}")
