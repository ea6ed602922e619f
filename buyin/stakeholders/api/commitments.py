"""Commitments for programs: to read, and only what the person who asks may see."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from buyin.accounts.permissions import SignedInReads
from buyin.initiatives.api.wanted import INITIATIVE, wanted
from buyin.stakeholders.models import Commitment, CommitmentEntry
from buyin.stakeholders.promises import Stage
from buyin.stakeholders.queries.commitments import STANDS, commitment_list

KINDS, STEPS = list(Commitment.Kind.values), list(CommitmentEntry.Step.values)
ENTRY: dict[str, Any] = {
    "step": "pledged",
    "amount": 40000.0,
    "day": "2026-06-01",
    "note": "",
    "evidence": "Minutes of the steering group",
    "link": "",
    "entered_by": "Evan Clarke",
}
COMMITMENT: dict[str, Any] = {
    "id": 12,
    "initiative": 3,
    "kind": "funding",
    "title": "Money for the pilot",
    "giver": "Evan Clarke",
    "unit": "USD",
    "requested": 40000.0,
    "pledged": 40000.0,
    "committed": 0.0,
    "received": 0.0,
    "stage": "pledged",
    "is_late": False,
    "has_lapsed": False,
    "declined_on": None,
    "needed_by": "2027-01-31",
    "begins_on": None,
    "ends_on": None,
    "expires_on": "2026-12-31",
    "conditions": "",
}


@extend_schema_serializer(examples=[OpenApiExample("A commitment", COMMITMENT, response_only=True)])
class CommitmentSerializer(serializers.ModelSerializer):
    """What a stakeholder is asked to give; the four amounts are in all, in this unit."""

    giver = serializers.CharField(source="stakeholder.name")
    requested = serializers.FloatField()
    pledged = serializers.FloatField()
    committed = serializers.FloatField()
    received = serializers.FloatField()
    stage = serializers.ChoiceField([(one.value, one.value) for one in Stage])
    is_late = serializers.BooleanField()
    has_lapsed = serializers.BooleanField()

    class Meta:
        model = Commitment
        fields = list(COMMITMENT)


class EntrySerializer(serializers.ModelSerializer):
    """How much stood at a step from a day on, in all."""

    amount = serializers.FloatField()
    entered_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = CommitmentEntry
        fields = list(ENTRY)


@extend_schema_serializer(
    examples=[
        OpenApiExample("With its steps", {**COMMITMENT, "entries": [ENTRY]}, response_only=True)
    ]
)
class CommitmentWithEntriesSerializer(CommitmentSerializer):
    """The same with every step, the newest first."""

    entries = EntrySerializer(many=True, read_only=True)

    class Meta(CommitmentSerializer.Meta):
        fields = [*COMMITMENT, "entries"]


@extend_schema_view(
    get=extend_schema(
        parameters=[
            INITIATIVE,
            OpenApiParameter("kind", str, enum=KINDS),
            OpenApiParameter("stands", str, enum=list(STANDS)),
        ]
    )
)
class CommitmentList(ListAPIView):
    """The commitments that whoever asks may read, the first due first."""

    permission_classes = [SignedInReads]
    serializer_class = CommitmentSerializer
    queryset = Commitment.objects.none()
    filters = ("initiative", "kind", "stands")

    def get_queryset(self) -> QuerySet[Commitment]:
        """Return what is asked for."""
        user: Any = self.request.user
        asked = wanted(self.request.query_params, kind=KINDS, stands=list(STANDS))
        return commitment_list(user, **asked)


class CommitmentDetail(RetrieveAPIView):
    """One commitment with every step."""

    permission_classes = [SignedInReads]
    serializer_class = CommitmentWithEntriesSerializer
    queryset = Commitment.objects.none()

    def get_queryset(self) -> QuerySet[Commitment]:
        """Return what this person may see."""
        user: Any = self.request.user
        return commitment_list(user).prefetch_related("entries__entered_by")


urlpatterns = [
    path("commitments/", CommitmentList.as_view(), name="commitment-list"),
    path("commitments/<int:pk>/", CommitmentDetail.as_view(), name="commitment-detail"),
]
