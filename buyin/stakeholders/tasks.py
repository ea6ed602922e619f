"""What runs by the clock. Each task looks up what is due, so a missed or doubled tick is harmless."""

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import DatabaseError

from .actions import look_at_levels, look_for_doubles, look_for_lacks, write_reminders
from .actions.imports import bring_on
from .models import ImportRun

logger = get_task_logger(__name__)


@shared_task
def remind() -> None:
    """Write reminders of what has come due into the outbox."""
    write_reminders()


@shared_task
def bring_imports_on() -> None:
    """Read or write the lists of stakeholders that wait, each in its own transaction."""
    for run in list(ImportRun.objects.waiting().values_list("pk", flat=True)):
        try:
            bring_on(run=run)
        except DatabaseError:
            logger.exception("List of stakeholders %s waits for the next try", run)


@shared_task
def look_for_doubles_anew() -> None:
    """Look for stakeholders that may be one, where anything changed that tells them apart."""
    look_for_doubles()


@shared_task
def look_at_levels_anew() -> None:
    """Look where levels and evidence disagree today."""
    look_at_levels()


@shared_task
def look_for_lacks_anew() -> None:
    """Look in which initiatives somebody is missing."""
    look_for_lacks()
