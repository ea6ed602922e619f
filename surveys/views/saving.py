"""Saving a form that two people may have open at once: the second is told, and nothing typed is lost."""

from collections.abc import Callable, Mapping
from typing import Any

from surveys.actions.refusals import ChangedMeanwhileError, RefusedError
from surveys.forms.editing import EditorForm
from surveys.models.editing import Edited


def saved(
    form: EditorForm,
    record: Edited,
    save: Callable[[int], object],
    *,
    shown: Callable[[], Mapping[str, Any]] | None = None,
    at: str | None = None,
) -> bool:
    """Save what was typed and return True; where that is refused, let the form say why.

    `save` gets the revision that the author had seen. `shown` returns what the form would show of the
    record as it is now, so that the author sees what is different. `at` is the field at which any
    other refusal stands.
    """
    try:
        save(form.cleaned_data["revision"])
    except ChangedMeanwhileError as error:
        record.refresh_from_db()
        form.again(record, error, shown() if shown else None)
    except RefusedError as error:
        form.add_error(at, str(error))
    else:
        return True
    return False
