"""Addresses of readiness."""

from django.urls import path

from . import views

app_name = "readiness"

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("readiness.csv", views.dashboard_csv, name="dashboard-csv"),
    path("method/", views.method, name="method"),
    path("departments/<slug:code>/", views.department, name="department"),
    path("departments/<slug:code>.csv", views.department_csv, name="department-csv"),
    path("departments/<slug:code>/trend.csv", views.trend_csv, name="trend-csv"),
]
