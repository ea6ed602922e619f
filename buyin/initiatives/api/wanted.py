"""Filters of lists for programs; what cannot be read is refused by its name."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from buyin.keys import LARGEST, key_in

INITIATIVE = OpenApiParameter(
    "initiative",
    {"type": "integer", "minimum": 0, "maximum": LARGEST},
    description=_lazy("The number of an initiative."),
)


def wanted(asked: Mapping[str, str], **choices: list[str]) -> dict[str, Any]:
    """Return what was asked for: one initiative, and of other names one of their choices."""
    found: dict[str, Any] = {}
    if "initiative" in asked:
        found["initiative"] = key_in(asked["initiative"])
        if found["initiative"] is None:
            raise ValidationError({"initiative": [_("This is not the number of an initiative.")]})
    for name, known in choices.items():
        if name in asked:
            if asked[name] not in known:
                message = _("There is no such choice. There are: %s.") % ", ".join(known)
                raise ValidationError({name: [message]})
            found[name] = asked[name]
    return found
