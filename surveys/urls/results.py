"""Addresses of results, of those that were shared, and of sharing them."""

from django.urls import path

from surveys.views import results, results_apart, shared, sharing

urlpatterns = [
    path("results/", results.results_list, name="results-list"),
    path("<int:wave>/results/", results.results_overview, name="results"),
    path("<int:wave>/results/changes/", results.results_changes, name="results-changes"),
    path("<int:wave>/results/print/", results_apart.results_print, name="results-print"),
    path(
        "<int:wave>/results/texts/<slug:code>/", results_apart.results_texts, name="results-texts"
    ),
    path("<int:wave>/results/share/", sharing.results_share, name="results-share"),
    path(
        "<int:wave>/results/share/<int:number>/withdraw/",
        sharing.results_withdraw,
        name="results-withdraw",
    ),
    path("<int:wave>/shared/", shared.shared, name="shared"),
    path("<int:wave>/shared/pages/<int:page>/", shared.shared_page, name="shared-page"),
    path("<int:wave>/shared/print/", shared.shared_print, name="shared-print"),
    path("<int:wave>/results/pages/<int:page>/", results.results_page, name="results-page"),
    path(
        "<int:wave>/results/questions/<slug:code>/",
        results.results_question,
        name="results-question",
    ),
]
