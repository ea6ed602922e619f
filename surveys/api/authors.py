"""Surveys and their versions for programs of authors: to read, and only what they may follow."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from buyin.accounts.permissions import SignedInReads
from buyin.programs import OftenReads
from surveys.formats.own_json import as_own
from surveys.models import Survey, SurveyVersion

EXAMPLE: dict[str, Any] = {
    "id": 7,
    "title": "How ready are we for the permit assistant?",
    "kind": "readiness",
    "purpose": "We ask so that training starts where it helps most.",
    "initiative": 3,
    "owner": "Lena Lead",
    "versions": [
        {"number": 1, "anonymity": "anonymous", "published_at": "2026-11-02T08:00:00Z"},
        {"number": 2, "anonymity": "anonymous", "published_at": None},
    ],
}


class VersionSerializer(serializers.ModelSerializer):
    """One version of the questions; without a day of publication it is the draft of the next one."""

    class Meta:
        model = SurveyVersion
        fields = ["number", "anonymity", "published_at"]


@extend_schema_serializer(examples=[OpenApiExample("A survey", EXAMPLE, response_only=True)])
class SurveySerializer(serializers.ModelSerializer):
    """A survey with the numbers of its versions; the initiative by number, the owner by name."""

    owner: serializers.StringRelatedField = serializers.StringRelatedField()
    versions = VersionSerializer(many=True, read_only=True)

    class Meta:
        model = Survey
        fields = ["id", "title", "kind", "purpose", "initiative", "owner", "versions"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A version",
            {
                "format": "buyin-survey",
                "version": 1,
                "title": EXAMPLE["title"],
                "kind": "readiness",
                "purpose": EXAMPLE["purpose"],
                "translations": {"es": {"title": "¿Estamos listos para el asistente?"}},
                "definition": {
                    "schema": 1,
                    "language": "en",
                    "translations": {"es": {"wish.text": "Un deseo"}},
                    "pages": [
                        {
                            "code": "work",
                            "title": "Your work",
                            "questions": [
                                {"code": "wish", "type": "short_text", "text": "One wish"}
                            ],
                        }
                    ],
                },
            },
            response_only=True,
        )
    ]
)
class SurveyFileSerializer(serializers.Serializer):
    """A survey in the portal's own format, ready to be brought in again.

    `definition` follows the schema at /api/v1/surveys/definition.schema.json.
    """

    format = serializers.CharField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.CharField()
    purpose = serializers.CharField()
    translations: serializers.DictField = serializers.DictField(
        required=False, help_text="By language: title and purpose, where they are translated."
    )
    definition: serializers.DictField = serializers.DictField()


def followed_by(request: Request) -> QuerySet[Survey]:
    """Return the surveys that whoever asks may follow, without the questions."""
    user: Any = request.user
    versions = SurveyVersion.objects.defer("definition").order_by("number")
    visible = Survey.objects.visible_to(user).select_related("owner")
    return visible.prefetch_related(Prefetch("versions", versions))


class SurveyList(ListAPIView):
    """The surveys that the person who asks may build and follow, the newest first."""

    queryset = Survey.objects.none()
    serializer_class = SurveySerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    def get_queryset(self) -> QuerySet[Survey]:
        """Return what this person may see."""
        return followed_by(self.request)


class SurveyDetail(RetrieveAPIView):
    """One survey with the numbers of its versions."""

    queryset = Survey.objects.none()
    serializer_class = SurveySerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]
    lookup_url_kwarg = "survey"

    def get_queryset(self) -> QuerySet[Survey]:
        """Return what this person may see."""
        return followed_by(self.request)


class VersionDetail(APIView):
    """One version of a survey."""

    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    @extend_schema(responses=SurveyFileSerializer)
    def get(self, request: Request, survey: int, number: int) -> Response:
        """Read the questions of one version in the portal's own format, as its file has them.

        The definition follows the schema at /api/v1/surveys/definition.schema.json.
        """
        user: Any = request.user
        versions = SurveyVersion.objects.filter(survey__in=Survey.objects.visible_to(user))
        found = get_object_or_404(
            versions.select_related("survey"), survey__pk=survey, number=number
        )
        return Response(as_own(found.definition, found.survey))
