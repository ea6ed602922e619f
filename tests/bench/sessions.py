"""Django's own sessions, read by a planned statement: those of the bare pages."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from buyin.prepared import Prepared


def _content(key: str) -> QuerySet[Session, Any]:
    return Session.objects.filter(session_key=key).values_list("session_data", "expire_date")


CONTENT = Prepared(_content, key=str)


class SessionStore(db.SessionStore):
    """Finds a session as fast as the portal does, and nobody with it."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing where it has ended."""
        row = CONTENT.first(key=self.session_key or "")
        if row is None or row[1] <= timezone.now():
            self._session_key = None
            return {}
        content: dict[str, Any] = self.decode(row[0])
        return content
