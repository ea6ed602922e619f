"""Needs for tests, with what they rest on and what is done about them."""

from typing import Any
from uuid import uuid4

from surveys.actions.needs import add_evidence, add_remedy
from surveys.models import Evidence, Need, Remedy
from tests.factories.trail import without_trail

STATEMENT = "I need to see why an application was sorted last."


@without_trail
def make_need(initiative: Any, *departments: Any, **fields: Any) -> Need:
    """Return a need of this initiative, heard in these departments."""
    given = {"statement": STATEMENT, "frequency": 3, "severity": 3, **fields}
    need = Need.objects.create(initiative=initiative, made_by_form=uuid4(), **given)
    need.departments.set(departments)
    return need


def make_evidence(need: Need, department: Any = None, **fields: Any) -> Evidence:
    """Return what a need rests on."""
    given = {"text": "Town hall", "people": 0, **fields}
    return add_evidence(evidence=Evidence(need=need, department=department, **given))


def make_source(need: Need, **source: Any) -> Evidence:
    """Return evidence that leads to a source: `make_source(need, theme=theme)`."""
    (kind,) = source
    return add_evidence(evidence=Evidence(need=need, kind=kind, **source))


def make_remedy(need: Need, **fields: Any) -> Remedy:
    """Return what is done about a need: a course unless said otherwise."""
    given = {"kind": "course", "text": "A session each month.", **fields}
    return add_remedy(remedy=Remedy(need=need, **given))
