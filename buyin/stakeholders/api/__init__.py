"""Stakeholders and what they give for programs."""

from . import commitments

urlpatterns = [*commitments.urlpatterns]
