"""What programs send to the log of engagements, and what it says of one."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from buyin.programs import Strict
from buyin.stakeholders.models import DiscussionPoint, Engagement

from .plan_bodies import UUID, numbers, whole_number

MOST_POINTS = 30
POINT: dict[str, Any] = {
    "id": 18,
    "engagement": 12,
    "text": "Send the plan of the trial",
    "owner": "Stan Staff",
    "due_on": "2026-12-04",
    "done_on": None,
    "is_late": False,
}
ENGAGEMENT: dict[str, Any] = {
    "id": 12,
    "kind": "call",
    "day": "2026-11-20",
    "initiative": 3,
    "participants": [7],
    "summary": "They want a trial first.",
    "sentiment": 1,
    "is_confidential": False,
    "points": [POINT],
    "follow_ups": [31],
    "entered_by": "Cora Coordinator",
    "entered_at": "2026-11-20T15:10:00+01:00",
}
SENT_POINT: dict[str, Any] = {
    "text": POINT["text"],
    "owner": "staff@agency.example",
    "due_on": POINT["due_on"],
}
_SAID = ("kind", "day", "initiative", "participants", "summary", "sentiment", "is_confidential")
NOTED: dict[str, Any] = {
    "form": UUID,
    **{name: ENGAGEMENT[name] for name in _SAID},
    "points": [SENT_POINT],
    "follow_up_on": "2026-12-18",
}


@extend_schema_serializer(examples=[OpenApiExample("A point", POINT, response_only=True)])
class DiscussionPointSerializer(serializers.ModelSerializer):
    """What came up in an engagement: a note, or with an owner something to be done."""

    owner: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    is_late = serializers.BooleanField(read_only=True)

    class Meta:
        model = DiscussionPoint
        fields = list(POINT)


@extend_schema_serializer(examples=[OpenApiExample("A call", ENGAGEMENT, response_only=True)])
class EngagementSerializer(serializers.ModelSerializer):
    """That people spoke, with what came up and the follow-ups that you may read.

    `sentiment` goes from -2 to 2, null is "not said". Who took part is said by number.
    """

    entered_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    points = DiscussionPointSerializer(many=True, read_only=True)
    follow_ups = serializers.SerializerMethodField()

    class Meta:
        model = Engagement
        fields = list(ENGAGEMENT)

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_follow_ups(self, found: Any) -> list[int]:
        """Return the numbers of the planned activities that spring from it."""
        return [one.pk for one in found.follow_ups_read]


@extend_schema_serializer(examples=[OpenApiExample("A point", SENT_POINT, request_only=True)])
class SentPointSerializer(Strict):
    """Something that came up; `owner` is the mail address of who takes care of it."""

    text = serializers.CharField(max_length=300)
    owner = serializers.EmailField(required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)


@extend_schema_serializer(
    examples=[OpenApiExample("One more", {"points": [SENT_POINT]}, request_only=True)]
)
class PointsBodySerializer(Strict):
    """What came up as well."""

    points: serializers.ListField = serializers.ListField(
        child=SentPointSerializer(), min_length=1, max_length=MOST_POINTS
    )


@extend_schema_serializer(examples=[OpenApiExample("A call", NOTED, request_only=True)])
class EngagementBodySerializer(Strict):
    """Who spoke when, and what was said; the same `form`, a UUID that you make, notes it once.

    With `follow_up_on` it is planned that you speak with them again until that day.
    """

    form = serializers.UUIDField()
    kind = serializers.ChoiceField(Engagement.Kind.choices)
    day = serializers.DateField()
    participants = numbers()
    summary = serializers.CharField(max_length=4000)
    initiative = whole_number(required=False, allow_null=True)
    sentiment = serializers.IntegerField(required=False, allow_null=True, min_value=-2, max_value=2)
    is_confidential = serializers.BooleanField(required=False)
    points: serializers.ListField = serializers.ListField(
        child=SentPointSerializer(), required=False, max_length=MOST_POINTS
    )
    follow_up_on = serializers.DateField(required=False, allow_null=True)
