"""Addresses of this app."""

from django.urls import path

from .views.me import me

app_name = "accounts"

urlpatterns = [
    path("me/", me, name="me"),
]
