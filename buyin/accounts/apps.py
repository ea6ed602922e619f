from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

SECRET_FIELDS = ["password", "last_login", "is_superuser", "created_at"]


class AccountsConfig(AppConfig):
    name = "buyin.accounts"
    label = "accounts"
    verbose_name = _("People, departments and roles")

    def ready(self) -> None:
        """Listen at the doors, have them checked at every start, and keep the history of records."""
        import_module("buyin.accounts.signin")
        register(import_module("buyin.accounts.permissions").check_second_factor_roles)
        auditlog = import_module("auditlog.registry").auditlog
        auditlog.register(self.get_model("Department"))
        auditlog.register(self.get_model("RoleAssignment"))
        auditlog.register(self.get_model("User"), exclude_fields=SECRET_FIELDS, m2m_fields={"tags"})
