"""Stakeholders and what they give for programs."""

from . import (
    commitments,
    doubles,
    ending,
    engagements,
    evidence,
    history,
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
    *doubles.urlpatterns,
    *history.urlpatterns,
    *commitments.urlpatterns,
    *representation.urlpatterns,
    *evidence.urlpatterns,
    *plan.urlpatterns,
    *engagements.urlpatterns,
    *own.urlpatterns,
    *keeping.urlpatterns,
]
