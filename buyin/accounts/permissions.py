"""What a program may do: nothing, unless its view says so."""

from typing import Any

from rest_framework.permissions import BasePermission


class Denied(BasePermission):
    """The default for every API view, so that a forgotten permission shows at once."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Return False."""
        return False
