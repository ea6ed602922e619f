"""What closed waves say about readiness: which there are, and the scores in one of them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import batched

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buyin.features import Item as ScoredItem
from buyin.features import Scores, ScoreSource
from buyin.readiness.scoring import Floats, Ints, person_means
from surveys.definitions import DIMENSIONS, Item
from surveys.models import OUTSIDE, Response, Wave, WaveDepartment
from surveys.scoring import points_of, scored

from .accounts import too_few_beside_guests
from .filling import definition_of

CHUNK = 10_000
FETCHED = 2_000  # at once: what fits into the caches of a processor is read faster
NOWHERE = OUTSIDE  # where an answer has or could keep no department, it counts for the agency only


def scored_waves(*, until: datetime) -> list[Wave]:
    """Return the newest closed wave with answers for each initiative and set of dimensions.

    What the public thinks says nothing of how ready staff are: public waves are left out. So are
    those in which guests outnumber too few people.
    """
    answered = Response.objects.filter(wave=OuterRef("pk"))
    waves = (
        Wave.objects.filter(Exists(answered), closed_at__lte=until, address=None)
        .select_related("survey", "version")
        .defer("version__definition")
        .order_by("closed_at", "pk")
    )
    waves = waves.exclude(pk__in=too_few_beside_guests(Wave.objects.order_by()).values("pk"))
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
        source = _("%(survey)s, wave %(number)d") % {"survey": wave.called, "number": wave.number}
    return ScoreSource(
        source=source,
        initiative=wave.survey.initiative_id,
        closed_on=closed.date(),
        dimensions=dimensions_of(wave),
    )


def scores_of(wave: Wave) -> Scores:
    """Return each person's score in each dimension, with the items that they were made of."""
    source, items = source_of(wave), scored_items(wave)
    columns = [[n for n, i in enumerate(items) if i.dimension == d] for d in source.dimensions]
    department, answers, values = _read(wave, items, columns)
    groups = WaveDepartment.objects.filter(wave=wave).order_by()
    homes = groups.annotate(home=Coalesce("department", NOWHERE))
    return Scores(
        source=source.source,
        initiative=source.initiative,
        closed_on=source.closed_on,
        dimensions=source.dimensions,
        department=department,
        values=values,
        asked=dict(homes.values_list("home", "asked")),
        counted_in=dict(
            groups.exclude(merged_into=None).values_list("department_id", F("merged_into"))
        ),
        items=[ScoredItem(item.code, item.text, item.dimension) for item in items],
        answers=answers,
    )


def _read(wave: Wave, items: list[Item], columns: list[list[int]]) -> tuple[Ints, Floats, Floats]:
    """Return the department of each response of a wave, its answers, and its score by dimension.

    It is read in chunks, and one chunk is scored while the database prepares the next one.
    """
    rows = (
        Response.objects.filter(wave=wave)
        .order_by()
        .annotate(home=Coalesce("department", NOWHERE), document=Cast("answers", TextField()))
        .values_list("home", "document")
    )
    departments = [np.empty(0, dtype=np.int64)]
    parts = [_scored((), items, columns)]
    # Outside a transaction PostgreSQL would first write the whole answer of the query to disk.
    with transaction.atomic(), ThreadPoolExecutor(1) as scorer:
        waiting = []
        for chunk in batched(rows.iterator(chunk_size=FETCHED), CHUNK):
            homes, documents = zip(*chunk, strict=True)
            waiting.append(scorer.submit(_scored, documents, items, columns))
            departments.append(np.array(homes, dtype=np.int64))
        parts += [chunk.result() for chunk in waiting]
    answers, values = zip(*parts, strict=True)
    return np.concatenate(departments), np.concatenate(answers), np.concatenate(values)


def _scored(
    documents: Sequence[str], items: list[Item], columns: list[list[int]]
) -> tuple[Floats, Floats]:
    """Return the answers in these documents as 0 to 100, and each person's score by dimension."""
    points = points_of(documents, [item.code for item in items])
    answers = scored(points, [(len(item.question.points), item.reversed) for item in items])
    means = [person_means(answers[:, places]) for places in columns]
    return np.ascontiguousarray(answers), np.stack(means).T
