"""What somebody has taken on with stakeholders, and whether they are reminded of it, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.accounts.permissions import SignedInReads
from buyin.programs import OftenReads, ReadAndWritten, Strict
from buyin.stakeholders.actions import remind_again, stop_reminders
from buyin.stakeholders.models import DiscussionPoint
from buyin.stakeholders.queries.reminders import points_of, wants_reminders

from .engagement_bodies import DiscussionPointSerializer


@extend_schema_serializer(examples=[OpenApiExample("Reminded", {"reminders": True})])
class RemindersSerializer(Strict):
    """Whether mails remind you of what comes due."""

    reminders = serializers.BooleanField()


class OwnPoints(ListAPIView):
    """What you have to do with stakeholders, the first due first."""

    queryset = DiscussionPoint.objects.none()
    serializer_class = DiscussionPointSerializer
    permission_classes = [SignedInReads]
    throttle_classes = [OftenReads]

    def get_queryset(self) -> QuerySet[DiscussionPoint]:
        """Return what this person has taken on and not done."""
        user: Any = self.request.user
        return points_of(user)


class OwnReminders(ReadAndWritten):
    """The mails that remind you of what comes due."""

    @extend_schema(responses=RemindersSerializer)
    def get(self, request: Request) -> Response:
        """Read whether you are reminded by mail."""
        user: Any = request.user
        return Response({"reminders": wants_reminders(user)})

    @extend_schema(request=RemindersSerializer, responses={200: RemindersSerializer})
    def put(self, request: Request) -> Response:
        """Stop these mails, or let them come again; what waits for you stays."""
        user: Any = request.user
        body = RemindersSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        if body.validated_data["reminders"]:
            remind_again(person_id=user.pk)
        else:
            stop_reminders(person_id=user.pk)
        return Response(body.validated_data)


urlpatterns = [
    path("my/points/", OwnPoints.as_view(), name="api-own-points"),
    path("my/reminders/", OwnReminders.as_view(), name="api-own-reminders"),
]
