"""A journal of changes to rows, by which they can be taken back one by one, the last one first."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction

from buyin.stakeholders.models import hanging_on

type Entry = dict[str, Any]
CHANGED, GONE, IN_THE_WAY = "changed", "gone", "in-the-way"


class Journal:
    """Changes rows and writes down what stood there before."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def change(self, row: models.Model, **fields: Any) -> None:
        """Write these fields of a row, as far as they differ."""
        changed = []
        for name, value in fields.items():
            field = _field(type(row), name)
            before = getattr(row, field.attname)
            setattr(row, name, value)
            after = getattr(row, field.attname)
            if before != after:
                entry = {"before": _plain(before), "after": _plain(after), "field": name}
                self.entries.append({"op": "change", **_of(row), **entry})
                changed.append(name)
        if changed:
            row.save(update_fields=changed)

    def move(
        self, rows: models.QuerySet[Any], field: str, old: models.Model, new: models.Model
    ) -> None:
        """Let a foreign key of all these rows mean another record."""
        if pks := list(rows.order_by("pk").values_list("pk", flat=True)):
            rows.model._base_manager.filter(pk__in=pks).update(**{field: new})  # noqa: SLF001
            entry = {"field": field, "before": old.pk, "after": new.pk, "pks": pks}
            self.entries.append({"op": "move", "model": rows.model._meta.label_lower, **entry})  # noqa: SLF001

    def remove(self, row: models.Model) -> None:
        """Delete a row on which nothing hangs any more."""
        [said] = json.loads(serializers.serialize("json", [row]))
        self.entries.append({"op": "remove", **_of(row), "row": said, "name": str(row)})
        row.delete()

    def make(self, row: models.Model) -> None:
        """Write a new row."""
        row.save()
        self.entries.append({"op": "make", **_of(row)})


class TakingBack:
    """Takes the changes of a journal back; `stayed` tells what has been changed since and stays."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.stayed: list[Entry] = []

    def run(self) -> None:
        """Take back what can be, the last change first."""
        for entry in reversed(self.entries):
            {
                "change": self._change,
                "move": self._move,
                "remove": self._remove,
                "make": self._make,
            }[entry["op"]](entry)

    def _change(self, entry: Entry) -> None:
        model = apps.get_model(entry["model"])
        field = _field(model, entry["field"])
        row = _rows(model).select_for_update().filter(pk=entry["pk"]).first()
        if row is None:
            self._stays(entry, GONE)
        elif getattr(row, field.attname) != field.to_python(entry["after"]):
            self._stays(entry, CHANGED, str(row))
        else:
            setattr(row, field.attname, field.to_python(entry["before"]))
            row.save(update_fields=[entry["field"]])

    def _move(self, entry: Entry) -> None:
        model = apps.get_model(entry["model"])
        there = _rows(model).filter(pk__in=entry["pks"])
        same = there.filter(**{entry["field"]: entry["after"]})
        back = set(same.values_list("pk", flat=True))
        _rows(model).filter(pk__in=back).update(**{entry["field"]: entry["before"]})
        others = {row.pk: str(row) for row in there.exclude(pk__in=back)}
        for pk in entry["pks"]:
            if pk not in back:
                self._stays({**entry, "pk": pk}, CHANGED if pk in others else GONE, others.get(pk))

    def _remove(self, entry: Entry) -> None:
        [said] = serializers.deserialize("json", json.dumps([entry["row"]]))
        if any(_is_missing(said.object, field) for field in said.object._meta.concrete_fields):  # noqa: SLF001
            self._stays(entry, GONE, entry["name"])
            return
        try:
            with transaction.atomic():
                said.save()
        except IntegrityError:
            self._stays(entry, IN_THE_WAY, entry["name"])

    def _make(self, entry: Entry) -> None:
        row = _rows(apps.get_model(entry["model"])).filter(pk=entry["pk"]).first()
        if row is not None and not any(rows.exists() for rows, _field in hanging_on(row)):
            row.delete()

    def _stays(self, entry: Entry, why: str, name: str | None = None) -> None:
        said: Entry = {key: entry[key] for key in ("model", "pk", "field") if key in entry}
        self.stayed.append({**said, "why": why, "name": name or ""})


def _rows(model: type[models.Model]) -> models.QuerySet[Any]:
    return model._base_manager.order_by("pk")  # noqa: SLF001 - Django's own way


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)  # noqa: SLF001


def _of(row: models.Model) -> Entry:
    return {"model": row._meta.label_lower, "pk": row.pk}  # noqa: SLF001


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it, and as its field reads it again."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def _is_missing(row: models.Model, field: Any) -> bool:
    """Return whether what a foreign key of the row means has gone since."""
    pk = getattr(row, field.attname)
    if not field.is_relation or pk is None:
        return False
    return not _rows(field.related_model).filter(**{field.target_field.attname: pk}).exists()
