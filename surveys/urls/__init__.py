"""Addresses under /surveys/, by topic; the first that fits is taken."""

from . import answering, authoring, building, files, needs, panels, results, sessions

app_name = "surveys"

urlpatterns = [
    *answering.urlpatterns,  # thousands at once, so these are looked up first
    *results.urlpatterns,
    *authoring.urlpatterns,
    *files.urlpatterns,
    *panels.urlpatterns,
    *building.urlpatterns,
    *sessions.urlpatterns,
    *needs.urlpatterns,
]
