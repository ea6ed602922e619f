"""What people have hung on rows that an import made, so that nothing of theirs is taken back."""

from collections import defaultdict
from itertools import batched
from typing import Any

from django.db import models

MANY = 5_000


def hanging(
    made: models.QuerySet[Any],
    *,
    but: frozenset[str],
    model: type[models.Model] | None = None,
    through: str = "",
) -> dict[int, set[str]]:
    """Return by id of these rows the words for what points to them; one query a kind.

    `but` names what an import itself hangs there. With `model` it is what points to its rows, which
    lead to those that were made by the field `through`.

    They are asked for by their ids and not by a query: right after an import the database still
    believes that its tables are as good as empty, and would compare each row with each.
    """
    found: defaultdict[int, set[str]] = defaultdict(set)
    ids = list(made.order_by().values_list("pk", flat=True))
    for relation in (model or made.model)._meta.related_objects:  # noqa: SLF001
        if relation.get_accessor_name() in but:
            continue
        path = relation.field.name + (f"__{through}" if through else "")
        words = str(relation.related_model._meta.verbose_name_plural)  # noqa: SLF001
        for some in batched(ids, MANY):
            rows = relation.related_model._base_manager.filter(**{f"{path}__in": some})  # noqa: SLF001
            for pk in rows.order_by().values_list(path, flat=True).distinct():
                found[pk].add(words)
    return found
