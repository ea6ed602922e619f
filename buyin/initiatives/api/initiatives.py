"""Initiatives for programs: to read, and only what the person who asks may see."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.routers import SimpleRouter

from buyin.accounts.permissions import SignedInReads
from buyin.initiatives.models import Initiative


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An initiative",
            {
                "id": 3,
                "name": "Permit assistant",
                "summary": "Drafts answers to applications; people decide.",
                "stage": "pilot",
                "lead": "Lena Lead",
                "departments": ["roads", "parks"],
            },
            response_only=True,
        )
    ]
)
class InitiativeSerializer(serializers.ModelSerializer):
    """An initiative; departments by code, the lead by name."""

    lead: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    departments: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="code", many=True, read_only=True
    )

    class Meta:
        model = Initiative
        fields = ["id", "name", "summary", "stage", "lead", "departments"]


class InitiativeViewSet(viewsets.ReadOnlyModelViewSet):
    """The initiatives that the person who asks may open."""

    queryset = Initiative.objects.none()
    serializer_class = InitiativeSerializer
    permission_classes = [SignedInReads]

    def get_queryset(self) -> QuerySet[Initiative]:
        """Return what this person may see."""
        user: Any = self.request.user
        found = Initiative.objects.visible_to(user)
        return found.select_related("lead").prefetch_related("departments")


router = SimpleRouter(use_regex_path=False)
router.register("initiatives", InitiativeViewSet, basename="initiative")
urlpatterns = router.urls
