"""Record keeping for administrators: initiatives."""

from django.contrib import admin

from buyin.accounts.admin import ReadOnlyAdmin

from .models import Initiative


@admin.register(Initiative)
class InitiativeAdmin(ReadOnlyAdmin):
    """Initiatives with their departments."""

    list_display = ["name", "stage", "lead"]
    list_filter = ["stage"]
    list_select_related = ["lead"]
    search_fields = ["name"]
