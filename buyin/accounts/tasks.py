"""What accounts do by the clock."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_expired_sessions() -> None:
    """Delete sessions whose time is over, with what was kept in them for people who signed out."""
    call_command("clearsessions")
