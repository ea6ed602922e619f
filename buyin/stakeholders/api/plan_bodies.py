"""What programs send to the engagement plan, and what it says of an activity."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from buyin.keys import LARGEST
from buyin.programs import Strict
from buyin.stakeholders.models import Cadence, Engagement, Level, PlannedActivity
from buyin.stakeholders.queries.plans import mark_of

UUID = "0d3c7a52-3f0f-4c1e-8a0e-9a2f5f6b7c11"
ACTIVITY: dict[str, Any] = {
    "id": 31,
    "stakeholders": [7],
    "initiative": 3,
    "kind": "meeting",
    "purpose": "Hear what stands in the way",
    "owner": "Lena Lead",
    "owner_email": "lead@example.org",
    "due_on": "2026-12-11",
    "cadence": 30,
    "state": "planned",
    "is_overdue": False,
    "closed_on": None,
    "dropped_why": "",
    "engagement": None,
    "springs_from": 12,
    "follows": None,
    "seen": "9b1c3f5a7d2e4806b1c3f5a7d2e48061",
}
PLANNED: dict[str, Any] = {
    "form": UUID,
    **{name: ACTIVITY[name] for name in ("stakeholders", "initiative", "kind", "purpose")},
    "owner": ACTIVITY["owner_email"],
    **{name: ACTIVITY[name] for name in ("due_on", "cadence")},
}
CHANGED: dict[str, Any] = {
    name: ACTIVITY[name] for name in ("seen", "kind", "purpose", "due_on", "cadence")
} | {"owner": PLANNED["owner"]}
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
    "follow_up_on": None,
}
# Where somebody has noted the engagement already.
TIED: dict[str, Any] = {"form": UUID, "engagement": 12, "goes_on": True}
DROPPED: dict[str, Any] = {"why": "They have left the agency.", "goes_on": False}


@extend_schema_serializer(examples=[OpenApiExample("To be done", ACTIVITY, response_only=True)])
class ActivitySerializer(serializers.ModelSerializer):
    """One thing to be done with stakeholders; `cadence` counts days, null is once.

    `springs_from` is the engagement that asked for it, `follows` the one of the series before,
    `seen` names the state that you read, to be sent when you change it.
    """

    owner: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    owner_email = serializers.CharField(
        source="owner.email", allow_null=True, default=None, read_only=True
    )
    cadence = serializers.IntegerField(allow_null=True)
    is_overdue = serializers.BooleanField(read_only=True)
    seen = serializers.SerializerMethodField()

    class Meta:
        model = PlannedActivity
        fields = list(ACTIVITY)

    def get_seen(self, found: PlannedActivity) -> str:
        """Return a name for the state that is read here."""
        return mark_of(found)


def whole_number(**said: Any) -> serializers.IntegerField:
    """Return a field for the number of something, or how much of it."""
    return serializers.IntegerField(min_value=0, max_value=LARGEST, **said)


def numbers(**said: Any) -> serializers.ListField:
    """Return a field for the numbers of up to thirty of something."""
    return serializers.ListField(child=whole_number(), max_length=30, **said)


class WhatIsPlannedSerializer(Strict):
    """What is to be done, by whom and until when."""

    kind = serializers.ChoiceField(Engagement.Kind.choices)
    purpose = serializers.CharField(max_length=300)
    owner = serializers.EmailField()
    due_on = serializers.DateField()
    cadence = serializers.ChoiceField(Cadence.choices, required=False, allow_null=True)


@extend_schema_serializer(examples=[OpenApiExample("A meeting", PLANNED, request_only=True)])
class PlanBodySerializer(WhatIsPlannedSerializer):
    """Something to be done; the same `form`, a UUID that you make, plans it once."""

    form = serializers.UUIDField()
    stakeholders = numbers()
    initiative = whole_number(required=False, allow_null=True)


@extend_schema_serializer(examples=[OpenApiExample("Another day", CHANGED, request_only=True)])
class ChangeBodySerializer(WhatIsPlannedSerializer):
    """What is planned from now on, all of it; `seen` is what the activity said when you read it."""

    seen = serializers.CharField(max_length=64)


class LevelSerializer(Strict):
    """How one stakeholder stands now."""

    stakeholder = whole_number()
    level = serializers.ChoiceField([level.code for level in Level])


@extend_schema_serializer(
    examples=[
        OpenApiExample("A call", CLOSED, request_only=True),
        OpenApiExample("Noted already", TIED, request_only=True),
    ]
)
class CloseBodySerializer(Strict):
    """What happened: an `engagement` of the log, or kind, day, who took part and what was said.

    `goes_on` plans the next of a series, `follow_up_on` that you speak again after what happens once.
    """

    form = serializers.UUIDField()
    engagement = whole_number(required=False, allow_null=True)
    kind = serializers.ChoiceField(Engagement.Kind.choices, required=False)
    day = serializers.DateField(required=False)
    participants = numbers(required=False)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    sentiment = serializers.IntegerField(required=False, allow_null=True, min_value=-2, max_value=2)
    is_confidential = serializers.BooleanField(required=False)
    levels: serializers.ListField = serializers.ListField(
        child=LevelSerializer(), required=False, max_length=30
    )
    why = serializers.CharField(required=False, allow_blank=True, max_length=500)
    goes_on = serializers.BooleanField(required=False, default=True)
    follow_up_on = serializers.DateField(required=False, allow_null=True)


@extend_schema_serializer(examples=[OpenApiExample("Dropped", DROPPED, request_only=True)])
class DropBodySerializer(Strict):
    """Why it will not happen; `goes_on` plans the next of a series all the same."""

    why = serializers.CharField(max_length=1000)
    goes_on = serializers.BooleanField(required=False, default=False)
