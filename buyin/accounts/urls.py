"""Addresses of this app."""

from django.urls import path

from .views import departments, history, me, people, rights, roster

app_name = "accounts"

urlpatterns = [
    path("", people.people, name="people"),
    path("me/", me.me, name="me"),
    path("add/", people.person_edit, name="person-add"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("<int:pk>/roles/", rights.grant, name="role-grant"),
    path("<int:pk>/roles/<int:assignment>/revoke/", rights.revoke, name="role-revoke"),
    path("<int:pk>/close/", rights.close, name="person-close"),
    path("<int:pk>/reopen/", rights.reopen, name="person-reopen"),
    path("<int:pk>/second-factor/", rights.forget_factors, name="factors-forget"),
    path("import/", roster.upload, name="import"),
    path("import/<int:pk>/", roster.preview, name="import-preview"),
    path("events/", history.events, name="events"),
    path("events.csv", history.events_csv, name="events-csv"),
    path("history/", history.history, name="history"),
    path("departments/", departments.departments, name="departments"),
    path("departments/add/", departments.department_edit, name="department-add"),
    path("departments/<slug:code>/edit/", departments.department_edit, name="department-edit"),
]
