"""Names of removed people taken out of what is told elsewhere: history, lists, merges of others, mails."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from buyin.outbox.models import Message
from buyin.spreadsheets import UnreadableError
from buyin.stakeholders.contacts.sheets import tables_of
from buyin.stakeholders.models import ImportChange, ImportRun, MergeRecord, Person, Stakeholder

from .hiding import GONE, KNOWN_BY, Names, hidden, hiding, looked_for
from .reminding import KIND

type Hide = Callable[[str], str]
type Ids = dict[type[Model], set[int]]
# What of an entry of a journal is said in words; the rest says where it belongs.
WORDS = {"name", "before", "after", "row"}


def clean_elsewhere(stakeholders: Sequence[Stakeholder], known: Names) -> Counter[str]:
    """Take these people's names out of all that only tells of them; return how much that was."""
    hide = hiding(known)
    texts = looked_for(known)
    ids: Ids = {
        Stakeholder: {one.pk for one in stakeholders},
        Person: {one.person_id for one in stakeholders if one.person_id},
    }
    return Counter(
        {
            "auditlog.logentry": _clean_history(ids, texts, hide),
            "outbox.message": _clean_mails(texts, hide),
            "stakeholders.importchange": _forget_taken_back(texts),
            "stakeholders.importrun": _refuse_waiting(texts) + _clean_imports(hide),
            "stakeholders.mergerecord": _clean_merges(ids, texts, hide),
        }
    )


def _naming(rows: QuerySet[Any], texts: set[str], *columns: str) -> QuerySet[Any, Any]:
    """Keep the rows in which one of these texts stands in one of these columns, JSON or not."""
    said = {f"said_in_{name}": Cast(name, TextField()) for name in columns}
    asked = Q(pk__in=[])
    for text in texts:
        # As SQLite keeps what is not ASCII, and as HTML keeps what is a sign of its own.
        for form in {text, json.dumps(text)[1:-1], escape(text)}:
            for name in said:
                asked |= Q(**{f"{name}__icontains": form})
    found: QuerySet[Any, Any] = rows.alias(**said).filter(asked)
    return found


def _clean_history(ids: Ids, texts: set[str], hide: Hide) -> int:
    """Take the names out of the audit trail of stakeholders; return how many lines that were."""
    kinds = ContentType.objects.filter(app_label="stakeholders")
    entries = LogEntry.objects.filter(content_type__in=kinds).order_by()
    own = _own_lines(entries, ids)
    theirs = set(own.values_list("pk", flat=True))
    naming = _naming(entries, texts, "object_repr", "changes").values_list("pk", flat=True)
    number = 0
    rows = LogEntry.objects.filter(pk__in=[*theirs, *naming]).only("object_repr", "changes")
    for entry in rows.iterator(chunk_size=500):
        is_own = entry.pk in theirs
        said = {
            "object_repr": GONE if is_own else hide(entry.object_repr),
            "changes": hidden(_unnamed(entry.changes) if is_own else entry.changes, hide),
        }
        if any(getattr(entry, name) != value for name, value in said.items()):
            changed = {**said, "changes_text": "", "serialized_data": None}
            LogEntry.objects.filter(pk=entry.pk).update(**changed)
            number += 1
    return number


def _own_lines(entries: QuerySet[LogEntry], ids: Ids) -> QuerySet[LogEntry]:
    """Return the lines that tell of the people's own records."""
    asked = Q(pk__in=[])
    for model, pks in ids.items():
        kind = ContentType.objects.get_for_model(model)
        asked |= Q(content_type=kind, object_id__in=pks)
    return entries.filter(asked)


def _unnamed(changes: Any) -> Any:
    """Return the changes of a person's own record without what they are known by, however short."""
    return {
        name: [text and GONE for text in said] if name in KNOWN_BY else said
        for name, said in (changes or {}).items()
    }


