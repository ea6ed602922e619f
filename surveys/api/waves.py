"""Waves for programs of authors: state, response rates, more time, an early end."""

from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.accounts.models import User
from buyin.accounts.permissions import SignedInReads
from buyin.programs import JSONBody, OftenReads, OftenWrites, ProblemSerializer, Strict
from surveys import actions
from surveys.actions import publishing
from surveys.forms.authoring import AFTER_ALL
from surveys.models import Anonymity, Survey, Wave
from surveys.queries.field import Field, WaveState, field_of, state_of
from surveys.queries.public import answers_so_far

from .refusing import Refusable

EXAMPLE = {
    "id": 12,
    "number": 2,
    "version": 1,
    "state": "open",
    "mode": "invited",
    "anonymity": "anonymous",
    "opens_at": "2026-11-23T08:00:00Z",
    "closes_at": "2026-12-04T23:59:59Z",
    "closed_at": None,
    "paused_at": None,
    "target": 50,
    "address": None,
}
RATE = {"text": "about 45 %", "percent": 45}
MODES = {"invited": "people of the agency", "public": "anybody", "imported": "a file"}


@extend_schema_serializer(examples=[OpenApiExample("A wave", EXAMPLE, response_only=True)])
class WaveSerializer(serializers.ModelSerializer):
    """One round of asking: where it stands, and whose answers it takes (`mode`)."""

    version = serializers.IntegerField(source="version.number")
    anonymity = serializers.ChoiceField(Anonymity.choices, source="version.anonymity")
    state = serializers.SerializerMethodField()
    mode = serializers.SerializerMethodField()

    class Meta:
        model = Wave
        fields = list(EXAMPLE)

    @extend_schema_field(serializers.ChoiceField(WaveState.choices))
    def get_state(self, wave: Wave) -> str:
        """Return where the wave is now."""
        return state_of(wave, timezone.now()).value

    @extend_schema_field(serializers.ChoiceField(list(MODES.items())))
    def get_mode(self, wave: Wave) -> str:
        """Return whose answers it takes: those of people of the agency, of anybody, or a file's."""
        if wave.takes_imports:
            return "imported"
        return "public" if wave.is_public else "invited"


class RateSerializer(serializers.Serializer):
    """A share of those asked, as roughly as it may be known: in words, and as a number for a bar."""

    text = serializers.CharField()
    percent = serializers.IntegerField()


class DepartmentRateSerializer(serializers.Serializer):
    """One department with everything under it; `rate` is null where it must not be shown."""

    code = serializers.CharField(source="department.code")
    name = serializers.CharField(source="department.name")
    asked = serializers.IntegerField()
    answered = serializers.CharField(allow_blank=True)
    rate = RateSerializer(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Response rates",
            {
                "state": "open",
                "finding": "About 45 % have answered",
                "asked": 85,
                "answered": "about 40",
                "rate": RATE,
                "target": 50,
                "needs_nudge": ["roads"],
                "departments": [
                    {
                        "code": "roads",
                        "name": "Roads",
                        "asked": 40,
                        "answered": "about 20",
                        "rate": {"text": "about 50 %", "percent": 50},
                    },
                    {"code": "clinic", "name": "Clinic", "asked": 4, "answered": "", "rate": None},
                ],
            },
            response_only=True,
        )
    ]
)
class FieldSerializer(serializers.Serializer):
    """How many have answered, counted once a day, roughly, and for no group that is too small."""

    state = serializers.ChoiceField(WaveState.choices)
    finding = serializers.CharField()
    asked = serializers.IntegerField()
    answered = serializers.CharField(allow_blank=True)
    rate = RateSerializer(source="overall", allow_null=True)
    target = serializers.IntegerField(source="wave.target")
    departments = DepartmentRateSerializer(source="rows", many=True)
    needs_nudge = serializers.SerializerMethodField()

    def get_needs_nudge(self, field: Field) -> list[str]:
        """Return the codes of the departments under the target, the lowest first; never people.

        On the day a wave opens there are none: rates say little before the next one.
        """
        if field.state == WaveState.OPEN and field.wave.is_first_day:
            return []
        return [row.department.code for row in field.low]


