"""Record keeping for administrators: people, departments, roles. It has no door of its own."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.shortcuts import redirect

from .models import Department, RoleAssignment, SecurityEvent, User

# Passwords alone must not open /admin/ where a second factor is demanded.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def change_password(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
    """Lead to the portal's page for passwords, which counts wrong ones and notes new ones."""
    return redirect("account_change_password")


admin.site.password_change = change_password  # type: ignore[method-assign]

# Keys to people's doors and tables of libraries are nobody's business here.
for model in (Authenticator, EmailAddress, Group, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at. Changes go through the portal's pages, which check and note them."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Return whether a filter beside the list asks for this.

        Whoever could ask for any column would read what is not shown, such as the hash of a
        password, letter by letter.
        """
        names = [str(name) for name in self.list_filter]
        return lookup in {*names, *(f"{name}__exact" for name in names)}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False


class RoleInline(admin.TabularInline):
    """The roles of a person, to look at."""

    model = RoleAssignment
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False."""
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People and their roles, without their passwords."""

    list_display = ["name", "email", "department", "is_active"]
    list_filter = ["is_active", "role_assignments__role"]
    list_select_related = ["department"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "department", "time_zone", "is_active", "last_login", "created_at"]
    inlines = [RoleInline]


@admin.register(Department)
class DepartmentAdmin(ReadOnlyAdmin):
    """Departments."""

    list_display = ["name", "code", "parent", "head", "headcount"]
    list_select_related = ["parent", "head"]
    search_fields = ["name", "code"]


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    """What happened at the doors."""

    list_display = ["at", "kind", "person", "actor", "network", "detail"]
    list_filter = ["kind"]
    list_select_related = ["person", "actor"]
