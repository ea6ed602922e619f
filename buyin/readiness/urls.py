"""Addresses of this app."""

app_name = "readiness"

urlpatterns: list = []
