"""What is over, for programs: posts and relations that end, and stakeholders who are archived."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError as NotValid
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.programs import ProblemSerializer, ReadAndWritten, Strict
from buyin.stakeholders import actions
from buyin.stakeholders.models import Post, Relationship, Stakeholder
from buyin.stakeholders.queries import opened, shown

from .bodies import PostSerializer, RelationSerializer
from .registry import StakeholderSerializer

OVER = OpenApiResponse(ProblemSerializer, description="It ended before; nothing was changed.")


@extend_schema_serializer(
    examples=[OpenApiExample("On a day", {"on": "2026-11-30"}, request_only=True)]
)
class EndSerializer(Strict):
    """The last day of something; today where none is said."""

    on = serializers.DateField(required=False, allow_null=True)


@extend_schema_serializer(
    examples=[OpenApiExample("Archived", {"archived": True}, request_only=True)]
)
class ArchivedSerializer(Strict):
    """Whether a stakeholder is out of the lists."""

    archived = serializers.BooleanField()


class Ending(ReadAndWritten):
    """An address that says when something of a stakeholder's ended."""

    def stakeholder(self, pk: int) -> Stakeholder:
        """Return a stakeholder whom this person may change, held until it is done, or answer 404."""
        user: Any = self.request.user
        return opened(user, pk, to_change=True, is_sent=True)

    def ended[R: (Post, Relationship)](self, row: R, act: Any, kind: Any) -> Response:
        """End a row by its action on the day that was sent; what was over before is told as such."""
        body = EndSerializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        today = timezone.localdate()
        day = body.validated_data.get("on") or today
        if row.ends_on is not None and row.ends_on < today and row.ends_on != day:
            told = _("This ended on %(day)s already. Nothing was changed.") % {"day": row.ends_on}
            return Response({"detail": told}, status=status.HTTP_409_CONFLICT)
        if row.ends_on != day:
            try:
                act(actor=self.request.user, on=day)
            except NotValid as problem:
                raise serializers.ValidationError({"on": problem.messages}) from problem
        return Response(kind(row).data)


class PostEnded(Ending):
    """One post of a person, to be ended."""

    @extend_schema(request=EndSerializer, responses={200: PostSerializer, 409: OVER})
    @transaction.atomic
    def post(self, request: Request, stakeholder: int, post: int) -> Response:
        """Note the last day of a post; sent twice it ends once."""
        found = self.stakeholder(stakeholder)
        rows = Post.objects.select_related("department", "organisation")
        row = get_object_or_404(rows, pk=post, person=_person(found))

        act = partial(actions.end_post, stakeholder=found, post=row)
        return self.ended(row, act, PostSerializer)


class RelationEnded(Ending):
    """One relation, to be ended by the side from which it was noted."""

    @extend_schema(request=EndSerializer, responses={200: RelationSerializer, 409: OVER})
    @transaction.atomic
    def post(self, request: Request, stakeholder: int, relation: int) -> Response:
        """Note the last day of what this stakeholder is to another; sent twice it ends once."""
        user: Any = request.user
        first = self.stakeholder(stakeholder)
        rows = Relationship.objects.visible_to(user).select_related("first")
        row = get_object_or_404(rows, pk=relation, first=first)

        act = partial(actions.end_relation, relation=row)
        return self.ended(row, act, RelationSerializer)


class Archived(Ending):
    """Whether one stakeholder is in the lists."""

    @extend_schema(request=ArchivedSerializer, responses={200: StakeholderSerializer})
    @transaction.atomic
    def put(self, request: Request, stakeholder: int) -> Response:
        """Take a stakeholder out of the lists, or back into them; nothing that is noted is lost."""
        user: Any = request.user
        found = self.stakeholder(stakeholder)
        body = ArchivedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        actions.archive(actor=user, stakeholder=found, **body.validated_data)
        rows = shown(Stakeholder.objects.filter(pk=found.pk), viewer=user)
        return Response(StakeholderSerializer(rows.get()).data)


def _person(stakeholder: Stakeholder) -> Any:
    """Return the person that a stakeholder is, or answer 404."""
    if stakeholder.person is None:
        raise Http404
    return stakeholder.person


ONE = "stakeholders/<int:stakeholder>/"
urlpatterns = [
    path(f"{ONE}posts/<int:post>/ended/", PostEnded.as_view(), name="api-post-ended"),
    path(
        f"{ONE}relations/<int:relation>/ended/",
        RelationEnded.as_view(),
        name="api-relation-ended",
    ),
    path(f"{ONE}archived/", Archived.as_view(), name="api-archived"),
]
