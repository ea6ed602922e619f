"""The evidence beside each level, where the two disagree, and who had much contact, for programs."""

from datetime import date
from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView

from buyin.accounts.permissions import SignedInReads
from buyin.initiatives.api.wanted import INITIATIVE, wanted
from buyin.stakeholders.evidence import Clash
from buyin.stakeholders.models import Interest, Level, Stakeholder
from buyin.stakeholders.queries import opened, works_with_stakeholders
from buyin.stakeholders.queries.disagreeing import disagreeing_ids
from buyin.stakeholders.queries.disagreements import told_why
from buyin.stakeholders.queries.fatigue import tired
from buyin.stakeholders.queries.ledger import ledgers_of

LEVELS = [level.code for level in Level]
AGAINST: dict[str, Any] = {"clash": "quiet", "number": 7}
LEDGER: dict[str, Any] = {
    "initiative": 3,
    "level": "leading",
    "assessed_on": "2026-03-02",
    "engagements": 4,
    "last_engagement": "2026-04-20",
    "confidential": 1,
    "trend": -1,
    "points_open": 1,
    "points_done": 2,
    "promised": 2,
    "kept": 1,
    "late": 1,
    "parts": ["Go-live: Accountable"],
    "told": [{"what": "Surveys by name", "asked": 3, "done": 2}],
    "against": [AGAINST],
}
DISAGREES: dict[str, Any] = {
    "stakeholder": 7,
    "name": "Ruth Roads",
    "initiative": 3,
    "level": "leading",
    "assessed_on": "2026-03-02",
    "suggestion": "Assessed as “Leading”, but since then: no contact for 7 months",
    "against": [AGAINST],
}
CONTACT: dict[str, Any] = {
    "stakeholder": 7,
    "name": "Ruth Roads",
    "surveys": 2,
    "mails": 3,
    "meetings": 1,
}


def code_of(level: int | None) -> str | None:
    """Return the word for a level; None is "not assessed"."""
    return None if level is None else Level(level).code


class AgainstSerializer(serializers.Serializer):
    """What speaks against a level, and how many: months of silence, promises, engagements."""

    clash = serializers.ChoiceField([(one.value, one.value) for one in Clash])
    number = serializers.IntegerField()


class ToldSerializer(serializers.Serializer):
    """What somebody was asked and did; null is not told, to you or to anybody."""

    what = serializers.CharField(source="label")
    asked = serializers.IntegerField()
    done = serializers.IntegerField(allow_null=True)


@extend_schema_serializer(examples=[OpenApiExample("Evidence", LEDGER, response_only=True)])
class LedgerSerializer(serializers.Serializer):
    """A level with the evidence beside it."""

    initiative = serializers.IntegerField(source="interest.initiative_id")
    level = serializers.SerializerMethodField()
    assessed_on = serializers.DateField(source="facts.assessed_on", allow_null=True)
    engagements = serializers.SerializerMethodField()
    last_engagement = serializers.DateField(source="facts.last_met", allow_null=True)
    confidential = serializers.IntegerField(source="hidden")
    trend = serializers.IntegerField()
    points_open = serializers.IntegerField(source="open_points")
    points_done = serializers.IntegerField(source="done_points")
    promised = serializers.IntegerField(source="made")
    kept = serializers.IntegerField()
    late = serializers.IntegerField()
    parts = serializers.ListField(child=serializers.CharField())
    told = ToldSerializer(many=True)
    against = AgainstSerializer(many=True)

    def get_level(self, found: Any) -> str | None:
        """Return the level by word."""
        return code_of(found.said.current)

    def get_engagements(self, found: Any) -> int:
        """Return how many engagements there were."""
        return len(found.facts.met)


@extend_schema_serializer(examples=[OpenApiExample("Disagrees", DISAGREES, response_only=True)])
class DisagreementSerializer(serializers.Serializer):
    """A level that should be looked at again, and why."""

    stakeholder = serializers.IntegerField(source="about.stakeholder")
    name = serializers.CharField(source="about.who")
    initiative = serializers.IntegerField(source="about.initiative")
    level = serializers.SerializerMethodField()
    assessed_on = serializers.DateField(source="about.assessed_on")
    suggestion = serializers.CharField(source="found.suggestion")
    against = AgainstSerializer(source="found.against", many=True)

    def get_level(self, row: Any) -> str | None:
        """Return the level by word."""
        return code_of(row.found.level)


@extend_schema_serializer(examples=[OpenApiExample("Contact", CONTACT, response_only=True)])
class ContactSerializer(serializers.Serializer):
    """How much contact a stakeholder had in the last 30 days."""

    stakeholder = serializers.IntegerField(source="stakeholder.pk")
    name = serializers.CharField(source="stakeholder.name")
    surveys = serializers.IntegerField(source="contact.surveys")
    mails = serializers.IntegerField(source="contact.mails")
    meetings = serializers.IntegerField(source="contact.meetings")


@extend_schema_view(get=extend_schema(parameters=[OpenApiParameter("day", date)]))
class StakeholderEvidence(ListAPIView):
    """The evidence beside each level of one stakeholder, today or as of a day."""

    queryset = Interest.objects.none()
    serializer_class = LedgerSerializer
    permission_classes = [SignedInReads]
    filters = ("day",)

    def get_queryset(self) -> Any:
        """Return a ledger for each interest that this person may read; none about oneself."""
        user: Any = self.request.user
        found = opened(user, self.kwargs["stakeholder"])
        day = earlier_day(self.request.query_params.get("day"))
        if not Stakeholder.objects.known_to(user).filter(pk=found.pk).exists():
            return []
        return ledgers_of(user, found, day)


def earlier_day(text: str | None) -> date | None:
    """Return an earlier day that is asked for; None is today."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as problem:
        raise ValidationError({"day": [_("This is not a day like 2026-01-31.")]}) from problem
    return day if day < timezone.localdate() else None


@extend_schema_view(get=extend_schema(parameters=[INITIATIVE]))
class DisagreementList(ListAPIView):
    """The levels that should be looked at again, among those that whoever asks may read."""

    queryset = Interest.objects.none()
    serializer_class = DisagreementSerializer
    permission_classes = [SignedInReads]
    filters = ("initiative",)

    def get_queryset(self) -> Any:
        """Return where level and evidence disagree, those with most against them first."""
        user: Any = self.request.user
        asked = wanted(self.request.query_params)
        current = Interest.objects.visible_to(user).of_current()
        return disagreeing_ids(user, current.filter(**asked))

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Return a page of them with the interests that they are about."""
        user: Any = self.request.user
        return told_why(user, super().paginate_queryset(queryset) or [])


class ContactList(ListAPIView):
    """Who had much contact in the last 30 days, the most first."""

    queryset = Stakeholder.objects.none()
    serializer_class = ContactSerializer
    permission_classes = [SignedInReads]

    def get_queryset(self) -> Any:
        """Return those among whom this person works with."""
        user: Any = self.request.user
        return tired(user) if works_with_stakeholders(user) else []


urlpatterns = [
    path(
        "stakeholders/<int:stakeholder>/evidence/",
        StakeholderEvidence.as_view(),
        name="stakeholder-evidence",
    ),
    path("disagreements/", DisagreementList.as_view(), name="disagreement-list"),
    path("contact/", ContactList.as_view(), name="contact-list"),
]
