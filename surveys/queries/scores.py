"""What closed waves say about readiness: which there are, and the scores in one of them."""

from datetime import datetime
from itertools import islice

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone, translation

from buyin.features import Item as ScoredItem
from buyin.features import Scores, ScoreSource
from buyin.readiness.scoring import Ints, person_means
from surveys.definitions import DIMENSIONS, Item
from surveys.models import Response, Wave, WaveDepartment
from surveys.scoring import Points, points_of, scored

from .filling import definition_of

CHUNK = 10_000
NOWHERE = 0  # where an answer could keep no department: it counts for the agency only
LONGEST_TITLE = 90


def scored_waves(*, until: datetime) -> list[Wave]:
    """Return the newest closed wave with answers for each initiative and set of dimensions."""
    answered = Response.objects.filter(wave=OuterRef("pk"))
    waves = (
        Wave.objects.filter(Exists(answered), closed_at__lte=until)
        .select_related("survey", "version")
        .defer("version__definition")
        .order_by("closed_at", "pk")
    )
    newest = {(wave.survey.initiative_id, dimensions_of(wave)): wave for wave in waves}
    return [wave for (_initiative, dimensions), wave in newest.items() if dimensions]


def dimensions_of(wave: Wave) -> tuple[str, ...]:
    """Return the dimensions that this wave asks about, in their order."""
    asked = {item.dimension for item in scored_items(wave)}
    return tuple(dimension for dimension in DIMENSIONS if dimension in asked)


def scored_items(wave: Wave) -> list[Item]:
    """Return the items of this wave that count towards a dimension."""
    return [item for item in definition_of(wave.version).items() if item.dimension]


def source_of(wave: Wave) -> ScoreSource:
    """Return what is known of a wave without reading its answers."""
    closed = timezone.localtime(wave.closed_at, timezone.get_default_timezone())
    with translation.override(settings.LANGUAGE_CODE):
        wave.survey.title = wave.survey.title[:LONGEST_TITLE]
        return ScoreSource(
            source=str(wave),
            initiative=wave.survey.initiative_id,
            closed_on=closed.date(),
            dimensions=dimensions_of(wave),
        )


def scores_of(wave: Wave) -> Scores:
    """Return each person's score in each dimension, with the items that they were made of."""
    source, items = source_of(wave), scored_items(wave)
    department, points = _read(wave, [item.code for item in items])
    answers = scored(points, [(len(item.question.points), item.reversed) for item in items])
    columns = {d: [n for n, i in enumerate(items) if i.dimension == d] for d in source.dimensions}
    groups = WaveDepartment.objects.filter(wave=wave).order_by()
    return Scores(
        source=source.source,
        initiative=source.initiative,
        closed_on=source.closed_on,
        dimensions=source.dimensions,
        department=department,
        values=np.column_stack([person_means(answers[:, places]) for places in columns.values()]),
        asked=dict(groups.values_list("department_id", "asked")),
        counted_in=dict(
            groups.exclude(merged_into=None).values_list("department_id", F("merged_into"))
        ),
        items=[ScoredItem(item.code, item.text, item.dimension) for item in items],
        answers=answers,
    )


def _read(wave: Wave, codes: list[str]) -> tuple[Ints, Points]:
    """Return the department and the points of each response of a wave, read in chunks."""
    rows = (
        Response.objects.filter(wave=wave)
        .order_by()
        .annotate(home=Coalesce("department", NOWHERE), document=Cast("answers", TextField()))
        .values_list("home", "document")
    )
    departments, points = [np.empty(0, dtype=np.int64)], [points_of([], codes)]
    # Outside a transaction PostgreSQL would first write the whole answer of the query to disk.
    with transaction.atomic():
        stream = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(stream, CHUNK)):
            homes, documents = zip(*chunk, strict=True)
            departments.append(np.array(homes, dtype=np.int64))
            points.append(points_of(documents, codes))
    return np.concatenate(departments), np.concatenate(points)
