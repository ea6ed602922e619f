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
from surveys.results.reading import ItemResult, QuestionResult, Table, tables_in

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
    "n": 60,
    "missing": {"dk": 5},
    "ranges": [],
    "mean": None,
    "places": None,
    "tables": [TABLE],
    "departments": [{"code": "roads", "tables": [TABLE]}],
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
    """What came out of one item; `n` is null where too few have answered it."""

    code = serializers.CharField()
    text = serializers.CharField()
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
    page = serializers.IntegerField()
    items = ItemResultSerializer(many=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Results",
            {
                **EXAMPLE,
                "questions": [{"code": "useful", "type": "likert", "page": 1, "items": [ITEM]}],
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
        questions = frozen.results_of(found).questions if found.answers is not None else []
        line = ResultLineSerializer(found).data
        told = [question_with(one, parts) for one in questions]
        return Response({**line, "questions": QuestionResultSerializer(told, many=True).data})


type Parts = Sequence[tuple[str, Mapping[str, Any]]]


def question_with(found: QuestionResult, parts: Parts) -> dict[str, Any]:
    """Return one question with the tables of the whole and of these departments, by their codes."""
    question = found.question
    items = [_item(one, parts) for one in found.items]
    return {"code": question.code, "type": question.type, "page": found.page, "items": items}


def _item(found: ItemResult, parts: Parts) -> dict[str, Any]:
    tables = {code: _tables(questions, found.item) for code, questions in parts}
    mean = dict(zip(("value", "low", "high"), found.mean, strict=True)) if found.mean else None
    return {
        "code": found.item.code,
        "text": found.item.text,
        "n": found.n,
        "missing": found.missing,
        "ranges": found.bins,
        "mean": mean,
        "places": found.places,
        "tables": list(found.tables.values()),
        "departments": [{"code": code, "tables": kept} for code, kept in tables.items() if kept],
    }


def _tables(questions: Mapping[str, Any], item: Item) -> list[Table]:
    """Return the tables of one item in a department that have something to show."""
    frozen = questions.get(item.code, {})
    return [one for one in tables_in(item, frozen).values() if one.cells]
