"""A chart on a page: message, drawing, the same as a table, and nothing that could run."""

import json
import re

import pytest
from django.template.loader import render_to_string

from buyin.figures import Figure

EVIL = "</script><script>alert(1)</script>"


@pytest.fixture
def figure():
    return Figure(
        id="departments",
        title="One of two departments is ready",
        summary="Estimates from 80 answers.",
        plot={"data": [{"type": "scatter", "x": [41], "y": [EVIL]}], "layout": {}},
        columns=["Department", "Estimate"],
        rows=[(EVIL, 41), ("Parks", 66)],
        csv_url="/readiness.csv",
    )


def test_the_table_says_what_the_chart_says(figure):
    page = render_to_string("components/_chart.html", {"figure": figure})

    assert "One of two departments is ready</h2>" in page
    assert '<td data-label="Estimate">66</td>' in re.sub(r"\s*\n\s*", "", page)
    assert 'href="/readiness.csv"' in page


def test_a_name_in_the_drawing_cannot_end_the_script(figure):
    page = render_to_string("components/_chart.html", {"figure": figure})

    [drawing] = re.findall(r'<script id="departments-plot"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert json.loads(drawing)["data"][0]["y"] == [EVIL]
    assert "alert(1)</script>" not in page


def test_a_row_that_does_not_fit_the_columns_is_a_fault(figure):
    broken = Figure(id="a", title="", summary="", plot={}, columns=["One"], rows=[(1, 2)])

    with pytest.raises(ValueError, match="argument"):
        list(broken.labelled_rows)
