"""Initiatives and what hangs on them for programs."""

from . import benefits, evidence, impact, initiatives, life, record

urlpatterns = [
    *benefits.urlpatterns,
    *evidence.urlpatterns,
    *impact.urlpatterns,
    *initiatives.urlpatterns,
    *life.urlpatterns,
    *record.urlpatterns,
]
