"""The rows of a LimeSurvey file, the same whichever dialect they are written in."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from buyin.workbooks import RefusedFileError
from buyin.workbooks.safe_xml import read_xml

Fields = dict[str, str]
SECTIONS = (
    *("groups", "group_l10ns", "questions", "subquestions", "question_l10ns", "answers"),
    *("answer_l10ns", "surveys", "surveys_languagesettings"),
)
MOST_ROWS = 100_000
# The key by which the texts of a section are found, and the section that holds them nowadays.
TEXTS = {
    "groups": ("gid", "group_l10ns", ("group_name", "description")),
    "questions": ("qid", "question_l10ns", ("question", "help")),
    "subquestions": ("qid", "question_l10ns", ("question", "help")),
    "answers": ("aid", "answer_l10ns", ("answer",)),
}
BESIDE = {"title": "surveyls_title", "purpose": "surveyls_description"}
BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"}
SILENT = {"script", "style"}


@dataclass
class Part:
    """One group, question, subquestion or answer with its texts by language."""

    fields: Fields
    number: int
    texts: dict[str, Fields] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return a field, or nothing."""
        return self.fields.get(name, "").strip()

    def text(self, name: str, language: str) -> str:
        """Return a text in this language, without markup."""
        return plain(self.texts.get(language, {}).get(name, ""))


@dataclass(frozen=True)
class Document:
    """A whole file."""

    language: str
    others: list[str]
    beside: dict[str, Fields]
    welcome: dict[str, str]
    groups: list[Part]
    questions: list[Part]
    subquestions: list[Part]
    answers: list[Part]


def read_document(content: bytes) -> Document:
    """Return what a file holds; raise RefusedFileError where it is no survey of LimeSurvey."""
    root = read_xml(content)
    rows: dict[str, list[Fields]] = {
        name: [
            {cell.tag: "".join(cell.itertext()) for cell in row}
            for row in root.iterfind(f"{name}/rows/row")
        ]
        for name in SECTIONS
    }
    if root.findtext("LimeSurveyDocType", "").strip() != "Survey":
        raise RefusedFileError(_("This is no survey of LimeSurvey (.lss)."))
    if sum(map(len, rows.values())) > MOST_ROWS:
        raise RefusedFileError(_("There are more than %d rows.") % MOST_ROWS)
    language = next((row.get("language", "") for row in rows["surveys"]), "") or "en"
    settings = {row.get("surveyls_language", ""): row for row in rows["surveys_languagesettings"]}
    others = [code for code in settings if code not in {"", language}]
    return Document(
        language=language,
        others=others,
        beside={
            code: {name: plain(row.get(field, "")) for name, field in BESIDE.items()}
            for code, row in settings.items()
            if code
        },
        welcome={
            code: plain(row.get("surveyls_welcometext", "")) for code, row in settings.items()
        },
        groups=_in_order(_parts(rows, "groups"), "group_order"),
        questions=_in_order(_parts(rows, "questions"), "question_order"),
        subquestions=_in_order(_parts(rows, "subquestions"), "question_order"),
        answers=_in_order(_parts(rows, "answers"), "sortorder"),
    )


def _parts(rows: dict[str, list[Fields]], section: str) -> list[Part]:
    """Return the parts of a section, each once, with its texts."""
    key, beside, names = TEXTS[section]
    parts: dict[str, Part] = {}
    for number, row in enumerate(rows[section], 1):
        # Answers of old have no number of their own.
        identity = row.get(key) or f"{row.get('qid')}/{row.get('code')}/{row.get('scale_id')}"
        part = parts.setdefault(identity, Part(row, number))
        if row.get("language"):
            part.texts[row["language"]] = {name: row.get(name, "") for name in names}
    for row in rows[beside]:
        if owner := parts.get(row.get(key, "")):
            owner.texts[row.get("language", "")] = {name: row.get(name, "") for name in names}
    return list(parts.values())


def _in_order(parts: list[Part], name: str) -> list[Part]:
    return sorted(parts, key=lambda part: int(part.get(name)) if part.get(name).isdecimal() else 0)


class _Words(HTMLParser):
    """Collects what a person would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag in BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        if tag in BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def plain(text: str) -> str:
    """Return a text without its markup, a line for each paragraph."""
    words = _Words()
    words.feed(text)
    words.close()
    lines = (" ".join(line.split()) for line in html.unescape("".join(words.words)).splitlines())
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def children(parts: list[Part], question: Part, key: str = "parent_qid") -> Iterator[Part]:
    """Yield the parts that belong to a question, of its first scale."""
    own = question.get("qid")
    return (part for part in parts if part.get(key) == own and part.get("scale_id") in {"", "0"})
