"""The people of an initiative for programs: who is on its list, and who has which part in what."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.accounts.permissions import SignedInReads
from buyin.bodies import saved, typed
from buyin.editing import held
from buyin.initiatives.models import Initiative
from buyin.initiatives.queries import opened as opened_initiative
from buyin.keys import LARGEST
from buyin.programs import ReadAndWritten, Strict
from buyin.stakeholders import actions
from buyin.stakeholders.forms import PartForm
from buyin.stakeholders.models import ASSESSED, Interest, Part, Raci, Relationship
from buyin.stakeholders.queries import (
    Stance,
    network_of,
    opened,
    opened_people,
    parts_of,
    stances,
)
from buyin.stakeholders.queries.stances import interests_of

from .bodies import RelationSerializer
from .evidence import earlier_day
from .registry import STANDS, InterestSerializer

ON_LIST: dict[str, Any] = {
    "id": 41,
    "stakeholder": 7,
    "name": "Ruth Roads",
    "initiative": 3,
    **STANDS,
    "assessed_on": "2026-10-01",
    "quadrant": "manage-closely",
    "salience": "dominant",
    "gap": 2,
}
PART: dict[str, Any] = {
    "id": 5,
    "deliverable": "Go-live decision",
    "stakeholder": 7,
    "name": "Ruth Roads",
    "part": "A",
}
GIVEN = {name: PART[name] for name in ("deliverable", "stakeholder", "part")}
NUMBER: dict[str, Any] = {"min_value": 1, "max_value": LARGEST}


@extend_schema_serializer(examples=[OpenApiExample("On the list", ON_LIST, response_only=True)])
class OnListSerializer(InterestSerializer):
    """A stakeholder on the list of an initiative; null is "not assessed"."""

    name = serializers.CharField(source="stakeholder.name", read_only=True)

    class Meta(InterestSerializer.Meta):
        fields = list(ON_LIST)


@extend_schema_serializer(
    examples=[OpenApiExample("An initiative", {"initiative": 3}, request_only=True)]
)
class TakeUpSerializer(Strict):
    """The initiative on whose list a stakeholder is put."""

    initiative = serializers.IntegerField(**NUMBER)


@extend_schema_serializer(examples=[OpenApiExample("Accountable", PART, response_only=True)])
class PartSerializer(serializers.ModelSerializer):
    """What a stakeholder is for a deliverable: R, A, C or I."""

    name = serializers.CharField(source="stakeholder.name", read_only=True)

    class Meta:
        model = Raci
        fields = list(PART)


@extend_schema_serializer(examples=[OpenApiExample("Accountable", GIVEN, request_only=True)])
class PartBodySerializer(Strict):
    """Who is responsible (R), accountable (A), consulted (C) or informed (I) for a deliverable."""

    deliverable = serializers.CharField(max_length=200)
    stakeholder = serializers.IntegerField(**NUMBER)
    part = serializers.ChoiceField(Part.choices)


class Interests(ReadAndWritten, ListAPIView):
    """On which lists one stakeholder is."""

    queryset = Interest.objects.none()
    serializer_class = OnListSerializer

    def get_queryset(self) -> QuerySet[Interest]:
        """Return the interests that this person may read, by initiative."""
        user: Any = self.request.user
        found = opened(user, self.kwargs["stakeholder"])
        rows = Interest.objects.visible_to(user).filter(stakeholder=found)
        return rows.select_related("stakeholder").order_by("initiative__name", "pk")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the initiatives on whose lists a stakeholder is, and how they stand there."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=TakeUpSerializer, responses={201: OnListSerializer})
    def post(self, request: Request, stakeholder: int) -> Response:
        """Put a stakeholder on the list of an initiative, not assessed; who is on it already stays."""
        user: Any = request.user
        found = opened(user, stakeholder, to_change=True)
        body = TakeUpSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        pk = body.validated_data["initiative"]
        initiative = Initiative.objects.visible_to(user).filter(pk=pk).first()
        if initiative is None:
            message = _("There is no such initiative.")
            raise serializers.ValidationError({"initiative": [message]})
        made = saved(actions.take_up, actor=user, stakeholder=found, initiative=initiative)
        # How they stand is not told to themselves, not even where they were on it already.
        told = Interest.objects.visible_to(user).select_related("stakeholder").filter(pk=made.pk)
        bare = Interest(pk=made.pk, stakeholder=found, initiative=initiative)
        said = OnListSerializer(told.first() or bare).data
        return Response(said, status=status.HTTP_201_CREATED)


@extend_schema_view(get=extend_schema(parameters=[OpenApiParameter("day", date)]))
class People(ListAPIView):
    """Who is on the list of one initiative and how they stand, today or as of a day."""

    queryset = Interest.objects.none()
    serializer_class = OnListSerializer
    permission_classes = [SignedInReads]
    filters = ("day",)

    def get_queryset(self) -> Any:
        """Return those of whom this person may read it, by name and without the archived.

        Of an earlier day, those who had been assessed by then.
        """
        user: Any = self.request.user
        initiative = opened_people(user, self.kwargs["initiative"])
        day = earlier_day(self.request.query_params.get("day"))
        if day is None:
            return interests_of(viewer=user, initiative=initiative)
        return [_as_of(one) for one in stances(viewer=user, initiative=initiative, day=day)]


def _as_of(stance: Stance) -> Interest:
    """Return an interest that says what was said by a day; it is not to be saved."""
    for name in (*ASSESSED, "assessed_on"):
        setattr(stance.interest, name, getattr(stance.said, name))
    return stance.interest


class Network(ListAPIView):
    """The relations that hold today of which one end at least is on an initiative's list."""

    queryset = Relationship.objects.none()
    serializer_class = RelationSerializer
    permission_classes = [SignedInReads]

    def get_queryset(self) -> Any:
        """Return those between stakeholders with whom this person works, the strongest first."""
        user: Any = self.request.user
        initiative = opened_people(user, self.kwargs["initiative"])
        return network_of(viewer=user, initiative=initiative)


