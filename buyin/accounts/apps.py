from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "buyin.accounts"
    label = "accounts"
    verbose_name = _("People, departments and roles")

    def ready(self) -> None:
        """Listen at the doors."""
        import_module("buyin.accounts.signin")
