"""What programs read of commitments, and what they send."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from buyin.programs import Strict
from buyin.stakeholders.models import Commitment, CommitmentEntry
from buyin.stakeholders.promises import Stage
from buyin.stakeholders.queries.commitments import mark_of

from .plan_bodies import UUID, whole_number

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
    "stakeholder": 7,
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
    "seen": "9b1c3f5a7d2e4806b1c3f5a7d2e48061",
}
_DAYS = ("needed_by", "begins_on", "ends_on", "expires_on")
_ASKED = ("kind", "title", "requested", "unit", *_DAYS, "conditions")
CHANGED: dict[str, Any] = {name: COMMITMENT[name] for name in ("seen", *_ASKED)}
ASKED: dict[str, Any] = {
    "form": UUID,
    "initiative": 3,
    "stakeholder": 7,
    **{name: COMMITMENT[name] for name in _ASKED},
}
ENTERED: dict[str, Any] = {
    "form": UUID,
    **{name: ENTRY[name] for name in ("step", "amount", "day", "note", "evidence", "link")},
}
TEXT: dict[str, Any] = {"required": False, "allow_blank": True}


@extend_schema_serializer(examples=[OpenApiExample("A commitment", COMMITMENT, response_only=True)])
class CommitmentSerializer(serializers.ModelSerializer):
    """What a stakeholder is asked to give; the four amounts are in all, in this unit.

    `seen` names the state that you read, to be sent when you change it.
    """

    giver = serializers.CharField(source="stakeholder.name")
    requested = serializers.FloatField()
    pledged = serializers.FloatField()
    committed = serializers.FloatField()
    received = serializers.FloatField()
    stage = serializers.ChoiceField([(one.value, one.value) for one in Stage])
    is_late = serializers.BooleanField()
    has_lapsed = serializers.BooleanField()
    seen = serializers.SerializerMethodField()

    class Meta:
        model = Commitment
        fields = list(COMMITMENT)

    def get_seen(self, found: Commitment) -> str:
        """Return a name for the state that is read here."""
        return mark_of(found)


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


def _amount(**said: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0, **said)


class WhatIsAskedSerializer(Strict):
    """What is asked: how much of what, and for when; what is left out is empty afterwards."""

    kind = serializers.ChoiceField(Commitment.Kind.choices)
    title = serializers.CharField(max_length=200)
    requested = _amount()
    unit = serializers.CharField(max_length=40)
    needed_by = serializers.DateField(required=False, allow_null=True)
    begins_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    expires_on = serializers.DateField(required=False, allow_null=True)
    conditions = serializers.CharField(max_length=1000, **TEXT)


@extend_schema_serializer(examples=[OpenApiExample("Money", ASKED, request_only=True)])
class CommitmentBodySerializer(WhatIsAskedSerializer):
    """Something to ask of somebody on an initiative's list; the same `form` asks once."""

    form = serializers.UUIDField()
    initiative = whole_number()
    stakeholder = whole_number()


@extend_schema_serializer(examples=[OpenApiExample("Another day", CHANGED, request_only=True)])
class CommitmentChangeSerializer(WhatIsAskedSerializer):
    """What is asked from now on; `seen` is what the commitment said when you read it."""

    seen = serializers.CharField(max_length=64)


@extend_schema_serializer(examples=[OpenApiExample("A pledge", ENTERED, request_only=True)])
class EntryBodySerializer(Strict):
    """How much stands at a step from a day on, in all; the same `form` notes it once.

    Who declines says why in `note`, and needs no amount.
    """

    form = serializers.UUIDField()
    step = serializers.ChoiceField(CommitmentEntry.Step.choices)
    amount = _amount(required=False, allow_null=True)
    day = serializers.DateField()
    note = serializers.CharField(max_length=1000, **TEXT)
    evidence = serializers.CharField(max_length=300, **TEXT)
    link = serializers.CharField(max_length=500, **TEXT)
