"""Two editors of one record: the first save counts, the second is told of it and loses nothing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buyin.accounts.models import User
from surveys.models.editing import Edited

from .refusals import ChangedMeanwhileError


def claim[E: Edited](record: E, revision: int, by: User) -> E:
    """Lock a record and note that this person saves it; refuse where another save came first."""
    manager: Any = type(record)._default_manager  # noqa: SLF001 - as documented
    current: E = manager.select_for_update().get(pk=record.pk)
    refuse_if_changed(current, revision, by)
    note_edit(current, by)
    return current


def is_as_wanted(stored: Edited, wanted: Edited, names: Iterable[str]) -> bool:
    """Return whether these fields are stored as somebody wants them: then there is nothing to save."""
    return all(getattr(stored, name) == getattr(wanted, name) for name in names)


def refuse_if_changed(current: Edited, revision: int, by: User) -> None:
    """Raise ChangedMeanwhileError where a locked record was saved since this revision."""
    if current.revision != revision:
        raise ChangedMeanwhileError(_told(current, by))


def note_edit(current: Edited, by: User) -> None:
    """Count a locked record up, with who saved it; pages that are open get to know of it."""
    rows: Any = type(current)._default_manager.filter(pk=current.pk)  # noqa: SLF001
    rows.update(revision=F("revision") + 1, edited_by=by, edited_at=Now())


def _told(current: Edited, by: User) -> str:
    """Return who saved what is there now, and what to do about it."""
    if current.edited_by is None or current.edited_at is None:
        return _(
            "Somebody else has changed this while you were typing. What you typed is still here. "
            "Save again to put it in place of theirs."
        )
    moment = date_format(timezone.localtime(current.edited_at), "DATETIME_FORMAT")
    if current.edited_by == by:
        return _(
            "You changed this yourself on another page (%(moment)s), after you had opened this one. "
            "What you typed here is still here. Save again to put it in place of that."
        ) % {"moment": moment}
    return _(
        "%(who)s changed this while you were typing (%(moment)s). What you typed is still here. "
        "Save again to put it in place of theirs."
    ) % {"who": current.edited_by, "moment": moment}
