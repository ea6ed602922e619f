"""Readiness for programs: the released figures that the person may see on the pages too."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView

from buyin import periods
from buyin.accounts.permissions import SignedInReads

from .models import SnapshotCell, SnapshotCellQuerySet

_LONGEST_NUMBER = 18  # what every database takes for the number of a row
_FILTERS = ("period", "initiative", "department", "dimension", "limit", "offset")


class FigureSerializer(serializers.ModelSerializer):
    """One released figure: whose, of what, how much and how sure."""

    period = serializers.CharField(source="snapshot.period")
    initiative = serializers.IntegerField(source="snapshot.initiative_id")
    answers_from = serializers.CharField(source="snapshot.source")
    closed_on = serializers.DateField(source="snapshot.closed_on")
    formula = serializers.IntegerField(source="snapshot.formula")
    department = serializers.CharField(source="department.code")
    dimension = serializers.SerializerMethodField()

    class Meta:
        model = SnapshotCell
        fields = [
            "period",
            "initiative",
            "answers_from",
            "closed_on",
            "formula",
            "department",
            "dimension",
            "asked",
            "answered",
            "value",
            "standard_error",
            "low",
            "high",
            "band",
            "is_barrier",
        ]
        read_only_fields = fields

    def get_dimension(self, cell: SnapshotCell) -> str:
        """Return the dimension's code, or "overall"."""
        return cell.dimension or "overall"


class FigureList(ListAPIView):
    """Released readiness figures, the newest week first; filters say what to keep."""

    permission_classes = [SignedInReads]
    serializer_class = FigureSerializer

    def get_queryset(self) -> SnapshotCellQuerySet:
        """Return what the person may see and asked for; an unknown filter is refused."""
        asked = self.request.query_params
        unknown = sorted(set(asked) - set(_FILTERS))
        if unknown:
            raise ValidationError(dict.fromkeys(unknown, "There is no such filter."))
        rows: SnapshotCellQuerySet = SnapshotCell.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return (
            rows.filter(is_released=True, **_wanted(asked))
            .select_related("snapshot", "department")
            .order_by("-snapshot__period", "-snapshot", "department__code", "dimension")
        )


def _wanted(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters as the database knows them; what cannot be read is refused by name."""
    wanted: dict[str, Any] = {}
    try:
        if "period" in asked:
            periods.monday_of(asked["period"])
            wanted["snapshot__period"] = asked["period"]
    except ValueError as refusal:
        raise ValidationError({"period": str(refusal)}) from None
    if "initiative" in asked:
        if not asked["initiative"].isdecimal() or len(asked["initiative"]) > _LONGEST_NUMBER:
            raise ValidationError({"initiative": "This is not the number of an initiative."})
        wanted["snapshot__initiative"] = int(asked["initiative"])
    if "department" in asked:
        wanted["department__code"] = asked["department"]
    if "dimension" in asked:
        wanted["dimension"] = asked["dimension"].replace("overall", "")
    return wanted


urlpatterns = [path("readiness/", FigureList.as_view(), name="api-readiness")]
