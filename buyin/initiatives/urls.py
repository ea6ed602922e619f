"""Addresses of this app."""

from django.urls import path

from . import views

app_name = "initiatives"

urlpatterns = [
    path("", views.initiatives, name="list"),
    path("add/", views.initiative_edit, name="add"),
    path("<int:pk>/", views.initiative, name="initiative"),
    path("<int:pk>/edit/", views.initiative_edit, name="edit"),
]
