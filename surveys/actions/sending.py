"""A whole response at once, as programs send it: all or nothing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from surveys import logic
from surveys.answers import Edit, typed_of
from surveys.queries.filling import Filling, definition_of

from .answering import Outcome, Submission, submit


def send(*, filling: Filling, answers: Mapping[str, Any], receipt: UUID) -> Submission:
    """Store these answers as the whole response of a respondent, once per respondent and wave.

    What is not sent is not answered, whatever a draft holds; the draft is deleted, as after the
    last page. A response with errors is not stored and leaves a draft as it is.
    """
    definition = definition_of(filling.wave.version)
    given = typed_of(definition.items(), answers)
    found = logic.read(definition, {code: text for code, text in given.typed.items() if text})
    errors = {**found.errors, **given.errors}
    if errors:
        return Submission(Outcome.INCOMPLETE, errors)
    edit = Edit(shown={}, typed=given.typed, touched=frozenset(given.typed))
    return submit(filling=filling, edit=edit, receipt=receipt)
