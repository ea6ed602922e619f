"""What happened with a stakeholder, who changed what, and overdue contact, for programs."""

from collections.abc import Iterable
from typing import Any

from auditlog.models import LogEntry
from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from buyin.accounts.permissions import SignedInReads
from buyin.accounts.queries.history import Line, in_words
from buyin.stakeholders.models import Stakeholder
from buyin.stakeholders.queries import opened, time_line, works_with_stakeholders
from buyin.stakeholders.queries.changes import changes_of
from buyin.stakeholders.queries.overdue import overdue, told

DID = {
    LogEntry.Action.CREATE: "added",
    LogEntry.Action.UPDATE: "changed",
    LogEntry.Action.DELETE: "removed",
}
DIFFERENCE: dict[str, Any] = {"field": "preferred channel", "was": "Call", "becomes": "Mail"}
CHANGE: dict[str, Any] = {
    "id": 90,
    "at": "2026-11-20T15:10:00+01:00",
    "by": "Cora Coordinator",
    "kind": "stakeholder",
    "record": "Ruth Roads",
    "did": "changed",
    "differences": [DIFFERENCE],
}
EVENT: dict[str, Any] = {
    "on": "2026-09-30",
    "kind": "Call",
    "title": "Ruth Roads, Union of clerks",
    "detail": "They want a trial first.",
    "by": "Cora Coordinator",
    "page": "/stakeholders/log/12/",
}
OVERDUE: dict[str, Any] = {
    "stakeholder": 7,
    "name": "Ruth Roads",
    "cadence": 30,
    "last": "2026-09-30",
    "days_late": 21,
    "planned": 31,
}


@extend_schema_serializer(examples=[OpenApiExample("A call", EVENT, response_only=True)])
class EventSerializer(serializers.Serializer):
    """One line of the time line, in words; `page` is where it stands in the portal, if anywhere."""

    on = serializers.DateField()
    kind = serializers.CharField()
    title = serializers.CharField()
    detail = serializers.CharField()
    by = serializers.CharField()
    page = serializers.CharField(source="url")


class Events(ListAPIView):
    """Everything that happened with a stakeholder and what is planned, the newest first."""

    queryset = Stakeholder.objects.none()
    serializer_class = EventSerializer
    permission_classes = [SignedInReads]

    def get_queryset(self) -> Any:
        """Return the lines that this person may read."""
        user: Any = self.request.user
        return time_line(viewer=user, stakeholder=opened(user, self.kwargs["stakeholder"]))


class DifferenceSerializer(serializers.Serializer):
    """One field, what it was and what it is, in words; empty is nothing."""

    field = serializers.CharField()
    was = serializers.CharField()
    becomes = serializers.CharField()


@extend_schema_serializer(examples=[OpenApiExample("A change", CHANGE, response_only=True)])
class ChangeSerializer(serializers.Serializer):
    """Who did what to which record; by nobody where the portal did it by itself."""

    id = serializers.IntegerField(source="entry.pk")
    at = serializers.DateTimeField(source="entry.timestamp")
    by = serializers.SerializerMethodField()
    kind = serializers.CharField()
    record = serializers.CharField(source="entry.object_repr")
    did = serializers.SerializerMethodField()
    differences = serializers.SerializerMethodField()

    def get_by(self, line: Line) -> str | None:
        """Return who did it."""
        return str(line.entry.actor) if line.entry.actor else None

    def get_did(self, line: Line) -> str:
        """Return what was done: added, changed or removed."""
        return DID.get(line.entry.action, "")

    @extend_schema_field(DifferenceSerializer(many=True))
    def get_differences(self, line: Line) -> list[dict[str, str]]:
        """Return every field that differs."""
        return [dict(zip(DIFFERENCE, one, strict=True)) for one in line.differences]


class Changes(ListAPIView):
    """Every change to a record and to what is noted of it, as far as you may read it, newest first."""

    queryset = LogEntry.objects.none()
    serializer_class = ChangeSerializer
    permission_classes = [SignedInReads]

    def get_queryset(self) -> QuerySet[LogEntry]:
        """Return what was changed of a stakeholder, for who may change them."""
        user: Any = self.request.user
        found = opened(user, self.kwargs["stakeholder"], to_change=True)
        return changes_of(found, viewer=user)

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Return a page of them in words."""
        return in_words(super().paginate_queryset(queryset) or [])


@extend_schema_serializer(examples=[OpenApiExample("Overdue", OVERDUE, response_only=True)])
class OverdueSerializer(serializers.Serializer):
    """With whom contact is overdue; nobody ever spoke with them where `last` is null."""

    stakeholder = serializers.IntegerField()
    name = serializers.CharField()
    cadence = serializers.IntegerField(source="days")
    last = serializers.DateField(allow_null=True)
    days_late = serializers.IntegerField(allow_null=True)
    planned = serializers.IntegerField(source="planned.pk", default=None, allow_null=True)


class OverdueList(ListAPIView):
    """With whom contact is overdue by what was planned for each, the longest ago first."""

    queryset = Stakeholder.objects.none()
    serializer_class = OverdueSerializer
    permission_classes = [SignedInReads]

    def get_queryset(self) -> Any:
        """Return those among whom this person works with."""
        user: Any = self.request.user
        return overdue(user) if works_with_stakeholders(user) else []

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Return a page of them with how late it is and what is planned."""
        page: Iterable[Any] = super().paginate_queryset(queryset) or []
        user: Any = self.request.user
        return told(user, page)


urlpatterns = [
    path("stakeholders/<int:stakeholder>/events/", Events.as_view(), name="api-events"),
    path("stakeholders/<int:stakeholder>/changes/", Changes.as_view(), name="api-changes"),
    path("overdue-contact/", OverdueList.as_view(), name="api-overdue"),
]
