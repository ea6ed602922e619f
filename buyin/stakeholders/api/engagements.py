"""The log of engagements for programs: read, noted, and what came up taken care of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as NotValid
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.bodies import problems_of, saved
from buyin.initiatives.api.wanted import INITIATIVE, wanted
from buyin.keys import LARGEST, key_in
from buyin.programs import ReadAndWritten
from buyin.stakeholders.actions import add_points, finish_point, note_engagement
from buyin.stakeholders.forms.engagements import (
    LONGEST_SEARCH,
    EngagementForm,
    LogForm,
    PointsForm,
)
from buyin.stakeholders.models import DiscussionPoint, Engagement, PlannedActivity
from buyin.stakeholders.queries import works_with_stakeholders
from buyin.stakeholders.queries.engagements import log

from .engagement_bodies import (
    MOST_POINTS,
    DiscussionPointSerializer,
    EngagementBodySerializer,
    EngagementSerializer,
    PointsBodySerializer,
)

KINDS = list(Engagement.Kind.values)
STAKEHOLDER = OpenApiParameter("stakeholder", {"type": "integer", "minimum": 0, "maximum": LARGEST})
SEARCHED = LogForm.base_fields["search"]
SEARCH = OpenApiParameter("search", {"type": "string", "maxLength": LONGEST_SEARCH})


class ManyPointsForm(PointsForm):
    """As many points as a program may send at once."""

    most = MOST_POINTS


class SentEngagementForm(ManyPointsForm, EngagementForm):
    """The form of the page with as many points as a program may send."""


class OfLog(ReadAndWritten):
    """An address of the log: forms and actions are those of the pages."""

    def engagements(self, **asked: Any) -> QuerySet[Engagement]:
        """Return the engagements that this person may read, with all that is told of them."""
        user: Any = self.request.user
        follow_ups = PlannedActivity.objects.visible_to(user).order_by("pk")
        return log(user, **asked).prefetch_related(
            Prefetch("points", DiscussionPoint.objects.select_related("owner")),
            Prefetch("follow_ups", follow_ups, to_attr="follow_ups_read"),
        )

    def told(self, made: Engagement, code: int) -> Response:
        """Answer with one engagement as it is read here."""
        return Response(EngagementSerializer(self.engagements().get(pk=made.pk)).data, status=code)


@extend_schema_view(
    get=extend_schema(
        parameters=[INITIATIVE, OpenApiParameter("kind", str, enum=KINDS), STAKEHOLDER, SEARCH]
    )
)
class EngagementList(OfLog, ListAPIView):
    """The log, as far as whoever asks may read it, the newest first."""

    queryset = Engagement.objects.none()
    serializer_class = EngagementSerializer
    filters = ("initiative", "kind", "stakeholder", "search")

    def get_queryset(self) -> QuerySet[Engagement]:
        """Return what is asked for."""
        asked = self.request.query_params
        found = wanted(asked, kind=KINDS)
        if "stakeholder" in asked:
            found["stakeholder"] = key_in(asked["stakeholder"])
            if found["stakeholder"] is None:
                message = _("This is not the number of a stakeholder.")
                raise serializers.ValidationError({"stakeholder": [message]})
        try:
            found["search"] = SEARCHED.clean(asked.get("search", ""))
        except NotValid as problem:
            raise serializers.ValidationError({"search": problem.messages}) from problem
        return self.engagements(**found)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with what was spoken about with stakeholders, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=EngagementBodySerializer, responses={201: EngagementSerializer})
    def post(self, request: Request) -> Response:
        """Note an engagement with those who took part, and what came up in it."""
        user: Any = request.user
        if not works_with_stakeholders(user):
            raise PermissionDenied
        body = EngagementBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        said["made_by_form"] = said.pop("form")
        said |= as_typed(said.pop("points", ()))
        form = SentEngagementForm(said, user=user, likely=())
        fields = checked(form, others="participants", made_by_form="form")
        made = saved(note_engagement, actor=user, **fields)
        return self.told(made, status.HTTP_201_CREATED)


class EngagementDetail(OfLog, RetrieveAPIView):
    """One engagement with what came up in it."""

    queryset = Engagement.objects.none()
    serializer_class = EngagementSerializer

    def get_queryset(self) -> QuerySet[Engagement]:
        """Return what this person may read."""
        return self.engagements()


class EngagementPoints(OfLog):
    """What came up in one engagement, to be added to."""

    @extend_schema(request=PointsBodySerializer, responses={201: EngagementSerializer})
    def post(self, request: Request, engagement: int) -> Response:
        """Add what came up as well, for whoever noted it or leads; sent twice it stands there twice."""
        user: Any = request.user
        found = get_object_or_404(self.engagements(), pk=engagement)
        if not found.may_be_changed_by(user):
            raise Http404
        body = PointsBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        points = checked(ManyPointsForm(as_typed(body.validated_data["points"])))["points"]
        add_points(actor=user, engagement=found, points=points)
        return self.told(found, status.HTTP_201_CREATED)


class PointDone(ReadAndWritten):
    """One point, for who has taken it on and who may change the engagement."""

    is_done = True

    @extend_schema(request=None, responses={200: DiscussionPointSerializer})
    def post(self, request: Request, point: int) -> Response:
        """Say that a point is taken care of; sent twice it is done once."""
        user: Any = request.user
        rows = DiscussionPoint.objects.select_related("engagement__initiative", "owner")
        found = get_object_or_404(rows, pk=point)
        made = saved(finish_point, actor=user, point=found, is_done=self.is_done)
        return Response(DiscussionPointSerializer(made).data)


class PointUndone(PointDone):
    """One point that is not done after all."""

    is_done = False

    @extend_schema(request=None, responses={200: DiscussionPointSerializer})
    def post(self, request: Request, point: int) -> Response:
        """Say that a point is not taken care of after all."""
        return super().post(request, point)


def as_typed(points: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return points as the fields of the form."""
    names = {"text": "point", "owner": "owner", "due_on": "due"}
    return {
        f"{names[name]}_{n}": value
        for n, point in enumerate(points, 1)
        for name, value in point.items()
    }


def checked(form: forms.Form, **names: str) -> dict[str, Any]:
    """Return what the form makes of a body, or refuse it by the body's own names.

    What is wrong with a point is told with its number, in the order of the points.
    """
    if form.is_valid():
        return form.cleaned_data
    told: dict[str, list[str]] = defaultdict(list)
    problems = problems_of(form, **names)
    for name in sorted(problems, key=_number):
        n = _number(name)
        told["points" if n else name] += [f"{n}: {one}" if n else one for one in problems[name]]
    raise serializers.ValidationError(told)


def _number(name: str) -> int:
    """Return of which point a field of the form is, 0 where it is of none."""
    kind, _part, n = name.rpartition("_")
    return int(n) if kind in {"point", "owner", "due"} else 0


urlpatterns = [
    path("engagements/", EngagementList.as_view(), name="engagement-list"),
    path("engagements/<int:pk>/", EngagementDetail.as_view(), name="engagement-detail"),
    path(
        "engagements/<int:engagement>/points/",
        EngagementPoints.as_view(),
        name="engagement-points",
    ),
    path("points/<int:point>/done/", PointDone.as_view(), name="api-point-done"),
    path("points/<int:point>/undone/", PointUndone.as_view(), name="api-point-undone"),
]
