"""Benefits for programs: to read, and where measurements come in by themselves."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from buyin.accounts.permissions import SignedInReads
from buyin.bodies import saved, typed
from buyin.initiatives.actions import add_measurement
from buyin.initiatives.forms import MeasurementForm
from buyin.initiatives.models import Benefit, Measurement
from buyin.initiatives.queries import register, standing_of, standings
from buyin.programs import ReadAndWritten

from .bodies import BenefitSerializer, MeasurementBodySerializer, MeasurementSerializer
from .wanted import INITIATIVE, wanted

CATEGORIES, STATES = list(Benefit.Category.values), list(Benefit.State.values)


@extend_schema_view(
    get=extend_schema(
        parameters=[
            INITIATIVE,
            OpenApiParameter("category", str, enum=CATEGORIES),
            OpenApiParameter("state", str, enum=STATES),
        ]
    )
)
class BenefitList(ListAPIView):
    """Benefits of the initiatives that whoever asks may open, each with its newest value."""

    permission_classes = [SignedInReads]
    serializer_class = BenefitSerializer
    queryset = Benefit.objects.none()
    filters = ("initiative", "category", "state")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer with the benefits that are asked for."""
        user: Any = request.user
        asked = wanted(request.query_params, category=CATEGORIES, state=STATES)
        page = self.paginate_queryset(register(user, **asked))
        rows = BenefitSerializer(standings(page or []), many=True).data
        return self.get_paginated_response(rows)


def readable(user: Any, pk: int) -> Benefit:
    """Return a benefit that this person may read, or answer 404."""
    rows = Benefit.objects.visible_to(user).select_related("initiative")
    found: Benefit = get_object_or_404(rows, pk=pk)
    return found


class BenefitDetail(APIView):
    """One benefit."""

    permission_classes = [SignedInReads]

    @extend_schema(responses=BenefitSerializer)
    def get(self, request: Request, benefit: int) -> Response:
        """Read one benefit with its newest value."""
        return Response(BenefitSerializer(standing_of(readable(request.user, benefit))).data)


class MeasurementList(ReadAndWritten, ListAPIView):
    """What was measured of one benefit, and where a measurement is added."""

    queryset = Measurement.objects.none()
    serializer_class = MeasurementSerializer

    def get_queryset(self) -> QuerySet[Measurement]:
        """Return every measurement, the newest day first."""
        found = readable(self.request.user, self.kwargs["benefit"])
        return found.measurements.select_related("entered_by", "corrected_by")

    @extend_schema(request=MeasurementBodySerializer, responses={201: MeasurementSerializer})
    def post(self, request: Request, benefit: int) -> Response:
        """Add a measurement.

        For the benefit's owner and for who may change the initiative. The rules are those of the
        page. A measurement is never changed: a correction is one more that names the wrong one in
        `corrects`. The same `form` sent again adds nothing.
        """
        user: Any = request.user
        found = readable(user, benefit)
        if not found.may_be_measured_by(user):
            raise PermissionDenied
        body = MeasurementBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        made = _add(user, found, body.validated_data)
        return Response(MeasurementSerializer(made).data, status=status.HTTP_201_CREATED)


def _add(user: Any, benefit: Benefit, body: dict[str, Any]) -> Measurement:
    """Add a measurement as the form on the page does; what does not hold is refused by field."""
    wrong = None
    if number := body.pop("corrects", None):
        wrong = get_object_or_404(benefit.measurements.all(), pk=number)
    sent = {**body, "made_by_form": body["form"]}
    fields = typed(MeasurementForm(sent, instance=Measurement(benefit=benefit)))
    return saved(add_measurement, actor=user, benefit=benefit, corrects=wrong, **fields)


urlpatterns = [
    path("benefits/", BenefitList.as_view(), name="api-benefits"),
    path("benefits/<int:benefit>/", BenefitDetail.as_view(), name="api-benefit"),
    path(
        "benefits/<int:benefit>/measurements/",
        MeasurementList.as_view(),
        name="api-measurements",
    ),
]