def _clean_mails(texts: set[str], hide: Hide) -> int:
    """Take the names out of mails that remind of what was planned; return how many that were."""
    number = 0
    columns = ("subject", "text", "html")
    for mail in _naming(Message.objects.filter(kind=KIND), texts, *columns).only(*columns):
        said = {name: hide(getattr(mail, name)) for name in columns}
        number += Message.objects.filter(pk=mail.pk).update(**said)
    return number


def _forget_taken_back(texts: set[str]) -> int:
    """Delete what lists that were taken back had said of them; return how many rows that were."""
    rows = ImportChange.objects.filter(stakeholder=None).order_by()
    found = list(_naming(rows, texts, "name", "before", "after").values_list("pk", flat=True))
    ImportChange.objects.filter(pk__in=found).delete()
    return len(found)


def _refuse_waiting(texts: set[str]) -> int:
    """Refuse lists that wait and name them, and delete the files: a yes would bring them back."""
    waiting = ImportRun.objects.filter(state__in=ImportRun.OPEN).only("content", "language")
    if connection.features.has_select_for_update_skip_locked:
        # What is being written finds out by itself that somebody was removed.
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    number = 0
    for run in waiting:
        if run.content and _tells_of(bytes(run.content), texts):
            with translation.override(run.language or None):
                why = _(
                    "Somebody whom this list names was removed meanwhile. Bring it in without them."
                )
            said: dict[str, Any] = {"content": b"", "report": {"why": why}, "left_out": ""}
            said |= {"doubts": [], "decisions": {}, "state": ImportRun.State.REFUSED}
            number += ImportRun.objects.filter(pk=run.pk).update(**said)
    return number


def _tells_of(content: bytes, texts: set[str]) -> bool:
    """Return whether a file names them: in one cell, or in several beside each other."""
    try:
        tables = tables_of(content)
    except UnreadableError:
        rows = content.decode("utf-8", "replace").splitlines()
    else:
        rows = [" ".join(cells) for table in tables for _number, cells in table.rows]
    wanted = [text.casefold() for text in texts]
    return any(text in row for row in map(str.casefold, rows) for text in wanted)


def _clean_imports(hide: Hide) -> int:
    """Take the names out of what is told of lists that came in; return how many lists that were."""
    number = 0
    for run in ImportRun.objects.only("pk", "report", "left_out", "doubts").iterator(50):
        said = {
            "report": hidden(run.report, hide),
            "doubts": hidden(run.doubts, hide),
            "left_out": hide(run.left_out),
        }
        if any(getattr(run, name) != text for name, text in said.items()):
            ImportRun.objects.filter(pk=run.pk).update(**said)
            number += 1
    return number


def _clean_merges(ids: Ids, texts: set[str], hide: Hide) -> int:
    """Take them out of the merges of others, so that undoing one does not bring anything back."""
    number = 0
    records = _naming(MergeRecord.objects.order_by(), texts, "snapshot", "stayed")
    for record in records.only("snapshot", "stayed"):
        said = {
            "snapshot": list(_without(record.snapshot, ids, hide)),
            "stayed": list(_without(record.stayed, ids, hide)),
        }
        number += MergeRecord.objects.filter(pk=record.pk).update(**said)
    return number


def _without(entries: Sequence[dict[str, Any]], ids: Ids, hide: Hide) -> Iterator[dict[str, Any]]:
    """Yield the entries of a journal without the names, and without rows that were about them."""
    for entry in entries:
        if not ("row" in entry and _is_about(entry, ids)):
            yield {
                name: hidden(said, hide) if name in WORDS else said for name, said in entry.items()
            }


def _is_about(entry: dict[str, Any], ids: Ids) -> bool:
    """Return whether a row that was deleted pointed to one of them."""
    meta = apps.get_model(entry["model"])._meta  # noqa: SLF001 - Django's own way
    for name, value in entry["row"]["fields"].items():
        related: Any = meta.get_field(name).related_model
        if not isinstance(value, list) and value in ids.get(related, ()):
            return True
    return False
