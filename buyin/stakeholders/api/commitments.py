"""Commitments for programs: read, asked for, changed, and what comes of them noted."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.bodies import saved, typed
from buyin.editing import held
from buyin.initiatives.api.wanted import INITIATIVE, wanted
from buyin.initiatives.models import Initiative
from buyin.programs import ProblemSerializer, ReadAndWritten, Strict
from buyin.stakeholders.actions import add_entry, save_commitment
from buyin.stakeholders.forms.commitments import CommitmentForm, EntryForm
from buyin.stakeholders.models import Commitment, CommitmentEntry
from buyin.stakeholders.queries.commitments import CHANGEABLE, STANDS, commitment_list, mark_of

from .commitment_bodies import (
    CommitmentBodySerializer,
    CommitmentChangeSerializer,
    CommitmentSerializer,
    CommitmentWithEntriesSerializer,
    EntryBodySerializer,
)

KINDS = list(Commitment.Kind.values)
CHANGED = OpenApiResponse(
    ProblemSerializer, description="It was changed since you read it; nothing was saved."
)


class OfCommitments(ReadAndWritten):
    """An address of commitments: forms and actions are those of the pages."""

    def commitments(self) -> QuerySet[Commitment]:
        """Return what this person may read, with every step."""
        user: Any = self.request.user
        return commitment_list(user).prefetch_related("entries__entered_by")

    def sent(self, kind: type[Strict]) -> dict[str, Any]:
        """Return what was sent, read by its fields, as the form of the page takes it."""
        body = kind(data=self.request.data)
        body.is_valid(raise_exception=True)
        said = {name: value for name, value in body.validated_data.items() if value is not None}
        if "form" in said:
            said["made_by_form"] = said.pop("form")
        return said

    def told(self, pk: int, code: int) -> Response:
        """Answer with one commitment as it is read here."""
        found = CommitmentWithEntriesSerializer(self.commitments().get(pk=pk))
        return Response(found.data, status=code)


@extend_schema_view(
    get=extend_schema(
        parameters=[
            INITIATIVE,
            OpenApiParameter("kind", str, enum=KINDS),
            OpenApiParameter("stands", str, enum=list(STANDS)),
        ]
    )
)
class CommitmentList(OfCommitments, ListAPIView):
    """The commitments that whoever asks may read, the first due first."""

    serializer_class = CommitmentSerializer
    queryset = Commitment.objects.none()
    filters = ("initiative", "kind", "stands")

    def get_queryset(self) -> QuerySet[Commitment]:
        """Return what is asked for."""
        user: Any = self.request.user
        asked = wanted(self.request.query_params, kind=KINDS, stands=list(STANDS))
        return commitment_list(user, **asked)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with what stakeholders are asked to give and have promised, the first due first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        request=CommitmentBodySerializer, responses={201: CommitmentWithEntriesSerializer}
    )
    def post(self, request: Request) -> Response:
        """Ask somebody on an initiative's list for something; for who may change the initiative."""
        user: Any = request.user
        said = self.sent(CommitmentBodySerializer)
        initiative = Initiative.objects.visible_to(user).filter(pk=said.pop("initiative")).first()
        if initiative is None or not initiative.may_be_changed_by(user):
            message = _("There is no such initiative that you may change.")
            raise serializers.ValidationError({"initiative": [message]})
        new = Commitment(initiative=initiative)
        fields = typed(CommitmentForm(said, instance=new, user=user))
        made = saved(save_commitment, actor=user, commitment=new, **fields)
        return self.told(made.pk, status.HTTP_201_CREATED)


class CommitmentDetail(OfCommitments, RetrieveAPIView):
    """One commitment with every step, to be read and changed."""

    serializer_class = CommitmentWithEntriesSerializer
    queryset = Commitment.objects.none()

    def get_queryset(self) -> QuerySet[Commitment]:
        """Return what this person may see."""
        return self.commitments()

    @extend_schema(
        request=CommitmentChangeSerializer,
        responses={200: CommitmentWithEntriesSerializer, 409: CHANGED},
    )
    @transaction.atomic
    def put(self, request: Request, pk: int) -> Response:
        """Change what is asked, all of it; another amount is one more step.

        Where somebody has changed it since you read what you send as `seen`, nothing is saved and
        the answer is 409: read it anew, look at what is different, and send its new `seen`.
        """
        user: Any = request.user
        rows = held(Commitment.objects.visible_to(user).select_related("initiative"), is_sent=True)
        found: Commitment = get_object_or_404(rows, pk=pk)
        if not found.may_be_changed_by(user):
            raise Http404
        said = self.sent(CommitmentChangeSerializer)
        is_old = said.pop("seen") != mark_of(found)
        before = {name: getattr(found, name) for name in CHANGEABLE}
        fields = typed(CommitmentForm(said, instance=found, user=user))
        if is_old and any(fields[name] != value for name, value in before.items()):
            told = _("This has been changed since you read it. Nothing was saved. Read it again.")
            return Response({"detail": told}, status=status.HTTP_409_CONFLICT)
        saved(save_commitment, actor=user, commitment=found, **fields)
        return self.told(pk, status.HTTP_200_OK)


class CommitmentEntries(OfCommitments):
    """The steps of one commitment, to be added to."""

    @extend_schema(request=EntryBodySerializer, responses={201: CommitmentWithEntriesSerializer})
    def post(self, request: Request, commitment: int) -> Response:
        """Note what is pledged, committed, received or declined; before and after stay readable.

        Whoever is asked to give says what they pledge, commit or decline; who may change the
        initiative says all of it.
        """
        user: Any = request.user
        rows = Commitment.objects.visible_to(user)
        found = get_object_or_404(
            rows.select_related("initiative", "stakeholder__person"), pk=commitment
        )
        may_change = found.may_be_changed_by(user)
        if not (may_change or found.is_given_by(user)):
            raise Http404
        row = CommitmentEntry(commitment=found)
        form = EntryForm(self.sent(EntryBodySerializer), instance=row, is_giver=not may_change)
        saved(add_entry, actor=user, commitment=found, **typed(form))
        return self.told(found.pk, status.HTTP_201_CREATED)


urlpatterns = [
    path("commitments/", CommitmentList.as_view(), name="commitment-list"),
    path("commitments/<int:pk>/", CommitmentDetail.as_view(), name="commitment-detail"),
    path(
        "commitments/<int:commitment>/entries/",
        CommitmentEntries.as_view(),
        name="commitment-entries",
    ),
]
