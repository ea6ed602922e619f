"""Stakeholders and what they give for programs."""

from . import (
    commitments,
    ending,
    engagements,
    evidence,
    keeping,
    merging,
    noting,
    own,
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
    *engagements.urlpatterns,
    *own.urlpatterns,
    *keeping.urlpatterns,
]
