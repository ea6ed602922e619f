"""Needs for programs: what everybody reads, and what those do who keep them or take care of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.accounts.models import User
from buyin.bodies import checked, departments_of
from buyin.programs import JSONBody, OftenWrites, ProblemSerializer, ReadAndWritten
from surveys.actions import needs as actions
from surveys.forms.needs import NeedEditForm, NeedForm, RemedyForm
from surveys.models import Need
from surveys.queries.alike import alike
from surveys.queries.authoring import authorable_initiatives
from surveys.queries.evidence import read_for
from surveys.queries.needs import for_everybody, keeps_needs, told_to
from surveys.rendering.evidence import Piece, pieces_of

from .need_bodies import (
    EvidenceBodySerializer,
    NeedBodySerializer,
    NeedChangeSerializer,
    NeedLineSerializer,
    NeedSerializer,
    RemedyBodySerializer,
)
from .refusing import Refusable
from .waves import NothingSerializer

GONE = OpenApiResponse(
    ProblemSerializer, description="It was put together with another need meanwhile."
)
MEANWHILE = OpenApiResponse(
    ProblemSerializer,
    description="Somebody has changed it since, or put it together with another need.",
)


@dataclass(frozen=True)
class Shown:
    """A need with its evidence as one person reads it."""

    need: Need
    pieces: list[Piece]
    alike: list[int]


def shown_to(user: User, pk: int) -> Shown:
    """Return a need as this person reads it who keeps it or takes care of it, or answer 404."""
    needs = Need.objects.worked_on_by(user).select_related("initiative", "owner")
    need = get_object_or_404(needs, pk=pk)
    others = Need.objects.kept_by(user).filter(initiative=need.initiative_id).exclude(pk=pk)
    near = alike(need.statement, list(others.order_by("statement")))
    pieces = pieces_of(read_for(user, need.evidence.select_related("department")))
    return Shown(need, pieces, [one.pk for one in near])


class NeedList(ReadAndWritten, ListAPIView):
    """Needs as everybody reads them, and where a need is written down."""

    queryset = Need.objects.none()
    serializer_class = NeedLineSerializer

    def get_queryset(self) -> QuerySet[Need]:
        """Return what this person may read, the most pressing first."""
        user: Any = self.request.user
        return for_everybody(user)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the needs of initiatives that whoever asks may open, most pressing first."""
        page = self.paginate_queryset(self.get_queryset())
        told = told_to(page or [])
        return self.get_paginated_response(NeedLineSerializer(told, many=True).data)

    @extend_schema(request=NeedBodySerializer, responses={201: NeedSerializer})
    def post(self, request: Request) -> Response:
        """Write a need down, with the first thing that it rests on.

        The rules are those of the page. The same `form` sent again writes nothing more and answers
        with the need that is there.
        """
        user: Any = request.user
        if not keeps_needs(user):
            raise PermissionDenied
        body = NeedBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = _make(user, body.validated_data)
        stands = Need.objects.values_list("merged_into", flat=True).get(pk=made.pk)
        found = NeedSerializer(shown_to(user, stands or made.pk)).data
        return Response(found, status=status.HTTP_201_CREATED)


def _make(user: User, body: dict[str, Any]) -> Need:
    evidence = None
    if "evidence" in body:
        rests = EvidenceBodySerializer(data=_plain(body["evidence"]))
        rests.is_valid(raise_exception=True)
        evidence = rests.evidence(user)
    departments = departments_of(body.get("departments", []))
    typed = {
        **body,
        "made_by_form": body["form"],
        "departments": [str(one.pk) for one in departments],
    }
    form = checked(NeedForm(typed, initiatives=authorable_initiatives(user)))
    return actions.make_need(
        need=form.need(Need()),
        departments=form.chosen(),
        made_by_form=form.cleaned_data["made_by_form"],
        evidence=evidence,
    )


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in body.items()}


