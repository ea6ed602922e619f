"""Records that may be about one, for programs: found as on the page, and set apart."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from buyin.bodies import saved
from buyin.programs import ReadAndWritten, Strict
from buyin.stakeholders.actions import set_apart
from buyin.stakeholders.matching import Reason, Sureness
from buyin.stakeholders.models import LikelyDouble, Stakeholder
from buyin.stakeholders.queries.doubles import shown_doubles

from .plan_bodies import whole_number

PAIR: dict[str, Any] = {"first": 7, "second": 19}
DOUBLE: dict[str, Any] = {
    **PAIR,
    "names": ["Ruth Roads", "Ruth Raods"],
    "is_sure": True,
    "reasons": ["near-name", "mail"],
}


@extend_schema_serializer(examples=[OpenApiExample("A pair", DOUBLE, response_only=True)])
class DoubleSerializer(serializers.Serializer):
    """Two records that may be about one, and what speaks for it or lets one hesitate."""

    first = serializers.IntegerField(source="first.pk")
    second = serializers.IntegerField(source="second.pk")
    names = serializers.SerializerMethodField()
    is_sure = serializers.SerializerMethodField()
    reasons: serializers.ListField = serializers.ListField(
        source="found.reasons",
        child=serializers.ChoiceField([(one.value, one.value) for one in Reason]),
    )

    def get_names(self, found: Any) -> list[str]:
        """Return the names of both."""
        return [found.first.name, found.second.name]

    def get_is_sure(self, found: Any) -> bool:
        """Return whether it is sure that they are one."""
        return bool(found.found.sureness == Sureness.SURE)


@extend_schema_serializer(examples=[OpenApiExample("A pair", PAIR)])
class PairSerializer(Strict):
    """Two records that are about two."""

    first = whole_number()
    second = whole_number()


class Doubles(ReadAndWritten, ListAPIView):
    """Records that may be about one; for who leads or administers the agency."""

    queryset = LikelyDouble.objects.none()
    serializer_class = DoubleSerializer

    def get_queryset(self) -> Any:
        """Return the pairs that nobody has set apart, the surest first."""
        return LikelyDouble.objects.visible_to(self._who())

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Return a page of them with the stakeholders themselves."""
        return shown_doubles(super().paginate_queryset(queryset) or [])

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with pairs of records that may be about one, the surest first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=PairSerializer, responses={200: PairSerializer})
    def post(self, request: Request) -> Response:
        """Set two apart who look alike: they are not proposed again; sent twice it is noted once."""
        user = self._who()
        body = PairSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        if said["first"] == said["second"]:
            message = _("Name two different stakeholders.")
            raise serializers.ValidationError({"second": [message]})
        pair = {name: self._one(user, name, pk) for name, pk in said.items()}
        made = saved(set_apart, actor=user, **pair)
        return Response({"first": made.first_id, "second": made.second_id})

    def _who(self) -> Any:
        user: Any = self.request.user
        if not user.leads_agency:
            raise PermissionDenied
        return user

    @staticmethod
    def _one(user: Any, name: str, pk: int) -> Stakeholder:
        found: Stakeholder | None = Stakeholder.objects.visible_to(user).filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError({name: [_("There is no such stakeholder.")]})
        return found


urlpatterns = [path("doubles/", Doubles.as_view(), name="api-doubles")]
