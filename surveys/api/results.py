"""Results of closed waves for programs: frozen and released, the same as on the pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from buyin.accounts.permissions import SignedInReads
from buyin.programs import OftenReads
from surveys.definitions import Item
from surveys.models import WaveResult
from surveys.queries import frozen
from surveys.results.reading import ItemResult, QuestionResult, Section, Table, tables_in
from surveys.wording.labels import texts_of

EXAMPLE: dict[str, Any] = {
    "wave": 12,
    "survey": 7,
    "number": 2,
    "title": "How ready are we for the permit assistant?",
    "closed_at": "2026-12-05T00:30:00Z",
    "asked": 120,
    "answers": 60,
    "smallest_group": 10,
}
TABLE = {
    "part": "",
    "cells": [{"codes": ["1", "2"], "count": 24}, {"codes": ["3", "4", "5"], "count": 36}],
    "mostly": None,
}
ITEM = {
    "code": "useful",
    "text": "The assistant is useful for my work.",
    "labels": {
        "1": "Strongly disagree",
        "2": "Disagree",
        "3": "Neither",
        "4": "Agree",
        "5": "Strongly agree",
    },
    "unit": "",
    "n": 60,
    "missing": {"dk": 5},
    "ranges": [],
    "mean": None,
    "places": None,
    "tables": [TABLE],
    "departments": [{"code": "roads", "tables": [TABLE]}],
}

QUESTION = {
    "code": "useful",
    "type": "likert",
    "text": "The assistant is useful for my work.",
    "page": 1,
    "page_title": "Your work",
    "items": [ITEM],
}


@extend_schema_serializer(examples=[OpenApiExample("Results", EXAMPLE, response_only=True)])
class ResultLineSerializer(serializers.ModelSerializer):
    """The results of one closed wave; `answers` is null where too few have answered."""

    wave = serializers.IntegerField(source="wave_id")
    survey = serializers.IntegerField(source="wave.survey_id")
    number = serializers.IntegerField(source="wave.number")
    title = serializers.CharField(source="wave.survey.title")
    closed_at = serializers.DateTimeField(source="wave.closed_at")

    class Meta:
        model = WaveResult
        fields = list(EXAMPLE)


class CellSerializer(serializers.Serializer):
    """How many gave one of these answers: several where they may only be told together."""

    codes: serializers.ListField = serializers.ListField(child=serializers.CharField())
    count = serializers.IntegerField()


class MostlySerializer(serializers.Serializer):
    """That nearly everybody gave one of these answers, as far as that may be told."""

    codes: serializers.ListField = serializers.ListField(child=serializers.CharField())
    share = serializers.CharField()


class TableSerializer(serializers.Serializer):
    """Answers that exclude each other; `part` is the choice where several may be chosen."""

    part = serializers.CharField(allow_blank=True)
    cells = CellSerializer(many=True)
    mostly = MostlySerializer(allow_null=True, source="edge")


class DepartmentTablesSerializer(serializers.Serializer):
    """The tables of one department that may be shown beside the whole and the others."""

    code = serializers.CharField()
    tables = TableSerializer(many=True)


class MeanSerializer(serializers.Serializer):
    """A mean of numbers and its 95 % range."""

    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class PlacesSerializer(serializers.Serializer):
    """How many people gave each choice of a ranking which places, in blocks told together."""

    blocks: serializers.ListField = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField())
    )
    counts: serializers.DictField = serializers.DictField(
        child=serializers.ListField(child=serializers.IntegerField())
    )


class ItemResultSerializer(serializers.Serializer):
    """What came out of one item; `n` is null where too few have answered it.

    `labels` say in words what the codes of tables, parts and places stand for.
    """

    code = serializers.CharField()
    text = serializers.CharField()
    labels: serializers.DictField = serializers.DictField(child=serializers.CharField())
    unit = serializers.CharField(allow_blank=True)
    n = serializers.IntegerField(allow_null=True)
    missing: serializers.DictField = serializers.DictField(child=serializers.IntegerField())
    ranges: serializers.ListField = serializers.ListField(child=serializers.ListField())
    mean = MeanSerializer(allow_null=True)
    places = PlacesSerializer(allow_null=True)
    tables = TableSerializer(many=True)
    departments = DepartmentTablesSerializer(many=True)


class QuestionResultSerializer(serializers.Serializer):
    """One question with its items: itself, or the rows of a matrix."""

    code = serializers.CharField()
    type = serializers.CharField()
    text = serializers.CharField()
    page = serializers.IntegerField()
    page_title = serializers.CharField(allow_blank=True)
    items = ItemResultSerializer(many=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Results",
            {
                **EXAMPLE,
                "questions": [QUESTION],
            },
            response_only=True,
        )
    ]
)
class ResultsSerializer(ResultLineSerializer):
    """The results of one wave, question by question, as finely as they may be shown."""

    questions = QuestionResultSerializer(many=True)

    class Meta:
        model = WaveResult
        fields = [*EXAMPLE, "questions"]


class ResultList(ListAPIView):
    """The results of closed waves that the person who asks may see, the newest first."""

    queryset = WaveResult.objects.none()
    serializer_class = ResultLineSerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    def get_queryset(self) -> QuerySet[WaveResult]:
        """Return what this person may see."""
        user: Any = self.request.user
        return frozen.visible_results(user)


class ResultDetail(APIView):
    """What came out of one wave."""

    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    @extend_schema(responses=ResultsSerializer)
    def get(self, request: Request, wave: int) -> Response:
        """Read what came out of a closed wave, question by question.

        It was counted once, after the release rule: what may not be shown is not there. Answers
        that may only be told together stand together; what people wrote is not in it.
        """
        user: Any = request.user
        found: Any = get_object_or_404(frozen.visible_results(user), wave__pk=wave)
        rows = [row for _depth, row in frozen.departments_in(found)]
        parts = [(row.department.code, row.questions) for row in rows]
        line = ResultLineSerializer(found).data
        sections = frozen.sections_of(frozen.results_of(found)) if found.answers is not None else []
        return Response({**line, "questions": questions_told(sections, parts)})


type Parts = Sequence[tuple[str, Mapping[str, Any]]]


def questions_told(sections: Sequence[Section], parts: Parts) -> Any:
    """Return all questions page by page, with the tables of these departments, by their codes."""
    told = [_question(one, section, parts) for section in sections for one in section.questions]
    return QuestionResultSerializer(told, many=True).data


def _question(found: QuestionResult, section: Section, parts: Parts) -> dict[str, Any]:
    question = found.question
    return {
        "code": question.code,
        "type": question.type,
        "text": question.text,
        "page": section.number,
        "page_title": section.title,
        "items": [_item(one, parts) for one in found.items],
    }


def _item(found: ItemResult, parts: Parts) -> dict[str, Any]:
    tables = {code: _tables(questions, found.item) for code, questions in parts}
    mean = dict(zip(("value", "low", "high"), found.mean, strict=True)) if found.mean else None
    return {
        "code": found.item.code,
        "text": found.item.text,
        "labels": _labels(found),
        "unit": found.item.question.unit,
        "n": found.n,
        "missing": found.missing,
        "ranges": found.bins,
        "mean": mean,
        "places": found.places,
        "tables": list(found.tables.values()),
        "departments": [{"code": code, "tables": kept} for code, kept in tables.items() if kept],
    }


def _labels(found: ItemResult) -> dict[str, str]:
    """Return in words what the codes of an item stand for; ranges of numbers say it themselves."""
    texts = {} if found.bins else texts_of(found)
    codes = {*found.tables, *(found.places.counts if found.places else ())}
    for table in found.tables.values():
        codes.update(code for cell in table.cells for code in cell.codes)
        codes.update(table.edge.codes if table.edge else ())
    return {code: text for code, text in texts.items() if code in codes}


def _tables(questions: Mapping[str, Any], item: Item) -> list[Table]:
    """Return the tables of one item in a department that have something to show."""
    frozen = questions.get(item.code, {})
    return [one for one in tables_in(item, frozen).values() if one.cells]
