"""Stakeholders and what they give for programs."""

from . import commitments, merging, noting, records

urlpatterns = [
    *records.urlpatterns,
    *noting.urlpatterns,
    *merging.urlpatterns,
    *commitments.urlpatterns,
]
