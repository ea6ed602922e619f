"""Pages about reports: reading them, choosing how often, and how the sending goes."""

from .choices import preferences, unsubscribe
from .kept import kept, kept_mail
from .reading import mail, mine, opened, preview, preview_mail
from .status import retry, status

__all__ = [
    "kept",
    "kept_mail",
    "mail",
    "mine",
    "opened",
    "preferences",
    "preview",
    "preview_mail",
    "retry",
    "status",
    "unsubscribe",
]
