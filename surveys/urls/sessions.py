"""Addresses of interviews and usability tests."""

from django.urls import path

from surveys.views import series, sessions, themes

urlpatterns = [
    path("series/", series.series_list, name="series-list"),
    path("series/<int:survey>/", series.series, name="series"),
    path("series/<int:survey>/summary/", series.series_summary, name="series-summary"),
    path("series/<int:survey>/new/", series.session_new, name="session-new"),
    path("series/<int:survey>/<int:number>/", sessions.session_sheet, name="session-sheet"),
    path(
        "series/<int:survey>/<int:number>/consent/",
        sessions.session_consent,
        name="session-consent",
    ),
    path(
        "series/<int:survey>/<int:number>/withdraw/",
        sessions.session_withdraw,
        name="session-withdraw",
    ),
    path("series/<int:survey>/themes/", themes.series_themes, name="series-themes"),
    path("series/<int:survey>/themes/<int:theme>/", themes.series_theme, name="series-theme"),
    path(
        "series/<int:survey>/themes/<int:theme>/merge/",
        themes.series_theme_merge,
        name="series-theme-merge",
    ),
    path("series/<int:survey>/notes/", themes.series_notes, name="series-notes"),
    path("series/<int:survey>/tasks/", themes.series_tasks, name="series-tasks"),
    path("series/<int:survey>/tasks/<int:task>/", themes.series_task, name="series-task"),
]
