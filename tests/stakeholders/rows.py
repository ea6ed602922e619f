"""All that is kept of stakeholders, row by row, to compare a before with an after."""

from typing import Any

from django.apps import apps

from buyin.stakeholders.models import MergeRecord, NotDouble


def all_rows() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of the registry, but for what tells of merges."""
    models = apps.get_app_config("stakeholders").get_models(include_auto_created=True)
    return {
        model.__name__: list(model._base_manager.order_by("pk").values())
        for model in models
        if model not in {MergeRecord, NotDouble}
    }
