"""What programs read of the life of an initiative, and what they send."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from buyin.bodies import CODE
from buyin.initiatives.models import (
    DataAgreement,
    Milestone,
    SharedGoal,
    Stage,
    StageChange,
    Update,
)
from buyin.initiatives.queries.gates import GATES
from buyin.programs import Strict

CHANGE: dict[str, Any] = {
    "id": 7,
    "from_stage": "pre-deployment",
    "to_stage": "pilot",
    "day": "2026-03-02",
    "by": "Lena Lead",
    "note": "The council asked for a pilot in spring.",
    "unmet": ["people-asked"],
}
MOVE: dict[str, Any] = {
    "start": "pre-deployment",
    "to": "pilot",
    "day": "2026-03-02",
    "note": CHANGE["note"],
    "confirmed": ["record"],
}
MILESTONE: dict[str, Any] = {
    "id": 4,
    "title": "Case workers of all three desks work with it",
    "planned": "2026-05-29",
    "due": "2026-06-12",
    "progress": 60,
    "percent": 0,
    "steps": 5,
    "steps_done": 3,
    "done_on": None,
    "is_given_up": False,
    "note": "The third desk moves house first.",
}
UPDATE: dict[str, Any] = {
    "id": 9,
    "title": "Reasons stand beside each application",
    "text": "Because case workers asked for it, each application now says why it was sorted there.",
    "by": "Lena Lead",
    "made_at": "2026-06-01T09:30:00+02:00",
    "changed_at": None,
}
GOAL: dict[str, Any] = {
    "id": 2,
    "goal": "A complete application is decided within two weeks",
    "departments": ["permits", "digital"],
    "measure": "Median days from receipt to decision",
    "target": "14 days",
    "due": "2026-12-18",
    "state": "on-track",
}
AGREEMENT: dict[str, Any] = {
    "id": 3,
    "giver": "permits",
    "taker": "digital",
    "shared": "Applications without names, 2023 to 2025",
    "purpose": "To test how well it sorts",
    "legal_basis": "Records Act, section 12",
    "state": "signed",
    "signed_on": "2026-01-15",
    "review_on": "2026-07-15",
    "expires_on": "2027-01-14",
}


def _sent(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the part of an example that is sent, without what the portal adds."""
    return {name: value for name, value in row.items() if name not in {"id", *names}}


@extend_schema_serializer(examples=[OpenApiExample("A step", CHANGE, response_only=True)])
class StageChangeSerializer(serializers.ModelSerializer):
    """One change of stage; `unmet` names the checks that were not met on that day."""

    by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    unmet: serializers.ListField = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = StageChange
        fields = list(CHANGE)


@extend_schema_serializer(examples=[OpenApiExample("A step", MOVE, request_only=True)])
class MoveSerializer(Strict):
    """A step to another stage; `start` is the stage in which you saw it."""

    start = serializers.ChoiceField(Stage.choices)
    to = serializers.ChoiceField(Stage.choices)
    day = serializers.DateField()
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    confirmed: serializers.ListField = serializers.ListField(
        child=serializers.ChoiceField([gate.code for gate in GATES]), required=False
    )


@extend_schema_serializer(examples=[OpenApiExample("A milestone", MILESTONE, response_only=True)])
class MilestoneSerializer(serializers.ModelSerializer):
    """A milestone; `planned` is the day that was promised first, `progress` counts to 100."""

    progress = serializers.IntegerField(read_only=True)

    class Meta:
        model = Milestone
        fields = list(MILESTONE)


SENT_MILESTONE = _sent(MILESTONE, "planned", "progress")


@extend_schema_serializer(
    examples=[OpenApiExample("A milestone", SENT_MILESTONE, request_only=True)]
)
class MilestoneBodySerializer(Strict):
    """A milestone; what is left out is empty afterwards."""

    title = serializers.CharField(max_length=200)
    due = serializers.DateField()
    percent = serializers.IntegerField(required=False, min_value=0, max_value=100)
    steps = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=1000)
    steps_done = serializers.IntegerField(required=False, min_value=0, max_value=1000)
    done_on = serializers.DateField(required=False, allow_null=True)
    is_given_up = serializers.BooleanField(required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)


@extend_schema_serializer(examples=[OpenApiExample("An update", UPDATE, response_only=True)])
class UpdateSerializer(serializers.ModelSerializer):
    """What was told, when and by whom."""

    by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Update
        fields = list(UPDATE)


SENT_UPDATE = {
    "form": "0d3c7a52-3f0f-4c1e-8a0e-9a2f5f6b7c11",
    **{name: UPDATE[name] for name in ("title", "text")},
}


@extend_schema_serializer(examples=[OpenApiExample("An update", SENT_UPDATE, request_only=True)])
class UpdateBodySerializer(Strict):
    """Something to tell; the same `form`, a UUID that you make, tells it once."""

    form = serializers.UUIDField(source="made_by_form")
    title = serializers.CharField(max_length=150)
    text = serializers.CharField(max_length=4000)


@extend_schema_serializer(examples=[OpenApiExample("A goal", GOAL, response_only=True)])
class GoalSerializer(serializers.ModelSerializer):
    """A goal that departments share."""

    departments: serializers.SlugRelatedField = serializers.SlugRelatedField(many=True, **CODE)

    class Meta:
        model = SharedGoal
        fields = list(GOAL)


@extend_schema_serializer(examples=[OpenApiExample("A goal", _sent(GOAL), request_only=True)])
class GoalBodySerializer(Strict):
    """A goal that at least two departments share, by code."""

    goal = serializers.CharField(max_length=300)
    departments: serializers.ListField = serializers.ListField(
        child=serializers.CharField(max_length=40)
    )
    measure = serializers.CharField(max_length=200)
    target = serializers.CharField(max_length=100)
    due = serializers.DateField()
    state = serializers.ChoiceField(SharedGoal.State.choices)


@extend_schema_serializer(examples=[OpenApiExample("An agreement", AGREEMENT, response_only=True)])
class AgreementSerializer(serializers.ModelSerializer):
    """Which data one department gives to another."""

    giver: serializers.SlugRelatedField = serializers.SlugRelatedField(**CODE)
    taker: serializers.SlugRelatedField = serializers.SlugRelatedField(**CODE)

    class Meta:
        model = DataAgreement
        fields = list(AGREEMENT)


@extend_schema_serializer(
    examples=[OpenApiExample("An agreement", _sent(AGREEMENT), request_only=True)]
)
class AgreementBodySerializer(Strict):
    """An agreement about data between two departments, by code."""

    giver = serializers.CharField(max_length=40)
    taker = serializers.CharField(max_length=40)
    shared = serializers.CharField(max_length=300)
    purpose = serializers.CharField(max_length=300)
    legal_basis = serializers.CharField(required=False, allow_blank=True, max_length=200)
    state = serializers.ChoiceField(DataAgreement.State.choices)
    signed_on = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    expires_on = serializers.DateField(required=False, allow_null=True)