class NeedDetail(ReadAndWritten, Refusable):
    """One need with its evidence, to read and to put in other words."""

    @extend_schema(responses=NeedSerializer)
    def get(self, request: Request, need: int) -> Response:
        """Read one need with what it rests on and what is done about it.

        For those who keep it or take care of it. A source counts for everybody; its words are there
        only for who may open it, and what people wrote or said themselves is read on its page.
        """
        user: Any = request.user
        return Response(NeedSerializer(shown_to(user, need)).data)

    @extend_schema(request=NeedChangeSerializer, responses={200: NeedSerializer, 409: MEANWHILE})
    def put(self, request: Request, need: int) -> Response:
        """Put a need in other words, rate it otherwise, or say who takes care of it.

        For those who keep it. Where somebody has saved it since `revision`, nothing is done and the
        answer is 409: read it anew, look at what is different, and send it with its new revision.
        """
        user: Any = request.user
        found = get_object_or_404(Need.objects.kept_by(user), pk=need)
        body = NeedChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        _change(user, found, body.validated_data)
        return Response(NeedSerializer(shown_to(user, need)).data)


def _change(user: User, need: Need, body: dict[str, Any]) -> None:
    departments = departments_of(body.get("departments", []))
    typed = {
        **body,
        "made_by_form": need.made_by_form,
        "departments": [str(one.pk) for one in departments],
    }
    form = checked(NeedEditForm(typed, initiatives=authorable_initiatives(user)))
    revision = form.cleaned_data["revision"]
    wanted = form.need(need)
    actions.change_need(need=wanted, departments=form.chosen(), revision=revision, by=user)


class _OneNeed(Refusable):
    """What all writings about one need share."""

    permission_classes = [IsAuthenticated]
    throttle_classes = [OftenWrites]
    parser_classes = [JSONBody]

    def kept(self, pk: int) -> Need:
        """Return a need that this person keeps, or answer 404."""
        user: Any = self.request.user
        return get_object_or_404(Need.objects.kept_by(user), pk=pk)

    def worked_on(self, pk: int) -> Need:
        """Return a need that this person keeps or takes care of, or answer 404."""
        user: Any = self.request.user
        return get_object_or_404(Need.objects.worked_on_by(user), pk=pk)

    def answer(self, pk: int, code: int = status.HTTP_201_CREATED) -> Response:
        """Answer with the need as it is now."""
        user: Any = self.request.user
        return Response(NeedSerializer(shown_to(user, pk)).data, status=code)


class NeedEvidence(_OneNeed):
    """Where evidence is added to a need."""

    @extend_schema(request=EvidenceBodySerializer, responses={201: NeedSerializer, 409: GONE})
    def post(self, request: Request, need: int) -> Response:
        """Add what a need rests on: a source in the portal, or something typed.

        The same once more adds nothing.
        """
        found = self.kept(need)
        body = EvidenceBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        user: Any = request.user
        evidence = body.evidence(user)
        evidence.need = found
        actions.add_evidence(evidence=evidence)
        return self.answer(need)


class NeedRemedies(_OneNeed):
    """Where is said what is done about a need."""

    @extend_schema(request=RemedyBodySerializer, responses={201: NeedSerializer, 409: GONE})
    def post(self, request: Request, need: int) -> Response:
        """Say what is done about a need; the same once more adds nothing."""
        found = self.worked_on(need)
        body = RemedyBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        form = checked(RemedyForm(body.validated_data))
        actions.add_remedy(remedy=form.remedy(found))
        return self.answer(need)


class RemedyDone(_OneNeed):
    """Where is said that something has been done."""

    @extend_schema(request=None, responses={200: NeedSerializer, 409: GONE})
    def post(self, request: Request, need: int, remedy: int) -> Response:
        """Note that something has been done; the first time counts."""
        found = self.worked_on(need)
        chosen = get_object_or_404(found.remedies, pk=remedy)
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        actions.finish_remedy(remedy=chosen)
        return self.answer(need, status.HTTP_200_OK)