class Parts(ReadAndWritten, ListAPIView):
    """Who has which part in the deliverables of one initiative."""

    queryset = Raci.objects.none()
    serializer_class = PartSerializer

    def get_queryset(self) -> QuerySet[Raci]:
        """Return the parts of those whom this person works with."""
        user: Any = self.request.user
        initiative = opened_people(user, self.kwargs["initiative"])
        return parts_of(viewer=user, initiative=initiative)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with who has which part, deliverable by deliverable."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=PartBodySerializer, responses={201: PartSerializer})
    def post(self, request: Request, initiative: int) -> Response:
        """Give somebody of the initiative's list a part; a second accountable is refused."""
        user: Any = request.user
        found = opened_initiative(user, initiative, to_change=True)
        body = PartBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        fields = typed(PartForm(body.validated_data, initiative=found))
        made = saved(actions.give_part, actor=user, initiative=found, **fields)
        return Response(PartSerializer(made).data, status=status.HTTP_201_CREATED)


class PartTaken(ReadAndWritten):
    """One part, to be taken back."""

    @extend_schema(request=None, responses={200: PartSerializer})
    @transaction.atomic
    def post(self, request: Request, initiative: int, part: int) -> Response:
        """Take a part back, and answer with what it was; once it is gone there is none any more."""
        user: Any = request.user
        found = opened_initiative(user, initiative, to_change=True)
        rows = Raci.objects.select_related("initiative", "stakeholder")
        row = get_object_or_404(held(rows, is_sent=True), pk=part, initiative=found)
        said = PartSerializer(row).data
        actions.take_part_away(actor=user, part=row)
        return Response(said)


OF_ONE = "initiatives/<int:initiative>/"
urlpatterns = [
    path("stakeholders/<int:stakeholder>/interests/", Interests.as_view(), name="api-interests"),
    path(f"{OF_ONE}people/", People.as_view(), name="api-people"),
    path(f"{OF_ONE}relations/", Network.as_view(), name="api-network"),
    path(f"{OF_ONE}parts/", Parts.as_view(), name="api-parts"),
    path(f"{OF_ONE}parts/<int:part>/taken/", PartTaken.as_view(), name="api-part-taken"),
]
