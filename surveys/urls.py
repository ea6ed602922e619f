"""Addresses under /surveys/."""

from django.urls import path

from . import views

app_name = "surveys"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:wave>/", views.start, name="start"),
    path("<int:wave>/pages/<int:page>/", views.fill, name="fill"),
    path("<int:wave>/thanks/", views.thanks, name="thanks"),
]
