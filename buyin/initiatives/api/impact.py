"""Impact assessments for programs: finished ones, to read."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.routers import SimpleRouter

from buyin.accounts.permissions import SignedInReads
from buyin.initiatives.models import ImpactAssessment


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A finished impact assessment",
            {
                "id": 7,
                "initiative": 3,
                "number": 1,
                "questions": "1.0.1",
                "finished_at": "2026-03-02T10:15:00Z",
                "raw": 58,
                "raw_maximum": 167,
                "mitigation": 69,
                "mitigation_maximum": 77,
                "total": 49,
                "level": 2,
                "left_open": 0,
                "answers": {"projectDetailsPhase": "item2", "riskProfile1": "item1-3"},
            },
            response_only=True,
        )
    ]
)
class ImpactAssessmentSerializer(serializers.ModelSerializer):
    """A finished version of an impact assessment with its scores and its answers."""

    answers = serializers.DictField(
        help_text="By the names of the questions: a text, the key of a choice, or a list of keys."
    )

    class Meta:
        model = ImpactAssessment
        fields = [
            *("id", "initiative", "number", "questions", "finished_at"),
            *("raw", "raw_maximum", "mitigation", "mitigation_maximum"),
            *("total", "level", "left_open", "answers"),
        ]


class ImpactAssessmentViewSet(viewsets.ReadOnlyModelViewSet):
    """The finished impact assessments of initiatives that the person who asks may open."""

    queryset = ImpactAssessment.objects.none()
    serializer_class = ImpactAssessmentSerializer
    permission_classes = [SignedInReads]

    def get_queryset(self) -> QuerySet[ImpactAssessment]:
        """Return what this person may see, the newest first."""
        user: Any = self.request.user
        return ImpactAssessment.objects.visible_to(user).order_by("-finished_at", "-pk")


router = SimpleRouter(use_regex_path=False)
router.register("impact-assessments", ImpactAssessmentViewSet, basename="impact-assessment")
urlpatterns = router.urls
