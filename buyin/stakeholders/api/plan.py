"""The engagement plan for programs: read, planned, and closed with what happened."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as NotValid
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
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

from buyin.bodies import refusal, typed
from buyin.editing import held
from buyin.initiatives.api.wanted import INITIATIVE, wanted
from buyin.programs import ProblemSerializer, ReadAndWritten, Strict
from buyin.stakeholders.actions import (
    change_activity,
    close_activity,
    drop_activity,
    plan_activity,
)
from buyin.stakeholders.forms.planning import ActivityForm, CloseForm, DropForm, PlanForm
from buyin.stakeholders.models import Engagement, Level, PlannedActivity
from buyin.stakeholders.queries.plans import (
    MINE,
    STANDS,
    interests_in,
    mark_of,
    plan_list,
    tied_to,
)

from .plan_bodies import (
    ActivitySerializer,
    ChangeBodySerializer,
    CloseBodySerializer,
    DropBodySerializer,
    PlanBodySerializer,
)

KINDS = list(Engagement.Kind.values)
CHANGED = OpenApiResponse(
    ProblemSerializer, description="It was changed since, or is closed; nothing was saved."
)
CLOSED_ALREADY = OpenApiResponse(
    ProblemSerializer, description="It is closed already; nothing was changed."
)


class OfPlan(ReadAndWritten):
    """An address of the engagement plan: forms and actions are those of the pages."""

    def activity(self, pk: int, *, is_sent: bool = False) -> PlannedActivity:
        """Return an activity that this person may change, held where it is sent, or answer 404."""
        user: Any = self.request.user
        rows = held(PlannedActivity.objects.changeable_by(user), is_sent=is_sent)
        found: PlannedActivity = get_object_or_404(rows, pk=pk)
        return found

    def done(self, act: Callable[[], PlannedActivity]) -> Response:
        """Answer with what was done, or with why it was not."""
        try:
            done = act()
        except PermissionDenied as problem:
            raise Http404 from problem
        except NotValid as problem:
            if getattr(problem, "code", "") == "closed":
                detail = {"detail": " ".join(problem.messages)}
                return Response(detail, status=status.HTTP_409_CONFLICT)
            raise refusal(problem) from problem
        return Response(ActivitySerializer(done).data)


def _said[B: Strict](kind: type[B], request: Request) -> dict[str, Any]:
    body = kind(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


@extend_schema_view(
    get=extend_schema(
        parameters=[
            INITIATIVE,
            OpenApiParameter("kind", str, enum=KINDS),
            OpenApiParameter("stands", str, enum=list(STANDS)),
            OpenApiParameter("owner", str, enum=[MINE]),
        ]
    )
)
class PlanList(OfPlan, ListAPIView):
    """The engagement plan, as far as whoever asks may read it; the first due first."""

    queryset = PlannedActivity.objects.none()
    serializer_class = ActivitySerializer
    filters = ("initiative", "kind", "stands", "owner")

    def get_queryset(self) -> QuerySet[PlannedActivity]:
        """Return what is asked for."""
        user: Any = self.request.user
        choices = {"kind": KINDS, "stands": list(STANDS), "owner": [MINE]}
        return plan_list(user, **wanted(self.request.query_params, **choices))

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with what is planned, done and dropped, the first due first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=PlanBodySerializer, responses={201: ActivitySerializer})
    def post(self, request: Request) -> Response:
        """Plan something; it waits for its owner from now on."""
        user: Any = request.user
        body = _said(PlanBodySerializer, request)
        people = body.pop("stakeholders")
        sent = {**body, "made_by_form": body.pop("form"), "participants": people}
        fields = typed(
            PlanForm(sent, user=user, likely=()), others="stakeholders", participants="stakeholders"
        )
        fields["stakeholders"] = fields.pop("participants")
        answer = self.done(lambda: plan_activity(actor=user, **fields))
        answer.status_code = status.HTTP_201_CREATED
        return answer


class PlanDetail(OfPlan, RetrieveAPIView):
    """One planned activity, to be read and changed."""

    queryset = PlannedActivity.objects.none()
    serializer_class = ActivitySerializer

    def get_queryset(self) -> QuerySet[PlannedActivity]:
        """Return what this person may read."""
        user: Any = self.request.user
        return plan_list(user)

    @extend_schema(request=ChangeBodySerializer, responses={200: ActivitySerializer, 409: CHANGED})
    @transaction.atomic
    def put(self, request: Request, pk: int) -> Response:
        """Change what is planned, all of it; with whom and for which initiative stays.

        Where somebody has changed it since you read what you send as `seen`, nothing is saved and
        the answer is 409: read it anew, look at what is different, and send its new `seen`.
        """
        user: Any = request.user
        found = self.activity(pk, is_sent=True)
        body = _said(ChangeBodySerializer, request)
        seen = body.pop("seen")
        fields = typed(ActivityForm(body))
        differs = any(getattr(found, name) != value for name, value in fields.items())
        if differs and found.is_open and seen != mark_of(found):
            told = _("This has been changed since you read it. Nothing was saved. Read it again.")
            return Response({"detail": told}, status=status.HTTP_409_CONFLICT)
        return self.done(lambda: change_activity(actor=user, activity=found, **fields))


class PlanClose(OfPlan):
    """One planned activity, to be closed."""

    @extend_schema(
        request=CloseBodySerializer, responses={200: ActivitySerializer, 409: CLOSED_ALREADY}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Say what happened, and how people stand now where it told something new.

        What is left out is as planned: all of its stakeholders took part, today.
        """
        user: Any = request.user
        found = self.activity(pk)
        body = _said(CloseBodySerializer, request)
        if body.get("follow_up_on") and found.cadence:
            message = _("A series goes on by itself. Send `goes_on`.")
            raise serializers.ValidationError({"follow_up_on": [message]})
        interests = list(interests_in(user, found))
        levels = {one["stakeholder"]: Level[one["level"].upper()] for one in body.pop("levels", [])}
        known = {one.stakeholder_id: one for one in interests}
        if unknown := sorted(levels.keys() - known.keys()):
            message = _("%(pk)d is nobody here whom you may assess.") % {"pk": unknown[0]}
            raise serializers.ValidationError({"levels": [message]})
        usual = {
            "kind": found.kind,
            "day": timezone.localdate(),
            "participants": list(found.stakeholders.values_list("pk", flat=True)),
        }
        new = {f"level_{known[pk].pk}": level.value for pk, level in levels.items()}
        sent = {**usual, **body, **new, "made_by_form": body.pop("form")}
        form = CloseForm(sent, activity=found, logged=tied_to(user, found), interests=interests)
        form_id = typed(form)["made_by_form"]
        return self.done(
            lambda: close_activity(
                actor=user, activity=found, outcome=form.outcome, made_by_form=form_id
            )
        )


class PlanDrop(OfPlan):
    """One planned activity, to be dropped."""

    @extend_schema(
        request=DropBodySerializer, responses={200: ActivitySerializer, 409: CLOSED_ALREADY}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Say that it will not happen, and why."""
        user: Any = request.user
        found = self.activity(pk)
        fields = typed(DropForm(_said(DropBodySerializer, request), activity=found))
        return self.done(lambda: drop_activity(actor=user, activity=found, **fields))


urlpatterns = [
    path("planned-activities/", PlanList.as_view(), name="planned-activity-list"),
    path("planned-activities/<int:pk>/", PlanDetail.as_view(), name="planned-activity-detail"),
    path("planned-activities/<int:pk>/close/", PlanClose.as_view(), name="planned-activity-close"),
    path("planned-activities/<int:pk>/drop/", PlanDrop.as_view(), name="planned-activity-drop"),
]
