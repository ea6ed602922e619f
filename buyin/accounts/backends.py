"""Permissions for the record keeping at /admin/ follow from the administrator role alone."""

from typing import Any

from django.contrib.auth.backends import BaseBackend


class RoleBackend(BaseBackend):
    """Administrators of the whole agency may do everything there; nobody else may do anything."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Return whether the person is an active administrator of the agency."""
        return bool(user_obj.is_active and user_obj.is_staff)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Return whether the person is an active administrator of the agency."""
        return self.has_perm(user_obj, app_label)