@extend_schema_serializer(examples=[OpenApiExample("More time", {"closes_on": "2026-12-11"})])
class ExtendSerializer(Strict):
    """The new last day."""

    closes_on = serializers.DateField()

    def validate_closes_on(self, day: date) -> date:
        """Refuse a day so late that it can only be a slip."""
        if day >= AFTER_ALL:
            raise serializers.ValidationError(_("Choose a day before the year 2100."))
        return day


class NothingSerializer(Strict):
    """A body without any field."""


def author_of(request: Request) -> User:
    """Return whose program this is."""
    user: Any = request.user
    return cast("User", user)


def waves_of(request: Request, survey: int) -> QuerySet[Wave]:
    """Return the waves of a survey that whoever asks may follow, or answer 404."""
    user: Any = request.user
    found = get_object_or_404(Survey.objects.visible_to(user), pk=survey)
    waves = found.waves.select_related("version").defer("version__definition")
    return waves.order_by("-number")


class WaveList(ListAPIView):
    """The waves of one survey, the newest first."""

    queryset = Wave.objects.none()
    serializer_class = WaveSerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    def get_queryset(self) -> QuerySet[Wave]:
        """Return the waves of this survey."""
        return waves_of(self.request, self.kwargs["survey"])


class OneWave(Refusable):
    """What all addresses of one wave do first."""

    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]
    parser_classes = [JSONBody]

    def find(self, survey: int, number: int) -> Wave:
        """Return the wave, or answer 404."""
        waves = Wave.objects.visible_to(author_of(self.request))
        known = waves.select_related("survey", "version").defer("version__definition")
        return get_object_or_404(known, survey__pk=survey, number=number)

    def answer(self, survey: int, number: int) -> Response:
        """Answer with the wave as it is now."""
        return Response(WaveSerializer(self.find(survey, number)).data)


class WaveDetail(OneWave):
    """One wave of a survey."""

    @extend_schema(responses=WaveSerializer)
    def get(self, request: Request, survey: int, number: int) -> Response:
        """Read one wave: where it stands, its days, and whose answers it takes."""
        return self.answer(survey, number)


class ResponseRate(OneWave):
    """How many have answered a wave."""

    @extend_schema(responses=FieldSerializer)
    def get(self, request: Request, survey: int, number: int) -> Response:
        """Read how many have answered a wave, by department, as its page shows it.

        Rough on purpose, counted once a day, and never for a group that is too small. Where anybody
        can answer there is no rate, only a number of answers.
        """
        wave = self.find(survey, number)
        field = field_of(wave)
        found = FieldSerializer(field).data
        if wave.is_public and field.state != WaveState.SCHEDULED:
            answers = answers_so_far([wave])[wave.pk]
            finding = _("Answered by %(answers)s people") % {"answers": answers}
            found |= {"answered": answers, "finding": finding}
        return Response(found)


class ExtendWave(OneWave):
    """More time for a wave."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [OftenWrites]

    @extend_schema(
        request=ExtendSerializer,
        responses={
            200: WaveSerializer,
            409: OpenApiResponse(
                ProblemSerializer, description="The wave is closed, or the day is no later one."
            ),
        },
    )
    def post(self, request: Request, survey: int, number: int) -> Response:
        """Give people until the end of a later day, in the agency's time zone."""
        wave = self.find(survey, number)
        body = ExtendSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        closes_on = body.validated_data["closes_on"]
        publishing.extend_wave(wave=wave, closes_on=closes_on, by=author_of(request))
        return self.answer(survey, number)


class CloseWave(OneWave):
    """The end of a wave."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [OftenWrites]

    @extend_schema(request=None, responses=WaveSerializer)
    def post(self, request: Request, survey: int, number: int) -> Response:
        """End a wave now, for good, and freeze its answers; a wave that is closed stays as it is."""
        wave = self.find(survey, number)
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        actions.close_wave(wave=wave.pk, by=author_of(request))
        return self.answer(survey, number)
