"""A chart as pages and downloads need it: its message, its drawing and the same as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

# What charts are drawn with, by the names of static/css/charts.css: so an agency's own colour, and
# the contrast that a person asks for, reach every chart. static/js/charts.js puts in what they are.
BRAND, FAINT = "var(--chart)", "var(--chart-faint)"
PALE = "var(--chart-pale)"  # what is outlined; in forced colours it is an outline only
MUTED, MUTED_FAINT = "var(--chart-muted)", "var(--chart-muted-faint)"
GOOD, GOOD_FAINT = "var(--chart-good)", "var(--chart-good-faint)"
LOW, LOW_FAINT = "var(--chart-low)", "var(--chart-low-faint)"
UNAWARE, EDGE, GROUND = "var(--chart-unaware)", "var(--chart-edge)", "var(--chart-ground)"


@dataclass(frozen=True)
class Figure:
    """One chart for templates/components/_chart.html.

    The title states the message, the summary says what is drawn and how many people stand behind
    it. `plot` holds Plotly's data and layout as JSON; static/js/charts.js adds size, fonts and
    margins. `rows` hold what the chart shows, and nothing that it may not show.
    """

    id: str
    title: str
    summary: str
    plot: dict[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]] = field(default_factory=tuple)
    csv_url: str = ""
    # What the colours mean, as pairs of a class and a text, and whether the table stands open.
    legend: Sequence[tuple[str, str]] = ()
    is_open: bool = False

    @property
    def plot_id(self) -> str:
        """Return the id of the element that carries the drawing's JSON."""
        return f"{self.id}-plot"

    @property
    def labelled_rows(self) -> Iterator[list[tuple[str, Any]]]:
        """Yield each row as pairs of column and cell, for tables that stack on a phone."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))
