"""What runs by the clock. The task looks up what is due, so a missed or doubled tick is harmless."""

from celery import shared_task

from .actions import write_reminders


@shared_task
def remind() -> None:
    """Write reminders of what has come due into the outbox."""
    write_reminders()
