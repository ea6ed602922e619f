"""What programs send to the engagement plan, and what it says of an activity."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from buyin.programs import Strict
from buyin.stakeholders.models import Cadence, Engagement, Level, PlannedActivity

LARGEST = 10**18 - 1
UUID = "0d3c7a52-3f0f-4c1e-8a0e-9a2f5f6b7c11"
ACTIVITY: dict[str, Any] = {
    "id": 31,
    "stakeholders": [7],
    "initiative": 3,
    "kind": "meeting",
    "purpose": "Hear what stands in the way",
    "owner": "Lena Lead",
    "due_on": "2026-12-11",
    "cadence": 30,
    "state": "planned",
    "is_overdue": False,
    "closed_on": None,
    "dropped_why": "",
    "engagement": None,
    "follows": None,
}
PLANNED: dict[str, Any] = {
    "form": UUID,
    **{name: ACTIVITY[name] for name in ("stakeholders", "initiative", "kind", "purpose")},
    "owner": "lead@example.org",
    **{name: ACTIVITY[name] for name in ("due_on", "cadence")},
}
CLOSED: dict[str, Any] = {
    "form": UUID,
    "kind": "call",
    "day": "2026-12-09",
    "participants": [7],
    "summary": "They want a trial first.",
    "sentiment": 1,
    "is_confidential": False,
    "levels": [{"stakeholder": 7, "level": "neutral"}],
    "why": "Offered two people for the trial",
    "goes_on": True,
}
# Where somebody has noted the engagement already.
TIED: dict[str, Any] = {"form": UUID, "engagement": 12, "goes_on": True}
DROPPED: dict[str, Any] = {"why": "They have left the agency.", "goes_on": False}


@extend_schema_serializer(examples=[OpenApiExample("To be done", ACTIVITY, response_only=True)])
class ActivitySerializer(serializers.ModelSerializer):
    """One thing to be done with stakeholders; `cadence` counts days, null is once."""

    owner: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    cadence = serializers.IntegerField(allow_null=True)
    is_overdue = serializers.BooleanField(read_only=True)

    class Meta:
        model = PlannedActivity
        fields = list(ACTIVITY)


def _number(**said: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=LARGEST, **said)


def _numbers(**said: Any) -> serializers.ListField:
    return serializers.ListField(child=_number(), max_length=30, **said)


@extend_schema_serializer(examples=[OpenApiExample("A meeting", PLANNED, request_only=True)])
class PlanBodySerializer(Strict):
    """Something to be done; the same `form`, a UUID that you make, plans it once."""

    form = serializers.UUIDField()
    stakeholders = _numbers()
    initiative = _number(required=False, allow_null=True)
    kind = serializers.ChoiceField(Engagement.Kind.choices)
    purpose = serializers.CharField(max_length=300)
    owner = serializers.EmailField()
    due_on = serializers.DateField()
    cadence = serializers.ChoiceField(Cadence.choices, required=False, allow_null=True)


class LevelSerializer(Strict):
    """How one stakeholder stands now."""

    stakeholder = _number()
    level = serializers.ChoiceField([level.code for level in Level])


@extend_schema_serializer(
    examples=[
        OpenApiExample("A call", CLOSED, request_only=True),
        OpenApiExample("Noted already", TIED, request_only=True),
    ]
)
class CloseBodySerializer(Strict):
    """What happened: an `engagement` of the log, or kind, day, who took part and what was said."""

    form = serializers.UUIDField()
    engagement = _number(required=False, allow_null=True)
    kind = serializers.ChoiceField(Engagement.Kind.choices, required=False)
    day = serializers.DateField(required=False)
    participants = _numbers(required=False)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    sentiment = serializers.IntegerField(required=False, allow_null=True, min_value=-2, max_value=2)
    is_confidential = serializers.BooleanField(required=False)
    levels: serializers.ListField = serializers.ListField(
        child=LevelSerializer(), required=False, max_length=30
    )
    why = serializers.CharField(required=False, allow_blank=True, max_length=500)
    goes_on = serializers.BooleanField(required=False, default=True)


@extend_schema_serializer(examples=[OpenApiExample("Dropped", DROPPED, request_only=True)])
class DropBodySerializer(Strict):
    """Why it will not happen; `goes_on` plans the next of a series all the same."""

    why = serializers.CharField(max_length=1000)
    goes_on = serializers.BooleanField(required=False, default=False)
