"""Addresses of the public register."""

from django.urls import path

from .views import public, public_files

app_name = "ai"

urlpatterns = [
    path("", public.register, name="list"),
    path("register.csv", public_files.register_csv, name="csv"),
    path("register.json", public_files.register_json, name="json"),
    path("data.json", public_files.register_catalog, name="catalog"),
    path("<int:pk>/", public.record, name="record"),
]
