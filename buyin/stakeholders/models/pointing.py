"""What points to a record, found from the models themselves, so that no table is forgotten."""

from collections.abc import Iterator
from typing import Any

from django.db import models


def hanging_on(row: models.Model) -> Iterator[tuple[models.QuerySet[Any], str]]:
    """Yield the rows of each table that point to this one, with the field by which they do."""
    for relation in row._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's own way
        if isinstance(relation, models.ManyToOneRel) and relation.field.concrete:
            model, field = relation.related_model, relation.field
            yield model._base_manager.filter(**{field.name: row.pk}), field.name  # noqa: SLF001
