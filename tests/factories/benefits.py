"""Benefits and measurements for tests."""

from datetime import date
from typing import Any

from buyin.initiatives.models import Benefit, Measurement

DAYS: dict[str, Any] = {
    "title": "Permits are decided sooner",
    "category": "service",
    "kind": "quantifiable",
    "indicator": "Median days to decide",
    "unit": "days",
    "direction": "lower",
    "baseline_value": 41,
    "baseline_on": date(2024, 10, 1),
    "target_value": 25,
    "target_on": date(2027, 6, 30),
}


def make_benefit(initiative: Any, **fields: Any) -> Benefit:
    """Return a benefit of this initiative: fewer days to decide, unless said otherwise."""
    return Benefit.objects.create(initiative=initiative, **{**DAYS, **fields})


def make_measurement(benefit: Benefit, value: Any, day: date, **fields: Any) -> Measurement:
    """Return what was measured of a benefit on a day."""
    return Measurement.objects.create(benefit=benefit, value=value, day=day, **fields)


def evidence_of(initiative: Any, *, owner: Any) -> dict[str, object]:
    """Write one of everything that shows what an initiative brings; return what addresses need."""
    benefit = make_benefit(initiative, owner=owner)
    make_measurement(benefit, 29, date(2026, 9, 30), entered_by=owner)
    benefit.changes.create(what="state", after="planned", changed_by=owner)
    return {"benefit": benefit.pk}
