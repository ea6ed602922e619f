"""Stakeholders and what they give for programs."""

from . import (
    commitments,
    ending,
    evidence,
    merging,
    noting,
    people,
    plan,
    records,
    representation,
)

urlpatterns = [
    *records.urlpatterns,
    *noting.urlpatterns,
    *ending.urlpatterns,
    *people.urlpatterns,
    *merging.urlpatterns,
    *commitments.urlpatterns,
    *representation.urlpatterns,
    *evidence.urlpatterns,
    *plan.urlpatterns,
]
