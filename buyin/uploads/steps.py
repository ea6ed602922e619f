"""The steps of every import: read, written once somebody says yes, refused, given up, forgotten."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .announcing import forget_percent
from .claiming import KEPT, MOST_TRIES, claimed
from .imports import Import, ImportState

AT_REST: dict[str, Any] = {"tries": 0, "percent": 0, "leased_until": None}
LITTLE = 200  # rows that are taken back while somebody waits for it


def bring_on[I: Import](
    rows: QuerySet[I], run: int, steps: Mapping[str, Callable[[I], None]]
) -> None:
    """Read or write a file that waits; one that broke its reader again and again is given up."""
    found = claimed(rows.filter(state__in=Import.WAITING).select_related("owner"), run)
    if found is None:
        return
    # The account is kept in words, so it is written in the language of whoever brought the file.
    with translation.override(found.language or None):
        if found.tries > MOST_TRIES:
            _give_up(found)
        else:
            steps[found.state](found)


def _give_up(run: Import) -> None:
    if run.state == ImportState.UNDOING:
        why = _("It failed again and again. Nothing was taken back.")
        still(run).update(state=ImportState.DONE, report=run.report | {"why": why}, **AT_REST)
    else:
        refuse(run, _("It failed again and again. Nothing was imported."))


def still[I: Import](run: I) -> QuerySet[I]:
    """Return the row of this import as long as nobody has taken it a step further."""
    rows: QuerySet[I] = type(run)._default_manager.filter(pk=run.pk, state=run.state)  # noqa: SLF001
    return rows


def refuse(run: Import, why: str) -> None:
    """Say why nothing was imported."""
    still(run).update(state=ImportState.REFUSED, report={"why": why})


def to_be_undone(run: Import, **also: Any) -> bool:
    """Let what an import wrote wait to be taken back; return whether that could be.

    Said twice, it is said once. `also` are fields that change with it.
    """
    written = type(run)._default_manager.filter(pk=run.pk, state=ImportState.DONE)  # noqa: SLF001
    if not written.update(state=ImportState.UNDOING, **also, **AT_REST):
        return False
    forget_percent(run)
    return True


@transaction.atomic
def discarded(run: Import) -> bool:
    """Forget a file of which nothing was written; return whether that could be."""
    settled = (ImportState.CHECKED, ImportState.REFUSED)
    rows = type(run)._default_manager.filter(pk=run.pk, state__in=settled)  # noqa: SLF001
    # Held first: `delete` looks for the rows and then deletes them by id, and who says yes in between
    # would have the file written that is deleted.
    held = rows.select_for_update(of=("self",)).values_list("pk", flat=True)
    return bool(list(held)) and bool(rows.delete()[0])


def forget_left_behind(rows: QuerySet[Any]) -> None:
    """Forget the files to which nobody came back."""
    rows.filter(state__in=Import.OPEN, uploaded_at__lt=timezone.now() - KEPT).delete()
