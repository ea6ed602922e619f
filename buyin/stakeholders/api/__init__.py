"""Stakeholders and what they give for programs."""

from . import commitments, registry

urlpatterns = [*registry.urlpatterns, *commitments.urlpatterns]
