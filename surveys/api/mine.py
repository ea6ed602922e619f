"""What a person is asked, for their own programs."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from buyin.accounts.permissions import SignedInReads
from buyin.paging import refuse_unknown
from buyin.programs import OftenReads
from surveys.definitions import in_language
from surveys.models import Anonymity, Kind, SurveyVersion, Wave
from surveys.queries.filling import Asked, asked_in, definition_of
from surveys.queries.tasks import waiting_for

SCHEMA = Path(__file__).parent.parent / "definition.schema.json"
EXAMPLE = {
    "wave": 12,
    "title": "How ready are we for the permit assistant?",
    "kind": "readiness",
    "purpose": "We ask so that training starts where it helps most.",
    "anonymity": "confidential",
    "opens_at": "2026-11-23T08:00:00Z",
    "closes_at": "2026-12-04T23:59:59Z",
    "minutes": 4,
    "languages": ["en", "es"],
    "page": "/surveys/12/",
    "takes_programs": True,
}


@extend_schema_serializer(examples=[OpenApiExample("A wave", EXAMPLE, response_only=True)])
class MyWaveSerializer(serializers.ModelSerializer):
    """A wave that asks you: how long it takes, where its page is, and whether programs may answer."""

    wave = serializers.IntegerField(source="pk")
    title = serializers.CharField(source="survey.title")
    kind = serializers.ChoiceField(Kind.choices, source="survey.kind")
    purpose = serializers.CharField(source="survey.purpose")
    anonymity = serializers.ChoiceField(Anonymity.choices, source="version.anonymity")
    minutes = serializers.SerializerMethodField()
    languages = serializers.SerializerMethodField()
    page = serializers.SerializerMethodField()
    takes_programs = serializers.SerializerMethodField()

    class Meta:
        model = Wave
        fields = list(EXAMPLE)

    def get_minutes(self, wave: Wave) -> int:
        """Return how long it takes."""
        return definition_of(wave.version).minutes

    def get_languages(self, wave: Wave) -> list[str]:
        """Return the languages in which it asks, its own first."""
        definition = definition_of(wave.version)
        return [definition.language, *definition.languages]

    def get_page(self, wave: Wave) -> str:
        """Return where it is answered by hand."""
        return reverse("surveys:start", args=[wave.pk])

    def get_takes_programs(self, wave: Wave) -> bool:
        """Return whether a program may send the response."""
        return wave.version.anonymity != Anonymity.ANONYMOUS


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A wave in Spanish",
            {
                **EXAMPLE,
                "language": "es",
                "takes_until": "2026-12-05T00:29:59Z",
                "receipt": None,
                "definition": {"schema": 1, "language": "es", "pages": []},
            },
            response_only=True,
        )
    ]
)
class MyWaveDetailSerializer(MyWaveSerializer):
    """A wave with its questions in one language, and the receipt of your response if there is one."""

    language = serializers.CharField()
    takes_until = serializers.DateTimeField()
    receipt = serializers.UUIDField(allow_null=True)
    definition: serializers.DictField = serializers.DictField()

    class Meta:
        model = Wave
        fields = [*EXAMPLE, "language", "takes_until", "receipt", "definition"]


def asked_or_404(request: Request, wave: int) -> Asked:
    """Return the wave as it asks whoever is signed in, or answer 404."""
    user: Any = request.user
    asked = asked_in(wave, user)
    if asked is None:
        raise Http404
    return asked


class MyWaves(ListAPIView):
    """The open waves that ask you and have no response from you yet, the first to close first."""

    queryset = Wave.objects.none()
    serializer_class = MyWaveSerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    def get_queryset(self) -> Any:
        """Return what waits for this person."""
        user: Any = self.request.user
        return [waiting.wave for waiting in waiting_for(user)]


class MyWave(APIView):
    """A wave that asks whoever is signed in."""

    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "language", str, description=_lazy("One of its languages; else its own.")
            )
        ],
        responses=MyWaveDetailSerializer,
    )
    def get(self, request: Request, wave: int) -> Response:
        """Read one wave that asks you or that you have answered, with its questions in one language.

        The definition follows the schema at /api/v1/surveys/definition.schema.json.
        """
        refuse_unknown(request, {"language"})
        asked = asked_or_404(request, wave)
        found: Any = asked.wave
        known = [definition_of(found.version).language, *definition_of(found.version).languages]
        found.language = request.query_params.get("language", known[0])
        if found.language not in known:
            message = _("It is not asked in this language. There are: %s.") % ", ".join(known)
            raise ValidationError({"language": [message]})
        found.survey.speak(found.language)
        raw = SurveyVersion.objects.values_list("definition", flat=True).get(pk=found.version_id)
        translated = in_language(raw, found.language)
        found.definition = {k: v for k, v in translated.items() if k != "translations"}
        found.takes_until, found.receipt = asked.ends_at, asked.receipt
        return Response(MyWaveDetailSerializer(found).data)


@cache
def _schema() -> Any:
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


class DefinitionSchema(APIView):
    """What every definition follows."""

    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    @extend_schema(
        responses=OpenApiTypes.OBJECT,
        examples=[
            OpenApiExample(
                "Its beginning",
                {"$id": "urn:buyin:survey-definition:1", "title": "Survey definition"},
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Read the JSON Schema of the questions of a survey."""
        return Response(_schema())
