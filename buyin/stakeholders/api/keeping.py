"""How long people are kept, for programs of administrators: who is due, legal holds, certificates."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.accounts.models import Role
from buyin.accounts.permissions import AdministratorReads
from buyin.bodies import saved, typed
from buyin.programs import ReadAndWritten, Strict
from buyin.stakeholders.actions.erasing import lift_hold, place_hold
from buyin.stakeholders.forms.retention import HoldForm
from buyin.stakeholders.models import LegalHold, Removal, Stakeholder
from buyin.stakeholders.queries import opened_person
from buyin.stakeholders.queries.retention import Due, due_for_removal, with_holds

DUE: dict[str, Any] = {
    "stakeholder": 7,
    "name": "Ruth Roads",
    "department": "roads",
    "last": "2021-03-02",
    "hold": "Records request 12/2025",
}
REMOVAL: dict[str, Any] = {
    "id": 3,
    "basis": "period",
    "keep_days": 1826,
    "approved_by": "Ada Administrator",
    "removed_at": "2026-11-20T10:00:00+01:00",
    "counts": {"stakeholders.post": 2, "stakeholders.consentevent": 1},
}
HOLD: dict[str, Any] = {
    "id": 2,
    "reason": DUE["hold"],
    "placed_by": "Ada Administrator",
    "placed_at": "2026-11-20T10:00:00+01:00",
    "lifted_by": None,
    "lifted_at": None,
}


@extend_schema_serializer(examples=[OpenApiExample("Somebody", DUE, response_only=True)])
class DueSerializer(serializers.Serializer):
    """A person who is proposed for removal: the last dealing, and the reason of a legal hold."""

    stakeholder = serializers.IntegerField(source="stakeholder.pk")
    name = serializers.CharField(source="stakeholder.name")
    department = serializers.SerializerMethodField()
    last = serializers.DateField()
    hold = serializers.SerializerMethodField()

    def get_department(self, due: Due) -> str | None:
        """Return the department by code."""
        found = due.stakeholder.department
        return found.code if found else None

    def get_hold(self, due: Due) -> str | None:
        """Return why they must be kept, None where nothing says so."""
        return due.hold.reason if due.hold else None


@extend_schema_serializer(examples=[OpenApiExample("A certificate", REMOVAL, response_only=True)])
class RemovalSerializer(serializers.ModelSerializer):
    """The certificate that a person was removed: how much of each kind of record, and no name."""

    approved_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    counts: serializers.DictField = serializers.DictField(child=serializers.IntegerField())

    class Meta:
        model = Removal
        fields = list(REMOVAL)


@extend_schema_serializer(examples=[OpenApiExample("A hold", HOLD, response_only=True)])
class HoldSerializer(serializers.ModelSerializer):
    """That a person must be kept, and why; until it is lifted."""

    placed_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    lifted_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = LegalHold
        fields = list(HOLD)


@extend_schema_serializer(
    examples=[OpenApiExample("A hold", {"reason": HOLD["reason"]}, request_only=True)]
)
class HoldBodySerializer(Strict):
    """Why a person must be kept."""

    reason = serializers.CharField(max_length=300)


class DueList(ListAPIView):
    """Who is proposed for removal, the longest without a dealing first; nobody is removed here."""

    queryset = Stakeholder.objects.none()
    serializer_class = DueSerializer
    permission_classes = [AdministratorReads]

    def get_queryset(self) -> QuerySet[Any, Any]:
        """Return the people with whom there was no dealing for longer than people are kept."""
        return due_for_removal()

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Return a page of them with the legal hold on each."""
        return with_holds(super().paginate_queryset(queryset) or [])


class RemovalList(ListAPIView):
    """The certificates of removal, the newest first."""

    queryset = Removal.objects.select_related("approved_by")
    serializer_class = RemovalSerializer
    permission_classes = [AdministratorReads]


class OfPerson(ReadAndWritten):
    """An address for administrators about one person."""

    def person(self) -> Stakeholder:
        """Return the stakeholder of the address, who is a person; others are refused or answer 404."""
        user: Any = self.request.user
        if not user.holds(Role.ADMINISTRATOR):
            raise PermissionDenied
        return opened_person(user, self.kwargs["stakeholder"])


class Holds(OfPerson, ListAPIView):
    """The legal holds on one person."""

    queryset = LegalHold.objects.none()
    serializer_class = HoldSerializer

    def get_queryset(self) -> QuerySet[LegalHold]:
        """Return every hold, the newest first."""
        rows = LegalHold.objects.filter(person=self.person().person_id)
        return rows.select_related("placed_by", "lifted_by")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the legal holds on a person, lifted ones as well, the newest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=HoldBodySerializer, responses={201: HoldSerializer})
    def post(self, request: Request, stakeholder: int) -> Response:
        """Note that a person must be kept; a second one beside it is refused."""
        found = self.person()
        body = HoldBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        fields = typed(HoldForm(body.validated_data))
        made = saved(place_hold, actor=request.user, stakeholder=found, **fields)
        return Response(HoldSerializer(made).data, status=status.HTTP_201_CREATED)


class HoldUndone(OfPerson):
    """One legal hold, to be lifted."""

    @extend_schema(request=None, responses={200: HoldSerializer})
    def post(self, request: Request, stakeholder: int, hold: int) -> Response:
        """Lift a legal hold: nothing says any more that a person must be kept; twice is no harm."""
        rows = LegalHold.objects.select_related("placed_by", "lifted_by")
        found = get_object_or_404(rows, pk=hold, person=self.person().person_id)
        user: Any = request.user
        lift_hold(actor=user, hold=found)
        found.refresh_from_db()
        return Response(HoldSerializer(found).data)


ONE = "stakeholders/<int:stakeholder>/holds/"
urlpatterns = [
    path("retention/", DueList.as_view(), name="api-retention"),
    path("removals/", RemovalList.as_view(), name="api-removals"),
    path(ONE, Holds.as_view(), name="api-holds"),
    path(f"{ONE}<int:hold>/undone/", HoldUndone.as_view(), name="api-hold-undone"),
]
