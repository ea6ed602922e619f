"""Addresses of this app."""

app_name = "digests"

urlpatterns: list = []
