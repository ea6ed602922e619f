"""A whole form as a definition."""

import csv
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from buyin.spreadsheets import UnreadableError, read_table
from buyin.uploads.progress import Tell, part_of, silent
from buyin.workbooks import RefusedFileError, Remark, is_workbook, read_workbook
from buyin.workbooks.sheets import Sheet
from surveys.formats.conditions import Conditions
from surveys.formats.own_texts import kept_texts, with_languages
from surveys.formats.pruning import kept_translations, prune
from surveys.formats.reports import Converted, Place, Report, refuse_unless_right

from .columns import LANGUAGE, OWN, FormSheet, read_sheet, unread
from .form import Form, codes_for, languages_of
from .lists import read_lists
from .names import choices_by_name
from .pages import pages_of
from .structure import Group, read_structure
from .texts import PROSE, UNSHOWABLE, Texts

KINDS = ("survey", "choices", "settings")
BESIDE = {"form_title": "title", f"{OWN}title": "title", f"{OWN}purpose": "purpose"}
# How far the reading is when the cells are read, what they say is known, and the definition is made.
CELLS, MEANING, MADE = 0.5, 0.6, 0.95
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def read_xlsform(content: bytes, tell: Tell = silent) -> Converted:
    """Return the survey that a form makes; raise RefusedFileError where it makes none."""
    report = Report()
    with report.told_with_refusal():
        return _converted(content, report, tell)


def _converted(content: bytes, report: Report, tell: Tell) -> Converted:
    found = _sheets(content, report, part_of(tell, 0, CELLS))
    sheets = {kind: read_sheet(found.get(kind), kind, report) for kind in KINDS}
    _check_header(found["survey"], sheets["survey"])
    tree, rows = read_structure(sheets["survey"], report)
    lists = read_lists(sheets["choices"], report)
    by_row, by_name = codes_for(tree)
    language, others = languages_of(*sheets.values())
    tell(MEANING)
    form = Form(
        report=report,
        lists=lists,
        texts=Texts(language, others, report, by_name),
        conditions=Conditions(report, by_name, choices_by_name(tree, lists)),
        codes_by_row=by_row,
    )
    definition = _definition(form, tree, sheets["settings"])
    beside = _beside(form, sheets["settings"])
    own = beside.pop(language, {})
    tell(MADE)
    _remark_unread(sheets, report)
    return Converted(
        title=own.get("title", ""),
        purpose=own.get("purpose", ""),
        kind=next((one.get(f"{OWN}kind") for one in sheets["settings"].records), ""),
        translations=beside,
        definition=with_languages(definition, *beside, *_languages(sheets["settings"])),
        rows=rows,
        taken=len(form.taken),
        remarks=sorted(dict.fromkeys(report.remarks), key=_in_order),
    )


def _beside(form: Form, settings: FormSheet) -> dict[str, dict[str, str]]:
    """Return title and purpose by language; those of no language are in that of the form."""
    found: dict[str, dict[str, str]] = {}
    places: dict[tuple[str, str], Place] = {}
    for record in settings.records[:1]:
        # Those in a language come last: they count where both are there.
        for (column, code), text in sorted(record.cells.items(), key=lambda cell: cell[0][1] != ""):
            if name := BESIDE.get(column):
                language = code or form.texts.language
                found.setdefault(language, {})[name] = UNSHOWABLE.sub("", text)
                places[language, name] = record.place(column)
    return kept_texts(found, places, form.report)


def _languages(settings: FormSheet) -> list[str]:
    """Return the languages that a form of ours is in, also where nothing is said in them yet."""
    said = " ".join(record.get(f"{OWN}languages") for record in settings.records)
    return [code for code in said.split() if LANGUAGE.fullmatch(code)]


def _sheets(content: bytes, report: Report, tell: Tell) -> dict[str, Sheet]:
    """Return the sheets of a form by what they are, and remark upon all others."""
    found: dict[str, Sheet] = {}
    is_book = is_workbook(content)
    for sheet in read_workbook(content, tell) if is_book else _text_sheets(content):
        kind = sheet.name.strip().lower()
        if kind in KINDS:
            found.setdefault(kind, sheet)
        elif sheet.rows:
            report.lose(Place(sheet.name), "", _("The sheet is no part of a form."))
    if "survey" not in found:
        names = "”, “".join(KINDS)
        raise RefusedFileError(_("There is no sheet “survey”. A form has the sheets “%s”.") % names)
    return found


def _text_sheets(content: bytes) -> list[Sheet]:
    """Return the sheets of a form in one CSV file: a name in the first column begins each."""
    try:
        table = read_table(content)
    except (UnreadableError, csv.Error) as error:
        raise RefusedFileError(str(error)) from error
    sheets: list[Sheet] = []
    first = table.rows[0][0] - 1 if table.rows else 1
    for number, cells in [(max(first, 1), table.headers), *table.rows]:
        if cells[0] and not any(cells[1:]):
            sheets.append(Sheet(cells[0]))
        elif sheets:
            filled = {n: text for n, text in enumerate(cells, 1) if text and n > 1}
            sheets[-1].rows[number] = filled
    return sheets


def _check_header(sheet: Sheet, survey: FormSheet) -> None:
    names = {column.name for column in survey.columns}
    row = min(sheet.rows, default=1)
    for name in ("type", "name"):
        if name not in names:
            why = _("There is no column “%s” in the first row.") % name
            raise RefusedFileError(why, sheet=sheet.name, row=row)


def _definition(form: Form, tree: Group, settings: FormSheet) -> dict[str, Any]:
    """Return the definition; refuse where nothing is left that could be asked."""
    texts = form.texts
    pages = pages_of(form, tree)
    intro = [
        texts.optional(record, f"{OWN}intro", "intro", most=PROSE) for record in settings.records
    ]
    definition: dict[str, Any] = {"schema": 1, "language": texts.language, "pages": pages}
    extras = {"intro": next(iter(intro), ""), "scales": _scales(form)}
    definition |= {name: part for name, part in extras.items() if part}
    form.lost(prune(definition, form.report, form.place_of))
    if not definition["pages"]:
        raise RefusedFileError(_("No question of the form can be asked here."), sheet="survey")
    if kept := kept_translations(definition, texts.translations):
        definition["translations"] = kept
    refuse_unless_right(definition, sheet="survey")
    return definition


def _scales(form: Form) -> dict[str, Any]:
    """Return the scales that questions use, and those that are marked as scales."""
    for found in form.lists.values():
        if found.is_marked:
            form.scale_of(found)
    scales: dict[str, Any] = {}
    for name, code in form.scales.items():
        points = enumerate(form.lists[name].points(), 1)
        scales[code] = [
            {
                "code": str(n),
                "text": form.texts.required(one.record, f"scales.{code}.{n}", one.name),
            }
            for n, one in points
        ]
    return scales


def _remark_unread(sheets: Mapping[str, FormSheet], report: Report) -> None:
    filters = " ".join(record.get("choice_filter") for record in sheets["survey"].records)
    used = frozenset(WORD.findall(filters))
    for kind, sheet in sheets.items():
        unread(sheet, kind, report, used if kind == "choices" else frozenset())


def _in_order(remark: Remark) -> tuple[int, int]:
    place = KINDS.index(remark.sheet.lower()) if remark.sheet.lower() in KINDS else len(KINDS)
    return place, remark.row or 0
