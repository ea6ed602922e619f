"""What accounts do by the clock."""

from celery import shared_task
from django.conf import settings
from django.core.management import call_command

from . import actions


@shared_task
def forget_expired_sessions() -> None:
    """Delete sessions whose time is over, with what was kept in them for people who signed out."""
    call_command("clearsessions")


@shared_task
def forget_old_records() -> None:
    """Delete security events and the history of changes whose time is over."""
    actions.forget_old_events(days=settings.EVENT_KEEP_DAYS)
    actions.forget_old_history(days=settings.HISTORY_KEEP_DAYS)
