"""The description of all addresses for programs, worked out once for each language."""

from copy import deepcopy
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, override
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request

LANGUAGES_AT_MOST = 8  # anybody may ask for any, so only the latest are kept
Generator: Any = SchemaGenerator  # the library has no types


class Schema(Generator):
    """What the library finds, which is the same as long as the portal runs.

    To look through every view and serializer takes a second, and pages and programs ask often.
    """

    def get_schema(self, request: Request | None = None, public: bool = False) -> dict[str, Any]:
        """Return the description as OpenAPI wants it; it is the caller's, who may change it."""
        is_usual = public and not (self.api_version or self.urlconf or self.patterns)
        found = everything(get_language() or "") if is_usual else self.found(request, public=public)
        return deepcopy(found)

    def found(self, request: Request | None, *, public: bool) -> dict[str, Any]:
        """Return what the library finds, worked out anew."""
        found: dict[str, Any] = super().get_schema(request, public)
        return found


@lru_cache(LANGUAGES_AT_MOST)
def everything(language: str) -> dict[str, Any]:
    """Return the description for everybody in this language; only to be read."""
    with override(language or None):
        return Schema().found(None, public=True)
