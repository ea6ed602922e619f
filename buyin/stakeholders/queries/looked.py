"""When something was worked out of the whole registry last: asked in words found once."""

from functools import cache

from buyin.prepared import Prepared
from buyin.stakeholders.models.looking import LastLook


def last_look[Kind: LastLook](kind: type[Kind]) -> Kind | None:
    """Return the last look of a kind, with what was said of it; None where it never was looked."""
    row = _row_of(kind).first(only=kind.ONLY)
    return kind.from_db("default", _names(kind), row) if row else None


@cache
def _row_of(kind: type[LastLook]) -> Prepared:
    rows = kind._default_manager  # noqa: SLF001 - as documented
    return Prepared(lambda only: rows.filter(pk=only).values_list(*_names(kind)), only=int)


@cache
def _names(kind: type[LastLook]) -> list[str]:
    return [field.attname for field in kind._meta.concrete_fields]  # noqa: SLF001 - as documented
