"""Merges for programs: made, read and undone as on the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.bodies import saved
from buyin.programs import ReadAndWritten
from buyin.stakeholders.actions import merge, unmerge
from buyin.stakeholders.models import MergeRecord, Stakeholder
from buyin.stakeholders.queries.comparing import mark_of
from buyin.stakeholders.queries.merges import merges

from .bodies import MergeBodySerializer, MergeSerializer


class Merges(ReadAndWritten, ListAPIView):
    """Which records were merged; for who leads or administers the agency."""

    queryset = MergeRecord.objects.none()
    serializer_class = MergeSerializer

    def get_queryset(self) -> QuerySet[MergeRecord]:
        """Return the merges that this person may read."""
        return merges(_who_merges(self.request))

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the merges, the newest first, undone ones as well."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=MergeBodySerializer, responses={201: MergeSerializer})
    def post(self, request: Request) -> Response:
        """Merge one record into another of the same sort; everything that is noted moves."""
        user = _who_merges(request)
        body = MergeBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        if done := MergeRecord.already(said["made_by_form"]):
            return Response(MergeSerializer(done).data, status=status.HTTP_201_CREATED)
        pair = [self._one(user, name, said[name]) for name in ("kept", "absorbed")]
        made = saved(
            merge,
            actor=user,
            kept=pair[0],
            absorbed=pair[1],
            choices=said.get("choices", {}),
            seen=mark_of(*pair),
            made_by_form=said["made_by_form"],
        )
        made.refresh_from_db()
        return Response(MergeSerializer(made).data, status=status.HTTP_201_CREATED)

    @staticmethod
    def _one(user: Any, name: str, pk: int) -> Stakeholder:
        rows = Stakeholder.objects.visible_to(user)
        found: Stakeholder | None = rows.filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError({name: [_("There is no such stakeholder.")]})
        return found


class MergeUndone(ReadAndWritten):
    """One merge, to be undone."""

    @extend_schema(request=None, responses={200: MergeSerializer})
    def post(self, request: Request, merge: int) -> Response:
        """Make two of the one again; `did_not_go_back` names what was changed since."""
        user = _who_merges(request)
        found = get_object_or_404(merges(user), pk=merge)
        return Response(MergeSerializer(saved(unmerge, actor=user, record=found)).data)


def _who_merges(request: Any) -> Any:
    """Return who asks, if they lead or administer the agency; others are refused."""
    if not request.user.leads_agency:
        raise PermissionDenied
    return request.user


urlpatterns = [
    path("merges/", Merges.as_view(), name="api-merges"),
    path("merges/<int:merge>/undone/", MergeUndone.as_view(), name="api-merge-undone"),
]
