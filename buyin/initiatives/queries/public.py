"""What everybody reads: the list of published records, one of them in plain words, and its past."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from buyin.initiatives.models import Initiative, Measurement, Publication, Story
from buyin.initiatives.record import (
    BY_NAME,
    FIELDS,
    Change,
    Field,
    Value,
    changes,
    public,
    shown,
    withheld,
)

from .benefits import Standing, benefits_of
from .public_sections import SECTIONS, Heading

FILTERS = ("stage", "topic", "department", "impact")
PAST = 20


@dataclass(frozen=True)
class Said:
    """A field as everybody reads it; without words where the agency has not said anything."""

    field: Field
    words: str
    withheld: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a public record: its heading and what it says."""

    heading: Heading
    lines: list[Said]


@dataclass(frozen=True)
class Past:
    """A publication with what was new in it; `is_first` where there was none before.

    `withheld_since` are the fields that it showed at first and that were withheld while it stood.
    """

    publication: Publication
    changes: list[Change]
    is_first: bool
    withheld_since: list[Field]


def listed(*, search: str = "", **wanted: str) -> QuerySet[Publication]:
    """Return the published records that are wanted; every word of the search must occur.

    Those of systems that are no longer used come last, all of them by name.
    """
    found = Publication.objects.current().filter(
        **{name: value for name, value in wanted.items() if value}
    )
    for word in search.casefold().split():
        found = found.filter(words__contains=word)
    return found.in_order()


def values_in_use() -> dict[str, list[str]]:
    """Return the stages, topics, departments and impacts that occur in the register."""
    rows = Publication.objects.current().order_by().values_list(*FILTERS).distinct()
    columns = zip(*rows, strict=True)
    return {
        name: sorted({value for value in column if value})
        for name, column in zip(FILTERS, columns, strict=False)
    }


def state_of_register() -> tuple[int, datetime.datetime | None]:
    """Return what tells one state of the register from another: how many, and the last change."""
    counted = Publication.objects.aggregate(n=Count("pk"), last=Max("changed_at"))
    return counted["n"], counted["last"]


def is_empty() -> bool:
    """Return whether nothing is published now."""
    return not Publication.objects.current().exists()


def says_no_ai() -> bool:
    """Return whether everybody reads that the agency uses no AI.

    Its operator has said so, nothing is published, and the portal itself knows of nothing in use:
    what is not published, withheld or taken back is used all the same.
    """
    return settings.USES_NO_AI and is_empty() and not Initiative.objects.in_use().exists()


def parts_of(publication: Publication) -> Iterator[Part]:
    """Yield the parts of a public record; those with nothing to say only where readers count on them."""
    for heading in SECTIONS:
        lines = [
            said
            for name in heading.fields
            if (said := _said(publication, BY_NAME[name])).words
            or said.withheld
            or name in heading.expected
        ]
        if lines:
            yield Part(heading, lines)


def facts_of(publication: Publication) -> Iterator[tuple[str, str]]:
    """Yield what stands beside a public record in a word or two, each with its label."""
    found = (
        ("development_stage", publication.stage_words),
        ("operational_date", _short(publication, "operational_date")),
        ("retired_date", _short(publication, "retired_date")),
        ("topic_area", publication.topic_words),
        ("classification", _short(publication, "classification")),
        ("is_high_impact", publication.impact_words),
    )
    for name, words in found:
        withheld_here = publication.redactions.get(name, "")
        if words or withheld_here:
            yield str(BY_NAME[name].label), words or withheld(withheld_here)


def measured_of(publication: Publication) -> list[Standing]:
    """Return the benefits with something measured, where the publisher lets readers see them."""
    if not publication.shows_benefits or _hides_benefits(publication):
        return []
    found = benefits_of(publication.record.initiative)
    return [one for one in found if one.value is not None]


def stories_of(publication: Publication) -> list[tuple[Story, Measurement]]:
    """Return the success stories that everybody may read, each with what was measured.

    None where the benefits of the system are withheld.
    """
    if _hides_benefits(publication):
        return []
    found = Story.objects.published().filter(initiative=publication.record.initiative_id)
    return [(one, one.measurement) for one in found if one.measurement]


def _hides_benefits(publication: Publication) -> bool:
    """Return whether the benefits are withheld: also where the record says nothing else of them."""
    return "benefits" in publication.redactions | publication.record.redactions


def past_of(publication: Publication) -> list[Past]:
    """Return what was published of a record and what was new each time, the newest first.

    What is withheld now is not told of the past either.
    """
    rows = Publication.objects.filter(record=publication.record_id).select_related("version")
    found = list(rows.defer("version__values").order_by("-at", "-pk")[: PAST + 1])
    older: list[Publication | None] = [*found[1:], None]
    return [
        Past(
            one,
            list(_told(old, one, publication)) if old else [],
            old is None,
            [BY_NAME[name] for name in one.redactions if name not in one.version.redactions],
        )
        for one, old in zip(found, older, strict=True)
    ][:PAST]


def everything(publications: Iterable[Publication]) -> Iterator[dict[str, Value]]:
    """Yield the values of published records as files hold them, with reasons for what is withheld."""
    for one in publications:
        values = public(one.values | dict.fromkeys(one.redactions, ""), one.redactions)
        if settings.AGENCY_CONTACT:
            values["contact_email"] = settings.AGENCY_CONTACT
        yield values


def columns() -> list[str]:
    """Return the names of the fields that files for everybody hold."""
    return [field.name for field in FIELDS if field.is_public]


def _short(publication: Publication, name: str) -> str:
    return shown(BY_NAME[name], publication.values.get(name)).partition(":")[0]


def _said(publication: Publication, field: Field) -> Said:
    words = shown(field, publication.values.get(field.name))
    return Said(field, words, publication.redactions.get(field.name, ""))


def _told(old: Publication, new: Publication, now: Publication) -> Iterator[Change]:
    # What the agency withholds may stand in the past only, and not in what is published now.
    reasons = now.record.redactions | now.redactions
    for change in changes(old.values, new.values, were=old.redactions, are=new.redactions):
        hidden: Any = reasons.get(change.field.name)
        yield Change(change.field, "", "", hidden) if hidden else change
