"""The clock's side of the reports."""

from celery import shared_task

from . import actions


@shared_task
def plan() -> None:
    """Write the reports that have become due; a tick more, or two at once, changes nothing."""
    actions.plan()
