"""Addresses of this app."""

app_name = "initiatives"

urlpatterns: list = []
