"""Initiatives and what hangs on them for programs."""

from . import benefits, initiatives

urlpatterns = [*initiatives.urlpatterns, *benefits.urlpatterns]
