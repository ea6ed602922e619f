"""When something was worked out of the whole registry last."""

from datetime import datetime, timedelta

from django.db import models

RECENT = timedelta(minutes=5)  # it is looked each minute: some may be missed


class LastLook(models.Model):
    """One row, which is there once it was looked."""

    ONLY = 1

    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.made_at)

    def is_recent(self, now: datetime) -> bool:
        """Return whether it was looked within the last few minutes."""
        return now - self.made_at < RECENT
