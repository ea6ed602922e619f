"""The way back to the list of reports."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def crumbs(title: str, *between: tuple[str, str]) -> dict[str, Any]:
    """Return what the template needs to show where this page is, below the pages in `between`."""
    return {"crumbs": [(_("Reports"), reverse("digests:mine")), *between, (title, "")]}
