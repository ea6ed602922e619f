"""Waves for programs of authors: a pause, going on after it, and what happened so far."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.generics import ListAPIView, get_object_or_404
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.accounts.permissions import SignedInReads
from buyin.programs import OftenReads, OftenWrites, ProblemSerializer
from surveys.actions import pausing
from surveys.models import Happening, What
from surveys.queries.happenings import happened_to

from .waves import ExtendSerializer, NothingSerializer, OneWave, WaveSerializer, author_of, waves_of

REFUSED = OpenApiResponse(ProblemSerializer, description="The wave is not in a state for it.")


class ResumeSerializer(ExtendSerializer):
    """The new last day, where there is to be one."""

    closes_on = serializers.DateField(required=False, allow_null=True, default=None)

    def validate_closes_on(self, day: Any) -> Any:
        """Refuse a day so late that it can only be a slip."""
        return day and super().validate_closes_on(day)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "More time",
            {
                "event": "extended",
                "at": "2026-11-30T09:12:00Z",
                "number": 0,
                "until": "2026-12-11T23:59:59Z",
            },
            response_only=True,
        )
    ]
)
class HappeningSerializer(serializers.ModelSerializer):
    """One thing that happened to a wave. `number` says which reminder it was."""

    event = serializers.ChoiceField(What.choices, source="what")

    class Meta:
        model = Happening
        fields = ["event", "at", "number", "until"]


class PauseWave(OneWave):
    """A pause of a wave."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [OftenWrites]

    @extend_schema(request=None, responses={200: WaveSerializer, 409: REFUSED})
    def post(self, request: Request, survey: int, number: int) -> Response:
        """Take no answers and write no mails until the wave is resumed; what is typed is kept."""
        wave = self.find(survey, number)
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        pausing.pause_wave(wave=wave, by=author_of(request))
        return self.answer(survey, number)


class ResumeWave(OneWave):
    """The end of a pause."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [OftenWrites]

    @extend_schema(request=ResumeSerializer, responses={200: WaveSerializer, 409: REFUSED})
    def post(self, request: Request, survey: int, number: int) -> Response:
        """Let a paused wave go on, until the end of a later day where one is given."""
        wave = self.find(survey, number)
        body = ResumeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        closes_on = body.validated_data["closes_on"]
        pausing.resume_wave(wave=wave, closes_on=closes_on, by=author_of(request))
        return self.answer(survey, number)


class WaveHistory(ListAPIView):
    """What happened to a wave so far, the first first."""

    queryset = Happening.objects.none()
    serializer_class = HappeningSerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    def get_queryset(self) -> QuerySet[Happening]:
        """Return what happened to this wave."""
        waves = waves_of(self.request, self.kwargs["survey"])
        return happened_to(get_object_or_404(waves, number=self.kwargs["number"]))
