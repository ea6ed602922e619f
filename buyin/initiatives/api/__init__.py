"""Initiatives and what hangs on them for programs."""

from . import benefits, initiatives, record

urlpatterns = [*initiatives.urlpatterns, *benefits.urlpatterns, *record.urlpatterns]
