"""The people's app without what it does when the portal starts."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Only the tables, so that a session can name a person."""

    name = "buyin.accounts"
