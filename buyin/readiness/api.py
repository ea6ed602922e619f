"""Readiness for programs: the released figures that the person may see on the pages too."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.validators import slug_re
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView

from buyin import periods
from buyin.accounts.permissions import SignedInReads
from buyin.keys import LARGEST, key_in

from .index import BY_CODE
from .measuring import OVERALL
from .models import SnapshotCell, SnapshotCellQuerySet

_DIMENSIONS = {"overall": OVERALL, **{code: code for code in BY_CODE}}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A figure",
            {
                "period": "2026-W47",
                "initiative": 3,
                "answers_from": "survey:7",
                "closed_on": "2026-11-20",
                "formula": 1,
                "department": "roads",
                "dimension": "skills",
                "asked": 40,
                "answered": 30,
                "value": 31.2,
                "standard_error": 3.1,
                "low": 25.1,
                "high": 37.3,
                "band": "not-ready",
                "is_barrier": True,
            },
            response_only=True,
        )
    ]
)
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


_FILTERS = [
    OpenApiParameter(
        "period",
        str,
        pattern=r"^[0-9]{4}-W[0-9]{2}$",
        description=_lazy("A week, such as 2026-W47."),
    ),
    OpenApiParameter(
        "initiative",
        {"type": "integer", "minimum": 0, "maximum": LARGEST},
        description=_lazy("The number of an initiative."),
    ),
    OpenApiParameter(
        "department",
        str,
        pattern=r"^[-a-zA-Z0-9_]+$",
        description=_lazy("The code of a department."),
    ),
    OpenApiParameter("dimension", str, enum=sorted(_DIMENSIONS)),
]


FILTERS = [one.name for one in _FILTERS]


@extend_schema_view(get=extend_schema(parameters=_FILTERS))
class FigureList(ListAPIView):
    """Released readiness figures, the newest week first; filters say what to keep."""

    permission_classes = [SignedInReads]
    serializer_class = FigureSerializer
    filters = FILTERS

    def get_queryset(self) -> SnapshotCellQuerySet:
        """Return what the person may see and asked for."""
        asked = self.request.query_params
        rows: SnapshotCellQuerySet = SnapshotCell.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return (
            rows.filter(is_released=True, **_wanted(asked))
            .select_related("snapshot", "department")
            .order_by("-snapshot__period", "-snapshot", "department__code", "dimension")
        )


def _wanted(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters as the database knows them; what cannot be read is refused by name."""
    wanted: dict[str, Any] = {}
    for name, (column, read) in _COLUMNS.items():
        if name in asked:
            try:
                wanted[column] = read(asked[name])
            except ValueError as refusal:
                raise ValidationError({name: str(refusal)}) from None
    return wanted


def _period(text: str) -> str:
    periods.monday_of(text)
    return text


def _initiative(text: str) -> int:
    key = key_in(text)
    if key is None:
        raise ValueError(_("This is not the number of an initiative."))
    return key


def _department(text: str) -> str:
    if not slug_re.match(text):
        raise ValueError(_("This is not the code of a department."))
    return text


def _dimension(text: str) -> str:
    if text not in _DIMENSIONS:
        message = _("There is no such dimension. There are: %s.") % ", ".join(_DIMENSIONS)
        raise ValueError(message)
    return _DIMENSIONS[text]


_COLUMNS: dict[str, tuple[str, Callable[[str], str | int]]] = {
    "period": ("snapshot__period", _period),
    "initiative": ("snapshot__initiative", _initiative),
    "department": ("department__code", _department),
    "dimension": ("dimension", _dimension),
}

urlpatterns = [path("readiness/", FigureList.as_view(), name="api-readiness")]
