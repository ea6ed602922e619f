"""Files with the answers of a wave, and those that describe them."""

from collections.abc import Callable, Iterable, Iterator

from django.http import Http404, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buyin.accounts.actions import record_event
from buyin.accounts.models import EventKind
from buyin.http import Request
from buyin.spreadsheets import CSV, csv_stream
from buyin.workbooks.writing import MEDIA_TYPE, Cell, SheetRows, workbook_stream
from surveys.formats.answers_out import (
    codebook_rows,
    ddi_codebook,
    one_line_each,
    sav_stream,
    spss_syntax,
)
from surveys.formats.answers_out.codebooks import HEADER
from surveys.queries.filling import definition_of
from surveys.queries.rows import Sav, Sheet, sav_of, sheet_of, why_not

from .followed import wave_of

Content = Iterable[str] | Iterable[bytes]


def _codes(sheet: Sheet) -> Content:
    return csv_stream(sheet.header, one_line_each(sheet.variables, sheet.codes()))


def _labels(sheet: Sheet) -> Content:
    return csv_stream(sheet.header, sheet.words())


def _workbook(sheet: Sheet) -> Content:
    def with_header() -> Iterator[list[Cell]]:
        yield list(sheet.header)
        yield from sheet.codes()

    codebook: list[list[Cell]] = [list(HEADER), *codebook_rows(sheet.variables)]
    return workbook_stream([SheetRows("answers", with_header()), SheetRows("codebook", codebook)])


def _sav(sheet: Sheet) -> Content:
    if sav_of(sheet) != Sav.OFFERED:
        raise Http404
    title = str(sheet.wave)
    return sav_stream(sheet.variables, before=sheet.before, rows=sheet.codes(), title=title)


def _codebook(sheet: Sheet) -> Content:
    return csv_stream(HEADER, codebook_rows(sheet.variables))


def _spss(sheet: Sheet) -> Content:
    return [spss_syntax(sheet.variables, before=sheet.before, file="codes.csv")]


def _ddi(sheet: Sheet) -> Content:
    language = definition_of(sheet.wave.version).language
    return [ddi_codebook(sheet.variables, title=str(sheet.wave), language=language)]


SAV = "application/x-spss-sav"
ANSWERS: dict[str, tuple[Callable[[Sheet], Content], str]] = {
    "codes.csv": (_codes, CSV),
    "labels.csv": (_labels, CSV),
    "answers.xlsx": (_workbook, MEDIA_TYPE),
    "answers.sav": (_sav, SAV),
}
DESCRIPTIONS: dict[str, tuple[Callable[[Sheet], Content], str]] = {
    "codebook.csv": (_codebook, CSV),
    "codes.sps": (_spss, "text/plain; charset=utf-8"),
    "codebook.xml": (_ddi, "application/xml"),
}


@require_safe
def answers_file(request: Request, survey: int, wave: int, name: str) -> StreamingHttpResponse:
    """Send a file; answers leave only where they may, and that they left is recorded."""
    found = wave_of(request, survey, wave)
    write, media_type = (ANSWERS | DESCRIPTIONS).get(name, (None, ""))
    if write is None or (name in ANSWERS and why_not(found)):
        raise Http404
    content = write(sheet_of(found))
    detail = _("Answers (%(name)s): %(wave)s") % {"name": name, "wave": found}
    record_event(kind=EventKind.EXPORTED, actor=request.user, detail=detail[:200])
    shown = f"survey-{survey}-{wave}-{name}" if name != "codes.csv" else name
    headers = {"Content-Disposition": f'attachment; filename="{shown}"'}
    return StreamingHttpResponse(content, content_type=media_type, headers=headers)
