"""Initiatives and what hangs on them for programs."""

from . import benefits, impact, initiatives, record

urlpatterns = [
    *initiatives.urlpatterns,
    *benefits.urlpatterns,
    *impact.urlpatterns,
    *record.urlpatterns,
]
