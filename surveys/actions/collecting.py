"""Writing down on what a public questionnaire rests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.models import CollectionBasis, Happening, Survey, Wave, What
from surveys.queries.authoring import end_of

from .editing import claim
from .refusals import RefusedError


@transaction.atomic
def edit_basis(
    *, survey: Survey, revision: int, basis: Mapping[str, Any], by: User
) -> CollectionBasis:
    """Change the basis; a wave that is out ends with it, never after it.

    While a wave is out, the basis stays complete and does not end in the past.
    """
    current = claim(survey, revision, by)
    written = CollectionBasis(survey=current, **basis)
    out = Wave.objects.select_for_update().filter(survey=current, closed_at=None).public()
    if out and written.missing:
        raise RefusedError(
            _("A wave is out, and people read this on every page. Fill in: %(names)s.")
            % {"names": ", ".join(written.missing)}
        )
    if written.expires_on:
        last = end_of(written.expires_on)
        if any(last <= max(wave.opens_at, timezone.now()) for wave in out):
            raise RefusedError(
                _("A wave is out. End it first, or choose a day on which it is open.")
            )
        for wave in out:
            _end_with(wave, last, by)
    stored, _made = CollectionBasis.objects.update_or_create(survey=current, defaults=dict(basis))
    return stored


def _end_with(wave: Wave, last: datetime, by: User) -> None:
    """Let a locked wave end with its approval, and note it where that is earlier than before."""
    is_shorter = last < wave.closes_at
    wave.closes_at = min(wave.closes_at, last)
    wave.grace = min(wave.grace, last - wave.closes_at)
    wave.save(update_fields=["closes_at", "grace"])
    if is_shorter:
        Happening.objects.create(wave=wave, what=What.SHORTENED, by=by, until=wave.closes_at)
