"""Who is missing in each initiative, for programs."""

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
from rest_framework.generics import ListAPIView

from buyin.accounts.permissions import SignedInReads
from buyin.initiatives.api.wanted import INITIATIVE, wanted
from buyin.initiatives.models import Initiative, Stage
from buyin.stakeholders.queries import with_people_for
from buyin.stakeholders.queries.representation import represented
from buyin.stakeholders.representation import RULES

CODES = [*(rule.category for rule in RULES), "nobody", "accountable", "champion", "sponsor"]
STAGES = list(Stage.values)
MISSING: dict[str, Any] = {"code": "union", "text": "A union", "department": None}
EXAMPLE: dict[str, Any] = {
    "initiative": 3,
    "name": "Pothole finder",
    "stage": "pilot",
    "has_accountable": True,
    "has_champion": False,
    "sponsors": 2,
    "missing": [MISSING, {"code": "sponsor", "text": "No sponsor in Roads", "department": "roads"}],
}


class WarnedSerializer(serializers.Serializer):
    """One thing that is missing: the category asked for, nobody, accountable, champion, sponsor."""

    code = serializers.ChoiceField(CODES)
    text = serializers.CharField()
    department = serializers.CharField(source="department.code", default=None, allow_null=True)


@extend_schema_serializer(
    examples=[OpenApiExample("Who is missing", EXAMPLE, response_only=True)],
)
class RepresentedSerializer(serializers.Serializer):
    """An initiative with what is missing in it at its stage; departments by code."""

    initiative = serializers.IntegerField(source="initiative.pk")
    name = serializers.CharField(source="initiative.name")
    stage = serializers.ChoiceField(STAGES, source="initiative.stage")
    has_accountable = serializers.BooleanField(source="party.has_accountable")
    has_champion = serializers.BooleanField(source="party.has_champion")
    sponsors = serializers.SerializerMethodField()
    missing = WarnedSerializer(source="warnings", many=True)

    def get_sponsors(self, found: Any) -> int:
        """Return how many sponsor it."""
        return len(found.party.sponsors)


@extend_schema_view(
    get=extend_schema(parameters=[INITIATIVE, OpenApiParameter("stage", str, enum=STAGES)])
)
class RepresentationList(ListAPIView):
    """The initiatives whose people are for whoever asks, with who is missing; none for who looks nowhere."""

    permission_classes = [SignedInReads]
    serializer_class = RepresentedSerializer
    queryset = Initiative.objects.none()
    filters = ("initiative", "stage")

    def get_queryset(self) -> QuerySet[Initiative]:
        """Return what is asked for."""
        user: Any = self.request.user
        asked = wanted(self.request.query_params, stage=STAGES)
        if "initiative" in asked:
            asked["pk"] = asked.pop("initiative")
        return with_people_for(user).filter(**asked).order_by("name", "pk")

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Return a page of them with what is missing."""
        page = super().paginate_queryset(queryset)
        user: Any = self.request.user
        return represented(user, list(queryset if page is None else page))


urlpatterns = [
    path("representation/", RepresentationList.as_view(), name="representation-list"),
]
