"""What the columns of a table mean: as a table, and as DDI-Codebook 2.5."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from .variables import Cell, Variable

HEADER = ("variable", "question", "type", "value", "meaning", "missing", "page", "section")
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAMESPACE = "ddi:codebook:2_5"


def codebook_rows(variables: Iterable[Variable]) -> Iterator[list[Cell]]:
    """Yield a row for each code of each column; a column without codes has one row."""
    for one in variables:
        head: list[Cell] = [one.name, one.label, one.item.type]
        above: list[Cell] = [one.page or None, one.section or None]
        if not one.values:
            yield [*head, None, None, None, *above]
        yield from ([*head, value, meaning, 0, *above] for value, meaning in one.values)
        yield from ([*head, value, meaning, 1, *above] for value, meaning in one.missing)


def ddi_codebook(variables: Iterable[Variable], *, title: str, language: str) -> str:
    """Return the description of a table that data archives take."""
    known = list(variables)
    described = "\n".join([*_groups(known), *(_variable(n, one) for n, one in enumerate(known, 1))])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<codeBook xmlns="{NAMESPACE}" version="2.5" xml:lang={quoteattr(language)}>
 <stdyDscr>
  <citation>
   <titlStmt><titl>{_text(title)}</titl></titlStmt>
  </citation>
 </stdyDscr>
 <dataDscr>
{described}
 </dataDscr>
</codeBook>
"""


def _groups(variables: list[Variable]) -> Iterator[str]:
    """Yield the headings over the questions, each with its columns: pages, then their sections."""
    count = 0
    numbered = enumerate(variables, 1)
    for page, on_page in groupby(numbered, key=lambda pair: pair[1].page):
        pairs = list(on_page)
        sections = [
            (title, [number for number, _one in found])
            for title, found in groupby(pairs, key=lambda pair: pair[1].section)
            if title
        ]
        loose = [number for number, one in pairs if not one.section]
        first = count + bool(page) + 1
        inner = [f"G{first + n}" for n in range(len(sections))]
        if page:
            yield _group(f"G{first - 1}", page, loose, inner)
        for name, (title, numbers) in zip(inner, sections, strict=True):
            yield _group(name, title, numbers, [])
        count += bool(page) + len(sections)


def _group(name: str, title: str, numbers: list[int], inner: list[str]) -> str:
    columns = f' var="{" ".join(f"V{n}" for n in numbers)}"' if numbers else ""
    groups = f' varGrp="{" ".join(inner)}"' if inner else ""
    return (
        f'  <varGrp ID="{name}" type="section"{columns}{groups}>'
        f"<labl>{_text(title)}</labl></varGrp>"
    )


def _variable(number: int, variable: Variable) -> str:
    parts = [
        f'  <var ID="V{number}" name={quoteattr(variable.name)}>',
        f"   <labl>{_text(variable.label)}</labl>",
        f"   <qstn><qstnLit>{_text(variable.item.text)}</qstnLit></qstn>",
        *(_category(value, meaning, "") for value, meaning in variable.values),
        *(_category(value, meaning, ' missing="Y"') for value, meaning in variable.missing),
        f'   <varFormat type="{"numeric" if variable.is_number else "character"}"/>',
        "  </var>",
    ]
    return "\n".join(parts)


def _category(value: Cell, meaning: str, mark: str) -> str:
    return (
        f"   <catgry{mark}><catValu>{_text(str(value))}</catValu>"
        f"<labl>{_text(meaning)}</labl></catgry>"
    )


def _text(text: str) -> str:
    return escape(UNFIT.sub("", text))
