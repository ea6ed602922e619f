"""The values of a record: what is filled in, what counts for the name and stage, how it reads."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from .days import in_words
from .fields import BY_NAME, FIELDS
from .parts import DEPLOYED, PILOT, PRE_DEPLOYMENT, RETIRED, Field, Kind, Value, Values

# An idea has no stage in the inventories: nothing is being built or bought yet.
STAGE_CODES = {
    "idea": "",
    "pre-deployment": PRE_DEPLOYMENT,
    "pilot": PILOT,
    "deployed": DEPLOYED,
    "retired": RETIRED,
}


def is_filled(value: Value | None) -> bool:
    """Say whether somebody wrote something here."""
    if isinstance(value, dict):
        return bool(str(value.get("text", "")).strip())
    return bool(value.strip() if isinstance(value, str) else value)


def whole(values: Values, *, name: str, stage: str) -> dict[str, Value]:
    """Return the values with the name and the stage that the initiative has.

    A longer name of which the initiative keeps the beginning stays, and so does a stage that nobody
    could recognise, as long as the initiative is an idea.
    """
    found = {field: value for field, value in values.items() if is_filled(value)}
    longer = str(found.get("use_case_name", ""))
    if not longer.startswith(name):
        longer = name
    found["use_case_name"] = longer
    code = STAGE_CODES[stage]
    written = str(found.pop("development_stage", ""))
    if not code and BY_NAME["development_stage"].choice(written) is None:
        code = written
    if code:
        found["development_stage"] = code
    return found


def texts_of(value: Value | None) -> list[str]:
    """Return a value as the texts that are kept of it."""
    if value is None or value == "":
        return []
    if isinstance(value, dict):
        return [value["text"]]
    return [value] if isinstance(value, str) else list(value)


def shown(field: Field, value: Value | None) -> str:
    """Return a value as people read it: labels for codes, joined by semicolons."""
    texts = texts_of(value)
    if isinstance(value, dict):
        return in_words(value)
    if field.kind in {Kind.CHOICE, Kind.MULTI, Kind.YES_NO}:
        texts = [str(choice.label) if (choice := field.choice(text)) else text for text in texts]
    return "; ".join(texts)


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield what people believe and what is true, a pair from each paragraph."""
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        belief, _newline, fact = paragraph.strip().partition("\n")
        if belief.strip():
            yield belief.strip(), fact.strip()


def withheld(reason: str) -> str:
    """Return what stands in the place of a value that is kept from the public."""
    return _("Withheld: %(reason)s") % {"reason": reason}


def open_values(values: Values, redactions: Mapping[str, str]) -> dict[str, Value]:
    """Return what everybody may read: public fields that are not withheld."""
    return {
        field.name: value
        for field in FIELDS
        if field.is_public
        and field.name not in redactions
        and (value := values.get(field.name)) is not None
    }


def public(values: Values, redactions: Mapping[str, str]) -> dict[str, Value]:
    """Return what everybody may read, with the reason in the place of what is withheld."""
    reasons = {name: withheld(why) for name, why in redactions.items() if name in values}
    return open_values(values, redactions) | reasons
