"""Addresses of panels."""

from django.urls import path

from surveys.views import panels

urlpatterns = [
    path("panels/", panels.panel_list, name="panels"),
    path("panels/new/", panels.panel_create, name="panel-create"),
    path("panels/<int:pk>/", panels.panel, name="panel"),
    path("panels/<int:pk>/rename/", panels.panel_rename, name="panel-rename"),
    path("panels/<int:pk>/delete/", panels.panel_delete, name="panel-delete"),
    path("panels/<int:pk>/people/<int:person>/", panels.panel_remove, name="panel-remove"),
]
