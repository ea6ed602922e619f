"""Addresses under /initiatives/ that surveys answer: they stand above initiatives."""

from django.urls import path

from surveys.views import needs

app_name = "needs"

urlpatterns = [path("<int:pk>/needs/", needs.needs_of_initiative, name="of-initiative")]
