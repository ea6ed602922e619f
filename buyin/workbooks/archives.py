"""Archives from strangers: their sizes and contents are looked at before anything is unpacked."""

import io
import zipfile
import zlib
from collections.abc import Callable

from django.utils.translation import gettext as _

from buyin.uploads.progress import Tell, Watched, silent

from .refusals import RefusedFileError

LARGEST = 100 * 1024 * 1024
MOST_PARTS = 2_000
# A workbook packs to a tenth, one of equal rows to a hundredth; more is made to harm.
HIGHEST_RATIO = 250
SMALL = 1024 * 1024
ARCHIVES = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".xlsx", ".xlsm", ".ods", ".docx")
PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
IS_ENCRYPTED = 0x1


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Return the archive; raise RefusedFileError where it is none or made to harm.

    The sizes are those that the archive states; more than that is never unpacked, because the
    library stops there.
    """
    archive = _opened(content)
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or _unpacked(parts) > LARGEST:
        raise RefusedFileError(_("Unpacked, the file would be larger than 100 MB."))
    for part in parts:
        _check(part)
    return archive


def unpacked_size(content: bytes) -> int:
    """Return how many bytes the archive says that it unpacks to; RefusedFileError where it is none."""
    with _opened(content) as archive:
        return _unpacked(archive.infolist())


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    # The last is what the library says of archives newer than itself.
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook.")) from error


def _unpacked(parts: list[zipfile.ZipInfo]) -> int:
    return sum(part.file_size for part in parts)


def _check(part: zipfile.ZipInfo) -> None:
    if part.file_size > SMALL and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1):
        raise RefusedFileError(_("The file is packed as no workbook is: it could fill the disk."))
    if part.flag_bits & IS_ENCRYPTED:
        raise RefusedFileError(_("The file is protected by a password. Save it without one."))
    if part.compress_type not in PLAIN:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook."))
    if part.filename.lower().endswith(ARCHIVES):
        raise RefusedFileError(_("There is another archive inside the file. Remove it."))


def scan_parts(
    archive: zipfile.ZipFile, scan: Callable[[Watched], None], tell: Tell = silent
) -> None:
    """Show each part of the archive to `scan`; raise RefusedFileError where one is damaged."""
    parts = archive.infolist()
    size, seen = _unpacked(parts), 0
    try:
        for part in parts:
            with archive.open(part) as source:
                watched = Watched(source, size, tell, seen)
                scan(watched)
            seen += part.file_size
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        raise RefusedFileError(_("The file is damaged or is no .xlsx workbook.")) from error
