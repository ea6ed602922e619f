"""Addresses of this app."""

app_name = "surveys"

urlpatterns: list = []
