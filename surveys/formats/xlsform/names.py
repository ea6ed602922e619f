"""What the choices of a form are called in conditions."""

from collections.abc import Mapping

from .lists import OptionList
from .matrices import is_matrix
from .questions import is_statement
from .structure import Group, Row


def choices_by_name(tree: Group, lists: Mapping[str, OptionList]) -> dict[str, dict[str, str]]:
    """Return for each question our codes of its choices, by their names in the file.

    Statements are answered by the number of the point.
    """
    tables = [group for group in tree.groups() if is_matrix(lists, group)]
    lines = {part.record.row for one in tables for part in one.parts if isinstance(part, Row)}
    found: dict[str, dict[str, str]] = {}
    for row in tree.rows():
        options = lists.get(row.kind.list)
        if not options:
            continue
        if row.record.row in lines or is_statement(row, options):
            points = enumerate(options.points(), 1)
            codes = {one.name: str(n) for n, one in points}
        else:
            codes = {one.name: one.code for one in options.options}
        found.setdefault(row.record.get("name"), codes)
    return found
