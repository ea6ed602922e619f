"""One question by department, as a table: only what stands beside the whole and beside the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from buyin.readiness.wording import grouped
from surveys import wording
from surveys.results.reading import ItemResult, QuestionResult, Table, tables_in, upper_half
from surveys.results.tally import CHOSEN


@dataclass(frozen=True)
class Part:
    """A department with its place in the tree and its frozen tables by question code."""

    name: str
    depth: int
    questions: Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """One cell of the table; it spans the answers that may only be told together."""

    text: str
    label: str
    span: int = 1
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One department, or the whole at the top."""

    name: str
    depth: int
    n: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Comparison:
    """The table: columns are answers, or statements or choices with the share that agrees."""

    caption: str
    columns: list[str]
    lines: list[Line]

    @property
    def has_parts(self) -> bool:
        """Whether any department may be shown."""
        return len(self.lines) > 1


def comparison_of(question: QuestionResult, parts: Sequence[Part]) -> Comparison | None:
    """Return one question by department; None where the whole itself has nothing to show."""
    if not question.is_shown or not question.rows:
        return None
    main = question.main
    if main.item.type == "multiple" or question.question.type == "matrix":
        return _side_by_side(question, parts)
    if not main.table.cells:
        return None
    lines = [_line(main, _("All together"), 0, main.table)]
    for part in parts:
        table = _tables(part, main).get("")
        if table and table.cells:
            lines.append(_line(main, part.name, part.depth + 1, table))
    return Comparison(
        caption=_("Share of each answer by department"),
        columns=[wording.cell_label(main, cell) for cell in main.table.cells],
        lines=lines,
    )


def shown_in(parts: Iterable[Part], question: QuestionResult) -> list[Part]:
    """Return the departments of which something may be shown here."""
    return [part for part in parts if any(_tables(part, row) for row in question.rows)]


def _line(result: ItemResult, name: str, depth: int, table: Table) -> Line:
    """Return a department's line; its cells join neighbouring answers of the whole."""
    columns = [set(cell.codes) for cell in result.table.cells]
    pieces = [
        Piece(
            text=wording.share_words(cell.count, table.n),
            label=wording.cell_label(result, cell),
            span=sum(column <= set(cell.codes) for column in columns),
        )
        for cell in table.cells
    ]
    return Line(name, depth, grouped(table.n), pieces)


def _side_by_side(question: QuestionResult, parts: Sequence[Part]) -> Comparison | None:
    """Return the statements of a matrix, or several choices, side by side."""
    main = question.main
    if main.item.type == "multiple":
        columns = [(main, part, [CHOSEN]) for part in main.tables]
        labels = [wording.codes_label(main, [part]) for part in main.tables]
        caption = _("Share that chose each answer, by department")
    else:
        rows = [row for row in question.rows if row.n is not None]
        columns = [(row, "", list(upper_half(row.item))) for row in rows]
        labels = [row.item.text for row in rows]
        answer = wording.codes_label(rows[0], upper_half(rows[0].item))
        caption = _("Share that says “%(answer)s”, by department") % {"answer": answer}
    whole = Line(_("All together"), 0, _people(columns, None), _pieces(columns, labels, None))
    lines = [
        Line(part.name, part.depth + 1, _people(columns, part), _pieces(columns, labels, part))
        for part in shown_in(parts, question)
    ]
    return Comparison(caption, labels, [whole, *lines])


type Wanted = tuple[ItemResult, str, list[str]]


def _pieces(columns: Sequence[Wanted], labels: Sequence[str], part: Part | None) -> list[Piece]:
    pieces: list[Piece] = []
    for (row, choice, codes), label in zip(columns, labels, strict=True):
        table = (row.tables if part is None else _tables(part, row)).get(choice)
        count = table.among(codes) if table else None
        if table and count is not None:
            pieces.append(Piece(wording.share_words(count, table.n), label))
        elif table and table.edge and choice:
            pieces.append(Piece(wording.edge_of_choice(table.edge), label))
        elif table and table.edge:
            share = table.edge.share
            is_upper = set(table.edge.codes) <= set(codes)
            said = share if is_upper else f"under {100 - int(share.split()[-1])}"
            pieces.append(Piece(wording.stored_share(said), label))
        else:
            pieces.append(Piece(_("hidden"), label, is_hidden=True))
    return pieces


def _people(columns: Sequence[Wanted], part: Part | None) -> str:
    """Return how many answered, as a range where it differs between the columns."""
    found = []
    for row, choice, _codes in columns:
        table = (row.tables if part is None else _tables(part, row)).get(choice)
        if table and table.cells:
            found.append(table.n)
    if not found:
        return "–"
    low, high = grouped(min(found)), grouped(max(found))
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def _tables(part: Part, row: ItemResult) -> dict[str, Table]:
    return tables_in(row.item, part.questions.get(row.item.code, {}))
