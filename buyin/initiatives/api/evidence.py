"""Decisions, risks and success stories for programs: to read."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from buyin.accounts.permissions import SignedInReads
from buyin.initiatives.models import Decision, DecisionInput, RaidItem, Story

from .wanted import INITIATIVE, wanted

DECISION: dict[str, Any] = {
    "id": 5,
    "initiative": 3,
    "title": "Reasons stand beside each suggestion",
    "decided_on": "2026-05-12",
    "decided_by": "Head of Permits",
    "forum": "Steering group",
    "options": "Reasons beside each\nReasons on request",
    "rationale": "Case workers do not trust an order that they cannot explain.",
    "review_on": "2027-05-12",
    "superseded_by": None,
    "inputs": [
        {"kind": "need", "text": "I need to see why.", "link": "/surveys/needs/9/"},
    ],
}
RISK: dict[str, Any] = {
    "id": 11,
    "initiative": 3,
    "kind": "risk",
    "statement": "Because old scans cannot be read, complete cases are sorted last.",
    "category": "quality",
    "probability": 3,
    "impact": 4,
    "score": 12,
    "response": "mitigate",
    "owner": "Lena Lead",
    "next_action": "Scan the oldest files again",
    "due": "2026-12-15",
    "trigger": "More than 5 complaints a month",
    "status": "open",
    "raised_on": "2026-03-02",
    "valid_until": None,
    "proved_by": "",
    "is_overdue": False,
}
STORY: dict[str, Any] = {
    "id": 2,
    "initiative": 3,
    "title": "Permits decided in a month",
    "challenge": "Half of all applicants waited more than 41 days.",
    "done": "Case workers and the data team sorted complete applications first.",
    "result": "Half of them now have an answer within 29 days.",
    "measurement": 40,
    "quote": "I can tell people when they will hear from us.",
    "quoted": "A case worker, Building permits",
    "outlook": "Business licences follow in spring.",
    "state": "published",
    "published_on": "2026-10-20",
}


class InputSerializer(serializers.ModelSerializer):
    """What a decision rests on."""

    # Texts here and below: the schema names each list of choices once, and there are several kinds.
    kind = serializers.CharField(read_only=True)

    class Meta:
        model = DecisionInput
        fields = ["kind", "text", "link"]


@extend_schema_serializer(examples=[OpenApiExample("A decision", DECISION, response_only=True)])
class DecisionSerializer(serializers.ModelSerializer):
    """A decision with what drove it."""

    inputs = InputSerializer(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = list(DECISION)
        read_only_fields = fields


@extend_schema_serializer(examples=[OpenApiExample("A risk", RISK, response_only=True)])
class RiskSerializer(serializers.ModelSerializer):
    """A risk, assumption, issue or dependency; only risks have a score."""

    owner: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    kind = serializers.CharField(read_only=True)
    status = serializers.CharField(read_only=True)
    category = serializers.CharField(read_only=True)
    score = serializers.SerializerMethodField()
    is_overdue = serializers.SerializerMethodField()

    class Meta:
        model = RaidItem
        fields = list(RISK)
        read_only_fields = fields

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_score(self, item: RaidItem) -> int | None:
        """Return probability times impact."""
        return item.score

    def get_is_overdue(self, item: RaidItem) -> bool:
        """Return whether somebody should have done something by now."""
        return item.is_overdue


@extend_schema_serializer(examples=[OpenApiExample("A story", STORY, response_only=True)])
class StorySerializer(serializers.ModelSerializer):
    """A success story; drafts only for who may write them."""

    state = serializers.CharField(read_only=True)

    class Meta:
        model = Story
        fields = list(STORY)
        read_only_fields = fields


class Rows(ListAPIView):
    """Rows of the initiatives that whoever asks may open."""

    permission_classes = [SignedInReads]
    filters: tuple[str, ...] = ("initiative",)
    choices: dict[str, list[str]] = {}

    def wanted(self) -> dict[str, Any]:
        """Return what is asked for."""
        return wanted(self.request.query_params, **self.choices)


@extend_schema_view(get=extend_schema(parameters=[INITIATIVE]))
class DecisionList(Rows):
    """Decisions, the newest first, each with what drove it."""

    serializer_class = DecisionSerializer
    queryset = Decision.objects.none()

    def get_queryset(self) -> QuerySet[Decision]:
        """Return what this person may read and asks for."""
        user: Any = self.request.user
        rows = Decision.objects.visible_to(user).filter(**self.wanted())
        return rows.prefetch_related("inputs")


KINDS, STATUSES = list(RaidItem.Kind.values), list(RaidItem.Status.values)


@extend_schema_view(
    get=extend_schema(
        parameters=[
            INITIATIVE,
            OpenApiParameter("kind", str, enum=KINDS),
            OpenApiParameter("status", str, enum=STATUSES),
        ]
    )
)
class RiskList(Rows):
    """Risks, assumptions, issues and dependencies, the most pressing first."""

    serializer_class = RiskSerializer
    queryset = RaidItem.objects.none()
    filters = ("initiative", "kind", "status")
    choices = {"kind": KINDS, "status": STATUSES}

    def get_queryset(self) -> QuerySet[RaidItem]:
        """Return what this person may read and asks for."""
        user: Any = self.request.user
        rows = RaidItem.objects.visible_to(user).filter(**self.wanted())
        return rows.pressing_first(timezone.localdate()).select_related("owner")


@extend_schema_view(get=extend_schema(parameters=[INITIATIVE]))
class StoryList(Rows):
    """Success stories, the newest first."""

    serializer_class = StorySerializer
    queryset = Story.objects.none()

    def get_queryset(self) -> QuerySet[Story]:
        """Return what this person may read and asks for."""
        user: Any = self.request.user
        return Story.objects.readable_by(user).filter(**self.wanted())


urlpatterns = [
    path("decisions/", DecisionList.as_view(), name="api-decisions"),
    path("risks/", RiskList.as_view(), name="api-risks"),
    path("stories/", StoryList.as_view(), name="api-stories"),
]
