"""Initiatives and what hangs on them for programs."""

from . import benefits, evidence, impact, initiatives, record

urlpatterns = [
    *benefits.urlpatterns,
    *evidence.urlpatterns,
    *impact.urlpatterns,
    *initiatives.urlpatterns,
    *record.urlpatterns,
]
