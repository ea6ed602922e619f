"""The life of an initiative for programs: stages, plan and updates, read and told."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.bodies import ids_of, saved, typed
from buyin.initiatives import actions
from buyin.initiatives.forms import AgreementForm, GoalForm, MilestoneForm, StageForm, UpdateForm
from buyin.initiatives.models import (
    DataAgreement,
    Initiative,
    Milestone,
    SharedGoal,
    StageChange,
    Update,
)
from buyin.initiatives.queries import checked, opened
from buyin.programs import ReadAndWritten

from .life_bodies import (
    AgreementBodySerializer,
    AgreementSerializer,
    GoalBodySerializer,
    GoalSerializer,
    MilestoneBodySerializer,
    MilestoneSerializer,
    MoveSerializer,
    StageChangeSerializer,
    UpdateBodySerializer,
    UpdateSerializer,
)


class Part(ReadAndWritten):
    """One part of an initiative: whoever may open it reads, whoever may change it writes.

    The forms and actions are those of the pages, so that no rule lives in one door only.
    """

    body_class: ClassVar[type[serializers.Serializer]]

    def initiative(self, *, to_change: bool = False) -> Initiative:
        """Return the initiative of the address, or answer 404."""
        user: Any = self.request.user
        return opened(user, self.kwargs["initiative"], to_change=to_change)

    def body(self) -> dict[str, Any]:
        """Return what was sent, read by its fields; what does not hold is refused."""
        body = self.body_class(data=self.request.data)
        body.is_valid(raise_exception=True)
        return {name: value for name, value in body.validated_data.items() if value is not None}

    def saved(self, save: Callable[..., Model], **fields: Any) -> Model:
        """Return what an action wrote; what it finds wrong is refused by field."""
        return saved(save, actor=self.request.user, **fields)


class PartList(Part, ListAPIView):
    """The rows of one part."""

    name: ClassVar[str]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows of the initiative of the address."""
        found: QuerySet[Any] = getattr(self.initiative(), self.name).all()
        return found

    def written(self, record: Model) -> Response:
        """Answer with what was written."""
        said = self.get_serializer(record).data
        return Response(said, status=status.HTTP_201_CREATED)


class Stages(PartList):
    """The way of an initiative through its stages."""

    queryset = StageChange.objects.none()
    serializer_class = StageChangeSerializer
    body_class = MoveSerializer
    name = "stage_changes"

    def get_queryset(self) -> QuerySet[StageChange]:
        """Return every change, the newest first."""
        return super().get_queryset().select_related("by")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with every change of stage, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=MoveSerializer, responses={201: StageChangeSerializer})
    def post(self, request: Request, initiative: int) -> Response:
        """Move an initiative to another stage.

        Checks that are not met need a `note`, as a step back does; `confirmed` names those for
        which you answer because the portal cannot.
        """
        found = self.initiative(to_change=True)
        body = self.body()
        checks = checked(found, body["to"]) if body["to"] != found.stage else []
        asked = {one.gate.code for one in checks if one.answer is None}
        body["confirmed"] = [code for code in body.get("confirmed", []) if code in asked]
        wanted = actions.Move(**typed(StageForm(body, checks=checks)))
        return self.written(self.saved(actions.move, initiative=found, wanted=wanted))


class Milestones(PartList):
    """What an initiative means to reach."""

    queryset = Milestone.objects.none()
    serializer_class = MilestoneSerializer
    body_class = MilestoneBodySerializer
    name = "milestones"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the milestones, the first due first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=MilestoneBodySerializer, responses={201: MilestoneSerializer})
    def post(self, request: Request, initiative: int) -> Response:
        """Add a milestone."""
        milestone = Milestone(initiative=self.initiative(to_change=True))
        fields = typed(MilestoneForm(self.body(), record=milestone))
        return self.written(self.saved(actions.save_milestone, milestone=milestone, **fields))


class MilestoneDetail(Part):
    """One milestone."""

    body_class = MilestoneBodySerializer

    @extend_schema(request=MilestoneBodySerializer, responses={200: MilestoneSerializer})
    def put(self, request: Request, initiative: int, row: int) -> Response:
        """Say how far a milestone is, move its day, or give it up."""
        milestone = get_object_or_404(self.initiative(to_change=True).milestones, pk=row)
        fields = typed(MilestoneForm(self.body(), record=milestone))
        saved = self.saved(actions.save_milestone, milestone=milestone, **fields)
        return Response(MilestoneSerializer(saved).data)


class Updates(PartList):
    """What an initiative tells everybody whom it concerns."""

    queryset = Update.objects.none()
    serializer_class = UpdateSerializer
    body_class = UpdateBodySerializer
    name = "updates"

    def get_queryset(self) -> QuerySet[Update]:
        """Return every update, the newest first."""
        return super().get_queryset().select_related("by")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the updates, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=UpdateBodySerializer, responses={201: UpdateSerializer})
    def post(self, request: Request, initiative: int) -> Response:
        """Tell everybody who may open the initiative what is new."""
        found = self.initiative(to_change=True)
        fields = typed(UpdateForm(self.body()))
        made = self.saved(actions.publish_update, initiative=found, **fields)
        made.refresh_from_db()
        return self.written(made)


class Goals(PartList):
    """Goals that departments share."""

    queryset = SharedGoal.objects.none()
    serializer_class = GoalSerializer
    body_class = GoalBodySerializer
    name = "goals"

    def get_queryset(self) -> QuerySet[SharedGoal]:
        """Return every goal with the departments that share it."""
        return super().get_queryset().prefetch_related("departments")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the goals that departments share, the first due first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=GoalBodySerializer, responses={201: GoalSerializer})
    def post(self, request: Request, initiative: int) -> Response:
        """Add a goal that at least two departments share."""
        goal = SharedGoal(initiative=self.initiative(to_change=True))
        body = self.body()
        body["departments"] = ids_of(body["departments"], "departments")
        fields = typed(GoalForm(body, record=goal))
        return self.written(self.saved(actions.save_goal, shared=goal, **fields))


class Agreements(PartList):
    """Agreements about data."""

    queryset = DataAgreement.objects.none()
    serializer_class = AgreementSerializer
    body_class = AgreementBodySerializer
    name = "agreements"

    def get_queryset(self) -> QuerySet[DataAgreement]:
        """Return every agreement with its two departments."""
        return super().get_queryset().select_related("giver", "taker")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the agreements about data between departments."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=AgreementBodySerializer, responses={201: AgreementSerializer})
    def post(self, request: Request, initiative: int) -> Response:
        """Add an agreement about data between two departments."""
        agreement = DataAgreement(initiative=self.initiative(to_change=True))
        body = self.body()
        for end in ("giver", "taker"):
            [body[end]] = ids_of([body[end]], end)
        fields = typed(AgreementForm(body, record=agreement))
        return self.written(self.saved(actions.save_agreement, agreement=agreement, **fields))


PART = "initiatives/<int:initiative>/"

urlpatterns = [
    path(f"{PART}stages/", Stages.as_view(), name="api-stages"),
    path(f"{PART}milestones/", Milestones.as_view(), name="api-milestones"),
    path(f"{PART}milestones/<int:row>/", MilestoneDetail.as_view(), name="api-milestone"),
    path(f"{PART}updates/", Updates.as_view(), name="api-updates"),
    path(f"{PART}goals/", Goals.as_view(), name="api-goals"),
    path(f"{PART}agreements/", Agreements.as_view(), name="api-agreements"),
]
