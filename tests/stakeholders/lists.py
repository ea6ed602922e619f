"""What tests of imports share: a list comes in, all that is stored, and workbooks made by hand."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from buyin.stakeholders.actions import import_list
from buyin.stakeholders.models import (
    ConsentEvent,
    Group,
    ImportedRow,
    ImportRun,
    Organisation,
    Person,
    Post,
    Stakeholder,
    StakeholderTag,
)
from buyin.stakeholders.queries.import_plan import ImportWishes

LIST = reverse("stakeholders:imports")
HEADER = "Name,Mail,Organisation,Title,Department,Category"
FILE = (
    f"{HEADER}\n"
    "Ann Lee,ann@x.example,,Head of Roads,roads,Decision-maker\n"
    "Tom Ott,tom@union.example,Example Union,Secretary,,Union\n"
    "Ida Berg,,,,Parks,Users\n"
)
TABLES: tuple[Any, ...] = (
    Person,
    Organisation,
    Group,
    Post,
    Stakeholder,
    StakeholderTag,
    Stakeholder.tags.through,
    ConsentEvent,
    ImportedRow,
)


def bring(content: str | bytes = FILE, *, owner: Any = None, name: str = "a.csv", **wishes: Any):
    """Bring a list in at once, and return the run and the plan."""
    text = content.encode() if isinstance(content, str) else content
    return import_list(owner=owner, name=name, content=text, wishes=ImportWishes(**wishes))


def counts(plan: Any) -> tuple[int, ...]:
    """Return how many were created, updated, unchanged and duplicates, and had problems."""
    return (*plan.counts.values(), len(plan.problems))


def everything() -> list[list[dict[str, Any]]]:
    """Return every row that an import may touch."""
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def named(name: str) -> Any:
    """Return the stakeholder of this name."""
    return Stakeholder.objects.get(name=name)


def newest() -> Any:
    """Return the import that came last."""
    return ImportRun.objects.latest("pk")


def workbook(*rows: Any, title: str = "Contacts", merged: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with one sheet of these rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, change: Any) -> bytes:
    """Return a workbook in which one part is what `change` makes of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as made:
        for part in source.infolist():
            text = source.read(part)
            made.writestr(part.filename, change(text) if part.filename == name else text)
    return out.getvalue()


def upload(client: Client, text: str | bytes = FILE, name: str = "a.csv", **more: Any) -> Any:
    """Send a list as its page does."""
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(LIST, {"file": SimpleUploadedFile(name, content), **more})


def at(name: str, run: Any) -> str:
    """Return the address of one page of an import."""
    return reverse(f"stakeholders:{name}", args=[run.pk])


def words(answer: Any) -> str:
    """Return the text of a page with one blank for each run of blanks."""
    return " ".join(answer.text.split())
