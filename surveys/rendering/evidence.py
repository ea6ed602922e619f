"""Evidence in words, for pages and for programs alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buyin.readiness.wording import grouped
from surveys import wording
from surveys.models import Evidence
from surveys.queries.evidence import Rests
from surveys.results.tally import CHOSEN
from surveys.results.told import ToldAnswer

Kind = Evidence.Kind
CHOOSING = ("single", "multiple", "ranking")
LONGEST = 300


@dataclass(frozen=True)
class Piece:
    """One piece of evidence as one person reads it: what it says, from where, and how many say so.

    `words` are somebody's own where `is_quote` says so. Without a `url` there is nothing to open.
    """

    evidence: Evidence
    words: str
    context: str
    people: str
    url: str = ""
    is_quote: bool = False
    is_hidden: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether the source was withdrawn or deleted."""
        return self.evidence.is_gone


def pieces_of(read: Iterable[Rests]) -> list[Piece]:
    """Return evidence in words, as far as whoever it was read for may know them."""
    return [piece_of(one) for one in read]


def piece_of(rests: Rests) -> Piece:
    """Return one piece of evidence in words."""
    evidence = rests.evidence
    if evidence.is_gone:
        words = _("The source was withdrawn or deleted. It counts no longer.")
        return Piece(evidence, words, "", "")
    people = people_words(rests)
    if rests.is_hidden:
        words = _("You may not open this source. It counts all the same.")
        return Piece(evidence, words, "", people, is_hidden=True)
    said = {
        Kind.SAID: _said,
        Kind.RESULT: _result,
        Kind.WRITTEN: _written,
        Kind.THEME: _theme,
        Kind.NOTE: _note,
        Kind.TASK: _task,
    }[Kind(evidence.kind)](rests)
    return Piece(evidence, people=people, **said)


def first_words(rests: Rests) -> str:
    """Return what a need made of this could be called at first; never anybody's own words."""
    kind = rests.evidence.kind
    if kind in (Kind.THEME, Kind.TASK):
        return str(rests.source.name)
    if kind == Kind.NOTE and not rests.source.is_quote:
        return str(rests.source.text)[:LONGEST]
    told = rests.told
    if told is None or told.result.item.type not in CHOOSING:
        return ""
    return wording.codes_label(told.result, [told.part] if told.part else told.codes)[:LONGEST]


def people_words(rests: Rests) -> str:
    """Return how many people stand behind a piece of evidence."""
    count = rests.people
    if count is None:
        return _("fewer than %(n)d people") % {"n": settings.SMALLEST_GROUP}
    if count == 0 and rests.evidence.kind == Kind.SAID:
        return _("how many is not known")
    if rests.told:
        return told_people(rests.told)
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": grouped(count)}


def told_people(told: ToldAnswer) -> str:
    """Return how many gave an answer, as exactly as it may be told."""
    words = {"n": grouped(told.people), "of": grouped(told.of)}
    if told.share:
        return _("at least %(n)s of %(of)s people") % words
    return _("%(n)s of %(of)s people") % words


def answer_words(told: ToldAnswer) -> str:
    """Return an answer that may be told, as the pages of results call it."""
    label = wording.codes_label(told.result, told.codes)
    if not told.part:
        return label
    choice = wording.codes_label(told.result, [told.part])
    if told.answer == CHOSEN:
        return choice
    return _("%(choice)s: %(answer)s") % {"choice": choice, "answer": label}


def _said(rests: Rests) -> dict[str, Any]:
    place = rests.evidence.department
    return {"words": rests.evidence.text, "context": place.name if place else ""}


def _result(rests: Rests) -> dict[str, Any]:
    wave, place = rests.source.wave, rests.evidence.department
    if rests.told is None:
        return {"words": str(wave), "context": ""}
    question = rests.told.result.item.question
    context = [rests.told.result.item.text, str(wave), *([place.name] if place else [])]
    return {
        "words": answer_words(rests.told),
        "context": " · ".join(context),
        "url": reverse("surveys:results-question", args=[wave.pk, question.code]),
    }


def _written(rests: Rests) -> dict[str, Any]:
    text = rests.source
    wave = text.result.wave
    return {
        "words": text.text,
        "context": str(wave),
        "url": reverse("surveys:results-texts", args=[wave.pk, text.code]),
        "is_quote": True,
    }


def _theme(rests: Rests) -> dict[str, Any]:
    survey = rests.source.survey
    url = reverse("surveys:series-summary", args=[survey.pk])
    return {"words": rests.source.name, "context": survey.title, "url": url}


def _task(rests: Rests) -> dict[str, Any]:
    test = rests.source.survey.title
    return _theme(rests) | {"context": _("%(test)s · did not do it with ease") % {"test": test}}


def _note(rests: Rests) -> dict[str, Any]:
    note, session = rests.source, rests.source.session
    is_quiet = note.is_quote and not session.may_quote
    return {
        "words": _("Words that may not be quoted") if is_quiet else note.text,
        "context": session.survey.title,
        "url": f"{reverse('surveys:series-notes', args=[session.survey_id])}?show=all",
        "is_quote": note.is_quote and not is_quiet,
    }
