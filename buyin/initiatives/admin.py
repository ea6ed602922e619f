"""Record keeping for administrators: initiatives."""

from django.contrib import admin

from .models import Initiative


@admin.register(Initiative)
class InitiativeAdmin(admin.ModelAdmin):
    """Initiatives with their departments."""

    list_display = ["name", "stage", "lead"]
    list_filter = ["stage"]
    list_select_related = ["lead"]
    search_fields = ["name"]
    autocomplete_fields = ["lead", "departments"]
