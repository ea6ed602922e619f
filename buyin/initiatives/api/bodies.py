"""What programs read of benefits and measurements, and what they send."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from buyin import keys
from buyin.initiatives.models import Benefit, Measurement
from buyin.initiatives.queries import Standing
from buyin.programs import Strict

LARGEST = 2**31 - 1
MEASUREMENT: dict[str, Any] = {
    "id": 40,
    "value": 29.0,
    "day": "2026-09-30",
    "begins_on": "2026-07-01",
    "n": 812,
    "method": "All decided applications of the quarter",
    "link": "https://data.example.gov/permits/q3",
    "note": "Two more case workers since August.",
    "corrects": None,
    "is_corrected": False,
    "entered_by": "Lena Lead",
    "entered_at": "2026-10-02T09:30:00Z",
}
SENT: dict[str, Any] = {
    "form": "5f0a2c9e-8f5b-4f3f-9a51-4a3c1c0f7a10",
    **{
        name: MEASUREMENT[name]
        for name in ("value", "day", "begins_on", "n", "method", "link", "note")
    },
    "corrects": 39,
}
BENEFIT: dict[str, Any] = {
    "id": 8,
    "initiative": 3,
    "title": "Permits are decided sooner",
    "is_disbenefit": False,
    "category": "service",
    "class": "quantifiable",
    "state": "on-track",
    "suggested_state": None,
    "description": "",
    "feature": "Complete applications are sorted first",
    "affected": "Applicants",
    "owner": "Lena Lead",
    "indicator": "Median days to decide",
    "unit": "days",
    "direction": "lower",
    "baseline": 41.0,
    "baseline_on": "2024-10-01",
    "target": 25.0,
    "target_on": "2027-06-30",
    "newest": 29.0,
    "newest_on": "2026-09-30",
    "share": 0.75,
    "source": "Case system, weekly export",
}


class Number(serializers.FloatField):
    """A number of a measurement, or none."""


@extend_schema_serializer(examples=[OpenApiExample("A benefit", BENEFIT, response_only=True)])
class BenefitSerializer(serializers.Serializer):
    """A benefit with its newest value; `share` is 0 at the baseline and 1 at the target or limit."""

    id = serializers.IntegerField(source="benefit.pk")
    initiative = serializers.IntegerField(source="benefit.initiative_id")
    title = serializers.CharField(source="benefit.title")
    is_disbenefit = serializers.BooleanField(source="benefit.is_disbenefit")
    category = serializers.ChoiceField(Benefit.Category.choices, source="benefit.category")
    # Texts and no choices: stories have states, too, and the schema names each list of choices once.
    state = serializers.CharField(source="benefit.state")
    suggested_state = serializers.CharField(allow_null=True)
    description = serializers.CharField(source="benefit.description")
    feature = serializers.CharField(source="benefit.feature")
    affected = serializers.CharField(source="benefit.affected")
    owner = serializers.SerializerMethodField()
    indicator = serializers.CharField(source="benefit.indicator")
    unit = serializers.CharField(source="benefit.unit")
    direction = serializers.ChoiceField(Benefit.Direction.choices, source="benefit.direction")
    baseline = Number(source="benefit.baseline_value", allow_null=True)
    baseline_on = serializers.DateField(source="benefit.baseline_on", allow_null=True)
    target = Number(source="benefit.target_value", allow_null=True)
    target_on = serializers.DateField(source="benefit.target_on", allow_null=True)
    newest = Number(source="value", allow_null=True)
    newest_on = serializers.DateField(source="day", allow_null=True)
    share = serializers.SerializerMethodField()
    # `class` is a word of the language, so it is added below.

    def get_fields(self) -> dict[str, Any]:
        """Return the fields with the one whose name Python keeps for itself."""
        kind = serializers.ChoiceField(Benefit.Kind.choices, source="benefit.kind")
        source = serializers.CharField(source="benefit.source")
        return {**super().get_fields(), "class": kind, "source": source}

    @extend_schema_field({"type": "string", "nullable": True})
    def get_owner(self, one: Standing) -> str | None:
        """Return who answers for it."""
        return one.benefit.owner.name if one.benefit.owner else None

    @extend_schema_field({"type": "number", "nullable": True})
    def get_share(self, one: Standing) -> float | None:
        """Return how far it has come."""
        share = one.progress.share if one.progress else None
        return None if share is None else float(round(share, 4))


@extend_schema_serializer(
    examples=[OpenApiExample("A measurement", MEASUREMENT, response_only=True)]
)
class MeasurementSerializer(serializers.ModelSerializer):
    """What was measured; a measurement that a later one corrects counts no longer."""

    value = Number()
    entered_by: serializers.StringRelatedField = serializers.StringRelatedField(allow_null=True)
    is_corrected = serializers.SerializerMethodField()

    class Meta:
        model = Measurement
        fields = [
            "id", "value", "day", "begins_on", "n", "method", "link", "note", "corrects",
            "is_corrected", "entered_by", "entered_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_is_corrected(self, one: Measurement) -> bool:
        """Return whether a later measurement names this one."""
        return hasattr(one, "corrected_by")


@extend_schema_serializer(examples=[OpenApiExample("A measurement", SENT, request_only=True)])
class MeasurementBodySerializer(Strict):
    """A measurement to add. `form` is made up by the program; sent again, it adds nothing."""

    form = serializers.UUIDField()
    value = serializers.DecimalField(max_digits=18, decimal_places=4)
    day = serializers.DateField()
    begins_on = serializers.DateField(required=False, allow_null=True)
    n = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=LARGEST)
    method = serializers.CharField(required=False, allow_blank=True, max_length=300)
    link = serializers.CharField(required=False, allow_blank=True, max_length=500)
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    corrects = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=keys.LARGEST
    )
