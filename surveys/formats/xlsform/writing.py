"""A definition as a form."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from buyin.workbooks.writing import SheetRows, workbook_bytes
from surveys.formats.own_texts import Beside, of_languages

from .columns import OWN

Cells = dict[str, Any]
Translations = Mapping[str, Mapping[str, str]]
TYPES = {
    "short_text": "text",
    "long_text": "text",
    "number": "decimal",
    "date": "date",
    "note": "note",
    "rating": "range",
    "computed": "calculate",
}
CHOOSING = {"single": "select_one", "multiple": "select_multiple", "ranking": "rank"}
RATING = "start=0 end=10 step=1"
FIRST = {
    "survey": ("type", "name", "label", "hint", "required", "relevant", "appearance"),
    "choices": ("list_name", "name", "label"),
    "settings": ("form_title", "form_id", "default_language"),
}
TEXTS = {
    "text": "label",
    "help": "hint",
    "constraint_message": "constraint_message",
    **{name: OWN + name for name in ("unit", "low", "high")},
}
PLAIN = {
    "show_if": "relevant",
    "constraint": "constraint",
    "value": "calculation",
    **{name: OWN + name for name in ("min", "max", "max_length", "dimension", "source")},
}


def write_xlsform(definition: dict[str, Any], beside: Beside, *, name: str) -> bytes:
    """Return a survey as a form that `read_xlsform` reads into an equal one."""
    writing = _Writing(definition)
    settings: Cells = {
        "form_title": beside.title,
        "form_id": name,
        "default_language": definition["language"],
        f"{OWN}schema": str(definition["schema"]),
        **writing.text(definition, "intro", f"{OWN}intro", "intro"),
        **_beside(definition, beside),
    }
    sheets = {
        "survey": list(writing.survey()),
        "choices": list(writing.choices()),
        "settings": [settings],
    }
    return workbook_bytes([SheetRows(name, _table(name, rows)) for name, rows in sheets.items()])


def _beside(definition: dict[str, Any], beside: Beside) -> Cells:
    """Return kind and purpose, and title and purpose in other languages, in columns of our own.

    A title in several languages (`form_title::French (fr)`) breaks pyxform, and so the servers of
    ODK and Kobo: forms know one title.
    """
    texts = of_languages(beside.translations, definition)
    said = {f"{OWN}{what}::{code}": text for code in texts for what, text in texts[code].items()}
    languages = " ".join(definition.get("translations", {}))
    own = {f"{OWN}kind": beside.kind, f"{OWN}purpose": beside.purpose}
    cells = {**own, **said, f"{OWN}languages": languages}
    return {column: text for column, text in cells.items() if text}


def _table(name: str, rows: list[Cells]) -> Iterator[list[str]]:
    """Yield the header and the rows of a sheet."""
    columns = list(dict.fromkeys([*FIRST[name], *(column for row in rows for column in row)]))
    yield columns
    for row in rows:
        yield [str(row.get(column, "")) for column in columns]


class _Writing:
    """The rows of one definition."""

    def __init__(self, definition: dict[str, Any]) -> None:
        self._definition = definition
        self._scales: Mapping[str, Any] = definition.get("scales", {})
        self._translations: Translations = definition.get("translations", {})

    def text(self, part: Mapping[str, Any], name: str, column: str, key: str) -> Cells:
        """Return the cells of a text in all languages."""
        if not part.get(name):
            return {}
        others = {
            f"{column}::{language}": texts[key]
            for language, texts in self._translations.items()
            if texts.get(key)
        }
        return {column: part[name], **others}

    def survey(self) -> Iterator[Cells]:
        """Yield a row for each question, between those that begin and end its page."""
        for page in self._definition["pages"]:
            yield {**self._begun(page), "appearance": "field-list"}
            sections = {section["code"]: section for section in page.get("sections", [])}
            for code, asked in groupby(page["questions"], key=lambda one: one.get("section", "")):
                yield from [self._begun(sections[code])] if code else []
                for question in asked:
                    yield from self._question(question)
                yield from [{"type": "end_group"}] if code else []
            yield {"type": "end_group"}

    def _begun(self, head: Mapping[str, Any]) -> Cells:
        """Return the row with which a page or a section begins."""
        return {
            "type": "begin_group",
            "name": head["code"],
            **self.text(head, "title", "label", f"{head['code']}.title"),
            **self.text(head, "intro", f"{OWN}intro", f"{head['code']}.intro"),
            **({"relevant": head["show_if"]} if head.get("show_if") else {}),
        }

    def _question(self, question: dict[str, Any]) -> Iterator[Cells]:
        if question["type"] == "matrix":
            yield {**self._shared(question), "type": "begin_group", "appearance": "table-list"}
            for row in question["rows"]:
                key = f"{question['code']}.rows.{row['code']}"
                yield {
                    "type": f"select_one {question['scale']}",
                    **self._marks(row),
                    **self.text(row, "text", "label", key),
                }
            yield {"type": "end_group"}
            return
        yield {**self._shared(question), **self._typed(question)}

    def _shared(self, question: dict[str, Any]) -> Cells:
        cells = self._marks(question)
        for name, column in TEXTS.items():
            cells |= self.text(question, name, column, f"{question['code']}.{name}")
        return cells

    def _marks(self, part: dict[str, Any]) -> Cells:
        cells: Cells = {"name": part["code"]}
        cells |= {column: part[name] for name, column in PLAIN.items() if name in part}
        if part.get("required") or part.get("required_if"):
            cells["required"] = "yes" if part.get("required") else part["required_if"]
        marks = ("dont_know", "reversed")
        return {**cells, **{OWN + name: "yes" for name in marks if part.get(name)}}

    def _typed(self, question: dict[str, Any]) -> Cells:
        kind = question["type"]
        if kind == "likert":
            return {"type": f"select_one {question['scale']}", "appearance": "likert"}
        if kind in CHOOSING:
            return {"type": f"{CHOOSING[kind]} {self._list_of(question)}"}
        extra = {"long_text": {"appearance": "multiline"}, "rating": {"parameters": RATING}}
        return {"type": TYPES[kind], **extra.get(kind, {})}

    def _list_of(self, question: dict[str, Any]) -> str:
        """Return a name for the choices of this question that no scale has."""
        name = f"{question['code']}_choices"
        while name in self._scales:
            name += "_"
        return name

    def choices(self) -> Iterator[Cells]:
        """Yield a row for each point of each scale and for each choice of each question."""
        for name, points in self._scales.items():
            for point in points:
                yield {
                    "list_name": name,
                    "name": point["code"],
                    **self.text(point, "text", "label", f"scales.{name}.{point['code']}"),
                    f"{OWN}scale": "yes",
                }
        for page in self._definition["pages"]:
            for question in page["questions"]:
                for choice in question.get("choices", []):
                    yield self._choice(question, choice)

    def _choice(self, question: dict[str, Any], choice: dict[str, Any]) -> Cells:
        marks = {OWN + name: "yes" for name in ("exclusive", "other") if choice.get(name)}
        shown = {f"{OWN}show_if": choice["show_if"]} if choice.get("show_if") else {}
        key = f"{question['code']}.choices.{choice['code']}"
        return {
            "list_name": self._list_of(question),
            "name": choice["code"],
            **self.text(choice, "text", "label", key),
            **marks,
            **shown,
        }
