"""That an answer was given, noted so that it counts once: by a person, or by a form's receipt."""

import hashlib
from uuid import UUID

from buyin.prepared import PreparedInsert
from surveys.models import Participation, Receipt
from surveys.queries.filling import Filling

NEW_PARTICIPATION = PreparedInsert(Participation)


def note(filling: Filling, receipt: UUID) -> None:
    """Note that this respondent has answered; an IntegrityError tells that it was noted before."""
    respondent = filling.respondent
    if not respondent.is_counted_once:
        hashed = receipt_hash(filling.wave.pk, receipt)
        Receipt.objects.bulk_create([Receipt(token_hash=hashed, wave=filling.wave)])
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
    given = Participation.objects.filter(wave=filling.wave)
    if respondent.invitation is not None:
        given = given.filter(invitation=respondent.invitation)
    else:
        given = given.filter(person=filling.person)
    return given.values_list("receipt", flat=True).first()


def receipt_hash(wave: int, receipt: UUID) -> str:
    """Return what is kept of a receipt: enough to know it again, nothing to find it by."""
    return hashlib.sha256(f"{wave}:{receipt}".encode()).hexdigest()
