"""What programs read of the plan of a wave: how many that asks, and what speaks against it."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from buyin.accounts.models import Tag, User
from surveys.models import Anonymity, Survey, Wave, WavePlan
from surveys.queries.audience import described
from surveys.queries.fatigue import Load, load_of
from surveys.queries.panels import panels_to_choose
from surveys.queries.publication import check_publication

from .plan_bodies import ASKS, PLAN, PlanSerializer, asks_by, plan_as_sent, rules_as_told

GROUP = {"department": "roads", "name": "Roads", "asked": 40, "is_whole": True}
EXAMPLE: dict[str, Any] = {
    "plan": PLAN,
    "asked": 41,
    "groups": [GROUP, {"department": None, "name": "", "asked": 1, "is_whole": False}],
    "problems": [],
    "warnings": ["People have only a few days. Many will miss it."],
    "hints": [],
    "notes": ["1 listed address has no account. It is asked by a mail with a link of its own."],
    "load": {
        "warning": "",
        "surveys": [{"least": 0, "most": 1, "people": 40}],
        "mails": [{"least": 0, "most": 0, "people": 40}],
    },
    "may_choose": {
        "tags": ["Pilot"],
        "panels": [{"id": 3, "name": "Testers", "people": 12}],
    },
}
RULES: dict[str, Any] = {
    "asks": "some",
    "departments": ["roads", "parks"],
    "roles": ["coordinator"],
    "tags": ["Pilot"],
    "panels": [3],
    "addresses": 1,
    "words": ["Parks, Roads", "Only with a role: Coordinator", "1 listed mail address"],
    "opens_at": "2026-11-23T08:00:00Z",
    "closes_at": "2026-12-04T23:59:59Z",
    "sends_mail": True,
    "reminders": 2,
    "remind_every": 5,
    "target": 60,
    "anonymity": "anonymous",
}
KEPT = ("opens_at", "closes_at", "sends_mail", "reminders", "remind_every", "target")


def _texts() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField())


class GroupSerializer(serializers.Serializer):
    """People of one department who would be asked; without a code: guests outside."""

    department = serializers.CharField(source="department.code", allow_null=True, default=None)
    name = serializers.CharField(source="department.name", allow_blank=True, default="")
    asked = serializers.IntegerField()
    is_whole = serializers.BooleanField()


class BandSerializer(serializers.Serializer):
    """People who got about as many in the last 30 days; 3 stands for three and more."""

    least = serializers.IntegerField()
    most = serializers.IntegerField()
    people = serializers.IntegerField()


class LoadSerializer(serializers.Serializer):
    """How often those who would be asked were asked lately; nothing where they are too few."""

    warning = serializers.CharField(allow_blank=True)
    surveys = BandSerializer(many=True)
    mails = BandSerializer(many=True)


class PanelToChooseSerializer(serializers.Serializer):
    """A panel that you may put into the plan."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    people = serializers.IntegerField(source="size")


class ChoicesSerializer(serializers.Serializer):
    """Tags and panels that a plan may name."""

    tags = _texts()
    panels = PanelToChooseSerializer(many=True)


@extend_schema_serializer(examples=[OpenApiExample("A plan", EXAMPLE, response_only=True)])
class PlannedSerializer(serializers.Serializer):
    """The next wave as it is planned, how many people that is, and what speaks against it.

    `problems` prevent publishing, `warnings` do not; `hints` are about the questions, and `notes`
    say what became of listed addresses and panels. `plan` can be sent back.
    """

    plan = PlanSerializer()
    asked = serializers.IntegerField()
    groups = GroupSerializer(many=True)
    problems = _texts()
    warnings = _texts()
    hints = _texts()
    notes = _texts()
    load = LoadSerializer()
    may_choose = ChoicesSerializer()


@extend_schema_serializer(examples=[OpenApiExample("Its plan", RULES, response_only=True)])
class WavePlanSerializer(serializers.ModelSerializer):
    """How a published wave asks: by which rules people were chosen, when, and by which mails.

    `asks` is null where no rules are kept, as for answers from a file. Of listed addresses there is
    only the number; `words` say the rules as the page does.
    """

    asks = serializers.ChoiceField(ASKS, allow_null=True)
    departments = _texts()
    roles = _texts()
    tags = _texts()
    panels: serializers.ListField = serializers.ListField(child=serializers.IntegerField())
    addresses = serializers.IntegerField()
    words = _texts()
    anonymity = serializers.ChoiceField(Anonymity.choices)

    class Meta:
        model = Wave
        fields = list(RULES)


def planned(survey: Survey, viewer: User) -> dict[str, Any]:
    """Return the plan of the next wave with its count and its choices, or answer 404."""
    plan = get_object_or_404(WavePlan.objects.select_related("survey"), survey=survey)
    ready = check_publication(survey, plan)
    names = ("asked", "groups", "problems", "warnings", "hints", "notes")
    told = {
        "plan": plan_as_sent(plan, survey.revision),
        **{name: getattr(ready, name) for name in names},
        "load": Load() if plan.is_public else load_of(plan),
        "may_choose": {
            "tags": list(Tag.objects.values_list("name", flat=True)),
            "panels": panels_to_choose(plan, viewer),
        },
    }
    return dict(PlannedSerializer(told).data)


def published_plan(wave: Wave) -> dict[str, Any]:
    """Return how a published wave asks."""
    told = {
        **{name: getattr(wave, name) for name in KEPT},
        **rules_as_told(wave.rules),
        "asks": asks_by(wave.rules, is_public=wave.is_public),
        "words": described(wave.rules),
        "anonymity": wave.version.anonymity,
    }
    return dict(WavePlanSerializer(told).data)
