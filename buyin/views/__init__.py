"""The portal's own pages: "For you", the front page, what it says about itself, and errors."""

from .about import accessibility, privacy
from .brand import brand, icon
from .errors import (
    again,
    bad_request,
    csrf_failure,
    not_found,
    permission_denied,
    server_error,
    too_many,
)
from .health import live, ready
from .home import home
from .programs import api_docs

__all__ = [
    "accessibility",
    "again",
    "api_docs",
    "bad_request",
    "brand",
    "csrf_failure",
    "home",
    "icon",
    "live",
    "not_found",
    "permission_denied",
    "privacy",
    "ready",
    "server_error",
    "too_many",
]
